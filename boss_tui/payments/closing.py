"""Brings every mobile payment to rest, beside the desk: what nobody waits for is queried, then reversed (never booked
twice, never left open); what no order took goes back; what an order gave back is refunded.

A form that is still there keeps what was paid for it: whoever takes it up again finds it.
"""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select, text

from boss_tui.components.finance.mobile import settle
from boss_tui.payments.gateway import Answer, Gateway
from data.clock import moment
from data.errors import Outside
from data.journal import Author
from data.store import Reading, Store
from data.tables.mobile import OPEN, MobilePayment
from data.tables.order import Draft

WAIT = timedelta(seconds=60)
"""How long a sale waits at most for a payment."""
BEFORE_REVERSAL = timedelta(seconds=15)
"""A payment is not reversed earlier than this after it was asked for."""
KIND = "payment.close"
_m = MobilePayment.table()
_OPEN = select(*_m.c).where(text(f"({OPEN})"), _m.c.state != "closed").order_by(_m.c.asked_at).limit(50)


class Closing:
    """The work of one outlet. Two programs may do it at once: providers take a repeat as the same, and a row is
    changed only as it was read."""

    def __init__(self, store: Store, outlet: str, gateway: Gateway) -> None:
        self._store, self._outlet, self._gateway = store, outlet, gateway

    def step(self) -> bool:
        """Look at each open payment once. Answers whether something came to rest. Outside: nobody answers."""
        with self._store.reading() as reading:
            rows = [row for row in reading.models(MobilePayment, _OPEN) if self._is_due(reading, row)]
        moved = [self._close(row) for row in rows]
        return any(moved)

    def _is_due(self, reading: Reading, row: MobilePayment) -> bool:
        if row.outlet != self._outlet:
            return False
        if row.refund_of:
            return True
        if row.state == "paid":
            return bool(row.dropped) or not _is_open(reading, row.draft_id)
        age = reading.clock.now() - moment(row.asked_at)
        return age >= WAIT or (bool(row.dropped) and age >= BEFORE_REVERSAL)

    def _close(self, row: MobilePayment) -> bool:
        if row.refund_of:
            return self._write(row, self._gateway.refund(row.refund_of, row.order_no, -row.amount))
        if row.state == "paid":
            return self._write(row, self._gateway.reverse(row.order_no))
        answer = self._gateway.query(row.order_no)
        if answer.state in {"waiting", "unknown"} or (answer.state == "paid" and row.dropped):
            answer = self._reversed(row)
        return self._write(row, answer)

    def _reversed(self, row: MobilePayment) -> Answer:
        """Taken back; while that is not sure it is unknown, and tried again."""
        try:
            answer = self._gateway.reverse(row.order_no)
        except Outside:
            return Answer("unknown")
        return Answer("unknown") if answer.state == "waiting" else answer

    def _write(self, row: MobilePayment, answer: Answer) -> bool:
        if answer.state == "closed" and row.state == "paid":
            answer = Answer("reversed", answer.transaction_no, answer.reason)
        author = Author(row.outlet, KIND, row.operator, row.counter, business_date=row.business_date)
        with self._store.transaction(author) as tx:
            now = tx.one(MobilePayment, order_no=row.order_no)
            return settle(tx, now, answer.state, answer.transaction_no, answer.reason).state != now.state


def _is_open(reading: Reading, draft_id: str) -> bool:
    draft = reading.find(Draft, id=draft_id)
    return draft is not None and draft.state in {"open", "held"}
