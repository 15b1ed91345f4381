"""Points are those of the entries beside them, earned by what an order brought, and taken back with it (A3).

What earns them: an opening, a yuan of a bill that is paid, a yuan of a handset. Points that lapse or are given back go
with the order that took or gave them, once. What points pay is no more than they are worth by the price rule, and by
what the customer has. Source: catalogue A3, C1, C9, C10, C12; at the desk: `boss_tui.components.loyalty`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping

from boss_tui.components.loyalty import GIVEN_BACK, PAID_BY_POINTS, SPENT
from boss_tui.headquarters.absence import Answer
from boss_tui.headquarters.rules.claim import Claim, Known, Row
from boss_tui.headquarters.rules.prices import posted_for
from boss_tui.headquarters.rules.reversals import is_opposite, rows_naming
from boss_tui.sync.effects import Fault
from data.parameters import FEN_A_POINT, OPENING_POINTS
from data.tables.order import ProductOrder
from data.tables.service import LoyaltyAccount, LoyaltyEntry
from data.tables.tariff import PriceRule


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
    if wrong := next(
        (customer for customer in grown.keys() | entered.keys() if grown[customer] != entered[customer]), ""
    ):
        yield Fault("sums", {"what": f"loyalty_account {wrong}", "table": "loyalty_account"})
    for entry in entries:
        sure = _earned(known, told, entry) if entry["points"] > 0 else "yes"
        if sure != "yes":
            what = {"what": f"loyalty_entry {entry['reason']}", "table": "loyalty_entry"}
            yield Fault("sums", what, note=sure == "perhaps")
    for order in told.added.get("product_order", ()):
        sure = _worth_it(known, told, order)
        if sure != "yes":
            yield Fault(
                "sums", {"what": f"{order['business']} {PAID_BY_POINTS}", "order": order["id"]}, note=sure == "perhaps"
            )


def _earned(known: Known, told: Claim, entry: Row) -> Answer:
    """Whether an order earns so many points with all that it ever earned, or gives back what was taken."""
    order = told.row(known, ProductOrder, entry["order_id"])
    if order is None:
        return "yes"  # what is not here is told elsewhere (`sync.effects`)
    if entry["reason"] == GIVEN_BACK:
        return "yes" if _was_taken(known, told, entry) else "no"
    earns = EARNED.get(order["business"])
    own = rows_naming(known, told, LoyaltyEntry, "order_id", order["id"])
    points = sum(row["points"] for row in own if row["points"] > 0 and row["reason"] != GIVEN_BACK)
    return earns(known, told, order, points) if earns is not None else "no"


def _was_taken(known: Known, told: Claim, entry: Row) -> bool:
    """Whether so many points were taken from a customer more often than they were given back to them: what is given
    back is taken again when the giving back is undone, and no oftener."""
    rows = rows_naming(known, told, LoyaltyEntry, "customer_id", entry["customer_id"])
    by = Counter((row["points"], row["reason"] == GIVEN_BACK) for row in rows)
    given = by[entry["points"], True]
    return given <= by[-entry["points"], False] + min(by[-entry["points"], True], given - 1)


def _worth_it(known: Known, told: Claim, order: Row) -> Answer:
    """Whether what points pay in an order is what those that were spent are worth, and the customer had them."""
    paid = -posted_for(told, order["id"])[PAID_BY_POINTS]
    if paid <= 0 or is_opposite(known, told, order):
        return "yes"
    spent = -sum(row["points"] for row in told.of_order("loyalty_entry", order["id"]) if row["reason"] == SPENT)
    if spent > _has(known, order["customer_id"]):
        return "no"

    def pays(rule: Row) -> bool:
        return bool(paid <= spent * (rule["amount"] * rule["percent"] // 100) // 100)

    rules = known.all(PriceRule, business=order["business"], item=PAID_BY_POINTS)
    answers = {known.stood(PriceRule, (rule.id,), order["business_date"], pays) for rule in rules}
    return "yes" if "yes" in answers else "perhaps" if "perhaps" in answers else "no"


def _has(known: Known, customer: str) -> int:
    """The points that a customer has before an entry: those of the store, and of entries before it in its batch."""
    account = known.reading.find(LoyaltyAccount, customer_id=customer)
    told = sum(int(row["points"]) for row in known.learned("loyalty_entry") if row["customer_id"] == customer)
    return told + (account.points if account is not None else 0)


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
