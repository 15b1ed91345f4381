"""F11, mobile payment: the rows that say whom was asked for what; booked once, refunded by rows of their own.

Nobody is asked here: that is `boss_tui.payments`, outside of any transaction. What is asked is a row that is committed
before, so that no payment is lost when the program ends in between.
"""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Sequence as Listed
from typing import TYPE_CHECKING

from boss_tui.answers.business import MobileView, Tender
from boss_tui.components.tenders.tenders import Ways
from data.clock import new_key
from data.errors import NotAllowed
from data.message import say
from data.store import Reading, UnitOfWork
from data.tables.mobile import MobilePayment

if TYPE_CHECKING:
    from boss_tui.components.base import Context

FINAL = frozenset({"paid", "closed", "reversed", "refunded"})
_NEXT = {
    "asked": {"unknown", "paid", "closed", "reversed", "refunded"},
    "unknown": {"paid", "closed", "reversed", "refunded"},
    "paid": {"reversed"},
}


def order_number(tx: UnitOfWork) -> str:
    """A number that no other payment has, anywhere and ever: a UUIDv7 in 32 hexadecimal digits."""
    return new_key(tx.clock).replace("-", "")


def settle(tx: UnitOfWork, row: MobilePayment, state: str, transaction_no: str = "", reason: str = "") -> MobilePayment:
    """Write down what a provider answered. What an order has, and what is at rest, stays as it is."""
    if row.booked or state not in _NEXT.get(row.state, set()):
        return row
    return tx.change(
        row,
        state=state,
        transaction_no=transaction_no or row.transaction_no,
        reason=reason or row.reason,
        settled_at=tx.now() if state in FINAL else "",
    )


def paid_for(reading: Reading, draft_id: str) -> list[Tender]:
    """What was paid for a form and no order has yet: also when whoever asked for it is gone."""
    rows = reading.all(MobilePayment, draft_id=draft_id, state="paid", order=("asked_at",))
    return [
        Tender(row.kind, row.amount, row.order_no) for row in rows if not (row.booked or row.dropped or row.refund_of)
    ]


def book(tx: UnitOfWork, tenders: Listed[Tender], known: Ways, drafts: Collection[str]) -> None:
    """An order takes what was paid, whole and once. NotAllowed: nobody was asked, it is not paid, or it has been taken.

    `drafts`: the forms that are completed; what was paid for another one is not theirs.
    """
    for tender in tenders:
        way = known.get(tender.kind)
        if way is None or not way.provider:
            continue
        row = tx.find(MobilePayment, order_no=tender.reference)
        if row is None or row.kind != tender.kind or row.draft_id not in drafts or row.refund_of:
            raise NotAllowed(say("{way} was not asked.", way=way.name), field="tenders")
        if row.state != "paid" or row.booked or row.dropped or row.amount != tender.amount:
            raise NotAllowed(
                say("This payment by {way} can't be booked: look at it again.", way=way.name), field="tenders"
            )
        tx.change(row, booked=1)


def refund(context: Context, tenders: Listed[Tender], known: Ways) -> None:
    """What goes back the way it came is asked of its provider, beside the desk: a row each. `tenders`: as they go back,
    amounts below nothing."""
    tx = context.tx
    for tender in tenders:
        if tender.kind not in known or not known[tender.kind].provider or tender.amount >= 0:
            continue
        tx.add(
            MobilePayment,
            order_no=order_number(tx),
            outlet=context.outlet,
            counter=context.counter,
            operator=context.operator,
            business_date=context.business_date,
            kind=tender.kind,
            provider=known[tender.kind].provider,
            amount=tender.amount,
            draft_id=context.draft_id,
            refund_of=tender.reference,
            booked=0,
            asked_at=tx.now(),
        )


def view(row: MobilePayment) -> MobileView:
    """As the payment box shows it."""
    return MobileView(row.order_no, row.kind, row.amount, row.state, row.reason)
