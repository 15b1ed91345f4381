"""An order moves its own line and customer, and no other: what it makes, sells or changes of a subscription is that of
the order, who has the line next is whom its form names, and so is whose name, account, bills or points it moves.

Source: design 6; catalogue C5, C12.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from boss_tui.headquarters.rules.claim import Claim, Known, Row
from boss_tui.sync.effects import Fault
from data.statements import keys
from data.tables import all_tables
from data.tables.account import BillingAccount, CustomerCredit
from data.tables.base import Table
from data.tables.billing import CustomerBill
from data.tables.customer import Customer
from data.tables.order import ProductOrder, Subscription
from data.tables.service import LoyaltyAccount

LINE = "subscription_id"
OF_CUSTOMERS: Mapping[str, tuple[type[Table], str, str]] = {
    "customer": (Customer, "id", ""),
    "customer_credit": (CustomerCredit, "customer_id", ""),
    "billing_account": (BillingAccount, "customer_id", "id"),
    "customer_bill": (CustomerBill, "customer_id", "account_id"),
    "loyalty_account": (LoyaltyAccount, "customer_id", ""),
}
"""What is a customer's own, the column that names them, and that of the account: of a bill it is its account's."""
OF_THE_NETWORK = frozenset({"work_order", "work_step"})
"""What the network is told of may be of another line that hangs on this one."""


def judge(known: Known, told: Claim) -> Iterator[Fault]:
    """The first row of another line than the entry's orders are of; a line that goes to whom nobody named."""
    orders = orders_of(known, told)
    if not orders:
        return
    own = {order[LINE] for order in orders} - {None}
    for table, key, line in _named(told):
        if line in own or table in OF_THE_NETWORK:
            continue
        if table == "subscription" or not hangs_together(known, told, orders, line):
            yield Fault("foreign", {"what": f"{table} {key}", "table": table})
            return
    if stranger := _stranger(known, told, orders, own):
        yield Fault("foreign", {"what": " ".join(stranger), "table": stranger[0]})
    for change in told.changed.get("subscription", ()):
        owner = change.values.get("customer_id")
        if owner is not None and not _is_named(known, told, orders, owner):
            yield Fault("foreign", {"what": f"subscription {change.key[0]}", "table": "subscription"})


def orders_of(known: Known, told: Claim) -> list[Row]:
    """The orders that an entry makes, and those that it moves."""
    moved = (known.row(ProductOrder, *change.key) for change in told.changed.get("product_order", ()))
    return [*told.added.get("product_order", ()), *(row for row in moved if row is not None)]


def _named(told: Claim) -> Iterator[tuple[str, str, str]]:
    """The lines that an entry's rows are or become of: table, key, subscription."""
    for table, rows in told.added.items():
        if rows and LINE in rows[0] and table != "product_order":
            first = keys(all_tables()[table])[0]
            yield from ((table, str(row[first]), row[LINE]) for row in rows if row[LINE] is not None)
    for table, changes in told.changed.items():
        for change in changes:
            line = change.key[0] if table == "subscription" else change.values.get(LINE)
            if line is not None and table != "product_order":
                yield table, str(change.key[0]), line


def hangs_together(known: Known, told: Claim, orders: list[Row], line: str) -> bool:
    """Whether another line is the same customer's, is charged to the same account, or is named in a form: what is paid
    for one resumes all that hang on its account."""
    other = told.row(known, Subscription, line)
    if other is None:
        return True  # what is not here is told elsewhere (`sync.effects`)
    own = [told.row(known, Subscription, order[LINE]) for order in orders if order[LINE] is not None]
    if other["account_id"] in {row["account_id"] for row in own if row is not None}:
        return True
    return other["customer_id"] in {order["customer_id"] for order in orders} or in_form(told, orders, other["number"])


def _stranger(known: Known, told: Claim, orders: list[Row], own: set[str]) -> tuple[str, str] | None:
    """Table and key of the first row of a customer whom none of the orders is of, or names."""
    before = [line for key in own if (line := known.row(Subscription, key)) is not None]
    after = [line for key in own if (line := told.row(known, Subscription, key)) is not None]
    theirs = {row["id"] for row in told.added.get("customer", ())}
    theirs |= {row["customer_id"] for row in (*orders, *before, *after)}
    theirs |= {change.values.get("customer_id") for change in told.changed.get("subscription", ())}
    accounts = {row["account_id"] for row in (*before, *after)}
    for table, key, owner, account in _owned(known, told):
        if owner not in theirs and account not in accounts and not _named_in(known, told, orders, owner):
            return table, key
    return None


def _owned(known: Known, told: Claim) -> Iterator[tuple[str, str, str, str]]:
    """Rows of customers that an entry makes or moves: table, key, customer, account. One that is not here is told
    elsewhere (`sync.effects`)."""
    for table, (model, owner, account) in OF_CUSTOMERS.items():
        (first, *_) = keys(model)
        rows = [(str(row[first]), row) for row in told.added.get(table, ())]
        changes = (*told.changed.get(table, ()), *told.grown.get(table, ()))
        rows += [(str(each.key[0]), told.row(known, model, each.key[0]) or {}) for each in changes]
        for key, row in rows:
            of = row.get(account, "")
            paid = told.row(known, BillingAccount, of) if table == "customer_bill" and of else row
            if paid is not None and paid.get(owner):
                yield table, key, paid[owner], of


def _named_in(known: Known, told: Claim, orders: list[Row], owner: str) -> bool:
    """Whether a form names a customer: by document, by a number of theirs, or by one of an account that they pay."""
    customer = told.row(known, Customer, owner)
    if customer is None or in_form(told, orders, customer["document_number"]):
        return True
    accounts = known.told(BillingAccount, customer_id=owner)
    lines = [line for account in accounts for line in known.told(Subscription, account_id=account["id"])]
    names = {row["number"] for row in (*accounts, *lines, *known.told(Subscription, customer_id=owner))}
    return any(in_form(told, orders, name) for name in names)


def in_form(told: Claim, orders: list[Row], value: str) -> bool:
    """Whether a value stands in the form of one of some orders."""
    forms = [form for form in map(told.form, orders) if form is not None]
    return any(value in map(str, form.filled.model_dump().values()) for form in forms)


def _is_named(known: Known, told: Claim, orders: list[Row], owner: str) -> bool:
    """Whether a customer is one that the entry makes, or whose document stands in the form of one of its orders."""
    customer = told.row(known, Customer, owner)
    made = any(row["id"] == owner for row in told.added.get("customer", ()))
    return customer is None or made or in_form(told, orders, customer["document_number"])
