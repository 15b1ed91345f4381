"""The demonstration's hall and its headquarters, which know each other, for tests: people at work at both ends."""

from __future__ import annotations

import shutil
from copy import deepcopy
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any

from boss_tui.components.operators.passwords import hashed
from boss_tui.components.till.shifts import open_day
from boss_tui.desk import Desk
from boss_tui.headquarters import desk as offices
from boss_tui.headquarters.app import create_app
from boss_tui.headquarters.office import Office
from boss_tui.sync.first import FirstEdition
from boss_tui.sync.keys import KEY_SETTING
from boss_tui.sync.link import Link
from boss_tui.verify import verify
from data import demo, schema
from data.clock import SeededClock
from data.demo.hall import OFFICE, OFFICE_COUNTER
from data.demo_staff import PASSWORD
from data.journal import Author
from data.store import Store
from data.tables.sync import EnrolledOutlet, Setting, SyncException
from tests.boss_tui.desk.shop import Parts
from tests.boss_tui.sync.world import URL, Direct, device
from tests.hall import FACTS, START, AtWork, Hall
from tests.head_office import CHECKER, KEY, MAKER

OUTLET_KEY = device(2)
PRINTERS = {"80mm": "file:/dev/null"}


def make_template(folder: Path) -> Path:
    """Both stores in an empty folder, each with its business date open; closed."""
    hasher, first, clock = cache(hashed), FirstEdition(KEY.sign), SeededClock(START)
    hall, central = (Store(f"sqlite:///{folder / name}.db", clock=clock) for name in ("hall", "central"))
    make = partial(demo.make, hasher=hasher, publish=first, clock=clock, customers=20)
    for store in (hall, central):
        schema.create(store)
    make(hall, printers=PRINTERS)
    make(central, role="headquarters")
    with central.transaction(Author(FACTS.outlet, "enrol", "test"), journalled=False) as tx:
        tx.add(EnrolledOutlet, outlet=FACTS.outlet, public_key=OUTLET_KEY.public)
    with hall.transaction(Author(FACTS.outlet, "sync", "headquarters")) as tx:
        tx.add(Setting, name=KEY_SETTING, value=KEY.public)
    author = Author(OFFICE, "day.open", MAKER, OFFICE_COUNTER)
    with central.transaction(author) as tx:
        author.business_date = open_day(tx, OFFICE, START.date().isoformat(), MAKER, approved_by=MAKER).business_date
    for store in (hall, central):
        store.close()
    return folder


@dataclass
class LinkedHall:
    """A hall, its shift open, and a headquarters of one test's own."""

    hall: Hall
    office: Office

    @classmethod
    def copied(cls, template: Path, folder: Path) -> LinkedHall:
        """A copy of the template."""
        clock = SeededClock(START, 1)
        clock.move(minutes=10)
        for name in ("hall", "central"):
            shutil.copyfile(template / f"{name}.db", folder / f"{name}.db")
        hall, central = (Store(f"sqlite:///{folder / name}.db", clock=clock) for name in ("hall", "central"))
        return cls(Hall(hall, clock), Office(central, KEY))

    def undone(self) -> LinkedHall:
        """The two as they stand; what is done in them is undone when they are closed."""
        clock, operator = deepcopy((self.hall.clock, self.hall.desk.seat.operator))
        hall = AtWork(Parts(self.hall.store, clock), clock)
        hall.desk.seat.operator = operator
        return LinkedHall(hall, Office(Parts(self.office.store, clock), KEY))

    def at_office(self, staff_no: str = MAKER) -> Desk:
        """A desk of the office with somebody signed on."""
        made = offices.desk(self.office)
        made.signing.sign_on(staff_no, PASSWORD)
        return made

    def exchange(self) -> None:
        """The hall and headquarters tell each other all that they have."""
        link = Link(self.hall.store, FACTS.outlet, URL, OUTLET_KEY, transport=Direct(create_app(self.office)))
        for _ in range(2):
            link.exchange()

    def central_rows(self, model: Any, **where: Any) -> list[Any]:
        """Rows of headquarters', as they are now."""
        with self.office.store.reading() as reading:
            return reading.all(model, **where)

    def is_sound(self) -> bool:
        """All that always holds, holds at both, and nothing was put aside."""
        found: list[Any] = []
        for store in (self.hall.store, self.office.store):
            with store.reading() as reading:
                found += verify(reading)
        found += [(row.reason, row.detail) for row in self.central_rows(SyncException)]
        assert found == []
        return True

    def close(self) -> None:
        """Let go of both stores."""
        self.hall.store.close()
        self.office.store.close()


__all__ = ["CHECKER", "LinkedHall", "make_template"]
