"""A3 loyalty 用户忠诚度: points and tenure."""

from __future__ import annotations

from boss_tui.components.base import Component, traced
from data.clock import new_key
from data.tables.service import LoyaltyAccount, LoyaltyEntry

SPENT, LAPSED, GIVEN_BACK = "spent", "lapsed", "given back"
"""Why points move that nothing earned: they pay, they are lost, what an order did with points is undone."""
PAID_BY_POINTS = "points_spent"
"""The charge item of what points pay."""


class Loyalty(Component):
    """A3: a customer's points."""

    code = "A3"

    @traced
    def join(self, customer_id: str) -> None:
        """The tenure of somebody who has no points account yet begins."""
        if self.tx.find(LoyaltyAccount, customer_id=customer_id) is None:
            self.tx.add(LoyaltyAccount, customer_id=customer_id, tenure_from=self.context.business_date)

    @traced
    def award(self, customer_id: str, points: int, reason: str) -> None:
        """Add points; the first time also begins the customer's tenure."""
        self.join(customer_id)
        self.tx.increase(LoyaltyAccount, {"customer_id": customer_id}, points=points)
        self.tx.add(
            LoyaltyEntry,
            id=new_key(self.tx.clock),
            customer_id=customer_id,
            order_id=self.context.order_id,
            points=points,
            reason=reason,
            made_at=self.tx.now(),
        )

    @traced
    def points(self, customer_id: str) -> int:
        """The points that a customer has."""
        account = self.tx.find(LoyaltyAccount, customer_id=customer_id)
        return account.points if account else 0

    @traced
    def reverse(self, order_id: str, *reasons: str) -> None:
        """Take back what an order did with points, for these reasons or for all."""
        for row in self.tx.all(LoyaltyEntry, order_id=order_id, order=("id",)):
            if not reasons or row.reason in reasons:
                self.award(row.customer_id, -row.points, GIVEN_BACK)
