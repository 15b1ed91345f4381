"""What needs a link was done with one: each business has its own offline rule (catalogue; design 6).

An order says in its entry when there was none. One that does not say so is held against when its outlet called.
"""

from __future__ import annotations

from collections.abc import Iterator

from boss_tui.business.entries import needs_link
from boss_tui.business.registry import BUSINESSES
from boss_tui.headquarters.absence import Answer
from boss_tui.headquarters.rules.claim import Claim, Known, Row
from boss_tui.headquarters.rules.reversals import is_opposite
from boss_tui.sync.effects import Fault
from data.parameters import OFFLINE_LIMIT


def judge(known: Known, told: Claim) -> Iterator[Fault]:
    """The orders of an entry that were done without the link that they need."""
    for order in told.added.get("product_order", ()):
        business = BUSINESSES.get(order["business"])
        if business is None or business.offline == "allowed" or is_opposite(known, told, order):
            continue
        without = _done_without(known, order)
        sure = "yes" if without == "yes" else known.linked(told.entry)
        if sure == "no" and without == "perhaps":
            sure = "perhaps"
        if sure != "yes":
            what = {"what": f"{order['business']} {order['serial']}", "order": order["id"]}
            yield Fault("offline", what, note=sure == "perhaps")


def _done_without(known: Known, order: Row) -> Answer:
    """Whether an order may be done without a link, by the limit that stood on its day."""
    code, due = order["business"], order["amount"]
    offline = BUSINESSES[code].offline
    if offline != "up_to_amount":
        return "no" if needs_link(offline, due, 0) else "yes"
    return known.number_stood(
        OFFLINE_LIMIT, code, order["business_date"], lambda most: not needs_link(offline, due, most)
    )
