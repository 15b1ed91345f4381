"""A line that goes is billed for what no bill has yet: its monthly fees, what was used, its minimum spend (C5, C9).

By headquarters' bills, charges and usage. Of the month that goes on, and of calls abroad, more may have come since:
where the bill has some of it, or its outlet had no link, or the line is another's, the entry is noted. Source:
domain-facts 6, 8; at the desk: `boss_tui.components.billing.final_bills`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from msgspec import Struct, field

from boss_tui.components.billing.final_bills import NOT_SPENT, USAGE_ITEMS, days_of, unbilled_months
from boss_tui.components.credit.credit_control import ABROAD
from boss_tui.headquarters.rules.claim import Claim, Known, Row
from boss_tui.headquarters.rules.debts_paid import is_own
from boss_tui.headquarters.rules.lines import LINE
from boss_tui.headquarters.rules.reversals import is_opposite
from boss_tui.sync.effects import Fault
from boss_tui.transactions.c05.month import FIRST
from boss_tui.transactions.c09.form import LEAVES
from data.tables.billing import BillLine, CustomerBill, UsageMonth
from data.tables.life import ValueChange
from data.tables.order import ProductOrder, Subscription
from data.tables.service import ChargeSchedule

GONE = ("terminated", "cancelled")
CLOSES, GOES, CLOSED = "C9", "C5", "close"
LATE = {USAGE_ITEMS[kind] for kind in ABROAD}
"""What other operators tell of weeks later."""
Item = tuple[str, str]
"""A charge item and its product."""


class Due(Struct):
    """What a final bill must have, in fen: what is there for sure, with what may have come since, and what must be
    spent in all."""

    sure: Counter[Item] = field(default_factory=Counter)
    used: Counter[Item] = field(default_factory=Counter)
    least: int = 0


def judge(known: Known, told: Claim) -> Iterator[Fault]:
    """What the final bill of an entry's orders lacks."""
    for order in told.added.get("product_order", ()):
        form = told.form(order) if order["business"] in (CLOSES, GOES) else None
        line = known.row(Subscription, order[LINE]) if order[LINE] else None
        if form is None or line is None or is_opposite(known, told, order):
            continue
        until = _until(order, form.filled)
        if until is None or (order["business"] == CLOSES and not _is_last(known, line)):
            continue  # its account goes on, and its bills with it
        lacking, sure = _lacks(known, told, line, date.fromisoformat(order["business_date"]), until)
        if lacking:
            what = {"what": f"{order['business']} {lacking}", "order": order["id"]}
            yield Fault("price", what, note=not (sure and is_own(told, line)))


def _until(order: Row, form: Any) -> date | None:
    """The last day that is billed; None: none is."""
    today = date.fromisoformat(order["business_date"])
    if order["business"] == GOES:
        return (today.replace(day=1) if form.month == FIRST else today) - timedelta(days=1)
    return {CLOSED: date.max, LEAVES: today}.get(form.action)


def _is_last(known: Known, line: Row) -> bool:
    """Whether nothing else is charged to its account."""
    rows = known.told(Subscription, account_id=line["account_id"])
    return [row["id"] for row in rows if row["state"] not in GONE] == [line["id"]]


def _lacks(known: Known, told: Claim, line: Row, today: date, until: date) -> tuple[str, bool]:
    """What is missing, and whether the outlet surely knew of it; empty: nothing is."""
    months, accounts = _months(known, line, today)
    months = [first for first in months if first <= until]
    due, made, spent = Due(), Counter[Item](), 0
    for first in months:
        _add(known, due, line, first, until, today)
    bills = [bill for each in accounts for bill in told.after(known, CustomerBill, account_id=each, kind="final")]
    for bill in (each for each in bills if months and each["month"] >= f"{months[0]:%Y-%m}"):
        for row in told.after(known, BillLine, bill_id=bill["id"]):
            if row[LINE] == line["id"]:
                made[row["item"], row["product"]] += row["amount"]
                spent += row["amount"] if not row["detail"].startswith(NOT_SPENT) else 0
    for item in due.sure:
        if made[item] < due.sure[item]:
            return " ".join(item).strip(), item[0] not in USAGE_ITEMS.values() or known.linked(told.entry) == "yes"
    for item, amount in due.used.items():
        if made[item] < due.sure[item] + amount:
            late = bool(made[item]) or item[0] in LATE
            return " ".join(item).strip(), not late and known.linked(told.entry) == "yes"
    return ("minimum_spend", True) if spent < due.least else ("", True)


def _months(known: Known, line: Row, today: date) -> tuple[list[date], set[str]]:
    """The first days of the months that no bill has, and the accounts that the line is or was charged to."""
    moves = sorted(known.told(ValueChange, subject=line["id"], field="account_id"), key=lambda row: row["made_at"])
    order = known.row(ProductOrder, moves[-1]["order_id"]) if moves else None
    since = max(line["opened_on"], order["business_date"] if order is not None else "")
    monthly = known.told(CustomerBill, account_id=line["account_id"], kind="monthly")
    last = max((row["month"] for row in monthly), default="")
    accounts = {line["account_id"], *(row["before"] for row in moves)}
    return list(unbilled_months(last, date.fromisoformat(since), today)), accounts


def _add(known: Known, due: Due, line: Row, first: date, until: date, today: date) -> None:
    """What a month brings to the bill of a line, as far as it is billed."""
    last = until.isoformat() if until < date.max else ""
    for row in known.told(ChargeSchedule, **{LINE: line["id"]}):
        days, whole = days_of(row["starts_on"], min(filter(None, (row["ends_on"], last)), default=""), first)
        if row["state"] != "waiting":
            due.sure[row["item"], row["product"]] += row["amount"] * days // whole
    for row in known.told(UsageMonth, **{LINE: line["id"]}, month=f"{first:%Y-%m}"):
        if line["pay_type"] != "prepaid":  # who pays in advance has paid it from their balance
            grows = first == today.replace(day=1) or row["kind"] in ABROAD
            (due.used if grows else due.sure)[USAGE_ITEMS[row["kind"]], ""] += row["amount"]
    days, whole = days_of("", last, first)
    due.least += line["minimum_spend"] * days // whole
