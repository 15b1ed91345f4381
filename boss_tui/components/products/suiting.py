"""Whom and what a product is for: categories of customers, kinds of card. Pure rules over rows (catalogue F4, F5)."""

from __future__ import annotations

from data.tables.product import Product


def is_for_category(product: Product, category: str) -> bool:
    """Whether customers of a category may have it; a product that names none is for all."""
    return not product.categories or category in product.categories.split(",")


def works_on_card(product: Product, kind: str) -> bool:
    """Whether a kind of SIM card can do it; a product that names none works on all."""
    return not product.sim_kinds or kind in product.sim_kinds.split(",")
