"""A3 loyalty 用户忠诚度: points and tenure."""

from __future__ import annotations

from boss_tui.components.base import Component, traced
from data.clock import new_key
from data.tables.service import LoyaltyAccount, LoyaltyEntry


class Loyalty(Component):
    """A3: a customer's points."""

    code = "A3"

    @traced
    def award(self, customer_id: str, points: int, reason: str) -> None:
        """Add points; the first time also begins the customer's tenure."""
        if self.tx.find(LoyaltyAccount, customer_id=customer_id) is None:
            self.tx.add(LoyaltyAccount, customer_id=customer_id, tenure_from=self.context.business_date)
        self.tx.increase(LoyaltyAccount, {"customer_id": customer_id}, points=points)
        self.tx.add(
            LoyaltyEntry, id=new_key(self.tx.clock), customer_id=customer_id, order_id=self.context.order_id,
            points=points, reason=reason, made_at=self.tx.now(),
        )  # fmt: skip
