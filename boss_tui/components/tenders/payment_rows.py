"""Part of F11 财务: how a payment and its tenders are written down, of an order or of a slip that is not done."""

from __future__ import annotations

from collections.abc import Sequence

from boss_tui.answers.business import Tender
from data.clock import new_key
from data.store import UnitOfWork
from data.tables.finance import Payment, PaymentTender, Posting


def enter_payment(
    tx: UnitOfWork, posting: Posting, tenders: Sequence[Tender], *, due: int, tendered: int, change: int = 0
) -> Payment:
    """A payment and its tenders, net of change; fen. `posting`: where they stand in the books, in a shift."""
    payment = tx.add(
        Payment,
        id=new_key(tx.clock),
        outlet=posting.outlet,
        order_id=posting.order_id,
        posting_id=posting.id,
        shift_id=posting.shift_id,
        due=due,
        tendered=tendered,
        change=change,
    )
    for number, tender in enumerate(tenders, start=1):
        tx.add(
            PaymentTender,
            payment_id=payment.id,
            line=number,
            kind=tender.kind,
            amount=tender.amount,
            reference=tender.reference,
        )
    return payment
