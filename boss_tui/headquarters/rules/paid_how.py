"""How a line is paid, in advance or by bills, is as its plan says when it is opened, and as its account is; it becomes
another by an order that says so (C1, C4.3, C5).

At the desk: `Products.open_subscription`, `transactions.c04_3.change_payment`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from boss_tui.headquarters.rules.claim import Claim, Known, Row
from boss_tui.headquarters.rules.lines import orders_of
from boss_tui.sync.effects import Fault
from data.statements import table_name
from data.tables.account import BillingAccount
from data.tables.base import Table
from data.tables.order import Subscription
from data.tables.product import Product

CHANGES = "C4.3"
PREPAID, POSTPAID = "prepaid", "postpaid"


def judge(known: Known, told: Claim) -> Iterator[Fault]:
    """The first line or account that is paid otherwise. What is not here as the entry found it is told elsewhere
    (`sync.effects`)."""
    for line in told.added.get("subscription", ()):
        plan = known.row(Product, line["plan"])
        if plan is not None and line["pay_type"] != (PREPAID if plan["pay_type"] == PREPAID else POSTPAID):
            yield _fault("subscription", line)
            return
    for model in (Subscription, BillingAccount):
        for change in told.changed.get(table_name(model), ()):
            here = known.row(model, *change.key)
            if here is None or here["revision"] != change.base:
                continue
            after = {**here, **change.values}
            if after["pay_type"] != here["pay_type"] and not _is_said(known, told, after["pay_type"]):
                yield _fault(table_name(model), after)
                return
    for line in _charged(known, told):
        account = _after(known, told, BillingAccount, line["account_id"])
        if account is not None and account["pay_type"] != line["pay_type"]:
            made = any(row["id"] == account["id"] for row in told.added.get("billing_account", ()))
            yield _fault("billing_account", account, note=not made)
            return


def _fault(table: str, row: Row, *, note: bool = False) -> Fault:
    return Fault("form", {"what": f"{table} {row['number']}: {row['pay_type']}", "table": table}, note=note)


def _is_said(known: Known, told: Claim, pay_type: str) -> bool:
    """Whether an order of the entry changes how its line is paid to this, or takes back one that did."""
    for order in orders_of(known, told):
        form = told.form(order) if order["business"] == CHANGES else None
        if form is not None and (order["reverses"] or form.filled.change == pay_type):
            return True
    return False


def _charged(known: Known, told: Claim) -> Iterator[Row]:
    """The lines that are opened, are charged to another account, or are paid otherwise from the entry on."""
    yield from told.added.get("subscription", ())
    for change in told.changed.get("subscription", ()):
        here = known.row(Subscription, *change.key)
        if here is not None and here["revision"] == change.base and {"account_id", "pay_type"} & change.values.keys():
            yield {**here, **change.values}


def _after(known: Known, told: Claim, model: type[Table], key: Any) -> Row | None:
    """A row as the entry leaves it."""
    row = told.row(known, model, key)
    if row is None:
        return None
    for change in told.changed.get(table_name(model), ()):
        if change.key == (key,):
            row = {**row, **change.values}
    return row
