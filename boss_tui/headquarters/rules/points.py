"""Points are those of the entries beside them, earned by what an order brought, and taken back with it (A3).

What earns them: an opening, a yuan of a bill that is paid, a yuan of a handset. Points that lapse or are given back go
with the order that took or gave them. Source: catalogue A3, C1, C10, C12; at the desk: `boss_tui.components.loyalty`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping

from boss_tui.headquarters.absence import Answer
from boss_tui.headquarters.rules.claim import Claim, Known, Row
from boss_tui.headquarters.rules.reversals import rows_naming
from boss_tui.sync.effects import Fault
from data.parameters import FEN_A_POINT, OPENING_POINTS
from data.tables.order import ProductOrder
from data.tables.service import LoyaltyEntry


def judge(known: Known, told: Claim) -> Iterator[Fault]:
    """The first customer whose points grow otherwise than by entries; entries of more points than an order earns."""
    grown, entered = Counter[str](), Counter[str]()
    for change in told.grown.get("loyalty_account", ()):
        grown[change.key[0]] += change.values.get("points", 0)
    entries = told.added.get("loyalty_entry", ())
    for entry in entries:
        entered[entry["customer_id"]] += entry["points"]
    for account in told.added.get("loyalty_account", ()):
        grown[account["customer_id"]] += account["points"]
    if wrong := next((customer for customer in grown | entered if grown[customer] != entered[customer]), ""):
        yield Fault("sums", {"what": f"loyalty_account {wrong}", "table": "loyalty_account"})
    for entry in entries:
        sure = _earned(known, told, entry) if entry["points"] > 0 else "yes"
        if sure != "yes":
            what = {"what": f"loyalty_entry {entry['reason']}", "table": "loyalty_entry"}
            yield Fault("sums", what, note=sure == "perhaps")


def _earned(known: Known, told: Claim, entry: Row) -> Answer:
    """Whether an order earns so many points, or gives back what one took."""
    order = told.row(known, ProductOrder, entry["order_id"])
    if order is None:
        return "yes"  # what is not here is told elsewhere (`sync.effects`)
    taken = rows_naming(known, told, LoyaltyEntry, "customer_id", entry["customer_id"])
    if any(other["points"] == -entry["points"] for other in taken):
        return "yes"
    earns = EARNED.get(order["business"])
    return earns(known, told, order, entry["points"]) if earns is not None else "no"


def _opening(known: Known, _told: Claim, order: Row, points: int) -> Answer:
    return known.number_stood(OPENING_POINTS, "C1", order["business_date"], lambda most: points <= most)


def _by_yuan(fen: int, known: Known, order: Row, points: int) -> Answer:
    business, day = order["business"], order["business_date"]
    return known.number_stood(FEN_A_POINT, business, day, lambda a_point: points <= fen // max(1, a_point))


def _of_goods(known: Known, _told: Claim, order: Row, points: int) -> Answer:
    return _by_yuan(max(0, order["amount"]), known, order, points)


def _of_bills(known: Known, told: Claim, order: Row, points: int) -> Answer:
    paid = sum(row["amount"] for row in told.of_order("bill_payment", order["id"]) if row["amount"] > 0)
    return _by_yuan(paid, known, order, points)


EARNED: Mapping[str, Callable[[Known, Claim, Row, int], Answer]] = {
    "C1": _opening,
    "C10": _of_goods,
    "C12": _of_bills,
}
"""How many points an order of a business earns at most."""
