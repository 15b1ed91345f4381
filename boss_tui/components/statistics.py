"""F13 statistics 统计分析: the figures that each run adds to, by outlet, day, operator and business; and what was sold,
product by product."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from boss_tui.answers.business import Quote, QuoteLine
from boss_tui.components.base import Component, Piece, traced
from data.clock import new_key
from data.tables.order import OrderItem
from data.tables.product import Product
from data.tables.service import Figure

CHARGED_AS = {"goods": "handset", "sim": "sim_fee", "number": "number_fee", "card": "recharge_card"}
"""The charge item by which each kind of piece is charged; plans and services are charged by lines of their own."""
Sold = tuple[str, str]
"""Kind and product, as in `OrderItem`."""


class Statistics(Component):
    """F13: running figures."""

    code = "F13"

    @traced
    def count(self, measure: str, amount: int = 0) -> None:
        """One more of a measure, and fen with it."""
        context = self.context
        key = {
            "outlet": context.outlet,
            "business_date": context.business_date,
            "operator": context.operator,
            "business": context.business,
            "measure": measure,
        }
        self.tx.increase(Figure, key, count=1, amount=amount)

    @traced
    def sold(self, begins: Iterable[str], quote: Quote) -> None:
        """Put on record what this order sells, and what comes back with it: the pieces that its steps told of, plan and
        services (`begins`), each with what the quote charges for it now, and a month."""
        pieces = [*self.context.sold, *(Piece(self.tx.one(Product, code=code).kind, code) for code in begins)]
        counts: Counter[Sold] = Counter()
        for piece in pieces:
            counts[piece.kind, piece.product] += piece.count
        now, monthly = _charged(quote.lines, list(counts), counts)
        self._enter({of: (count, now[of], monthly[of]) for of, count in counts.items()})

    @traced
    def taken_back(self, order_id: str) -> None:
        """What an order sold is taken back, today. This run's own order, where it has one, is the one that does it."""
        sums: dict[Sold, tuple[int, int, int]] = {}
        for item in self.tx.all(OrderItem, order_id=order_id, order=("id",)):
            count, amount, monthly = sums.get((item.kind, item.product), (0, 0, 0))
            sums[item.kind, item.product] = (count - item.count, amount - item.amount, monthly - item.monthly)
        self._enter(sums)

    def _enter(self, sums: dict[Sold, tuple[int, int, int]]) -> None:
        """What moves nothing, a piece given for another of its kind, is not on record."""
        context = self.context
        rows = [
            {
                "id": new_key(self.tx.clock),
                "outlet": context.outlet,
                "business_date": context.business_date,
                "order_id": context.order_id,
                "kind": kind,
                "product": product,
                "count": count,
                "amount": amount,
                "monthly": monthly,
            }
            for (kind, product), (count, amount, monthly) in sums.items()
            if count or amount or monthly
        ]
        if rows:
            self.tx.add_many(OrderItem, rows)


def _charged(
    lines: Iterable[QuoteLine], sold: list[Sold], counts: Counter[Sold]
) -> tuple[Counter[Sold], Counter[Sold]]:
    """What is charged now for each of what is sold, and what a month. A line of a kind of piece is that of the first
    product of it; recharge cards are worth what stands on them."""
    now, monthly = Counter[Sold](), Counter[Sold]()
    by_item: dict[str, Sold] = {}
    for one in reversed(sold):
        by_item[CHARGED_AS.get(one[0], "")] = one
    by_product = {of[1]: of for of in sold if of[0] not in CHARGED_AS}
    for line in lines:
        of = by_product.get(line.resource) if line.monthly else by_item.get(line.item) or by_product.get(line.resource)
        if of is not None and of[0] != "card":
            (monthly if line.monthly else now)[of] += line.amount
    for one in sold:
        if one[0] == "card":
            now[one] = int(one[1]) * counts[one]
    return now, monthly
