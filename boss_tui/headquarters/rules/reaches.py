"""How far a line reaches as it is opened is what its form says; a prepaid one roams in its province at most (C1).

Later changes: `scheduled`, `deposits`. At the desk: `OpenAccountTransaction.perform`.
"""

from __future__ import annotations

from collections.abc import Iterator

from boss_tui.components.tariff.tariff import OPENING
from boss_tui.headquarters.rules.claim import Claim, Known
from boss_tui.headquarters.rules.lines import LINE
from boss_tui.sync.effects import Fault
from boss_tui.transactions.c01.open_account import PREPAID_ROAMING


def judge(_known: Known, told: Claim) -> Iterator[Fault]:
    """The first new line that reaches less or further than its form says."""
    for line in told.added.get("subscription", ()):
        orders = (each for each in told.added.get("product_order", ()) if each[LINE] == line["id"])
        order = next((each for each in orders if each["business"] == OPENING), None)
        form = told.form(order) if order is not None else None
        if form is None:
            continue  # told elsewhere (`named`)
        asked = form.filled.roaming
        roaming = PREPAID_ROAMING if line["pay_type"] == "prepaid" and asked != "none" else asked
        if (line["roaming"], line["long_distance"]) != (roaming, form.filled.long_distance):
            yield Fault("form", {"what": f"subscription {line['id']}: roaming", "table": "subscription"})
            return
