"""B1 billing 计费: the monthly charges of a subscription: they wait until completion, then run."""

from __future__ import annotations

from boss_tui.answers import QuoteLine
from boss_tui.components.base import Component, traced
from data.clock import new_key
from data.tables.service import ChargeSchedule


class Billing(Component):
    """B1: what billing raises each month."""

    code = "B1"

    @traced
    def schedule(self, subscription_id: str, lines: tuple[QuoteLine, ...]) -> None:
        """Note the monthly lines of a quote; billing starts with the completion, not with the sale."""
        for line in lines:
            if line.monthly:
                self.tx.add(
                    ChargeSchedule, id=new_key(self.tx.clock), subscription_id=subscription_id, item=line.item,
                    product=line.resource, amount=line.amount,
                )  # fmt: skip

    @traced
    def start(self, subscription_id: str) -> None:
        """The subscription is active: its charges run from this business date on."""
        for row in self.tx.all(ChargeSchedule, subscription_id=subscription_id, state="waiting"):
            self.tx.change(row, state="running", starts_on=self.context.business_date)

    @traced
    def end(self, subscription_id: str) -> None:
        """Nothing more is charged."""
        for row in self.tx.all(ChargeSchedule, subscription_id=subscription_id):
            if row.state != "ended":
                self.tx.change(row, state="ended", ends_on=self.context.business_date)
