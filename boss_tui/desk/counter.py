"""What every part of the desk stands on: the store, the counter, who works there, and writing in their name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from boss_tui.components.access import note_access
from boss_tui.components.till import today
from boss_tui.desk import staff
from boss_tui.desk.in_view import InView
from boss_tui.desk.station import Operator, Station, nobody
from data.errors import SignedOff
from data.journal import Author
from data.message import Message
from data.store import Reading, Store, UnitOfWork

if TYPE_CHECKING:
    from boss_tui.sync.keys import DeviceKey


class Counter:
    """A counter that somebody may be signed on at. `device`: the key of this machine, where it has one."""

    def __init__(
        self,
        store: Store,
        station: Station,
        advice: tuple[Message, ...] = (),
        device: Callable[[], DeviceKey] | None = None,
    ) -> None:
        self._store = store
        self._station = station
        self._advice = advice
        self._device = device
        self._operator: Operator | None = None
        self._locked = False
        self._in_view = InView()
        self._looked: dict[str, str] = {}  # what was opened last, by act: it is on record
        self._open: set[str] = set()  # the forms that are on the screens of this program

    def warn(self, message: Message) -> None:
        """Say something before anybody signs on, above all else that is said there."""
        self._advice = (message, *self._advice)

    def _person(self, reading: Reading | None = None) -> Operator:
        """Who works here, as their row stands now: what headquarters or a manager changed counts from the next act on.

        NotAllowed: nobody is signed on, or the desk is locked. SignedOff: they may work here no more.
        """
        if self._operator is None or self._locked:
            raise nobody()
        if reading is None:
            with self._store.reading() as now:
                return self._present(now)
        return self._present(reading)

    def _present(self, reading: Reading) -> Operator:
        person = self._operator
        if person is None:
            raise nobody()
        try:
            self._operator = staff.present(reading, self._station, person)
        except SignedOff:
            self._leave()
            raise
        if self._operator.change:
            raise staff.change_first(self._operator.change)
        return self._operator

    def _still_here(self, reading: Reading) -> Operator | None:
        """Who is signed on, for what only shows it; nobody, once they may work here no more."""
        if self._operator is not None:
            try:
                self._operator = staff.present(reading, self._station, self._operator)
            except SignedOff:
                self._leave()
        return self._operator

    def _leave(self) -> None:
        """Nobody works here any more. Drafts stay; they can be taken over."""
        self._operator, self._locked = None, False
        self._in_view.leave()
        self._looked.clear()
        self._open.clear()

    @contextmanager
    def _reading(self) -> Iterator[Reading]:
        """A view of one moment, for whoever works here."""
        if self._operator is None or self._locked:
            raise nobody()
        with self._store.reading() as reading:
            self._present(reading)
            yield reading

    @contextmanager
    def _writing(self, kind: str) -> Iterator[UnitOfWork]:
        """A transaction by this operator at this counter, on the open business date."""
        if self._operator is None or self._locked:
            raise nobody()
        author = Author(self._station.outlet, kind, self._operator.staff_no, self._station.counter)
        with self._store.transaction(author) as tx:
            self._present(tx)
            day = today(tx, self._station.outlet)
            author.business_date = day.business_date if day else ""
            yield tx

    def _opened(self, act: str, subject: str) -> None:
        """Put on record that something of a customer's was opened; shown again, it is no other look."""
        if self._looked.get(act) != subject:
            with self._writing(act) as tx:
                note_access(tx, act, subject)
            self._looked[act] = subject
