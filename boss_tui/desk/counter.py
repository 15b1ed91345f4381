"""What every part of the desk stands on: the store, the counter, who works there, and writing in their name."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from boss_tui.components.till import today
from boss_tui.desk.in_view import InView
from boss_tui.desk.station import Operator, Station, nobody
from data.journal import Author
from data.message import Message
from data.store import Store, UnitOfWork


class Counter:
    """A counter that somebody may be signed on at."""

    def __init__(self, store: Store, station: Station, advice: tuple[Message, ...] = ()) -> None:
        self._store = store
        self._station = station
        self._advice = advice
        self._operator: Operator | None = None
        self._locked = False
        self._in_view = InView()
        self._open: set[str] = set()  # the forms that are on the screens of this program

    def _person(self) -> Operator:
        if self._operator is None or self._locked:
            raise nobody()
        return self._operator

    @contextmanager
    def _writing(self, kind: str) -> Iterator[UnitOfWork]:
        """A transaction by this operator at this counter, on the open business date."""
        author = Author(self._station.outlet, kind, self._person().staff_no, self._station.counter)
        with self._store.transaction(author) as tx:
            day = today(tx, self._station.outlet)
            author.business_date = day.business_date if day else ""
            yield tx
