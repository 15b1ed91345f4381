"""Money in suspense 暂收款: taken for a slip of an outage that can't be done, until somebody has decided (F11).

It is booked when the slip is put down: in the drawer, or by card, cheque or transfer with its reference, against an
account of its own. It goes out of it in one of three ways: given back to the customer, who signs for it; used, which
pays another order; or, once such an order is taken back, in again. What a supervisor leaves there is listed on each day
until it is settled. Each move has an entry beside its posting, and a slip holds what its entries make. Which slips wait
is in `handwritten`. Source: management-facts 7.1 (2241 其他应付款), design 6: money that was really taken is never
dropped.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import BigInteger, bindparam, cast, func, select, text

from boss_tui.answers.business import Handwritten, Tender, TenderWay
from boss_tui.components.ledger import ledger
from boss_tui.components.ledger.ledger import Leg
from boss_tui.components.operators.delegations import gives
from boss_tui.components.operators.operators import must_pay_out
from boss_tui.components.slip_numbers import find, known_as
from boss_tui.components.tenders.payment_rows import enter_payment
from boss_tui.components.tenders.references import check_unused
from boss_tui.components.tenders.tenders import CASH, SUSPENSE, as_booked, as_compared, ways
from boss_tui.components.till.cash import CashReason, move, post_in
from boss_tui.components.till.cash_limits import (
    APPROVED_BY,
    is_supervisor,
    must_be_theirs,
    must_be_within,
    must_supervise,
)
from boss_tui.components.till.figures import expected_cash
from boss_tui.forms.typed import yuan
from data.clock import new_key
from data.errors import BadForm, NotAllowed
from data.message import say
from data.parameters import SUSPENSE_ALONE
from data.store import Reading, UnitOfWork
from data.tables.finance import CashMovement, Posting, Shift, SuspenseEntry
from data.tables.order import WAITING_SLIP, HandwrittenSlip

TAKEN, BACK = "suspense", "suspense_back"
"""What the lines of the books are of, and what cash is said to be moved for."""

_s = HandwrittenSlip.table()
_HELD = select(cast(func.coalesce(func.sum(_s.c.held), 0), BigInteger)).where(
    _s.c.outlet == bindparam("of"), text(f"({WAITING_SLIP})")
)


def held_at(reading: Reading, outlet: str) -> int:
    """Fen in suspense at an outlet."""
    return int(reading.scalar(_HELD, of=outlet))


def taken_by(reading: Reading, kind: str, reference: str, amount: int) -> Tender:
    """What was taken for a slip, as it is booked. BadForm: field by field, `way` and `reference`."""
    known = ways(reading)
    way = known.get(kind)
    if way is None or not way.by_hand:
        raise BadForm({"way": say("Not one of the choices. F4 shows them.")})
    if way.reference and not as_compared(reference):
        raise BadForm({"reference": say("{way} needs its reference number.", way=way.name)})
    return as_booked(Tender(kind, amount, reference if way.reference else ""), known)


def take(tx: UnitOfWork, slip: HandwrittenSlip, shift: Shift, tender: Tender, approved_by: str = "") -> HandwrittenSlip:
    """Book what was taken for a slip into a shift: as much as a role puts into a drawer by itself (`float_limit`), more
    with a supervisor's word. BadForm: more than anybody may, or its reference has paid before."""
    known = ways(tx)
    must_supervise(tx, approved_by)
    try:
        must_be_within(tx, "float_limit", tender.amount, tx.author.operator, approved_by)
    except NotAllowed as refusal:
        if refusal.field == APPROVED_BY:
            raise
        raise BadForm({"taken": refusal.message}) from refusal
    try:
        check_unused(tx, slip.outlet, [tender], known)
    except NotAllowed as refusal:
        raise BadForm({"reference": refusal.message}) from refusal
    lines = Leg(known[tender.kind].account, tender.amount, TAKEN), Leg(ledger.SUSPENSE, -tender.amount, TAKEN)
    posting = post_in(tx, shift, tx.author.operator, *lines, note=slip.number)
    enter_payment(tx, posting, [tender], due=tender.amount, tendered=tender.amount)
    slip = tx.change(slip, amount=tender.amount, tender=tender.kind, reference=tender.reference)
    return _enter(tx, slip, posting, "taken", tender.amount, approved_by)


def must_hold(reading: Reading, outlet: str, tenders: Sequence[Tender]) -> None:
    """NotAllowed names the slip that holds less than these tenders take out of suspense."""
    wanted: dict[str, int] = {}
    for tender in tenders:
        if tender.kind == SUSPENSE:
            number = known_as(tender.reference)
            wanted[number] = wanted.get(number, 0) + tender.amount
    for number, amount in wanted.items():
        _holding(reading, outlet, number, amount)


def _holding(reading: Reading, outlet: str, number: str, amount: int) -> HandwrittenSlip:
    slip = find(reading, outlet, number)
    if slip is None or slip.held < amount:
        shown, held = (slip.number, slip.held) if slip is not None else (number, 0)
        told = say("Of slip {number} {held} yuan are in suspense.", number=shown, held=yuan(held))
        raise NotAllowed(told, field="tenders")
    return slip


def used(tx: UnitOfWork, posting_id: str, tender: Tender, serial: str, entering: Handwritten | None) -> None:
    """An order is paid with money in suspense, or gives it back there (`tender` below nothing). A slip that holds no
    more is settled by that order, unless the order is the slip's own (`entering`)."""
    posting = tx.one(Posting, id=posting_id)
    slip = _holding(tx, posting.outlet, tender.reference, tender.amount)
    slip = _enter(tx, slip, posting, "used" if tender.amount > 0 else "returned", -tender.amount)
    if slip.held and slip.state == "settled":
        tx.change(slip, state="open", words="")
    elif not slip.held and slip.state in {"open", "parked"} and not _is(slip, entering):
        tx.change(slip, state="settled", words=serial)


def _is(slip: HandwrittenSlip, entering: Handwritten | None) -> bool:
    return entering is not None and known_as(entering.number) == slip.known_as


def refund(tx: UnitOfWork, slip: HandwrittenSlip, shift: Shift, kind: str, act: CashReason) -> CashMovement:
    """Give a customer back what is in suspense of a slip, out of a drawer in cash or the way it came; the movement, for
    its slip.

    The cashier does it within what their role pays out at the counter; what goes another way than it came, or more
    than `SUSPENSE_ALONE` that they put down themselves, with a supervisor, whose word is enough for any sum.
    NotAllowed: nothing is held, who got it is not said, a cheque is not cleared, not so much cash is in the drawer.
    """
    if not slip.held:
        raise NotAllowed(say("Nothing of this slip is in suspense."))
    if not act.note.strip():
        raise NotAllowed(say("Say who got the money."), field="words")
    if kind not in {CASH, slip.tender}:
        raise NotAllowed(say("This can't be done here."))
    must_supervise(tx, act.approved_by)
    must_be_theirs(tx, shift.operator, act.operator, act.approved_by)
    _must_be_allowed(tx, slip, act)
    way, amount = ways(tx)[kind], slip.held
    if kind != slip.tender:
        _another_way(tx, slip, shift, act)
    if way.drawer and amount > expected_cash(tx, shift):
        raise NotAllowed(say("There is not so much cash in the till."), field="amount")
    lines = Leg(ledger.SUSPENSE, amount, BACK), Leg(way.account, -amount, BACK)
    posting = post_in(tx, shift, act.operator, *lines, note=act.note.strip())
    tender = Tender(kind, -amount, slip.reference if kind == slip.tender else "")
    enter_payment(tx, posting, [tender], due=-amount, tendered=-amount)
    slip = _enter(tx, slip, posting, "given_back", -amount, act.approved_by)
    if slip.state != "entered":
        tx.change(slip, state="settled", words=act.note.strip())
    return move(tx, BACK, amount, posting, act)


def _must_be_allowed(tx: UnitOfWork, slip: HandwrittenSlip, act: CashReason) -> None:
    """The limit of a refund, and two persons for more than `SUSPENSE_ALONE`. NotAllowed names `approved_by`."""
    if is_supervisor(tx, act.operator) or gives(tx, act.approved_by):
        return
    must_pay_out(tx, slip.business, act.operator, slip.held)
    alone = SUSPENSE_ALONE.of(tx)
    if slip.held > alone and act.operator in _put_down_by(tx, slip):
        told = say(
            "You put this slip down: over {limit} yuan a colleague gives it back, or a supervisor allows it.",
            limit=yuan(alone),
        )
        raise NotAllowed(told, field=APPROVED_BY)


def _put_down_by(reading: Reading, slip: HandwrittenSlip) -> set[str]:
    """Who said that the slip can't be done, and who took its money."""
    taken = reading.all(SuspenseEntry, slip_id=slip.id, act="taken")
    return {slip.entered_by, *(reading.one(Posting, id=entry.posting_id).operator for entry in taken)}


def _another_way(tx: UnitOfWork, slip: HandwrittenSlip, shift: Shift, act: CashReason) -> None:
    """Cash for what came otherwise: once it is money, with a supervisor (domain-facts 8)."""
    came: TenderWay = ways(tx)[slip.tender]
    taken = max(entry.business_date for entry in tx.all(SuspenseEntry, slip_id=slip.id, act="taken"))
    cleared = date.fromisoformat(taken) + timedelta(days=came.clears)
    if cleared > date.fromisoformat(shift.business_date):
        raise NotAllowed(
            say(
                "{way} {reference} is not cleared before {date}.",
                way=came.name,
                reference=slip.reference,
                date=cleared.isoformat(),
            )
        )
    if not (is_supervisor(tx, act.operator) or act.approved_by):
        told = say(
            "{yuan} yuan came another way ({ways}): a supervisor must allow it.", yuan=yuan(slip.held), ways=came.name
        )
        raise NotAllowed(told, field=APPROVED_BY)


def _enter(
    tx: UnitOfWork, slip: HandwrittenSlip, posting: Posting, act: str, amount: int, approved_by: str = ""
) -> HandwrittenSlip:
    """Put on record what a posting moved into suspense (or, below nothing, out of it); the slip as it is then."""
    tx.add(
        SuspenseEntry,
        id=new_key(tx.clock),
        outlet=posting.outlet,
        business_date=posting.business_date,
        shift_id=posting.shift_id,
        slip_id=slip.id,
        posting_id=posting.id,
        act=act,
        amount=amount,
        approved_by=approved_by,
        made_at=tx.now(),
    )
    return tx.change(slip, held=slip.held + amount)
