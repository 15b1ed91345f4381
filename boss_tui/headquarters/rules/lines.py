"""An order moves its own line, and no other: what it makes, sells or changes of a subscription is that of the order,
and who has the line next is whom its form names. Source: design 6; catalogue C5."""

from __future__ import annotations

from collections.abc import Iterator

from boss_tui.headquarters.rules.claim import Claim, Known, Row
from boss_tui.sync.effects import Fault
from data.statements import keys
from data.tables import all_tables
from data.tables.customer import Customer
from data.tables.order import ProductOrder, Subscription

LINE = "subscription_id"
OF_THE_NETWORK = frozenset({"work_order", "work_step"})
"""What the network is told of may be of another line that hangs on this one."""


def judge(known: Known, told: Claim) -> Iterator[Fault]:
    """The first row of another line than the entry's orders are of; a line that goes to whom nobody named."""
    new = {order["id"]: order for order in told.added.get("product_order", ())}
    moved = (known.row(ProductOrder, *change.key) for change in told.changed.get("product_order", ()))
    orders = [*new.values(), *(row for row in moved if row is not None)]
    if not orders:
        return
    own = {order[LINE] for order in orders} - {None}
    for table, key, line in _named(told):
        if line in own or table in OF_THE_NETWORK:
            continue
        if table == "subscription" or not _hangs_together(known, told, orders, line):
            yield Fault("foreign", {"what": f"{table} {key}", "table": table})
            return
    for change in told.changed.get("subscription", ()):
        owner = change.values.get("customer_id")
        if owner is not None and not _is_named(known, told, orders, owner):
            yield Fault("foreign", {"what": f"subscription {change.key[0]}", "table": "subscription"})


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


def _hangs_together(known: Known, told: Claim, orders: list[Row], line: str) -> bool:
    """Whether another line is the same customer's, is charged to the same account, or is named in a form: what is paid
    for one resumes all that hang on its account."""
    other = told.row(known, Subscription, line)
    if other is None:
        return True  # what is not here is told elsewhere (`sync.effects`)
    own = [told.row(known, Subscription, order[LINE]) for order in orders if order[LINE] is not None]
    if other["account_id"] in {row["account_id"] for row in own if row is not None}:
        return True
    return other["customer_id"] in {order["customer_id"] for order in orders} or _in_form(told, orders, other["number"])


def _in_form(told: Claim, orders: list[Row], value: str) -> bool:
    forms = [form for form in map(told.form, orders) if form is not None]
    return any(value in map(str, form.filled.model_dump().values()) for form in forms)


def _is_named(known: Known, told: Claim, orders: list[Row], owner: str) -> bool:
    """Whether a customer is one that the entry makes, or whose document stands in the form of one of its orders."""
    customer = told.row(known, Customer, owner)
    made = any(row["id"] == owner for row in told.added.get("customer", ()))
    return customer is None or made or _in_form(told, orders, customer["document_number"])
