"""Handing a right, or one's word to others, to another person for some business dates 代班授权 (catalogue M7)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from msgspec import Struct
from sqlalchemy import bindparam, func, select

from boss_tui.components.operators import delegations
from boss_tui.components.operators.delegations import APPROVALS, When
from boss_tui.desk.runs import Runs
from boss_tui.desk.seat import Seat
from boss_tui.desk.supervisors import Supervisors
from boss_tui.desk.trusting import Trust
from boss_tui.editions.noting import note
from boss_tui.forms.fields import Choice
from boss_tui.forms.typed import day_typed
from data.errors import NotAllowed, NotFound
from data.message import Message, both, say
from data.parameters import DELEGATION_DAYS
from data.store import Reading
from data.tables.organisation import Delegation, DutyConflict, Operator, RoleRight

M7 = "M7"
_REFUSAL = say("A supervisor hands over what is theirs.")
_table = Delegation.table()
_LAST = select(func.max(_table.c.number)).where(_table.c.outlet == bindparam("outlet"))
_LATEST = (
    select(*_table.c)
    .where(_table.c.outlet == bindparam("outlet"), _table.c.until >= bindparam("since"))
    .order_by(_table.c.number.desc())
)


class DelegationView(Struct, frozen=True):
    """A delegation as it is listed. since, until: business dates, inclusive."""

    number: int
    giver: str
    taker: str
    right: str
    since: str
    until: str
    reason: str
    state: When


class Delegating:
    """The part of the desk that hands rights to others for a time."""

    def __init__(self, seat: Seat, trust: Trust, supervisors: Supervisors, runs: Runs) -> None:
        self._seat, self._trust, self._supervisors, self._runs = seat, trust, supervisors, runs

    def listed(self, *, past: bool = False) -> list[DelegationView]:
        """This outlet's delegations, the latest first; `past`: also those that are over. A supervisor sees them."""
        self._supervisors.here(_REFUSAL)
        with self._seat.reading() as reading:
            outlet = self._seat.station.outlet
            since = "" if past else delegations.today_of(reading, outlet)
            found = [_view(reading, row) for row in reading.models(Delegation, _LATEST, outlet=outlet, since=since)]
        return [each for each in found if past or each.state not in ("over", "withdrawn")]

    def choices(self, field: str) -> list[Choice]:
        """What may be handed over (right), and to whom (taker)."""
        with self._seat.reading() as reading:
            me = self._seat.person(reading)
            if field == "right":
                own = reading.all(RoleRight, role=me.role, order=("business",))
                return [Choice(each, delegations.right_name(each)) for each in (APPROVALS, *(r.business for r in own))]
            here = reading.all(Operator, outlet=self._seat.station.outlet, state="active", order=("staff_no",))
            return [Choice(each.staff_no, Message(each.name)) for each in here if each.staff_no != me.staff_no]

    def hand(self, taker: str, right: str, since: str, until: str, reason: str) -> DelegationView:
        """Hand a right of one's own role (C12, M6.check), or one's word (`approvals`), to another person here.

        since, until: business dates as typed; `since` empty: from now on. NotAllowed names the field: it is not one's
        own, would stand beside what it is kept apart from, they have it, the dates.
        """
        giver = self._supervisors.here(_REFUSAL)
        taker, right = taker.strip(), _right(right)
        with self._seat.writing("delegation") as tx:
            self._trust.must_be_sure(tx)
            context, outlet = self._runs.context(tx, M7), self._seat.station.outlet
            dates = _dates(tx, context.business_date, since, until)
            if not reason.strip():
                raise NotAllowed(say("Say why."), field="reason")
            _must_be_theirs(tx, tx.one(Operator, staff_no=giver), right)
            _must_fit(tx, _taker(tx, outlet, giver, taker), right, dates)
            row = tx.add(
                Delegation,
                outlet=outlet,
                number=int(tx.scalar(_LAST, outlet=outlet) or 0) + 1,
                giver=giver,
                taker=taker,
                right=right,
                since=dates[0],
                until=dates[1],
                reason=reason.strip(),
                made_at=tx.now(),
            )
            context.use_rows(Delegation)
            said = {"number": row.number, "taker": taker, "right": right, "since": row.since, "until": row.until}
            note(context, "delegation.hand", said={**said, "reason": row.reason})
            return _view(tx, row)

    def withdraw(self, number: int) -> None:
        """End a delegation before its time: who gave it, or another supervisor. NotFound; NotAllowed: it has ended."""
        by = self._supervisors.here(_REFUSAL)
        with self._seat.writing("delegation") as tx:
            row = tx.find(Delegation, outlet=self._seat.station.outlet, number=number)
            if row is None:
                raise NotFound(say("There is no delegation {number} here.", number=number))
            if delegations.when(tx, row) in ("over", "withdrawn"):
                raise NotAllowed(say("It has ended already."))
            context = self._runs.context(tx, M7)
            tx.change(row, withdrawn_on=context.business_date, withdrawn_by=by)
            context.use_rows(Delegation)
            note(context, "delegation.withdraw", said={"number": number})


def _right(typed: str) -> str:
    """A right as it is typed: codes in capitals, what is done with one in small letters."""
    code, dot, act = typed.strip().partition(".")
    return APPROVALS if code.casefold() == APPROVALS else f"{code.upper()}{dot}{act.casefold()}"


def _dates(reading: Reading, here: str, since: str, until: str) -> tuple[str, str]:
    first = day_typed(since, "since").isoformat() if since.strip() else here
    if not until.strip():
        raise NotAllowed(say("Until when: it ends by itself."), field="until")
    last = day_typed(until, "until").isoformat()
    if first < here:
        raise NotAllowed(say("{day} is over.", day=first), field="since")
    if last < first:
        raise NotAllowed(say("{first} is after {last}.", first=first, last=last), field="until")
    most = DELEGATION_DAYS.of(reading)
    if date.fromisoformat(last) - date.fromisoformat(first) >= timedelta(days=most):
        raise NotAllowed(say("For {n} {n:day|days} at most.", n=most), field="until")
    return first, last


def _must_be_theirs(reading: Reading, giver: Operator, right: str) -> None:
    """Nobody hands on what they don't have themselves, or were handed."""
    if not delegations.has(reading, giver, right):
        told = say("{right} is not yours to hand over: your role does not have it.", right=right or "-")
        raise NotAllowed(told, field="right")


def _taker(reading: Reading, outlet: str, giver: str, staff_no: str) -> Operator:
    if staff_no == giver:
        raise NotAllowed(say("To another person."), field="taker")
    person = reading.find(Operator, staff_no=staff_no, outlet=outlet)
    if person is None or person.state != "active":
        raise NotAllowed(say("Nobody here has the staff number {staff_no}.", staff_no=staff_no), field="taker")
    return person


def _must_fit(reading: Reading, taker: Operator, right: str, dates: tuple[str, str]) -> None:
    """NotAllowed: they supervise themselves, have it for then, or would have what is kept apart from it."""
    if right == APPROVALS and delegations.has(reading, taker, right):
        raise NotAllowed(say("{staff_no} is a supervisor.", staff_no=taker.staff_no), field="taker")
    found = reading.all(Delegation, outlet=taker.outlet, taker=taker.staff_no, withdrawn_on="")
    meeting = [row for row in found if _meets(row, dates)]
    if other := next((row for row in meeting if row.right == right), None):
        told = say("They have it then already, of {giver} until {day}.", giver=other.giver, day=other.until)
        raise NotAllowed(told, field="taker")
    own = [row.business for row in reading.all(RoleRight, role=taker.role)]
    must_be_apart(reading, [*own, *(row.right for row in meeting)], right)


def _meets(row: Delegation, dates: tuple[str, str]) -> bool:
    return row.since <= dates[1] and dates[0] <= row.until


def must_be_apart(reading: Reading, held: Iterable[str], right: str) -> None:
    """NotAllowed (`right`): somebody would have two rights that are kept apart (`management.m07.duties`)."""
    from boss_tui.management.m07.duties import both_sides

    for pair in reading.all(DutyConflict, order=("holds", "excludes")):
        found = both_sides(pair, [right, *held])
        if found and right in found:
            other = found[0] if found[1] == right else found[1]
            told = say(
                "With {other} they would have what is kept apart from {right}: {why}.",
                other=other,
                right=right,
                why=both(pair.reason_zh, pair.reason_en),
            )
            raise NotAllowed(told, field="right")


def _view(reading: Reading, row: Delegation) -> DelegationView:
    state = delegations.when(reading, row)
    return DelegationView(row.number, row.giver, row.taker, row.right, row.since, row.until, row.reason, state)
