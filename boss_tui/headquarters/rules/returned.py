"""A handset comes back, or is exchanged, within its days: for no more than was paid for it, for the same model (C10).

How many days is headquarters' to say; one that was given in exchange has those of the first. At the desk:
`boss_tui.transactions.c10.looks`. Source: catalogue C10; domain-facts 7.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from boss_tui.components.resources.handsets import ITEM
from boss_tui.headquarters.absence import Answer
from boss_tui.headquarters.rules.claim import Claim, Known, Row
from boss_tui.headquarters.rules.prices import posted_for
from boss_tui.headquarters.rules.reversals import is_opposite
from boss_tui.sync.effects import Fault
from boss_tui.transactions.c10.looks import FEE
from boss_tui.transactions.contracts import SELLS
from data.clock import day_after
from data.parameters import HANDSET_EXCHANGE_DAYS, HANDSET_RETURN_DAYS
from data.tables.finance import Payment, PostingLine
from data.tables.life import ValueChange
from data.tables.stock import Handset

DAYS = {"return": HANDSET_RETURN_DAYS, "exchange": HANDSET_EXCHANGE_DAYS}
GIVEN = (ITEM, FEE)
"""What is given back of a sale: the unit, and the fee of its contract."""


def judge(known: Known, told: Claim) -> Iterator[Fault]:
    """The units that come back too late, or for more."""
    for order in told.added.get("product_order", ()):
        form = told.form(order) if order["business"] == SELLS and not is_opposite(known, told, order) else None
        unit = known.row(Handset, form.filled.imei) if form is not None and form.filled.action in DAYS else None
        if form is None or unit is None:
            continue  # what is not here is told elsewhere (`sync.effects`)
        what = {"what": f"{SELLS} {unit['imei']}", "order": order["id"]}
        sure = _in_time(known, order, form.filled.action, unit)
        if sure != "yes":
            yield Fault("reversal", what, note=sure == "perhaps")
        if form.filled.action == "exchange":
            fresh = known.row(Handset, form.filled.new_imei)
            if fresh is not None and fresh["model"] != unit["model"]:
                yield Fault("price", what)
        back, paid = posted_for(told, order["id"]), _paid(known, _sale_of(known, unit))
        if any(-back[item] > paid[item] for item in GIVEN):
            yield Fault("reversal", what)


def _in_time(known: Known, order: Row, action: str, unit: Row) -> Answer:
    """Whether a unit comes back within its days."""
    sold, day = unit["sold_on"], order["business_date"]
    return known.number_stood(DAYS[action], SELLS, day, lambda days: bool(sold) and day <= day_after(sold, days))


def _sale_of(known: Known, unit: Row) -> str:
    """The order that a unit was sold by; of one given in exchange, that of the first one."""
    seen, sale = {unit["imei"]}, str(unit["sold_order"] or "")
    while came := [row for row in known.told(ValueChange, order_id=sale, field="state") if row["subject"] not in seen]:
        first = known.row(Handset, came[0]["subject"])
        if first is None:
            break
        seen.add(first["imei"])
        sale = str(first["sold_order"] or "")
    return sale


def _paid(known: Known, sale: str) -> Counter[str]:
    """What a sale brought, item by item."""
    found = Counter[str]()
    for payment in known.told(Payment, order_id=sale) if sale else ():
        for line in known.told(PostingLine, posting_id=payment["posting_id"]):
            found[line["item"]] -= line["amount"]
    return found
