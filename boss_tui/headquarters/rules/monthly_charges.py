"""What is charged each month goes with what a line has: it begins with a product and ends with it, not before (F6, B1).

What a rule asks for is `prices`' matter. While a line is stopped at its owner's request its number is kept for a fee
instead (C6). At the desk: `Billing.charge_from`, `Billing.keep_number`.
"""

from __future__ import annotations

from collections.abc import Iterator

from boss_tui.components.tariff.tariff import OPENING
from boss_tui.headquarters.rules.claim import Claim, Known, Row
from boss_tui.headquarters.rules.lines import LINE, orders_of
from boss_tui.headquarters.rules.prices import rates
from boss_tui.sync.effects import Fault
from boss_tui.transactions.c06.suspend import KEEP_NUMBER
from boss_tui.transactions.c07_5.looks import FEE
from data.tables.order import Subscription, SubscriptionProduct
from data.tables.provider import ProviderService, ProviderSubscription
from data.tables.service import ChargeSchedule
from data.tables.tariff import PriceRule

OVER = ("pendingActive", "pendingTerminate", "terminated", "cancelled")
"""The states of a line that is not charged by what it has: not yet, or no more."""


def judge(known: Known, told: Claim) -> Iterator[Fault]:
    """The first product of a line that nothing is charged for, though something is to be."""
    for line, product in sorted(_touched(known, told)):
        order = next((each for each in orders_of(known, told) if each[LINE] == line), None)
        here = told.row(known, Subscription, line)
        if order is None or here is None or _is_over(told, here) or not _has(known, told, line, product):
            continue
        charged = {row["item"] for row in _charges(known, told, line) if row["product"] == product}
        for item, least in _due(known, told, order, product):
            if item not in charged and least[0] > 0:
                what = {"what": f"charge_schedule {item} {product}".strip(), "table": "charge_schedule"}
                yield Fault("price", what, note=min(least) <= 0)
                return
    for change in told.changed.get("subscription", ()):
        waits = [row for row in _charges(known, told, change.key[0]) if row["state"] == "waiting"]
        if change.values.get("activated_at") and waits:
            yield Fault("price", {"what": f"charge_schedule {waits[0]['item']}", "table": "charge_schedule"})


def _touched(known: Known, told: Claim) -> set[tuple[str, str]]:
    """The lines and products of which something begins, or is charged no more; what is opened is priced whole."""
    new = {row["id"] for row in told.added.get("subscription", ())}
    found = set[tuple[str, str]]()
    for row in told.added.get("subscription_product", ()):
        found.add((row[LINE], row["product"]))
    for change in told.changed.get("subscription_product", ()):
        if change.values.get("state") == "active":
            found.add((change.key[0], change.key[1]))
    for row in told.added.get("provider_subscription", ()):
        found.add((row[LINE], row["service"]))
    for change in told.changed.get("charge_schedule", ()):
        here = known.row(ChargeSchedule, *change.key)
        if here is not None and change.values.get("state") == "ended" != here["state"] and here["item"] != KEEP_NUMBER:
            found.add((here[LINE], here["product"]))
    return {(line, product) for line, product in found if line not in new}


def _is_over(told: Claim, line: Row) -> bool:
    """Whether a line is not charged by what it has, or is kept for a fee from now on."""
    moved = (change for change in told.changed.get("subscription", ()) if change.key[0] == line["id"])
    states = [line["state"], *(change.values["state"] for change in moved if "state" in change.values)]
    kept = (row for row in told.added.get("charge_schedule", ()) if row["item"] == KEEP_NUMBER)
    return states[-1] in OVER or any(row[LINE] == line["id"] for row in kept)


def _has(known: Known, told: Claim, line: str, product: str) -> bool:
    """Whether a line has a product after an entry; what is of no product is of the line."""
    rows = told.after(known, SubscriptionProduct, **{LINE: line}, product=product)
    rows += told.after(known, ProviderSubscription, **{LINE: line}, service=product)
    return not product or any(row["state"] == "active" for row in rows)


def _charges(known: Known, told: Claim, line: str) -> list[Row]:
    """What a line is charged each month after an entry."""
    return [row for row in told.after(known, ChargeSchedule, **{LINE: line}) if row["state"] != "ended"]


def _due(known: Known, told: Claim, order: Row, product: str) -> Iterator[tuple[str, list[int]]]:
    """What a product is charged each month: charge item, fen, as the outlet may have had it, as it should first."""
    rules = known.all(PriceRule, business=OPENING, product=product, monthly=1)
    for item in sorted({rule.item for rule in rules}):
        yield item, rates(known, told, order, item, OPENING, product, monthly=1)
    services = known.versions(ProviderService, (product,), told.entry.business_date) if product else []
    if services:
        yield FEE, [row["fee"] if row["rhythm"] == "month" else 0 for row in services]
