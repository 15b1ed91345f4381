"""A hall that is made once for many tests: what each of them does is undone, so that none costs a hall of its own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from threading import RLock
from typing import Any

from boss_tui.desk import Desk, Station
from boss_tui.desk.station import Operator
from data.clock import Clock, SeededClock, stamp
from data.journal import Author
from data.published import Published
from data.store import Store, UnitOfWork
from data.tables.order import ProductOrder
from data.tables.organisation import Operator as OperatorRow
from data.tables.sync import PrintJob
from tests.hall import FACTS, START, Hall


class StillClock(SeededClock):
    """A clock that stands still until it is moved, to the microsecond: for rules that turn at a time."""

    def now(self) -> datetime:
        """The time."""
        return self._now


class Parts(Store):
    """A store whose transactions are parts of one that is never committed."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self.__dict__.update(store.__dict__)
        self.clock, self.published = clock, Published()
        self.published._state = store.published._state
        self._turn = RLock()
        self._connection = self.engine.raw_connection()
        self._held: Any = self._connection.cursor()
        self._held.execute("BEGIN IMMEDIATE")

    @contextmanager
    def _cursor(self, begin: str) -> Iterator[Any]:  # noqa: ARG002 (all is within one beginning)
        with self._understood(), self._turn:  # threads that ask services keep the answers, one after the other
            self._held.execute("SAVEPOINT work")
            try:
                yield self._held
            except GeneratorExit:  # a reading that nobody read to its end, and that may outlive this store
                raise
            except BaseException:
                self._held.execute("ROLLBACK TO SAVEPOINT work")
                self._held.execute("RELEASE SAVEPOINT work")
                raise
            self._held.execute("RELEASE SAVEPOINT work")

    def close(self) -> None:
        """Nothing of it was."""
        self._held.execute("ROLLBACK")
        self._connection.close()


class Shop(Hall):
    """A hall with its shift open. Who stands at its counters has signed on before: no password is hashed."""

    def __init__(self, store: Store) -> None:
        clock = StillClock(START, 1)
        clock.move(minutes=15)
        super().__init__(Parts(store, clock), clock)

    def __post_init__(self) -> None:
        self.desk = self.counter(FACTS.clerk, FACTS.counter)

    def counter(self, staff_no: str, counter: str) -> Desk:
        """A desk with somebody at it."""
        desk = Desk(self.store, Station(FACTS.outlet, counter))
        (row,) = self.rows(OperatorRow, staff_no=staff_no)
        desk.seat.operator = Operator(row.staff_no, row.name, row.role, row.language)
        return desk

    def at(self, **later: float) -> str:
        """A time from now on, as stored."""
        return stamp(self.clock.now() + timedelta(**later))

    @contextmanager
    def work(self, operator: str = FACTS.clerk, counter: str = FACTS.counter) -> Iterator[UnitOfWork]:
        """A part of what is done."""
        with self.store.transaction(Author(FACTS.outlet, "test", operator, counter)) as tx:
            yield tx

    def add(self, model: Any, **values: Any) -> Any:
        """A row more."""
        with self.work() as tx:
            return tx.add(model, **values)

    def alter(self, model: Any, where: dict[str, Any], **values: Any) -> Any:
        """A row that stands otherwise."""
        with self.work() as tx:
            return tx.change(tx.one(model, **where), **values)

    def printed(self) -> None:
        """What waits for a printer comes out."""
        for row in self.rows(PrintJob, state="queued"):
            self.alter(PrintJob, {"id": row.id}, state="acknowledged", attempts=1, ended_at=self.at())

    def one(self, model: Any, **where: Any) -> Any:
        """A row as it is now."""
        with self.store.reading() as reading:
            return reading.one(model, **where)

    def order(self, key: str = "o", **values: Any) -> ProductOrder:
        """An order that concerns nobody, and that nothing else tells of."""
        standard = {
            "serial": f"HZ0101261123{key:0>4}",
            "outlet": FACTS.outlet,
            "counter": FACTS.counter,
            "operator": FACTS.clerk,
            "business": "C12",
            "business_date": "2026-11-23",
            "state": "inProgress",
            "draft_id": f"draft of {key}",
            "created_at": self.at(),
        }
        made: ProductOrder = self.add(ProductOrder, id=key, **{**standard, **values})
        return made
