"""What every part of the desk stands on: the store, the counter, who works there, and writing in their name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from boss_tui.components.operators.access import note_access
from boss_tui.components.till.business_days import next_day, today
from boss_tui.desk import staff
from boss_tui.desk.in_view import InView
from boss_tui.desk.station import Files, Operator, Station, nobody
from boss_tui.locale import DEFAULT, Words, words
from data.errors import NotAllowed, SignedOff
from data.journal import Author
from data.message import Message
from data.store import Reading, Store, UnitOfWork

if TYPE_CHECKING:
    from boss_tui.desk.machines import Machines
    from boss_tui.desk.office_exceptions import OfficeExceptions
    from boss_tui.desk.office_notes import OfficeNotes
    from boss_tui.editions.subjects import Rules
    from boss_tui.payments.gateway import Gateway
    from boss_tui.remote.services import Services
    from boss_tui.sync.keys import DeviceKey
    from boss_tui.sync.noted import Note


class Seat:
    """The place of somebody at a counter 工位: the parts of a desk share it, and share nothing else.

    Attributes:
        store, station: where it is.
        advice: what is said before anybody signs on.
        operator: who is signed on; None: nobody. locked: whether they went away.
        dismissed: why who worked here may no more, until somebody signs on or off: whoever noticed it first, the next
            act is told.
        in_view: the customer in front of them.
        looked: what was opened last, by act: it is on record.
        open_drafts: the keys of the forms that are on the screens of this program.
        device: the key of this machine; gateway: of mobile payment; services: of others, that interfaces ask;
            head_note: what is noted outside of the store of its journal's end; files: where reports go as files. Each
            where the home has one.
        transport_key: at headquarters, the keys under which makers encipher, by their index (empty: it is not kept).
        machines: the simulated ones around a demonstration; None: those around are real. failing: which of them fail,
            told beside the advice, once they run.
        rules: what editions go by; office_notes: transfer notes; office_exceptions: what was put aside of outlets'
            entries; all at headquarters' office alone.
    """

    def __init__(
        self,
        store: Store,
        station: Station,
        advice: tuple[Message, ...] = (),
        device: Callable[[], DeviceKey] | None = None,
    ) -> None:
        self.store, self.station, self.advice, self.device = store, station, advice, device
        self.gateway: Gateway | None = None
        self.services: Callable[[], Services] | None = None
        self.head_note: Note | None = None
        self.files: Files | None = None
        self.transport_key: Callable[[str], bytes] | None = None
        self.machines: Callable[[], Machines] | None = None
        self.failing: Callable[[], Message | None] = lambda: None
        self.rules: Rules | None = None
        self.office_notes: OfficeNotes | None = None
        self.office_exceptions: OfficeExceptions | None = None
        self.operator: Operator | None = None
        self.dismissed: SignedOff | None = None
        self.locked = False
        self.in_view = InView()
        self.looked: dict[str, str] = {}
        self.open_drafts: set[str] = set()

    @property
    def is_office(self) -> bool:
        """Whether this is headquarters' own station: editions are worked on there, and no customer is served."""
        return self.rules is not None

    def today(self, reading: Reading) -> str:
        """The open business date here, else the next."""
        day = today(reading, self.station.outlet)
        return day.business_date if day else next_day(reading, self.station.outlet)

    def person(self, reading: Reading | None = None) -> Operator:
        """Who works here, as their row stands now: what headquarters or a manager changed counts from the next act on.

        NotAllowed: nobody is signed on, or the desk is locked. SignedOff: they may work here no more.
        """
        if self.operator is None or self.locked:
            raise self.nobody()
        if reading is None:
            with self.store.reading() as now:
                return self._present(now)
        return self._present(reading)

    def still_here(self, reading: Reading) -> Operator | None:
        """Who is signed on, for what only shows it; nobody, once they may work here no more."""
        if self.operator is not None:
            try:
                self.operator = staff.present(reading, self.station, self.operator)
            except SignedOff as why:
                self.leave(why)
        return self.operator

    def nobody(self) -> NotAllowed:
        """What is said when nobody is signed on: as a rule to sign on; after a dismissal, why (SignedOff)."""
        return self.dismissed or nobody()

    def leave(self, why: SignedOff | None = None) -> None:
        """Nobody works here any more. Drafts stay; they can be taken over. `why`: they may not, and did not say so."""
        self.operator, self.locked, self.dismissed = None, False, why
        self.in_view.leave()
        self.looked.clear()
        self.open_drafts.clear()

    @contextmanager
    def reading(self) -> Iterator[Reading]:
        """A view of one moment, for whoever works here."""
        if self.operator is None or self.locked:
            raise self.nobody()
        with self.store.reading() as reading:
            self._present(reading)
            yield reading

    @contextmanager
    def writing(self, kind: str) -> Iterator[UnitOfWork]:
        """A transaction by this operator at this counter, on the open business date. `kind`: what it does, for the
        journal."""
        if self.operator is None or self.locked:
            raise self.nobody()
        author = Author(self.station.outlet, kind, self.operator.staff_no, self.station.counter)
        with self.store.transaction(author) as tx:
            self._present(tx)
            day = today(tx, self.station.outlet)
            author.business_date = day.business_date if day else ""
            yield tx

    def opened(self, act: str, subject: str) -> None:
        """Put on record that something of a customer's was opened; shown again, it is no other look."""
        if self.looked.get(act) != subject:
            with self.writing(act) as tx:
                note_access(tx, act, subject)
            self.looked[act] = subject

    def words(self) -> Words:
        """What is said to whoever works here, in their language."""
        return words((self.operator.language if self.operator else "") or DEFAULT)

    def paper_words(self) -> Words:
        """What stands on papers, in the language of this outlet's papers."""
        return words(self.station.paper_language)

    def _present(self, reading: Reading) -> Operator:
        person = self.operator
        if person is None:
            raise self.nobody()
        try:
            self.operator = staff.present(reading, self.station, person)
        except SignedOff as why:
            self.leave(why)
            raise
        if self.operator.change:
            raise staff.change_first(self.operator.change)
        return self.operator
