"""Headquarters' office of the demonstration for tests: made once a session, copied for each test; two managers."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from boss_tui.components.operators.passwords import hashed
from boss_tui.components.till.shifts import open_day
from boss_tui.desk import Desk
from boss_tui.desk.managed import Made
from boss_tui.headquarters import desk as offices
from boss_tui.headquarters.office import Office
from boss_tui.management.subjects import subject
from boss_tui.sync.first import FirstEdition
from boss_tui.sync.keys import DeviceKey
from boss_tui.verify import verify
from data import demo, schema
from data.clock import SeededClock
from data.demo.hall import OFFICE, OFFICE_COUNTER
from data.demo_staff import OFFICE_MANAGERS, PASSWORD
from data.journal import Author
from data.store import Store
from tests.engines import Copy
from tests.hall import START

KEY = DeviceKey(bytes(32))
MAKER, CHECKER = OFFICE_MANAGERS


def make_template(url: str) -> None:
    """The office in an empty database, its business date open; closed."""
    clock = SeededClock(START)
    store = Store(url, clock=clock)
    schema.create(store)
    demo.make(store, hasher=hashed, publish=FirstEdition(KEY.sign), clock=clock, customers=5, role="headquarters")
    author = Author(OFFICE, "day.open", MAKER, OFFICE_COUNTER)
    with store.transaction(author) as tx:
        author.business_date = open_day(tx, OFFICE, START.date().isoformat(), MAKER, approved_by=MAKER).business_date
    store.close()


@dataclass
class HeadOffice:
    """An office of one test's own: its store, and the desks of the two managers."""

    store: Store
    maker: Desk = field(init=False)
    checker: Desk = field(init=False)

    def __post_init__(self) -> None:
        self.maker, self.checker = self.at_work(MAKER), self.at_work(CHECKER)

    @classmethod
    def copied(cls, template: Copy, folder: Path) -> HeadOffice:
        """A copy of the template."""
        clock = SeededClock(START, 1)
        clock.move(minutes=10)
        return cls(Store(template(folder), clock=clock))

    def at_work(self, staff_no: str) -> Desk:
        """A desk with somebody signed on."""
        made = offices.desk(Office(self.store, KEY))
        made.signing.sign_on(staff_no, PASSWORD)
        return made

    def made(self, code: str, **changes: Any) -> Made:
        """The example of a subject, with these changes, submitted by the one."""
        return self.maker.managing.make(code, {**self.maker.managing.example(code), **changes})

    def in_force(self, code: str) -> Made:
        """The example of a subject, approved by the other."""
        made = self.made(code)
        shown = self.checker.editions.show(made.edition.id)
        assert self.checker.editions.approve(made.edition.id, shown.seen).state == "in_force"
        return made

    def tried(self, code: str) -> None:
        """What a subject has to try, by its example."""
        if subject(code).tries is not None:
            assert self.maker.trying.try_out(code, self.maker.trying.example(code))

    def rows(self, model: Any, **where: Any) -> list[Any]:
        """Rows of a table, as they are now."""
        with self.store.reading() as reading:
            return reading.all(model, **where)

    def is_sound(self) -> bool:
        """All that always holds, holds."""
        with self.store.reading() as reading:
            return verify(reading) == []
