"""What an order enters in the books stands in its charge item's own account, with the tax of its day, and in a balance
of the customer's own.

Source: catalogue F6, F11, F12; at the desk: `components.finance.finance`, which posts income and the tax in it as one
line after the other. What takes an order back is entered as that was.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from boss_tui.business.registry import BUSINESSES
from boss_tui.components.finance.finance import BILL, CARD_ITEM, CONTRACT_ITEM
from boss_tui.components.ledger.ledger import (
    CARDS_SOLD,
    CONTRACTS,
    DEFERRED_TAX,
    DEPOSITS,
    OUTPUT_TAX,
    PREPAID,
    RECEIVABLE,
)
from boss_tui.components.tenders.tenders import ways
from boss_tui.headquarters.absence import Answer
from boss_tui.headquarters.rules.claim import Claim, Known, Row
from boss_tui.headquarters.rules.reversals import is_opposite
from boss_tui.sync.effects import Fault
from boss_tui.taxes import tax_in
from data.tables.account import BalanceBucket, BillingAccount
from data.tables.order import Subscription
from data.tables.tariff import ChargeItem, TaxRate

BETWEEN: Mapping[str, frozenset[str]] = {
    BILL: frozenset({RECEIVABLE}),
    CARD_ITEM: frozenset({CARDS_SOLD, PREPAID}),
    CONTRACT_ITEM: frozenset({CONTRACTS, PREPAID}),
}
"""The accounts of what is moved without a payment."""
CUSTOMERS = frozenset({PREPAID, DEPOSITS, CONTRACTS})
"""The accounts of what customers have with us: each line of theirs is of a balance, and no other is."""
TAXES = frozenset({OUTPUT_TAX, DEFERRED_TAX})


def judge(known: Known, told: Claim) -> Iterator[Fault]:
    """The first line of an order's postings that stands in another account, and what was taxed otherwise."""
    orders = {order["id"]: order for order in told.added.get("product_order", ())}
    of = {posting["id"]: orders.get(posting["order_id"]) for posting in told.added.get("posting", ())}
    paid = {payment["posting_id"] for payment in told.added.get("payment", ())}
    taxed: defaultdict[tuple[str, str, int], list[Row]] = defaultdict(list)
    for line in told.added.get("posting_line", ()):
        order = of.get(line["posting_id"])
        if order is None:
            continue
        what = {"what": f"{order['business']} {line['item']} {line['account']}".strip(), "order": order["id"]}
        back = line["posting_id"] in paid and _is_income(line) and line["amount"] > 0
        if (
            (back and not _gives_back(order))
            or not _is_its_account(known, line)
            or not _is_theirs(known, told, order, line)
        ):
            yield Fault("books", what)
            return
        if line["posting_id"] in paid and line["item"] and line["bucket_id"] is None:
            taxed[order["id"], line["item"], line["tax_rate"]].append(line)
    for (order_id, item, rate), lines in taxed.items():
        sure = _tax(known, told, orders[order_id], item, rate, lines)
        if sure != "yes":
            what = {"what": f"{orders[order_id]['business']} {item} {OUTPUT_TAX}", "order": order_id}
            yield Fault("books", what, note=sure == "perhaps")


def _gives_back(order: Row) -> bool:
    """Whether an order gives back what was earned: it takes another one back, or is of a business that does so."""
    business = BUSINESSES.get(order["business"])
    return bool(order["reverses"] or (business is not None and business.gives_back))


def _is_income(line: Row) -> bool:
    """Whether a line is of what is earned, and not of what a customer has or owes."""
    return bool(line["item"]) and line["bucket_id"] is None and line["account"] not in TAXES | {RECEIVABLE}


def _is_its_account(known: Known, line: Row) -> bool:
    if not line["item"]:
        return line["account"] in {way.account for way in ways(known.reading).values()}
    item = known.row(ChargeItem, line["item"])
    own = {item["ledger_account"]} if item is not None else set()
    if line["account"] in own | BETWEEN.get(line["item"], frozenset()):
        return (line["account"] in CUSTOMERS) == (line["bucket_id"] is not None)
    return line["account"] in TAXES and line["bucket_id"] is None


def _is_theirs(known: Known, told: Claim, order: Row, line: Row) -> bool:
    """Whether a balance is that of the order's customer, of its line, or of a number that its form names."""
    if line["bucket_id"] is None:
        return True
    bucket = told.row(known, BalanceBucket, line["bucket_id"])
    account = told.row(known, BillingAccount, bucket["account_id"]) if bucket is not None else None
    if account is None:
        return bucket is None  # what is not here is told elsewhere (`sync.effects`)
    moved = {change.values.get("customer_id") for change in told.changed.get("subscription", ())}
    if account["customer_id"] in {order["customer_id"], *moved}:
        return True
    owned = told.row(known, Subscription, order["subscription_id"]) if order["subscription_id"] else None
    if owned is not None and owned["account_id"] == account["id"]:
        return True
    form = told.form(order)
    named = {str(value) for value in form.values.values()} if form is not None else set()
    return any(row["number"] in named for row in known.told(Subscription, account_id=account["id"]))


def _tax(known: Known, told: Claim, order: Row, code: str, rate: int, lines: list[Row]) -> Answer:
    """Whether lines of an item were taxed by the rate of their day, each to the fen. A bill brings the tax that waited
    with it, and what is taken back the rate that it was sold at."""
    item = known.row(ChargeItem, code)
    if item is None or item["ledger_account"] == RECEIVABLE or is_opposite(known, told, order):
        return "yes"
    tax = sum(line["amount"] for line in lines if line["account"] == OUTPUT_TAX)
    each = sum(line["account"] != OUTPUT_TAX for line in lines)
    if abs(tax - tax_in(sum(line["amount"] for line in lines), rate)) > each:
        return "no"
    rates = known.all(TaxRate, category=item["tax_category"])
    slip = known.slip_of(told, order["id"])
    day = slip["written_on"] if slip is not None else order["business_date"]
    on_day = max((row for row in rates if row.valid_from <= day), key=lambda row: row.valid_from, default=None)
    if rate == (on_day.rate if on_day is not None else 0):
        return "yes"
    known_of = any(rate == row.rate or row.revision > 1 for row in rates)
    return "perhaps" if known_of or order["reverses"] else "no"
