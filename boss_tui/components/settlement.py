"""B2 settlement 结算: what an order makes us owe to partners, or them to us."""

from __future__ import annotations

from boss_tui.components.base import Component, traced
from data.clock import new_key
from data.tables.service import Partner, SettlementEntry


class Settlement(Component):
    """B2: entries that a settlement run gathers (M18)."""

    code = "B2"

    @traced
    def owe(self, partner: Partner | None, kind: str, amount: int) -> SettlementEntry | None:
        """Note what is owed to a partner for this order, in fen; nothing when there is no partner in it."""
        if partner is None or amount == 0:
            return None
        return self.tx.add(
            SettlementEntry,
            id=new_key(self.tx.clock),
            partner=partner.code,
            order_id=self.context.order_id,
            kind=kind,
            amount=amount,
            business_date=self.context.business_date,
        )

    @traced
    def reverse(self, order_id: str) -> None:
        """An order is reversed: what it made us owe, we owe no more."""
        for entry in self.tx.all(SettlementEntry, order_id=order_id, order=("id",)):
            self.tx.add(
                SettlementEntry,
                id=new_key(self.tx.clock),
                partner=entry.partner,
                order_id=self.context.order_id,
                kind=entry.kind,
                amount=-entry.amount,
                business_date=self.context.business_date,
            )
