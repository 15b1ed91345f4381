"""A supervisor's word for what somebody else does at this counter: by their own sign-on over the clerk's screen, or by
a one-time code over the phone where none is on site."""

from __future__ import annotations

from boss_tui.components.operators import authorities
from boss_tui.components.operators.delegations import WORD, stands_in_for
from boss_tui.desk import codes
from boss_tui.desk.seat import Seat
from boss_tui.desk.staff import APPROVAL, sign_on
from data.errors import NotAllowed
from data.journal import Author
from data.message import Message, say
from data.store import UnitOfWork
from data.tables.organisation import Authority

Word = tuple[str, Authority | None]
"""Which supervisor said so, and the one-time code where it was by one."""


class Supervisors:
    """The part of the desk that asks for supervisors' words."""

    def __init__(self, seat: Seat) -> None:
        self._seat = seat

    def here(self, refusal: Message) -> str:
        """The staff number of whoever works here, who must be a supervisor. NotAllowed: the `refusal`."""
        person = self._seat.person()
        if not person.supervises:
            raise NotAllowed(refusal)
        return person.staff_no

    def approved(self, approver: str, password: str) -> str:
        """The staff number of a supervisor who allows something over the clerk's screen; nothing where none does."""
        if not approver:
            return ""
        person = sign_on(self._seat.store, self._seat.station, approver, password, kind=APPROVAL)
        if not person.supervises:
            self._stands_in(person.staff_no)
        return person.staff_no

    def _stands_in(self, staff_no: str) -> bool:
        """Whether somebody stands in for a supervisor. NotAllowed: they, or whom they stand in for, would allow what
        they do themselves."""
        with self._seat.reading() as reading:
            giver = stands_in_for(reading, staff_no)
        if giver and self._seat.person().staff_no in (staff_no, giver):
            told = say("Nobody allows by delegation what they do themselves, or who has delegated it.")
            raise NotAllowed(told, field="staff_no")
        return bool(giver)

    def other(self, staff_no: str, password: str) -> str:
        """A supervisor's own sign-on over the clerk's screen. NotAllowed for anybody else."""
        supervisor = sign_on(self._seat.store, self._seat.station, staff_no, password, kind=APPROVAL)
        if supervisor.staff_no == self._seat.person().staff_no or not (
            supervisor.supervises or self._stands_in(supervisor.staff_no)
        ):
            raise NotAllowed(say("Another person who is a supervisor must approve."), field="staff_no")
        return supervisor.staff_no

    def word(self, staff_no: str, password: str, refusal: Message) -> Word:
        """Which supervisor says so, and the one-time code where it is by one: of no business, for anybody or for who
        works here. `staff_no` empty: whoever works here. NotAllowed, with the `refusal` for who is no supervisor."""
        person = self._seat.person()
        if codes.is_code(staff_no):
            code = self.code(staff_no)
            if code.business or code.operator not in {"", person.staff_no}:
                raise NotAllowed(say("This code does not reach so far: ask for another."), field="staff_no")
            return code.supervisor, code
        if staff_no.strip():
            person = sign_on(self._seat.store, self._seat.station, staff_no, password, kind=APPROVAL)
        if not person.supervises and not (staff_no.strip() and self._stands_in(person.staff_no)):
            raise NotAllowed(refusal, field="staff_no")
        return person.staff_no, None

    def beside(self, staff_no: str, password: str, refusal: Message) -> Word:
        """Who counts along with whoever works here, as `word`: one of the two is a supervisor, whichever."""
        if codes.is_code(staff_no) or not self._seat.person().supervises:
            return self.word(staff_no, password, refusal)
        return sign_on(self._seat.store, self._seat.station, staff_no, password, kind=APPROVAL).staff_no, None

    def code(self, typed: str) -> Authority:
        """The one-time code that was typed in place of a staff number, unused as yet. NotAllowed: there is no such."""
        station = self._seat.station
        author = Author(station.outlet, "approve.code", self._seat.person().staff_no, station.counter)
        return codes.tried(self._seat.store, author, typed.strip())

    def use(self, tx: UnitOfWork, code: Authority | None, act: str) -> None:
        """A code is used up by what it was given for."""
        if code is not None:
            authorities.use(tx, tx.one(Authority, id=code.id), act)

    def worded(self, tx: UnitOfWork, approved: Word | None, act: str) -> str:
        """Which supervisor's word an act has: whose was asked for, or who works here; empty: nobody's. The journal's
        entry names them: headquarters asks whether they may."""
        if approved:
            self.use(tx, approved[1], act)
            word = approved[0]
        else:
            person = self._seat.person(tx)
            word = person.staff_no if person.supervises else ""
        if word:
            tx.more[WORD] = word
        return word
