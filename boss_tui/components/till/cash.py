"""Cash that moves without an order: in and out of a drawer, between safe and bank; and what the safe holds (F11, M11).

Each movement is one posting, says who, what for and who allowed it, and has a number for its slip. The safe never holds
less than nothing: what is taken must be there. Who may move how much is in `cash_limits`; shifts are in `till`.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import BigInteger, bindparam, cast, func, select, text

from boss_tui.components.ledger import ledger
from boss_tui.components.ledger.ledger import Leg, post
from boss_tui.components.tenders.tenders import as_compared
from boss_tui.components.till.cash_limits import (
    APPROVED_BY,
    is_supervisor,
    limit_of,
    must_be_theirs,
    must_be_within,
    must_supervise,
)
from boss_tui.components.till.cash_slips import slip_number
from boss_tui.components.till.figures import expected_cash
from boss_tui.forms.typed import yuan
from data.clock import new_key
from data.errors import Differs, NotAllowed
from data.message import Message, say
from data.store import Reading, UnitOfWork
from data.tables.finance import (
    NUMBERED,
    BusinessDay,
    CashMovement,
    Posting,
    PostingLine,
    SafeCount,
    SafePiece,
    Shift,
)

BUSINESS = "M11"
IN = {"change": ledger.SAFE, "return": ledger.SUNDRY_EXPENSES}
OUT = {"drop": ledger.SAFE, "expense": ledger.SUNDRY_EXPENSES}
LIMITS = {"float": "float_limit", "change": "float_limit", "return": "expense_limit", "expense": "expense_limit"}
"""The limit that each movement of a drawer is under; what is dropped into the safe is under none."""
BANK = {"deposit": -1, "withdrawal": 1}
"""What is moved between safe and bank, and whether the safe gets it."""

DENOMINATIONS = (10000, 5000, 2000, 1000, 500, 200, 100, 50, 20, 10, 5, 2, 1)  # fen; all are legal tender
MOST_PIECES = 20_000
"""Pieces of one note or coin in a drawer: two hundred bundles of a hundred. More is a slip of the finger."""
MOST_IN_SAFE = 200_000

_m = CashMovement.table()
_p = Posting.table()
_l = PostingLine.table()
_LAST = select(func.max(_m.c.number)).where(_m.c.outlet == bindparam("outlet"))
_BY_PAPER = select(*_m.c).where(
    _m.c.reference == bindparam("reference"),
    _m.c.purpose == bindparam("purpose"),
    _m.c.outlet == bindparam("outlet"),
    text(f"cash_movement.{NUMBERED}"),
)
"""The condition of the index is said, and no order is asked for, or it would not be gone by."""
_FLOAT = (
    select(*_m.c)
    .select_from(_m.join(_p, _p.c.id == _m.c.posting_id))
    .where(_p.c.shift_id == bindparam("shift"), _m.c.purpose == "float")
)
_ALONE = (
    select(func.coalesce(cast(func.sum(_m.c.amount), BigInteger), 0))
    .select_from(_m.join(_p, _p.c.id == _m.c.posting_id))
    .where(_p.c.shift_id == bindparam("shift"), _m.c.purpose == bindparam("purpose"), _m.c.approved_by == "")
)
_c = SafeCount.table()
_COUNTED = select(*_c.c).where(_c.c.outlet == bindparam("outlet")).order_by(_c.c.made_at.desc()).limit(1)
_SAFE = (
    select(func.coalesce(cast(func.sum(_l.c.amount), BigInteger), 0))
    .select_from(_l.join(_p, _p.c.id == _l.c.posting_id))
    .where(_l.c.account == ledger.SAFE, _p.c.outlet == bindparam("outlet"))
)


class CashReason(Struct, frozen=True):
    """Who moves cash, what for in their own words, and which supervisor allowed it, where one had to.

    `reference`: the bank's paper. `counterparty`: from whom a drawer was taken over.
    """

    operator: str
    note: str = ""
    approved_by: str = ""
    reference: str = ""
    counterparty: str = ""


def safe_balance(reading: Reading, outlet: str) -> int:
    """Fen of cash that must be in the safe of an outlet."""
    return int(reading.scalar(_SAFE, outlet=outlet))


def cash_in(
    tx: UnitOfWork, shift: Shift, amount: int, *, purpose: str, note: str, operator: str, approved_by: str = ""
) -> CashMovement:
    """Put cash into the till that is no sale: `change` from the safe, `return` of money advanced for an expense."""
    act = CashReason(operator, note.strip(), approved_by)
    _check_drawer(tx, shift, amount, purpose, IN, act)
    if IN[purpose] == ledger.SAFE:
        must_be_in_safe(tx, shift.outlet, amount)
    lines = Leg(ledger.CASH, amount, purpose), Leg(IN[purpose], -amount, purpose)
    return move(tx, purpose, amount, post_in(tx, shift, operator, *lines, note=act.note), act)


def cash_out(
    tx: UnitOfWork, shift: Shift, amount: int, *, purpose: str, note: str, operator: str, approved_by: str = ""
) -> CashMovement:
    """Take cash out that is no refund: `drop` into the safe, `expense` of the house. Not more than is there."""
    act = CashReason(operator, note.strip(), approved_by)
    _check_drawer(tx, shift, amount, purpose, OUT, act)
    if amount > expected_cash(tx, shift):
        raise NotAllowed(say("There is not so much cash in the till."), field="amount")
    lines = Leg(OUT[purpose], amount, purpose), Leg(ledger.CASH, -amount, purpose)
    return move(tx, purpose, amount, post_in(tx, shift, operator, *lines, note=act.note), act)


def begin_with(tx: UnitOfWork, shift: Shift, act: CashReason) -> CashMovement | None:
    """Put the float of a shift that is opened into its drawer, out of the safe; None where there is none."""
    amount = shift.float_amount
    if not amount:
        return None
    must_be_in_safe(tx, shift.outlet, amount)
    lines = Leg(ledger.CASH, amount, "float"), Leg(ledger.SAFE, -amount, "float")
    return move(tx, "float", amount, post_in(tx, shift, act.operator, *lines, note=act.note), act)


def float_of(reading: Reading, shift: Shift) -> CashMovement | None:
    """The movement by which a shift got its float."""
    return next(iter(reading.models(CashMovement, _FLOAT, shift=shift.id)), None)


def bank(tx: UnitOfWork, outlet: str, amount: int, *, purpose: str, act: CashReason) -> CashMovement:
    """Take cash of the safe to the bank (`deposit`), or bring it from there (`withdrawal`): a supervisor does it, with
    the number of the bank's paper, which is good for one movement each way."""
    if purpose not in BANK:
        raise NotAllowed(say("Not one of the choices. F4 shows them."), field="purpose")
    must_be_of_safe(tx, act.operator)
    must_supervise(tx, act.approved_by)
    _must_be_some(amount)
    act = replace(act, reference=as_compared(act.reference))
    _must_be_unused(tx, outlet, purpose, act.reference)
    must_be_within(tx, "bank_limit", amount, act.operator, act.approved_by)
    if purpose == "deposit":
        must_be_in_safe(tx, outlet, amount)
    into = BANK[purpose] * amount
    lines = Leg(ledger.SAFE, into, purpose), Leg(ledger.BANK, -into, purpose)
    return move(tx, purpose, amount, post_at_safe(tx, outlet, act.operator, *lines, note=act.note.strip()), act)


def _must_be_unused(reading: Reading, outlet: str, purpose: str, reference: str) -> None:
    """NotAllowed without a number of the bank's paper, or with one that has been used for this purpose."""
    if not reference:
        raise NotAllowed(say("The number on the bank's paper."), field="reference")
    for used in by_paper(reading, outlet, purpose, reference):
        day = reading.one(Posting, id=used.posting_id).business_date
        told = say(
            "{reference} was used on {date} for {yuan} yuan (slip {number}): give the number on this paper.",
            reference=reference,
            date=day,
            yuan=yuan(used.amount),
            number=slip_number(outlet, used.number),
        )
        raise NotAllowed(told, field="reference")


def by_paper(reading: Reading, outlet: str, purpose: str, reference: str) -> list[CashMovement]:
    """What was moved for a purpose with a bank's paper, by its number in the spelling that it is booked in."""
    return reading.models(CashMovement, _BY_PAPER, outlet=outlet, purpose=purpose, reference=reference)


def count_safe(
    tx: UnitOfWork, outlet: str, counts: Mapping[int, int], *, counted_by: str, reason: str = "", approved_by: str = ""
) -> SafeCount:
    """Count the safe: {denomination in fen: pieces}. A supervisor does it. What is over or short is posted, with a
    reason; more than their role may sign for, with another supervisor's word."""
    must_be_of_safe(tx, counted_by)
    must_supervise(tx, approved_by)
    counted, expected = counted_sum(counts, MOST_IN_SAFE), safe_balance(tx, outlet)
    difference = counted - expected
    apart = differing(difference)
    if difference:
        must_be_explained(reason, apart)
    if abs(difference) > limit_of(tx, "difference_limit", counted_by) and approved_by in {"", counted_by}:
        told = say("{apart}. It is more than one may sign for: another supervisor must approve.", apart=apart)
        raise Differs(told, field=APPROVED_BY)
    posting = _post_difference(tx, outlet, counted_by, difference, reason.strip()) if difference else None
    row = tx.add(
        SafeCount,
        id=new_key(tx.clock),
        outlet=outlet,
        business_date=_day(tx, outlet),
        expected=expected,
        counted=counted,
        difference=difference,
        reason=reason.strip(),
        counted_by=counted_by,
        approved_by=approved_by,
        posting_id=posting.id if posting is not None else None,
        made_at=tx.now(),
    )
    for denomination, pieces in sorted(counts.items()):
        if pieces:
            tx.add(SafePiece, count_id=row.id, denomination=denomination, pieces=pieces)
    return row


def _post_difference(tx: UnitOfWork, outlet: str, operator: str, difference: int, note: str) -> Posting:
    lines = Leg(ledger.SAFE, difference, "difference"), Leg(ledger.OVER_SHORT, -difference, "difference")
    return post_at_safe(tx, outlet, operator, *lines, note=note)


def last_count(reading: Reading, outlet: str) -> SafeCount | None:
    """The latest count of the safe of an outlet."""
    return next(iter(reading.models(SafeCount, _COUNTED, outlet=outlet)), None)


def outcome(counted: int, difference: int) -> Message:
    """What a count has come to, in words. Fen."""
    if difference > 0:
        return say("Counted {yuan} yuan: {over} over.", yuan=yuan(counted), over=yuan(difference))
    if difference < 0:
        return say("Counted {yuan} yuan: {short} short.", yuan=yuan(counted), short=yuan(-difference))
    return say("Counted {yuan} yuan: it is right.", yuan=yuan(counted))


def compared(counted: int, expected: int) -> Message:
    """What was counted, what must be there by the books, what is over or short. Fen."""
    if counted == expected:
        return outcome(counted, 0)
    by = yuan(abs(counted - expected))
    apart = say("{over} over", over=by) if counted > expected else say("{short} short", short=by)
    return say(
        "Counted {counted}, by the books {expected}: {apart}.",
        counted=yuan(counted),
        expected=yuan(expected),
        apart=apart,
    )


def differing(difference: int, *, hidden: bool = False) -> Message:
    """That cash differs from the books: by how much, in fen, and which way, unless that is `hidden`."""
    if hidden:
        return say("The count differs from the books")
    if difference > 0:
        return say("The count is {yuan} yuan over", yuan=yuan(difference))
    return say("The count is {yuan} yuan short", yuan=yuan(-difference))


def must_be_explained(reason: str, apart: Message) -> None:
    """Differs: a count that differs as `apart` says has no reason."""
    if not reason.strip():
        raise Differs(say("{apart}: count again, or give a reason.", apart=apart), field="reason")


def _no_piece(denomination: int, pieces: int) -> Message:
    if pieces < 0:
        return say("Count the pieces of each note and coin: none is 0.")
    return say("There is no note or coin of {yuan} yuan.", yuan=yuan(denomination))


def counted_sum(counts: Mapping[int, int], most: int = MOST_PIECES) -> int:
    """Fen of what was counted. NotAllowed for what is no note or coin, or more of one than can be."""
    for denomination, pieces in counts.items():
        if denomination not in DENOMINATIONS or pieces < 0:
            raise NotAllowed(_no_piece(denomination, pieces), field="counts")
        if pieces > most:
            told = say("{pieces} pieces of one note or coin can't be: {most} at most.", pieces=pieces, most=most)
            raise NotAllowed(told, field="counts")
    return sum(denomination * pieces for denomination, pieces in counts.items())


def must_be_of_safe(reading: Reading, operator: str) -> None:
    """NotAllowed for others than supervisors: they alone open the safe."""
    if not is_supervisor(reading, operator):
        raise NotAllowed(say("A supervisor has the key of the safe."))


def must_be_in_safe(reading: Reading, outlet: str, amount: int) -> None:
    """NotAllowed when the safe holds less; how much it holds is not told."""
    if amount > safe_balance(reading, outlet):
        told = say("The safe has not so much cash: a supervisor brings some from the bank.")
        raise NotAllowed(told, field="amount")


def _check_drawer(
    tx: UnitOfWork, shift: Shift, amount: int, purpose: str, purposes: Mapping[str, str], act: CashReason
) -> None:
    if purpose not in purposes:
        raise NotAllowed(say("Not one of the choices. F4 shows them."), field="purpose")
    _must_be_some(amount)
    if not act.note:
        raise NotAllowed(say("Say what the money is for."), field="note")
    must_supervise(tx, act.approved_by)
    must_be_theirs(tx, shift.operator, act.operator, act.approved_by)
    if purpose in LIMITS:
        alone = purpose == "expense" and not act.approved_by  # a limit is none where it can be taken again and again
        before = int(tx.scalar(_ALONE, shift=shift.id, purpose=purpose)) if alone else 0
        must_be_within(tx, LIMITS[purpose], amount, act.operator, act.approved_by, before)


def _must_be_some(amount: int) -> None:
    if amount <= 0:
        raise NotAllowed(say("An amount above 0."), field="amount")


def move(tx: UnitOfWork, purpose: str, amount: int, posting: Posting, act: CashReason) -> CashMovement:
    """Write down what a posting moved, with the next number of a slip."""
    return tx.add(
        CashMovement,
        id=new_key(tx.clock),
        outlet=posting.outlet,
        posting_id=posting.id,
        purpose=purpose,
        number=(tx.scalar(_LAST, outlet=posting.outlet) or 0) + 1,
        amount=amount,
        reference=act.reference.strip(),
        counterparty=act.counterparty,
        approved_by=act.approved_by,
    )


def post_in(tx: UnitOfWork, shift: Shift, operator: str, *lines: Leg, note: str = "") -> Posting:
    """A posting of the till's own business in a shift."""
    return post(
        tx,
        outlet=shift.outlet,
        business_date=shift.business_date,
        business=BUSINESS,
        operator=operator,
        lines=lines,
        shift_id=shift.id,
        till=shift.till,
        note=note,
    )


def _day(reading: Reading, outlet: str) -> str:
    """The open business date."""
    day = reading.find(BusinessDay, outlet=outlet, state="open")
    if day is None:
        raise NotAllowed(say("The business day is not open. A supervisor opens it."))
    return day.business_date


def post_at_safe(tx: UnitOfWork, outlet: str, operator: str, *lines: Leg, note: str = "") -> Posting:
    """A posting of the safe's, which belongs to no till, on the open business date."""
    return post(
        tx, outlet=outlet, business_date=_day(tx, outlet), business=BUSINESS, operator=operator, lines=lines, note=note
    )


__all__ = [
    "APPROVED_BY",
    "BANK",
    "BUSINESS",
    "DENOMINATIONS",
    "IN",
    "OUT",
    "CashReason",
    "bank",
    "begin_with",
    "by_paper",
    "cash_in",
    "cash_out",
    "count_safe",
    "counted_sum",
    "float_of",
    "last_count",
    "move",
    "must_be_in_safe",
    "must_be_of_safe",
    "post_at_safe",
    "post_in",
    "safe_balance",
]
