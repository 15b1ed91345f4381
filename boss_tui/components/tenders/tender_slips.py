"""Cards, cheques, transfers and mobile payments at the close of a shift: a list of references, ticked off (M11).

The drawer is counted; what does not lie in it is compared slip by slip with what the books have. A slip that is not in
hand is told with a reason, and stands on the Z.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from msgspec import Struct, field
from sqlalchemy import BigInteger, bindparam, cast, func, select

from boss_tui.components.tenders.tenders import as_compared, ways
from data.errors import NotAllowed
from data.message import Message, say
from data.store import Reading, UnitOfWork
from data.tables.finance import Payment, PaymentTender, Posting, Shift, ShiftTender

Missing = Mapping[str, Collection[str]]
"""The references that are not in hand, by the kind of tender."""

_y = Payment.table()
_t = PaymentTender.table()
_p = Posting.table()
_SLIPS = (
    select(_t.c.kind, _t.c.reference, cast(func.sum(_t.c.amount), BigInteger), func.min(_p.c.made_at).label("first"))
    .select_from(_t.join(_y, _y.c.id == _t.c.payment_id).join(_p, _p.c.id == _y.c.posting_id))
    .where(_y.c.shift_id == bindparam("shift"))
    .group_by(_t.c.kind, _t.c.reference, _t.c.amount < 0)
    .order_by("first")
)


class TenderSlip(Struct, frozen=True):
    """One slip: its reference, fen (below nothing: what went back)."""

    reference: str
    amount: int


class TenderSlips(Struct, frozen=True):
    """The slips of one kind of tender, as they came; several orders that were paid by one slip have one."""

    kind: str
    name: Message
    slips: tuple[TenderSlip, ...] = field(default=())

    @property
    def amount(self) -> int:
        """Fen of all."""
        return sum(slip.amount for slip in self.slips)


def slips_of(reading: Reading, shift: Shift) -> tuple[TenderSlips, ...]:
    """What a shift took that does not lie in its drawer, kind by kind in the order of the payment box."""
    found: dict[str, list[TenderSlip]] = {}
    for kind, reference, amount, _first in reading.rows(_SLIPS, shift=shift.id):
        found.setdefault(kind, []).append(TenderSlip(reference, amount))
    return tuple(
        TenderSlips(code, way.name, tuple(found[code]))
        for code, way in ways(reading).items()
        if code in found and not way.drawer and (way.once or way.provider)
    )


def check_off(slips: tuple[TenderSlips, ...], missing: Missing, reason: str) -> int:
    """Fen of the slips that are not in hand, whatever their sign. NotAllowed: there is no such slip, or no reason."""
    known = {(of.kind, as_compared(slip.reference)) for of in slips for slip in of.slips}
    for kind, references in missing.items():
        for reference in references:
            if (kind, as_compared(reference)) not in known:
                told = say("{reference} is no reference of this shift.", reference=reference)
                raise NotAllowed(told, field="missing")
    if any(missing.values()) and not reason.strip():
        raise NotAllowed(say("Slips are not in hand: look again, or give a reason."), field="missing_reason")
    return sum(abs(slip.amount) for of in slips for slip in _lacking(of, missing))


def keep(tx: UnitOfWork, shift: Shift, slips: tuple[TenderSlips, ...], missing: Missing, reason: str) -> None:
    """Write down what was ticked off."""
    for of in slips:
        lacking = _lacking(of, missing)
        tx.add(
            ShiftTender,
            shift_id=shift.id,
            kind=of.kind,
            slips=len(of.slips),
            amount=of.amount,
            missing=len(lacking),
            missing_amount=sum(slip.amount for slip in lacking),
            references=", ".join(slip.reference for slip in lacking),
            reason=reason.strip() if lacking else "",
        )


def _lacking(of: TenderSlips, missing: Missing) -> list[TenderSlip]:
    """The slips that are not in hand; what was paid and given back under one reference is missing as one."""
    wanted = {as_compared(reference) for reference in missing.get(of.kind, ())}
    return [slip for slip in of.slips if as_compared(slip.reference) in wanted]
