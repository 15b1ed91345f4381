"""A2 customer service 客户服务: call-backs that are due, complaints, consultations."""

from __future__ import annotations

from datetime import timedelta

from boss_tui.components.base import Component, traced
from data.clock import new_key
from data.tables.service import Interaction


class CustomerService(Component):
    """A2: what we owe a customer after the business is done."""

    code = "A2"

    @traced
    def call_back(self, customer_id: str, days: int, matter: str) -> None:
        """Note that a follow-up call is due so many days from the business date (catalogue: completion)."""
        due = self.context.today + timedelta(days=days)
        self.tx.add(
            Interaction, id=new_key(self.tx.clock), customer_id=customer_id, order_id=self.context.order_id,
            kind="call_back", due_on=due.isoformat(), matter=matter,
        )  # fmt: skip
