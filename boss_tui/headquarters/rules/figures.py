"""Figures are of the orders and acts that the same entry does or moves: so many of them, and their money (F13).

What reports say of orders and acts is counted as they are made (`boss_tui.verify.figures` holds the same over the whole
store). What else a business counts is of one of its orders each, and of no more fen than that was of, or moved.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping

from boss_tui.headquarters.rules.claim import Claim, Known, Row
from boss_tui.headquarters.rules.reversals import is_opposite
from boss_tui.sync.effects import Fault
from data.tables.order import ProductOrder

Of = tuple[str, str, str, str]
"""Business date, operator, business, measure."""
ACCEPTED, CANCELLED = "accepted", "cancelled"
MADE: Mapping[str, Callable[[Known, Claim, Row], bool]] = {
    "approved": lambda _known, _told, order: bool(order["approved_by"]),
    "entered_later": lambda known, told, order: known.slip_of(told, order["id"]) is not None,
}
"""Which orders are counted beside, whatever their business, as they are made from their forms."""


def judge(known: Known, told: Claim) -> Iterator[Fault]:
    """The first figure that the entry's orders do not make."""
    entry, new, moved = told.entry, told.added.get("product_order", ()), list(_moved(known, told))
    if not (new or moved or told.grown.get("figure") or told.added.get("act")):
        return
    made, fen = Counter[Of](), Counter[Of]()
    for change in told.grown.get("figure", ()):
        _, day, operator, business, measure = change.key
        made[day, operator, business, measure] += change.values.get("count", 0)
        fen[day, operator, business, measure] += change.values.get("amount", 0)
    wanted, worth = Counter[Of](), Counter[Of]()
    for of, order, sign in (*_of_new(known, told, new), *_of_cancelled(told, moved)):
        wanted[of] += 1
        worth[of] += sign * order["amount"]
    for act in told.added.get("act", ()):
        wanted[act["business_date"], act["operator"], act["business"], act["act"]] += 1
    for of in made.keys() | wanted.keys():
        day, operator, business, measure = of
        if wanted[of] or measure in (ACCEPTED, CANCELLED, *MADE):
            right = (made[of], fen[of]) == (wanted[of], worth[of])
        else:
            mine = [order for order in (*new, *moved) if order["business"] == business]
            whose = {entry.operator, *(order["operator"] for order in mine)}
            right = 0 < made[of] <= len(mine) and abs(fen[of]) <= _most(told, mine)
            right = right and day == entry.business_date and operator in whose
        if not right:
            yield Fault("sums", {"what": f"figure {' '.join(of)}", "table": "figure"})
            return


def _moved(known: Known, told: Claim) -> Iterator[Row]:
    """Orders of earlier entries, as this one leaves them; what is not here is told elsewhere (`writes`)."""
    new = {order["id"] for order in told.added.get("product_order", ())}
    for change in told.changed.get("product_order", ()):
        here = known.row(ProductOrder, *change.key) if change.key[0] not in new else None
        if here is not None:
            yield {**here, **change.values, "was": here["state"]}


def _of_new(known: Known, told: Claim, new: Iterable[Row]) -> Iterator[tuple[Of, Row, int]]:
    """What new orders are counted as."""
    for order in new:
        of = (order["business_date"], order["operator"], order["business"])
        if not order["reverses"]:
            yield (*of, ACCEPTED), order, 1
        for measure, counts in MADE.items():
            if counts(known, told, order) and not is_opposite(known, told, order):
                yield (*of, measure), order, 1


def _of_cancelled(told: Claim, moved: Iterable[Row]) -> Iterator[tuple[Of, Row, int]]:
    for order in moved:
        if order["state"] == "cancelled" != order["was"]:
            of = (told.entry.business_date, told.entry.operator, order["business"])
            yield (*of, CANCELLED), order, -1


def _most(told: Claim, orders: Iterable[Row]) -> int:
    """What some orders are of at most, in fen: what was due, or what they moved in the books."""
    ids = {order["id"] for order in orders}
    postings = {row["id"] for row in told.added.get("posting", ()) if row["order_id"] in ids}
    lines = [line["amount"] for line in told.added.get("posting_line", ()) if line["posting_id"] in postings]
    return int(max(sum(abs(order["amount"]) for order in orders), sum(amount for amount in lines if amount > 0)))
