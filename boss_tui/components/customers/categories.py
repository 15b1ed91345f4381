"""Which category a customer is in 客户类别, on a business date (catalogue F3, M3).

Pure rules over rows: the counter, the customer's card and the lists of management ask here. What headquarters has
classified somebody as goes before what the counter found; who is on the red list is at least that.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from boss_tui.components.base import valid_on
from data.message import Message, both
from data.store import Reading
from data.tables.customer import Category, Customer, CustomerClass, DocumentKind, ListedPerson

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


def category_of(reading: Reading, customer: Customer, day: str) -> str:
    """A customer's category on a business date."""
    kind = reading.one(DocumentKind, code=customer.document_kind)
    return category_for(reading, kind, customer.document_number, customer.category, day)


def category_for(reading: Reading, kind: DocumentKind, number: str, own: str, day: str) -> str:
    """The category of who shows a document on a business date. `own`: what the counter has them as; empty: nothing."""
    said = class_of(reading, kind.code, number, day)
    codes = [said.category] if said else [kind.category, own]
    return best(reading, [*codes, RED] if listed(reading, "red", kind.code, number, day) else codes)


def best(reading: Reading, codes: Iterable[str]) -> str:
    """The category of the least rank among those that there are; one that has ended only where all have."""
    found = [category for code in codes if (category := reading.find(Category, code=code))]
    ranked = [category for category in found if category.state == "active"] or found
    return min(ranked, key=lambda category: category.rank).code


def class_of(reading: Reading, document_kind: str, number: str, day: str) -> CustomerClass | None:
    """What headquarters has somebody classified as on a business date."""
    row = reading.find(CustomerClass, document_kind=document_kind, document_number=number)
    return row if row is not None and (not row.valid_to or row.valid_to >= day) else None


def listed(
    reading: Reading, which: Literal["black", "red"], document_kind: str, number: str, day: str
) -> list[ListedPerson]:
    """The entries of a list that name somebody and stand on a business date, in the order of their keys."""
    found = reading.all(ListedPerson, document_kind=document_kind, document_number=number, list=which, order=("id",))
    return [entry for entry in found if valid_on(entry, day)]
