"""Which category a customer is in 客户类别, on a business date (catalogue F3, M3).

Pure rules over rows: the counter, headquarters' rules and the lists of management ask here.
"""

from __future__ import annotations

from data.message import Message, both
from data.tables.customer import Category

ORDINARY = "ordinary"
"""The category of whom nothing else fits."""
RED = "red"
"""The category of who is on the red list, whatever their document says (catalogue C1-F6)."""
FALLEN_BACK_TO = (ORDINARY, RED)
"""What the program itself falls back to: these are always there."""


def category_name(category: Category) -> Message:
    """What a category is called."""
    return both(category.name_zh, category.name_en or category.name_zh)


def benefits(category: Category) -> Message | None:
    """What a category brings, in words for the clerk; None: nothing is said."""
    zh, en = category.benefits_zh, category.benefits_en
    return both(zh or en, en or zh) if zh or en else None
