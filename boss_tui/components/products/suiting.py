"""Whom and what a product is for: categories of customers, kinds of card. Pure rules over rows (catalogue F4, F5)."""

from __future__ import annotations

from boss_tui.components.customers.categories import category_name
from data.message import Message, both, listed, quoted, say
from data.store import Reading
from data.tables.customer import Category
from data.tables.product import Product


def is_for_category(product: Product, category: str) -> bool:
    """Whether customers of a category may have it; a product that names none is for all."""
    return not product.categories or category in product.categories.split(",")


def not_for(reading: Reading, product: Product, category: str) -> Message:
    """Why a customer of a category may not have it: for whom it is, what they are, and who could say otherwise."""

    def named(code: str) -> Message:
        row = reading.find(Category, code=code)
        return category_name(row) if row is not None else quoted(code)

    return say(
        "{product} is for {categories}, not {category}. F4, or ask the office.",
        product=both(product.name_zh, product.name_en),
        categories=listed(map(named, product.categories.split(","))),
        category=named(category),
    )


def works_on_card(product: Product, kind: str) -> bool:
    """Whether a kind of SIM card can do it; a product that names none works on all."""
    return not product.sim_kinds or kind in product.sim_kinds.split(",")
