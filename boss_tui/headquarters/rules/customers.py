"""Customers come in as they are: in the category of their document or the one that headquarters has them in, and with
the limit of their rating (M3, F3, F8).

What their own category is worth is a price, and what their limit allows is money. At the desk: `components.customers`,
`components.credit`; what a hall lends beside: `trusted`.
"""

from __future__ import annotations

from collections.abc import Iterator

from boss_tui.components.credit.credit import NEW_CUSTOMER
from boss_tui.components.customers.categories import RED
from boss_tui.headquarters.absence import Answer
from boss_tui.headquarters.rules.claim import Claim, Known, Row
from boss_tui.headquarters.rules.trusted import covers, document
from boss_tui.sync.effects import Fault
from data.tables.credit import CustomerRating
from data.tables.customer import Customer, CustomerClass, DocumentKind, ListedPerson


def judge(known: Known, told: Claim) -> Iterator[Fault]:
    """The customers that come into a category that is not theirs, or are trusted with more than is theirs."""
    day = told.entry.business_date
    for row in _categorised(known, told):
        sure = _category(known, row, day)
        if sure != "yes":
            what = {"what": f"customer {row['id']}", "table": "customer"}
            yield Fault("trust", what, note=sure == "perhaps")
    for credit in told.added.get("customer_credit", ()):
        customer = told.row(known, Customer, credit["customer_id"])
        if customer is not None and not _is_theirs(known, customer, credit, day):
            yield Fault("trust", {"what": f"customer_credit {customer['id']}", "table": "customer_credit"})


def _categorised(known: Known, told: Claim) -> Iterator[Row]:
    """Those that an entry makes or puts into a category, as it leaves them."""
    yield from told.added.get("customer", ())
    for change in told.changed.get("customer", ()):
        here = known.row(Customer, *change.key)
        if here is not None and "category" in change.values:
            yield {**here, **change.values}


def _category(known: Known, customer: Row, day: str) -> Answer:
    """Whether it is the category of their document, of the red list, or what headquarters says of them."""

    def is_it(row: Row) -> bool:
        return bool(row["category"] == customer["category"])

    kind, number = document(customer)
    if customer["category"] == RED:
        return "yes" if known.all(ListedPerson, document_kind=kind, document_number=number, list=RED) else "no"
    answers = {
        known.stood(DocumentKind, (kind,), day, is_it),
        known.stood(CustomerClass, (kind, number), day, is_it),
    }
    return "yes" if "yes" in answers else "perhaps" if "perhaps" in answers else "no"


def _is_theirs(known: Known, customer: Row, credit: Row, day: str) -> bool:
    """Whether a rating is a new customer's or what headquarters says, and a limit no more than it gives."""
    rated = known.stood(CustomerRating, document(customer), day, lambda row: row["rating"] == credit["rating"])
    own = credit["rating"] == NEW_CUSTOMER or rated != "no"
    return own and not credit["used"] and covers(known, customer, day, credit["credit_limit"], 10_000)
