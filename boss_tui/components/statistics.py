"""F13 statistics 统计分析: the figures that each run adds to, by outlet, day, operator and business."""

from __future__ import annotations

from boss_tui.components.base import Component, traced
from data.tables.service import Figure


class Statistics(Component):
    """F13: running figures."""

    code = "F13"

    @traced
    def count(self, measure: str, amount: int = 0) -> None:
        """One more of a measure, and fen with it."""
        context = self.context
        key = {
            "outlet": context.outlet, "business_date": context.business_date, "operator": context.operator,
            "business": context.business, "measure": measure,
        }  # fmt: skip
        self.tx.increase(Figure, key, count=1, amount=amount)
