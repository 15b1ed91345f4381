"""A1 user behaviour 用户行为: signals that rules raise, such as one operator opening many numbers in a short time."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import bindparam, func, select

from boss_tui.components.base import Component, traced
from data.clock import new_key, stamp
from data.parameters import BURST_MINUTES, BURST_ORDERS
from data.tables.order import ProductOrder
from data.tables.service import BehaviourSignal

_orders = ProductOrder.table()
_RECENT = (
    select(func.count())
    .select_from(_orders)
    .where(
        _orders.c.customer_id == bindparam("customer"),
        _orders.c.business == bindparam("business"),
        _orders.c.created_at >= bindparam("since"),
    )
)


class Behaviour(Component):
    """A1: watches what is done, and raises signals for a person to look at."""

    code = "A1"

    @traced
    def watch(self, customer_id: str) -> BehaviourSignal | None:
        """Raise a signal when this customer had the business done many times within the hour (fraud pattern)."""
        since = stamp(self.tx.clock.now() - timedelta(minutes=BURST_MINUTES.of(self.tx)))
        recent = self.tx.scalar(_RECENT, customer=customer_id, business=self.context.business, since=since)
        if recent < BURST_ORDERS.of(self.tx):
            return None
        return self.tx.add(
            BehaviourSignal,
            id=new_key(self.tx.clock),
            rule="burst",
            subject=customer_id,
            order_id=self.context.order_id,
            detail=f"{recent} × {self.context.business}",
            raised_at=self.tx.now(),
        )
