"""The desk and the store that it stands on: one that is not what was noted outside, and a supervisor's word for it.

A store that was put back by hand has forgotten what was sold: the same serials and numbers would be given out again.
So nothing is accepted and nothing paid on it until headquarters has brought back what it lost, or a supervisor has
accepted it as it stands. Looking up, signing on, verify, backup and the exchange with headquarters go on (design 5.2).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from boss_tui.components.access import note_access
from boss_tui.components.number_stock import make_up
from boss_tui.components.numbering import raise_to
from boss_tui.desk.timing import Timing
from boss_tui.locale import words
from data.backup import refuse_restored
from data.errors import StoreDoubted
from data.message import say

if TYPE_CHECKING:
    from boss_tui.sync.noted import Note
    from data.store import UnitOfWork

ACCEPTED = "store.accept"


class Trusting(Timing):
    """The part of the desk that minds which store this is. `head_note`: what is noted of its journal's end in the home,
    where it has one."""

    head_note: Note | None = None

    def must_be_sure(self, tx: UnitOfWork | None = None) -> None:
        """StoreDoubted or ClockDoubted while something is to be asked of a supervisor first: to be called before
        anything is accepted or paid. It looks within a transaction, so that nobody notes a later end meanwhile."""
        if tx is None:
            with self._writing("look") as now:
                self.must_be_sure(now)
            return
        self._must_be_the_store(tx)
        self.must_know_time(tx)

    def _must_be_the_store(self, tx: UnitOfWork) -> None:
        """StoreDoubted when the journal is not the one that was noted."""
        why = self.head_note.doubt(tx) if self.head_note is not None else None
        if why is not None:
            ways = say(
                "{why} Nothing is sold here until headquarters has brought back what it holds (boss sync), or a "
                "supervisor has found out why, and accepts the store as it stands (boss accept).",
                why=why,
            )  # fmt: skip
            raise StoreDoubted(ways)

    def accept_store(self, staff_no: str = "", password: str = "") -> None:
        """A supervisor accepts this store, whose journal is not the one that was noted; from now on its end is noted.

        By the sign-on of whoever works here (`staff_no` empty), by another's over it, or by a one-time code that is
        bound to no business. It is journalled, and no serial is given again that the note knows of. NotAllowed: nobody
        who may; or headquarters has to bring the store up first, after which an entry made now would be another
        history.
        """
        with self._reading() as reading:
            refuse_restored(reading)
        refusal = say("A supervisor accepts the store.")
        supervisor, code = self._word(staff_no, password, refusal)
        with self._writing(ACCEPTED) as tx:
            self._use_word(tx, code, ACCEPTED)
            note_access(tx, ACCEPTED, self._station.outlet, supervisor)
            if self.head_note is not None:
                numbers = self.head_note.numbers()
                raise_to(tx, numbers)
                make_up(tx, numbers, words(self._station.paper_language))
        if self.head_note is not None:
            self.head_note.renew(self._store)
