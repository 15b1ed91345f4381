"""The store that the desk stands on and the machine's clock: what is asked of a supervisor before anything goes on.

A store that was put back by hand has forgotten what was sold: the same serials and numbers would be given out again.
So nothing is accepted and nothing paid on it until headquarters has brought back what it lost, or a supervisor has
accepted it as it stands. Looking up, signing on, verify, backup and the exchange with headquarters go on (design 5.2).
When the clock can't be right is said in `timing`.
"""

from __future__ import annotations

from datetime import timedelta

from boss_tui.components.numbering import raise_to
from boss_tui.components.operators.access import note_access
from boss_tui.desk.seat import Seat
from boss_tui.desk.supervisors import Supervisors
from boss_tui.desk.timing import VOUCHED, doubt, out_by
from data.errors import ClockDoubted, NotAllowed, StoreDoubted
from data.message import say
from data.restored import refuse_restored
from data.store import Reading, UnitOfWork

ACCEPTED = "store.accept"


class Trust:
    """The part of the desk that minds which store this is, and what time."""

    def __init__(self, seat: Seat, supervisors: Supervisors) -> None:
        self._seat, self._supervisors = seat, supervisors

    def must_be_sure(self, tx: UnitOfWork | None = None) -> None:
        """StoreDoubted or ClockDoubted while something is to be asked of a supervisor first: to be called before
        anything is accepted or paid. It looks within a transaction, so that nobody notes a later end meanwhile."""
        if tx is None:
            with self._seat.writing("look") as now:
                self.must_be_sure(now)
            return
        self.must_be_the_store(tx)
        self.must_know_time(tx)

    def must_have_a_day(self, tx: UnitOfWork) -> None:
        """The same, and NotAllowed while no business day is open."""
        self.must_be_sure(tx)
        if not tx.author.business_date:
            raise NotAllowed(say("The business day is not open. A supervisor opens it."))

    def must_be_the_store(self, tx: UnitOfWork) -> None:
        """StoreDoubted when the journal is not the one that was noted."""
        why = self._seat.head_note.doubt(tx) if self._seat.head_note is not None else None
        if why is not None:
            ways = say(
                "{why} Nothing is sold here until headquarters has brought back what it holds (boss sync), or a "
                "supervisor has found out why, and accepts the store as it stands (boss accept).",
                why=why,
            )
            raise StoreDoubted(ways)

    def must_know_time(self, reading: Reading | None = None) -> None:
        """ClockDoubted while the clock can't be right: nothing is done by it that has a time."""
        if reading is None:
            with self._seat.reading() as now:
                self.must_know_time(now)
            return
        why = doubt(reading, self._seat.station.outlet)
        if why is not None:
            ways = say("{why} Set the clock, or let a supervisor vouch for it (boss clock).", why=why)
            raise ClockDoubted(ways)
        if isinstance(reading, UnitOfWork) and out_by(reading, self._seat.station.outlet) > timedelta():
            reading.vouched = True  # by who opened the day that the clock shows

    def vouch_for_clock(self, staff_no: str, password: str) -> None:
        """A supervisor says that the clock is right as it stands, or that work goes on by it all the same.

        By their own sign-on, also of who works here; or by a one-time code that is bound to no business. It is
        journalled. Nothing happens while nobody doubts the clock.
        """
        from boss_tui.desk.believing import vouch  # seldom needed, and it brings the link's side

        with self._seat.reading() as reading:
            why = doubt(reading, self._seat.station.outlet)
        if why is None:
            return
        word = self._supervisors.word(staff_no, password, say("A supervisor vouches for the clock."))
        with self._seat.writing(VOUCHED) as tx:
            vouch(tx, self._supervisors.worded(tx, word, VOUCHED))

    def accept_store(self, staff_no: str = "", password: str = "") -> None:
        """A supervisor accepts this store, whose journal is not the one that was noted; from now on its end is noted.

        By the sign-on of whoever works here (`staff_no` empty), by another's over it, or by a one-time code that is
        bound to no business. It is journalled, and no serial is given again that the note knows of. NotAllowed: nobody
        who may; or headquarters has to bring the store up first, after which an entry made now would be another
        history.
        """
        from boss_tui.components.documents.number_stock import make_up  # late: few stores are accepted so

        with self._seat.reading() as reading:
            refuse_restored(reading)
        refusal = say("A supervisor accepts the store.")
        word = self._supervisors.word(staff_no, password, refusal)
        with self._seat.writing(ACCEPTED) as tx:
            supervisor = self._supervisors.worded(tx, word, ACCEPTED)
            note_access(tx, ACCEPTED, self._seat.station.outlet, supervisor)
            if self._seat.head_note is not None:
                numbers = self._seat.head_note.numbers()
                raise_to(tx, numbers)
                make_up(tx, numbers, self._seat.paper_words())
        if self._seat.head_note is not None:
            self._seat.head_note.renew(self._seat.store)
