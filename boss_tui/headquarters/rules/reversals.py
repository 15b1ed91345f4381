"""What takes an order back is held against what it takes back: that one is there, was completed, was not taken back
before, and brought at least so much; what is cancelled gave all back.

Two kinds name an order in `reverses`. The desk's own reversal has that order's form, and is its opposite to the fen:
rules that were asked for the order are not asked again, and a supervisor allows it. What else takes an order back is
done by a form of its own (a wrong payment is put right, goods come back): the rules of any order hold for it. Source:
domain-facts 6; at the desk: `boss_tui.desk.cancelling`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from boss_tui.business.registry import BUSINESSES
from boss_tui.desk.cancelling import STOPS
from boss_tui.headquarters.rules.claim import Claim, Known, Row
from boss_tui.sync.effects import Fault
from data.statements import table_name
from data.tables.base import Table
from data.tables.finance import Payment, PaymentTender, PostingLine
from data.tables.order import ProductOrder

REASON = "reversal"
FIXED = frozenset({"amount", "business", "business_date", "created_at", "form_json", "operator", "reverses"})
"""What of an order never becomes another: what was asked of it was asked of this."""


def judge(known: Known, told: Claim) -> Iterator[Fault]:
    """What of an entry's orders takes back what it can't, or is cancelled without giving all back."""
    for order in told.added.get("product_order", ()):
        if order["reverses"]:
            yield from _reversing(known, told, order)
        elif order["state"] == "cancelled" and _left(known, told, order["id"]):
            yield Fault(REASON, {"what": f"product_order {order['serial']}"})
    for change in told.changed.get("product_order", ()):
        what = {"what": f"product_order {change.key[0]}", "table": "product_order"}
        if FIXED & change.values.keys() and known.row(ProductOrder, *change.key) is not None:
            yield Fault("move", what)
        if change.values.get("state") == "cancelled" and _left(known, told, change.key[0]):
            yield Fault(REASON, what)


def is_opposite(known: Known, told: Claim, order: Row) -> bool:
    """Whether an order is another one's opposite, and no business of its own. Of one that is not here nothing can be
    said, and nothing is booked before it is."""
    if not order["reverses"]:
        return False
    of = _original(known, told, order)
    return of is None or (order["business"], order["form_json"]) == (of["business"], of["form_json"])


def is_left(known: Known, told: Claim, order: Row) -> bool:
    """Whether an order is no more than what the network has yet to be told of a line, since another order on it is
    cancelled with the same entry (`boss_tui.desk.cancelling`): nobody asked for it, and no money moves with it."""
    if order["business"] != STOPS or order["amount"] or told.of_order("payment", order["id"]):
        return False
    cancelled = (
        known.row(ProductOrder, *change.key)
        for change in told.changed.get("product_order", ())
        if change.values.get("state") == "cancelled"
    )
    return any(row is not None and row["subscription_id"] == order["subscription_id"] for row in cancelled)


def _original(known: Known, told: Claim, order: Row) -> Row | None:
    added = (row for row in told.added["product_order"] if row["id"] == order["reverses"])
    return next(added, None) or known.row(ProductOrder, order["reverses"])


def _reversing(known: Known, told: Claim, order: Row) -> Iterator[Fault]:
    of = _original(known, told, order)
    if of is None:
        yield Fault("dangling", {"table": "product_order", "key": [order["reverses"]]})
        return
    before = rows_naming(known, told, ProductOrder, "reverses", of["id"])
    if (
        of["state"] != "completed"
        or of["reverses"]
        or any(other["id"] != order["id"] for other in before)
        or not (_undoes if is_opposite(known, told, order) else _within)(known, told, order, of)
    ):
        yield Fault(REASON, {"what": f"product_order {order['serial']}", "order": order["id"]})


def _within(_known: Known, _told: Claim, order: Row, of: Row) -> bool:
    """Whether a business of its own pays out no more than the order brought that it takes back."""
    return bool(order["business"] == of["business"] and -order["amount"] <= max(0, of["amount"]))


def _undoes(known: Known, told: Claim, order: Row, of: Row) -> bool:
    """Whether a reversal is in its time, and the opposite of what the order's payments were posted as."""
    business = BUSINESSES.get(order["business"])
    until = business.reversal.until if business is not None else "never"
    in_time = until == "any" or (until == "day" and order["business_date"] == of["business_date"])
    if not in_time or order["amount"] != -of["amount"]:
        return False
    return not _sum(known, told, order["id"], of["id"])


def _sum(known: Known, told: Claim, *orders: str) -> dict[tuple[str, str, str], int]:
    """What the payments of some orders were posted as, by account, item and bucket, as far as it is not nothing."""
    sums: Counter[tuple[str, str, str]] = Counter()
    for payment in _payments(known, told, *orders):
        for line in rows_naming(known, told, PostingLine, "posting_id", payment["posting_id"]):
            sums[line["account"], line["item"], line["bucket_id"] or ""] += line["amount"]
    return {of: amount for of, amount in sums.items() if amount}


def _left(known: Known, told: Claim, order: str) -> bool:
    """Whether the tenders of an order leave something, one way or the other (`boss_tui.verify.payments`)."""
    sums: Counter[str] = Counter()
    for payment in _payments(known, told, order):
        for tender in rows_naming(known, told, PaymentTender, "payment_id", payment["id"]):
            sums[tender["kind"]] += tender["amount"]
    return any(sums.values())


def _payments(known: Known, told: Claim, *orders: str) -> Iterator[Row]:
    for order in orders:
        yield from rows_naming(known, told, Payment, "order_id", order)


def rows_naming(known: Known, told: Claim, model: type[Table], column: str, value: str) -> list[Row]:
    """Rows that name something: those before the entry, and its own."""
    added = (row for row in told.added.get(table_name(model), ()) if row[column] == value)
    return [*known.told(model, **{column: value}), *added]
