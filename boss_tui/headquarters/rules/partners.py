"""What an order makes us owe a partner is no more than it brought, or than is agreed for an opening (B2, A4).

At the desk: `components.settlement`. By how much less it is, the partner's rates say when it is settled. Source:
catalogue B2.
"""

from __future__ import annotations

from collections.abc import Iterator

from boss_tui.headquarters.absence import Answer
from boss_tui.headquarters.rules.claim import Claim, Known, Row
from boss_tui.headquarters.rules.reversals import rows_naming
from boss_tui.sync.effects import Fault
from data.tables.order import ProductOrder
from data.tables.service import ChargeSchedule, Partner, SettlementEntry


def judge(known: Known, told: Claim) -> Iterator[Fault]:
    """The entries of a partner that are of more."""
    for entry in told.added.get("settlement_entry", ()):
        sure = _fits(known, told, entry) if entry["amount"] > 0 else "yes"
        if sure != "yes":
            what = {"what": f"settlement_entry {entry['partner']}", "table": "settlement_entry"}
            yield Fault("sums", what, note=sure == "perhaps")


def _fits(known: Known, told: Claim, entry: Row) -> Answer:
    order = told.row(known, ProductOrder, entry["order_id"])
    if order is None:
        return "yes"  # what is not here is told elsewhere (`sync.effects`)
    line, back = order["subscription_id"], order["reverses"]
    charges = [row for row in told.added.get("charge_schedule", ()) if row["subscription_id"] == line]
    charges += known.told(ChargeSchedule, subscription_id=line) if line else []
    undone = rows_naming(known, told, SettlementEntry, "order_id", back) if back else []
    brought = [abs(order["amount"]), *(row["amount"] for row in charges), *(-row["amount"] for row in undone)]
    if entry["amount"] <= max(brought):
        return "yes"
    day = order["business_date"]
    return known.stood(Partner, (entry["partner"],), day, lambda row: entry["amount"] <= row["opening_commission"])
