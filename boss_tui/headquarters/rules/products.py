"""What is sold is sold then and there, and to them (F4, M4): plan and services by what headquarters published.

At the desk: `Products._sellable`. An age that is asked for may be another's than the owner's: the hall looks at that.
"""

from __future__ import annotations

from collections.abc import Iterator

from boss_tui.components.base import valid_on
from boss_tui.components.products.suiting import is_for_category
from boss_tui.headquarters.absence import Answer
from boss_tui.headquarters.rules.claim import Claim, Known, Row
from boss_tui.headquarters.rules.prices import categories_of, when
from boss_tui.headquarters.rules.reversals import is_opposite
from boss_tui.sync.effects import Fault
from data.statements import instance
from data.tables.product import Product

SOLD = {"C1": ("plan", "services"), "C4.3": ("plan",), "C7.4": ("subscribe",), "C8": ("plan",)}
"""The fields of a form that name what is sold, by business."""


def judge(known: Known, told: Claim) -> Iterator[Fault]:
    """The products that nobody sells then, there, or to such a customer."""
    for order in told.added.get("product_order", ()):
        form = told.form(order)
        if order["business"] not in SOLD or form is None or is_opposite(known, told, order):
            continue
        named = [getattr(form.filled, field) or () for field in SOLD[order["business"]]]
        for code in [code for each in named for code in ((each,) if isinstance(each, str) else each)]:
            sure = _sold(known, told, order, code)
            if sure != "yes":
                what = {"what": f"{order['business']} {code}", "order": order["id"]}
                yield Fault("price", what, note=sure == "perhaps")


def _sold(known: Known, told: Claim, order: Row, code: str) -> Answer:
    day, _ = when(known, told, order)
    categories = categories_of(known, told, order)

    def is_sold(row: Row) -> bool:
        product = instance(Product, dict(row))
        here = not product.outlets or order["outlet"] in product.outlets.split(",")
        theirs = any(not category or is_for_category(product, category) for category in categories)
        return product.state == "active" and valid_on(product, day) and here and theirs

    return known.stood(Product, (code,), day, is_sold)
