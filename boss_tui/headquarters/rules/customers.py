"""Customers come in as they are: as old as their document says, in the category of it or the one that headquarters has
them in, and with the limit of their rating; who is trusted with nothing is given no bill (M3, F3, F8).

What their own category is worth is a price, and what their limit allows is money. At the desk: `components.customers`,
`components.credit`; what a hall lends beside: `trusted`.
"""

from __future__ import annotations

from collections.abc import Iterator

from boss_tui.components.credit.credit import NEW_CUSTOMER
from boss_tui.components.customers.categories import RED
from boss_tui.headquarters.absence import Answer
from boss_tui.headquarters.rules.ages import said_by
from boss_tui.headquarters.rules.claim import Claim, Known, Row
from boss_tui.headquarters.rules.reversals import is_opposite
from boss_tui.headquarters.rules.trusted import covers, document
from boss_tui.sync.effects import Fault
from data.tables.credit import CreditRaise, CustomerRating, HallCredit
from data.tables.customer import Customer, CustomerClass, DocumentKind, ListedPerson


def judge(known: Known, told: Claim) -> Iterator[Fault]:
    """The customers that come into a category that is not theirs, or are trusted with more than is theirs."""
    day = told.entry.business_date
    for row in _categorised(known, told):
        sure = _category(known, row, day)
        if sure != "yes":
            what = {"what": f"customer {row['id']}", "table": "customer"}
            yield Fault("trust", what, note=sure == "perhaps")
    for row in told.added.get("customer", ()):
        said = said_by(known, row, day)
        born = said.birth_date.isoformat() if said is not None and said.birth_date else row["birth_date"]
        if said is None or (born, row["document_number"]) != (row["birth_date"], said.number):
            yield Fault("form", {"what": f"customer {row['id']}", "table": "customer"})
    for order in told.added.get("product_order", ()):
        if _is_given_bills(known, told, order) and not _may_owe(known, order, day):
            yield Fault("trust", {"what": f"{order['business']} {order['serial']}", "order": order["id"]})
    for credit in told.added.get("customer_credit", ()):
        customer = told.row(known, Customer, credit["customer_id"])
        if customer is not None and not _is_theirs(known, customer, credit, day):
            yield Fault("trust", {"what": f"customer_credit {customer['id']}", "table": "customer_credit"})


def _is_given_bills(known: Known, told: Claim, order: Row) -> bool:
    """Whether a line is paid afterwards from an order on, which it was not before."""
    form = told.form(order) if order["business"] == "C4.3" and not is_opposite(known, told, order) else None
    return form is not None and bool(form.filled.change == "postpaid")


def _may_owe(known: Known, order: Row, day: str) -> bool:
    """Whether a customer is, or may have been, trusted with anything: by themselves, or lent."""
    customer = known.row(Customer, order["customer_id"])
    if customer is None:
        return True  # what is not here is told elsewhere (`sync.effects`)
    kind, number = document(customer)
    words = known.told(HallCredit, customer_id=customer["id"], kind="raise", state="active")
    lent = bool(words or known.all(CreditRaise, document_kind=kind, document_number=number))
    return lent or covers(known, customer, day, 1, 10_000)


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
