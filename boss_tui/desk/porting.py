"""Numbers that leave for another operator 携号转网 (catalogue M5): an authorisation code for a customer who may leave,
what became of it, and a number that came back."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from msgspec import Struct
from sqlalchemy import bindparam, select

from boss_tui.components.resources.number_rest import days_of_rest
from boss_tui.components.resources.porting import PortingCondition, conditions
from boss_tui.desk.seat import Seat
from boss_tui.desk.supervisors import Supervisors
from boss_tui.desk.trusting import Trust
from data.clock import new_key, stamp
from data.errors import NotAllowed, NotFound
from data.message import Message, listed, say
from data.progress import Report, unreported
from data.store import Reading
from data.tables.customer import Customer
from data.tables.order import Subscription
from data.tables.porting import NumberPorting
from data.tables.resource import PhoneNumber

if TYPE_CHECKING:
    from boss_tui.chores.porting_out import PortingOut

ACT = "number.porting"
LATEST = 200
"""So many are listed, the latest first."""
STATES = {
    "authorised": say("code given"),
    "refused": say("refused"),
    "lapsed": say("lapsed"),
    "left": say("left us"),
    "returned": say("came back"),
}
_p = NumberPorting.table()
_LATEST = (
    select(*_p.c)
    .where(_p.c.outlet == bindparam("outlet"))
    .order_by(_p.c.made_at.desc(), _p.c.id.desc())
    .limit(bindparam("most"))
)
LIVING = ("active", "suspended", "pendingTerminate")


class PortingView(Struct, frozen=True):
    """A number on its way: whose, how far (`lapsed` as soon as its code counts no more), its code and until when (a
    stored time), why there is none, on which business dates it left and came back, who asked when (a stored time)."""

    number: str
    customer: str
    state: str
    code: str
    until: str
    reason: str
    left_on: str
    back_on: str
    operator: str
    made_at: str


class Porting:
    """The part of the desk that lets numbers go."""

    def __init__(self, seat: Seat, trust: Trust, supervisors: Supervisors) -> None:
        self._seat, self._trust, self._supervisors = seat, trust, supervisors

    def asked(self) -> list[PortingView]:
        """What was asked for here, the latest first."""
        with self._seat.reading() as reading:
            rows = reading.models(NumberPorting, _LATEST, outlet=self._seat.station.outlet, most=LATEST)
            return [_view(reading, row) for row in rows]

    def conditions(self, number: str) -> list[PortingCondition]:
        """Whether a number may leave: the five conditions. NotFound: nobody has it here."""
        with self._seat.reading() as reading:
            return list(conditions(reading, _line(reading, number), self._seat.today(reading)))

    def ask(self, number: str, document: str, tell: Report = unreported) -> PortingView:
        """Ask the porting centre for a code, for who shows the owner's document; one that counts still is replaced.
        NotAllowed names the field: number (what stands against it), document. Unanswered: the centre says nothing."""
        with self._seat.reading() as reading:
            line, owner = self._may_leave(reading, number, document)
        tell(say("The porting centre is being asked."), 0, 0)
        told = self._work().code(line.number, owner.document_kind, owner.document_number)
        with self._seat.writing(ACT) as tx:
            self._trust.must_have_a_day(tx)
            line, _ = self._may_leave(tx, number, document)
            if told["state"] == "authorised":
                for before in tx.all(NumberPorting, number=line.number, state="authorised"):
                    tx.change(before, state="lapsed")
            person = self._seat.person(tx)
            made = tx.add(
                NumberPorting,
                id=new_key(tx.clock),
                outlet=self._seat.station.outlet,
                number=line.number,
                subscription_id=line.id,
                operator=person.staff_no,
                business_date=self._seat.today(tx),
                made_at=tx.now(),
                **told,
            )
            return _view(tx, made)

    def look(self, number: str, tell: Report = unreported) -> tuple[PortingView, Message | None]:
        """Ask the centre now what became of a number's code; and why there was no answer, where there was none."""
        tell(say("The porting centre is being asked."), 0, 0)
        work = self._work()
        work.step(number)
        with self._seat.reading() as reading:
            return _view(reading, _latest(reading, number)), work.unanswered

    def came_back(self, number: str, approver: str = "", password: str = "") -> PortingView:
        """A number that had left is ours again: it rests, and is sold then. NotAllowed: it has not left, or beside
        `approved_by`: by a supervisor's word."""
        refusal = say("A supervisor puts a number back into stock.")
        approved = self._supervisors.word(approver, password, refusal) if approver else None
        with self._seat.writing(ACT) as tx:
            row = _latest(tx, number)
            piece = tx.find(PhoneNumber, number=number)
            if row.state != "left" or piece is None or piece.state != "ported":
                raise NotAllowed(say("Number {number} is not with another operator.", number=number), field="number")
            if not self._supervisors.worded(tx, approved, ACT):
                raise NotAllowed(refusal, field="approved_by")
            day = self._seat.today(tx)
            rests = timedelta(days=days_of_rest(tx, piece.grade))
            until = (date.fromisoformat(day) + rests).isoformat()
            tx.change(piece, state="quarantined", quarantine_until=until)
            return _view(tx, tx.change(row, state="returned", back_on=day))

    def _may_leave(self, reading: Reading, number: str, document: str) -> tuple[Subscription, Customer]:
        line = _line(reading, number)
        owner = reading.one(Customer, id=line.customer_id)
        if document.strip().upper() != owner.document_number.upper():
            raise NotAllowed(say("This is not the document of the number's owner."), field="document")
        against = [each for each in conditions(reading, line, self._seat.today(reading)) if not each.holds]
        if against:
            told = [say("{asked}: {against}", asked=each.asked, against=each.against) for each in against]
            raise NotAllowed(say("It may not leave. {why}", why=listed(told)), field="number", reasons=told)
        return line, owner

    def _work(self) -> PortingOut:
        from boss_tui.chores.porting_out import PortingOut

        if self._seat.services is None:
            raise NotAllowed(say("No services of others are asked from here."))
        return PortingOut(self._seat.store, self._seat.station.outlet, self._seat.services)


def _line(reading: Reading, number: str) -> Subscription:
    """The subscription that has a number. NotFound (`number`)."""
    for state in LIVING:
        found = reading.all(Subscription, number=number.strip(), state=state)
        if found:
            return found[0]
    raise NotFound(say("Nobody has number {number} here.", number=number.strip()), field="number")


def _latest(reading: Reading, number: str) -> NumberPorting:
    found = reading.all(NumberPorting, number=number, order=("-made_at", "-id"))
    if not found:
        raise NotFound(say("No code was asked for number {number}.", number=number), field="number")
    return found[0]


def _view(reading: Reading, row: NumberPorting) -> PortingView:
    line = reading.one(Subscription, id=row.subscription_id)
    is_over = row.state == "authorised" and row.until <= stamp(reading.present())
    return PortingView(
        row.number,
        reading.one(Customer, id=line.customer_id).name,
        "lapsed" if is_over else row.state,
        row.code,
        row.until,
        row.reason,
        row.left_on,
        row.back_on,
        row.operator,
        row.made_at,
    )
