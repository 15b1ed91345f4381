"""What is sold is sold then and there, and to them (F4, M4): plan and services by what headquarters published, their
category and their age. Who gets a line from another owner may have its plan (C5).

At the desk: `Products._sellable`, `c05.new_owner`.
"""

from __future__ import annotations

from collections.abc import Iterator

from boss_tui.components.base import valid_on
from boss_tui.components.products.suiting import is_for_category
from boss_tui.headquarters.absence import Answer
from boss_tui.headquarters.rules.ages import age_of
from boss_tui.headquarters.rules.claim import Claim, Known, Row
from boss_tui.headquarters.rules.prices import categories_in, categories_of, when
from boss_tui.headquarters.rules.reversals import is_opposite
from boss_tui.sync.effects import Fault
from data.statements import instance
from data.tables.customer import Customer
from data.tables.order import Subscription
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
    for change in told.changed.get("subscription", ()):
        line = known.row(Subscription, *change.key)
        owner = told.row(known, Customer, change.values.get("customer_id"))
        if line is not None and owner is not None and owner["id"] != line["customer_id"]:
            sure = _goes_on(known, told, line["plan"], owner)
            if sure != "yes":
                what = {"what": f"subscription {change.key[0]}: {line['plan']}", "table": "subscription"}
                yield Fault("price", what, note=sure == "perhaps")


def _sold(known: Known, told: Claim, order: Row, code: str) -> Answer:
    day, _ = when(known, told, order)
    categories = categories_of(known, told, order)
    owner = told.row(known, Customer, order["customer_id"]) if order["customer_id"] is not None else None
    age = age_of(known, owner, order["business_date"]) if owner is not None else None

    def is_sold(row: Row) -> bool:
        product = instance(Product, dict(row))
        here = not product.outlets or order["outlet"] in product.outlets.split(",")
        theirs = any(not category or is_for_category(product, category) for category in categories)
        old_enough = not product.minimum_age or (age is not None and age >= product.minimum_age)
        return product.state == "active" and valid_on(product, day) and here and theirs and old_enough

    return known.stood(Product, (code,), day, is_sold)


def _goes_on(known: Known, told: Claim, plan: str, owner: Row) -> Answer:
    """Whether a plan is for who has the line now, whether or not it is still sold; nobody asks how old an organisation
    is."""
    categories, age = categories_in(known, owner), age_of(known, owner, told.entry.business_date)

    def is_theirs(row: Row) -> bool:
        product = instance(Product, dict(row))
        theirs = any(is_for_category(product, category) for category in categories)
        return theirs and (age is None or age >= product.minimum_age)

    return known.stood(Product, (plan,), told.entry.business_date, is_theirs)
