"""Part of F11 财务: a slip, a cheque, a transfer pays once.

The reference of a way of paying that needs one (`TenderWay.once`; a mobile payment is booked once by a rule of its own,
`mobile.book`) stands for money that was moved once: in an outlet it pays one order, or those that are paid in one go,
and pays out one refund. An order that is taken back gives its money back under the same reference, which is free again
then; a refund that is an order of its own frees nothing, for what it gives back was really paid. References are
compared in the one spelling that they are booked in (`tenders.as_compared`). Read here, written nowhere.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import bindparam, func, select, text

from boss_tui.answers.business import Tender
from boss_tui.components.tenders.tenders import Ways, as_compared
from data.errors import NotAllowed
from data.message import say
from data.store import Reading
from data.tables.finance import NUMBERED, Payment, PaymentTender
from data.tables.order import ProductOrder

_t, _y = PaymentTender.table(), Payment.table()
_o, _r = (ProductOrder.table().alias(name) for name in ("own", "root"))
_BOOKED = (
    select(_r.c.serial, _r.c.business_date)
    .select_from(
        _t.join(_y, _y.c.id == _t.c.payment_id)
        .outerjoin(_o, _o.c.id == _y.c.order_id)
        .outerjoin(_r, _r.c.id == func.coalesce(_o.c.reverses, _o.c.id))
    )
    .where(
        _t.c.reference == bindparam("reference"),
        _t.c.kind == bindparam("kind"),
        text(f"payment_tender.{NUMBERED}"),
        _y.c.outlet == bindparam("outlet"),
    )
    .group_by(_r.c.id, _r.c.serial, _r.c.business_date)
    .having(func.sum(_t.c.amount) * bindparam("sign") > 0)
    .order_by(_r.c.serial)
)
"""The orders that an outlet's money of one reference stands in, with what took them back; no order: what was taken for
a slip that is not done. The condition of the index is said, or it would not be gone by."""


def check_unused(reading: Reading, outlet: str, tenders: Sequence[Tender], known: Ways, *, out: bool = False) -> None:
    """NotAllowed names the order that one of these references has paid already, or that has paid it out (`out`)."""
    for tender in tenders:
        way = known.get(tender.kind)
        if way is None or not way.once:
            continue
        reference = as_compared(tender.reference)
        found = reading.rows(_BOOKED, reference=reference, kind=tender.kind, outlet=outlet, sign=-1 if out else 1)
        if not found:
            continue
        serial, day = found[0]
        named = {"way": way.name, "reference": reference, "serial": serial or "", "date": day or ""}
        if serial is None:
            told = say("{way} {reference} was taken for a slip that waits: a number pays once.", **named)
        elif out:
            told = say(
                "{way} {reference} was paid out with order {serial} of {date}: give the number of this one.", **named
            )
        else:
            told = say("{way} {reference} has paid order {serial} of {date}: a number pays once.", **named)
        raise NotAllowed(told, field="tenders")
