"""What is out of the ordinary on a business day: what was taken back, given back, allowed, voided, printed again.

Counted by what was done on that date, to whatever day's orders and papers: an order of yesterday that is cancelled
today stands here today. Taken from where each is on record: the running figures (orders cancelled, taken back, allowed
by a supervisor), the orders (paid out), the papers (void, red), the record of acts (copies, drawers, counts made anew,
clock), the counts of shifts and of the safe (over and short) and of the stock (pieces that differ). Source: catalogue
F13, M11.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from msgspec import Struct
from sqlalchemy import BigInteger, bindparam, case, cast, func, literal, select
from sqlalchemy import text as sql

from data.message import Message, say
from data.store import Reading
from data.tables.document import ENDED, PaperDocument
from data.tables.finance import SafeCount, Shift
from data.tables.service import Figure
from data.tables.stock import StockCount, StockPiece
from data.tables.sync import AccessLog

FIGURES: dict[str, Message] = {
    "cancelled": say("Orders cancelled"),
    "reversed": say("Orders taken back"),
    "approved": say("Allowed by a supervisor"),
    "entered_later": say("Entered later from slips"),
}
"""Kinds that the running figures count, by business."""
PAID_OUT = "paid_out"
PAPERS: dict[str, Message] = {
    "void": say("Papers void"),
    "red": say("Papers red-lettered"),
    "void_earlier": say("Papers of earlier days void"),
    "red_earlier": say("Papers of earlier days red-lettered"),
}
OVER, SHORT, SAFE_OVER, SAFE_SHORT, STOCK = "over", "short", "safe_over", "safe_short", "stock"
ACTS: dict[str, Message] = {
    "reprint": say("Copies of papers and reports"),
    "print.lost": say("Papers given up"),
    "print.cancel": say("Papers not printed"),
    "drawer.open": say("Drawer opened without a sale"),
    "count.again": say("Counted again while counting blind"),
    "cash.refused": say("Amounts refused while counting blind"),
    "authority": say("Codes and grants of supervisors used"),
    "clock.vouched": say("Clock vouched for"),
    "store.accept": say("Store accepted as it stands"),
    "staff.unlock": say("Staff unlocked"),
}
"""Kinds that the record of acts has, by the act's name."""
KINDS: dict[str, Message] = {
    **FIGURES,
    PAID_OUT: say("Paid out to customers"),
    **PAPERS,
    OVER: say("Shifts over"),
    SHORT: say("Shifts short"),
    SAFE_OVER: say("Safe over at a count"),
    SAFE_SHORT: say("Safe short at a count"),
    STOCK: say("Kinds of stock that differ at a count"),
    **ACTS,
}
"""All of them, in the order of the report."""


class Exceptional(Struct, frozen=True):
    """One kind of what is out of the ordinary: its key in KINDS, of which business (empty: of none), how often, fen."""

    kind: str
    business: str
    count: int
    amount: int


_f = Figure.table()
_d = PaperDocument.table()
_a = AccessLog.table()
_s = Shift.table()
_v = SafeCount.table()
_k = StockCount.table()
_e = StockPiece.table()
_OUTLET: Any = bindparam("outlet", required=False)
_DAY: Any = bindparam("day", required=False)


def _sum(of: Any) -> Any:
    return cast(func.coalesce(func.sum(of), 0), BigInteger)


_FIGURES = (
    select(_f.c.measure, _f.c.business, _sum(_f.c["count"]), _sum(_f.c.amount))
    .where(_f.c.outlet == _OUTLET, _f.c.business_date == _DAY, _f.c.measure.in_(tuple(FIGURES)))
    .group_by(_f.c.measure, _f.c.business)
)
_PAPERS = (
    select(_d.c.state, (_d.c.business_date < _DAY).label("earlier"), func.count(), func.max(_d.c.amount))
    .where(_d.c.ended_on == _DAY, _d.c.outlet == _OUTLET, sql(ENDED))
    .group_by(_d.c.state, "earlier", func.coalesce(_d.c.order_id, _d.c.id))
)
"""Of each order: invoice and receipt are two papers, and say the same money."""
_ACTS = (
    select(_a.c.act, func.count())
    .where(_a.c.business_date == _DAY, _a.c.outlet == _OUTLET, _a.c.act.in_(tuple(ACTS)))
    .group_by(_a.c.act)
)


def _differing(of: Any, over: str, short: str) -> Any:
    """Counts of the day that were over and short: how many, and fen."""
    return (
        select(case((of.c.difference > 0, over), else_=short).label("side"), func.count(), _sum(of.c.difference))
        .where(of.c.outlet == _OUTLET, of.c.business_date == _DAY, of.c.difference != 0)
        .group_by("side")
    )


_STOCK = (
    select(literal(STOCK), func.count(), literal(0))
    .select_from(_k.join(_e, _e.c.count_id == _k.c.id))
    .where(_k.c.outlet == _OUTLET, _k.c.business_date == _DAY, _e.c.expected != _e.c.counted)
    .having(func.count() > 0)
)
_COUNTS = (_differing(_s, OVER, SHORT), _differing(_v, SAFE_OVER, SAFE_SHORT), _STOCK)
QUESTIONS = (_FIGURES, _PAPERS, _ACTS, *_COUNTS)
"""All that is asked of the store, for those who look at how it is answered."""


def exceptions(
    reading: Reading, outlet: str, business_date: str, paid_out: Iterable[tuple[str, int, int]] = ()
) -> tuple[Exceptional, ...]:
    """What was out of the ordinary on a business date, in the order of KINDS. `paid_out`: of each business the orders
    that paid money out, and fen."""
    of = {"outlet": outlet, "day": business_date}
    found = [Exceptional(kind, business, n, fen) for kind, business, n, fen in reading.rows(_FIGURES, **of)]
    found += [Exceptional(PAID_OUT, business, n, fen) for business, n, fen in paid_out]
    found += _papers(reading, of)
    found += [Exceptional(kind, "", n, fen) for asked in _COUNTS for kind, n, fen in reading.rows(asked, **of)]
    found += [Exceptional(act, "", n, 0) for act, n in reading.rows(_ACTS, **of)]
    places = list(KINDS)
    return tuple(sorted(found, key=lambda one: (places.index(one.kind), one.business)))


def _papers(reading: Reading, of: dict[str, str]) -> list[Exceptional]:
    """Papers that ended: how many, and the money of their orders, each once."""
    sums: dict[str, tuple[int, int]] = {}
    for state, earlier, n, fen in reading.rows(_PAPERS, **of):
        kind = f"{state}_earlier" if earlier else state
        papers, money = sums.get(kind, (0, 0))
        sums[kind] = papers + n, money - fen
    return [Exceptional(kind, "", n, fen) for kind, (n, fen) in sums.items() if kind in PAPERS]
