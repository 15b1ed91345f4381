"""What reports say was sold is what orders sold: products that there are, and nothing of what was taken back (F13).

Of how much money pieces are: `money`. At the desk: `Statistics.sold`, `Statistics.taken_back`; `boss_tui.verify.items`
holds the same over the whole store.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from boss_tui.headquarters.rules.claim import Claim, Known, Row
from boss_tui.headquarters.rules.reversals import is_opposite, rows_naming
from boss_tui.sync.effects import Fault
from data.tables.base import Table
from data.tables.order import OrderItem, ProductOrder
from data.tables.product import Product
from data.tables.provider import ProviderService
from data.tables.resource import NumberGrade

TABLE = "order_item"
OF: Mapping[str, type[Table]] = {
    "plan": Product,
    "service": Product,
    "goods": Product,
    "provider": ProviderService,
    "number": NumberGrade,
}
"""By the kind of what is sold, where it is published."""


def judge(known: Known, told: Claim) -> Iterator[Fault]:
    """What was sold that there is not, and what stands as sold by orders that are taken back."""
    for item in told.added.get(TABLE, ()):
        if not _is_there(known, item):
            yield Fault("sums", {"what": f"{item['kind']} {item['product']}", "table": TABLE})
            return
    for orders in _taken_back(known, told):
        left = Counter[tuple[str, str, str]]()
        for row in (row for order in orders for row in rows_naming(known, told, OrderItem, "order_id", order)):
            for column in ("count", "amount", "monthly"):
                left[row["kind"], row["product"], column] += row[column]
        if any(left.values()):
            yield Fault("sums", {"what": f"items of order {orders[-1]}", "table": TABLE})
            return


def _is_there(known: Known, item: Row) -> bool:
    """Whether what was sold is, or was, published as of that kind."""
    model = OF.get(item["kind"])
    if model is None:
        return True
    here = known.row(model, item["product"])
    if here is None:
        return known.was_published(model, (item["product"],))
    return model is not Product or here["kind"] == item["kind"]


def _taken_back(known: Known, told: Claim) -> Iterable[tuple[str, ...]]:
    """The orders of which nothing may stand as sold: those that are cancelled; one that is reversed, with what reverses
    it. What one sold that is not here nobody can say."""
    for change in told.changed.get("product_order", ()):
        if change.values.get("state") == "cancelled" and told.row(known, ProductOrder, change.key[0]) is not None:
            yield (change.key[0],)
    for order in told.added.get("product_order", ()):
        here = told.row(known, ProductOrder, order["reverses"]) if order["reverses"] else None
        if here is not None and is_opposite(known, told, order):
            yield (order["id"], order["reverses"])
