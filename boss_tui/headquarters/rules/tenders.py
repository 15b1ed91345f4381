"""How it was paid: a number pays once, a provider was asked and said so, and no more is rounded than coins leave.

What ways of paying are worth in the books: `sums`. Source: catalogue F11; management-facts 7.4; at the desk:
`boss_tui.components.tenders`, `boss_tui.components.finance.mobile`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from boss_tui.components.tenders.tenders import ROUNDING, as_compared, ways
from boss_tui.headquarters.absence import Answer
from boss_tui.headquarters.rules.claim import Claim, Known, Row
from boss_tui.headquarters.rules.reversals import rows_naming
from boss_tui.sync.effects import Fault
from data.tables.finance import Payment, PaymentTender, TenderKind
from data.tables.mobile import MobilePayment
from data.tables.order import ProductOrder
from data.tender_kinds import JIAO


def judge(known: Known, told: Claim) -> Iterator[Fault]:
    """The tenders of an entry that are no money, or were it before."""
    payments = {payment["id"]: payment for payment in told.added.get("payment", ())}
    if not payments:
        return
    known_ways = ways(known.reading)
    rounded, asked = Counter[str](), Counter[tuple[str, str]]()
    for tender in told.added.get("payment_tender", ()):
        payment, way = payments.get(tender["payment_id"]), known_ways.get(tender["kind"])
        if payment is None or way is None:
            continue  # told elsewhere (`sums`)
        if tender["kind"] == ROUNDING:
            rounded[_together(known, told, payment["order_id"])] += tender["amount"]
        elif way.provider:
            asked[tender["kind"], tender["reference"]] += tender["amount"]
        elif way.reference:
            sure = _has_number(known, tender, told.entry.business_date)
            if way.once and tender["reference"] and _paid_before(known, told, tender, payment):
                sure = "no"
            if sure != "yes":
                yield Fault("tender", _what(tender["kind"], tender["reference"]), note=sure == "perhaps")
    for (kind, reference), amount in asked.items():
        if not (_was_paid if amount > 0 else _goes_back)(known, told, kind, reference, amount):
            yield Fault("tender", _what(kind, reference))
    for amount in rounded.values():
        if abs(amount) >= JIAO:
            yield Fault("tender", _what(ROUNDING, str(amount)))


def _what(kind: str, reference: str) -> dict[str, str]:
    return {"what": f"{kind} {reference}".strip(), "table": "payment_tender"}


def _has_number(known: Known, tender: Row, day: str) -> Answer:
    """Whether a way that needs a number has one, in the spelling in which numbers are compared."""
    if tender["reference"]:
        return "yes" if as_compared(tender["reference"]) == tender["reference"] else "no"
    return known.stood(TenderKind, (tender["kind"],), day, lambda row: not row["reference"])


def _paid_before(known: Known, told: Claim, tender: Row, payment: Row) -> bool:
    """Whether a number has moved money the same way for something else than what this pays (`tenders.references`)."""
    sums = Counter[str]()
    for row in rows_naming(known, told, PaymentTender, "reference", tender["reference"]):
        paid = told.row(known, Payment, row["payment_id"])
        if row["kind"] == tender["kind"] and paid is not None and paid["outlet"] == told.entry.outlet:
            sums[_together(known, told, paid["order_id"])] += row["amount"]
    sign, own = 1 if tender["amount"] > 0 else -1, _together(known, told, payment["order_id"])
    for_slips = sums.pop("", 0) - (tender["amount"] if not own else 0)
    return any(sign * amount > 0 for of, amount in sums.items() if of != own) or sign * for_slips > 0


def _together(known: Known, told: Claim, order_id: str | None) -> str:
    """What is paid in one go, or one order with what takes it back; empty: a slip that can't be done."""
    order = told.row(known, ProductOrder, order_id) if order_id is not None else None
    if order is not None and order["reverses"]:
        order = told.row(known, ProductOrder, order["reverses"]) or order
    return str(order["collection"] or order["id"]) if order is not None else ""


def _was_paid(known: Known, told: Claim, kind: str, reference: str, amount: int) -> bool:
    """Whether the provider said that it has so much, which no order had; one has it now."""
    row = known.row(MobilePayment, reference)
    booked = any(
        change.key[0] == reference and change.values.get("booked") == 1
        for change in told.changed.get("mobile_payment", ())
    )
    return bool(
        row is not None
        and booked
        and (row["kind"], row["outlet"], row["amount"]) == (kind, told.entry.outlet, amount)
        and (row["state"], row["refund_of"], row["booked"], row["dropped"]) == ("paid", "", 0, 0)
    )


def _goes_back(known: Known, told: Claim, kind: str, reference: str, amount: int) -> bool:
    """Whether the provider is asked to give so much back, of what it has."""
    back = [row for row in told.added.get("mobile_payment", ()) if row["refund_of"] == reference]
    moved = rows_naming(known, told, PaymentTender, "reference", reference)
    return bool(
        sum(row["amount"] for row in back if row["kind"] == kind) == amount
        and sum(row["amount"] for row in moved if row["kind"] == kind) >= 0
    )
