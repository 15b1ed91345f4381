"""What is owed is paid before a line goes: its bills with their late fee (C5, C9, C12).

By headquarters' bills; what is on none yet: `finals`. One that an outlet without a link may not have, and a line of
another outlet's, are noted. Source: domain-facts 6, 8; at the desk: `boss_tui.transactions.c09.quote`,
`boss_tui.components.tenders.dues`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

from boss_tui.chores.scheduling import SCHEDULER
from boss_tui.components.tenders.dues import owed
from boss_tui.headquarters.rules.claim import Claim, Known, Row
from boss_tui.headquarters.rules.lines import LINE
from boss_tui.headquarters.rules.prices import named_by
from boss_tui.headquarters.rules.reversals import is_opposite
from boss_tui.sync.effects import Fault
from boss_tui.transactions.c09.quote import COLLECTS
from boss_tui.transactions.c12.ways import LATE_FEE
from data.statements import instance
from data.tables.account import BillingAccount
from data.tables.billing import CustomerBill
from data.tables.order import Subscription

FEES = (COLLECTS, "C9")
"""The businesses that ask for a late fee."""
STAYS = {
    "C4.3": ("change", ("prepaid", "merge")),
    "C6": ("action", ("suspend",)),
    "C5": ("", ()),
    "C9": ("action", ("close",)),
}
"""The businesses that nothing may be owed for, or after, and the field and its choices by which they are that."""


def judge(known: Known, told: Claim) -> Iterator[Fault]:
    """What an entry's orders leave unpaid."""
    for order in told.added.get("product_order", ()):
        form = told.form(order)
        if form is None or is_opposite(known, told, order) or order["operator"] == SCHEDULER:
            continue
        if order["business"] in FEES:
            yield from _late_fees(known, told, order, waived=getattr(form.filled, "waives", False))
        line = known.row(Subscription, order[LINE]) if order[LINE] else None
        if line is not None and _is_last_word(order["business"], form.filled):
            yield from _bills(known, told, order, line)


def _late_fees(known: Known, told: Claim, order: Row, *, waived: bool) -> Iterator[Fault]:
    """The bills that are paid after their day, with another late fee than that of what is paid. What can't be divided
    of a part may be added to it (`dues.paid_by`); what is billed and paid at once has none."""
    paid, fees = Counter[str](), Counter[str]()
    for row in told.of_order("bill_payment", order["id"]):
        paid[row["bill_id"]] += row["amount"]
        fees[row["bill_id"]] += row["late_fee"]
    at_once = {row["bill_id"] for row in told.added.get("bill_line", ())}
    for key, amount in paid.items():
        bill = told.row(known, CustomerBill, key)
        if bill is None or amount <= 0:
            continue
        today, none = date.fromisoformat(order["business_date"]), waived or key in at_once
        asked = [{0}] if none else named_by(known, told, _of_payer(known, told, order, bill), LATE_FEE, COLLECTS)
        ways = [[owed(instance(CustomerBill, dict(bill)), "", today, rate) for rate in way] for way in asked]
        next_fen = int(amount != ways[0][0].amount)
        least = [min(one.fee_on(amount) for one in way) for way in ways]
        most = [max(one.fee_on(amount + next_fen) for one in way) for way in ways]
        if not least[0] <= fees[key] <= most[0]:
            what = {"what": f"{order['business']} {LATE_FEE} {least[0]}", "order": order["id"]}
            yield Fault("price", what, note=min(least) <= fees[key] <= max(most))
            return


def _of_payer(known: Known, told: Claim, order: Row, bill: Row) -> Row:
    """An order as of whose account a bill is: a wrong payment is put right for another than who paid it."""
    account = told.row(known, BillingAccount, bill["account_id"]) if order["business"] == COLLECTS else None
    return {**order, "customer_id": account["customer_id"]} if account is not None else order


def _is_last_word(business: str, form: Any) -> bool:
    """Whether nothing may be owed once a form is done."""
    field, choices = STAYS.get(business, ("", ("",)))
    asked = business != "C6" or form.cause == "request"
    return business in STAYS and asked and (not field or getattr(form, field) in choices)


def _bills(known: Known, told: Claim, order: Row, line: Row) -> Iterator[Fault]:
    """The bills that stay unpaid."""
    left = [
        bill for bill in told.after(known, CustomerBill, account_id=line["account_id"]) if bill["paid"] < bill["amount"]
    ]
    if left:
        sure = is_own(told, line) and any(had(known, told, bill) for bill in left)
        what = {"what": f"{order['business']} customer_bill {left[0]['id']}", "order": order["id"]}
        yield Fault("price", what, note=not sure)


def is_own(told: Claim, line: Row) -> bool:
    """Whether the outlet has a line as headquarters does: it is its own."""
    return bool(line["outlet"] == told.entry.outlet)


def had(known: Known, told: Claim, bill: Row) -> bool:
    """Whether an outlet had a bill: it made it, or was linked since it came."""
    own = any(row["id"] == bill["id"] for row in told.added.get("customer_bill", ()))
    return own or (known.linked(told.entry) == "yes" and bill["issued_on"] < told.entry.business_date)
