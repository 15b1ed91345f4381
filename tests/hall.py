"""A demonstration hall for tests: made once a session, copied for each test, worked on through real desks."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from boss_tui.answers.business import DraftView, Outcome, Tender
from boss_tui.components.operators.passwords import hashed
from boss_tui.desk import Desk, Station
from boss_tui.sync.first import FirstEdition
from data import demo, schema
from data.clock import SeededClock
from data.store import Store
from tests.engines import Copy, Engine, Template

FACTS = demo.facts()
START = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
FLOAT = 50_000


def make_template(url: str, customers: int = 60) -> None:
    """The hall in an empty database, its business day open; closed."""
    clock = SeededClock(START)
    store = Store(url, clock=clock)
    schema.create(store)
    demo.make(
        store,
        hasher=hashed,
        publish=FirstEdition(),
        clock=clock,
        customers=customers,
        printers={"80mm": "file:/dev/null"},
    )
    store.close()


def numbered(kind: str, amount: int, view: DraftView) -> Tender:
    """A tender under a number that no other form has: a card's slip, a cheque, a transfer pays once. Fen."""
    return Tender(kind, amount, f"{kind}-{view.id}")


@dataclass
class Hall:
    """A hall of one test's own.

    Attributes:
        store: its store, by a clock that the test can move.
        clock: that clock.
        desk: the clerk's desk at the first counter, shift open.
    """

    store: Store
    clock: SeededClock
    desk: Desk = field(init=False)

    def __post_init__(self) -> None:
        self.desk = self.counter(FACTS.clerk, FACTS.counter)
        self.desk.till.open_shift(FLOAT)

    @classmethod
    def copied(cls, template: Copy, folder: Path, seed: int = 1) -> Hall:
        """A copy of the template."""
        clock = SeededClock(START, seed)
        clock.move(minutes=10)
        return cls(Store(template(folder), clock=clock), clock)

    def counter(self, staff_no: str, counter: str) -> Desk:
        """A desk with somebody signed on."""
        desk = Desk(self.store, Station(FACTS.outlet, counter))
        desk.signing.sign_on(staff_no, FACTS.password)
        return desk

    def filled(self, **changes: Any) -> DraftView:
        """A draft of C1 filled with the example and these changes."""
        view = self.desk.forms.begin("C1")
        return self.desk.forms.fill(view.id, {**self.desk.forms.example("C1"), **changes})

    def open_account(self, **changes: Any) -> Outcome:
        """A whole C1, paid in cash to the fen."""
        view = self.filled(**changes)
        assert not view.errors, view.errors
        return self.desk.orders.complete(view.id, [Tender("cash", view.quote.due)])

    def rows(self, model: Any, **where: Any) -> list[Any]:
        """Rows of a table, as they are now."""
        with self.store.reading() as reading:
            return reading.all(model, **where)


class AtWork(Hall):
    """A copy of a hall that somebody stands in, and whose shift is open."""

    def __post_init__(self) -> None:
        self.desk = Desk(self.store, Station(FACTS.outlet, FACTS.counter))


class Halls:
    """Demonstration halls whose shift is open: one is made on each engine, as `Hall.copied` does; then each is a copy
    of its rows, with the clock as it stood and whoever had signed on."""

    def __init__(self, folder: Path, template: Template) -> None:
        self._folder, self._template = folder, template
        self._made: dict[str, Hall] = {}

    def copied(self, engine: Engine, folder: Path) -> Hall:
        """One more."""
        if engine.name not in self._made:
            self._made[engine.name] = self._make(engine)
        made = self._made[engine.name]
        clock, operator = deepcopy((made.clock, made.desk.seat.operator))
        hall = AtWork(Store(engine.copy(made.store.url, folder), clock=clock), clock)
        hall.desk.seat.operator = operator
        return hall

    def _make(self, engine: Engine) -> Hall:
        (folder := self._folder / engine.name).mkdir()
        made = Hall.copied(self._template.on(engine.kept()), folder)
        made.store.close()
        return made
