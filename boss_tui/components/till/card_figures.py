"""Recharge cards in a shift: how many of each face value there were, what became of them, what is left (F5, F13).

The stock is the outlet's, so what others did in the meantime is told apart: by whom it was done, since a drawer may
move from till to till. It is reckoned back from the cards
as they are now by what was noted of each since, so that a closed shift says the same whenever it is asked.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from msgspec import Struct
from sqlalchemy import bindparam, func, select

from data.store import Reading
from data.tables.finance import Shift
from data.tables.life import ValueChange
from data.tables.order import ProductOrder
from data.tables.stock import RechargeCard


class CardSum(Struct, frozen=True):
    """Pieces of one face value (fen): for sale when the shift began, sold here, taken out of sale here as damaged, void
    or given back, gone by others (below nothing: came back), for sale when it ended."""

    face_value: int
    opening: int
    sold: int
    damaged: int
    others: int
    left: int


_c = RechargeCard.table()
_v = ValueChange.table()
_o = ProductOrder.table()
_STOCK = (
    select(_c.c.face_value, func.count())
    .where(_c.c.outlet == bindparam("outlet"), _c.c.state == "idle")
    .group_by(_c.c.face_value)
)
_MOVES = (
    select(_c.c.face_value, _v.c.before, _v.c.after, _o.c.operator, _v.c.made_at, func.count())
    .select_from(_c.join(_v, _v.c.subject == _c.c.serial).join(_o, _o.c.id == _v.c.order_id))
    .where(_c.c.outlet == bindparam("outlet"), _v.c.field == "state", _v.c.made_at >= bindparam("since"))
    .group_by(_c.c.face_value, _v.c.before, _v.c.after, _o.c.operator, _v.c.made_at)
)


def card_sums(reading: Reading, shift: Shift) -> tuple[CardSum, ...]:
    """Each face value that this outlet has, or had, cards of."""
    left: dict[int, int] = {int(v): int(n) for v, n in reading.rows(_STOCK, outlet=shift.outlet)}
    went: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    end = shift.closed_at or "~"
    for value, before, after, operator, made_at, count in reading.rows(
        _MOVES, outlet=shift.outlet, since=shift.opened_at
    ):
        out = count * ((before == "idle") - (after == "idle"))  # back into stock counts against it
        if made_at > end:
            left[value] = left.get(value, 0) + out
            continue
        went[value][_purpose(operator == shift.operator, before, after)] += out
    return tuple(_sum(value, left.get(value, 0), went[value]) for value in sorted({*left, *went}))


def _purpose(here: bool, before: str, after: str) -> str:
    return ("sold" if "sold" in (before, after) else "damaged") if here else "others"


def _sum(value: int, left: int, went: dict[str, Any]) -> CardSum:
    gone = (went["sold"], went["damaged"], went["others"])
    return CardSum(value, left + sum(gone), *gone, left)
