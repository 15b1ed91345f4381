"""The figures of a business day of an outlet, by SQL over what the day left (catalogue F13, M11).

Read them in the transaction that closes the day, and the last sale of the closing minute is in them. How they look is
in `day`; the figures of a shift are in `boss_tui.components.till_figures`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import BigInteger, bindparam, case, cast, func, select

from boss_tui.components.till_figures import Sum, Takings, day_sums, expected_cash
from data.message import Message, both
from data.store import Reading
from data.tables.document import PaperDocument
from data.tables.finance import BusinessDay, Shift
from data.tables.order import ProductOrder, Subscription
from data.tables.organisation import Outlet
from data.tables.product import Product
from data.tables.service import Figure
from data.tables.sync import JournalEntry

NOTHING = Sum("", 0, 0)


@dataclass(frozen=True, slots=True)
class PaperSum:
    """What was used of one range of document numbers.

    Attributes:
        kind, code: of the range; first, last: the numbers used on the day.
        normal, void, red: how many documents are in each state now; a red-letter one is normal.
        missing: numbers between first and last that no document has: 0, or something is wrong.
        amount, tax: fen of those that are not void: a red one and its red-letter one make nothing together, each on
            the day of its own number.
    """

    kind: str
    code: str
    first: int
    last: int
    normal: int
    void: int
    red: int
    missing: int
    amount: int
    tax: int


@dataclass(frozen=True, slots=True)
class JournalPlace:
    """Where the journal stood: epoch, sequence, hash of the newest entry of the day."""

    epoch: int
    seq: int
    hash: str


@dataclass(frozen=True, slots=True)
class DayFigures:
    """A business day.

    Attributes:
        day: its row; outlet: the outlet's name.
        takings: what orders brought; moves: cash that moved otherwise, by purpose.
        orders: orders and fen of each business, those without money too, and those that were cancelled since: the
            figures of a day that was signed never change.
        cancelled: orders of any day that were cancelled on this one, and fen, below nothing, of each business.
        opened: new subscriptions by plan; `key` is the plan's code and `plans` has its name.
        papers: document numbers used, void, red-lettered.
        shifts: their rows, in the order of opening; `expected`: fen that the books expect now in those still open.
        later: invoices drawn on the day of orders that were paid without one, as a sum; the tax in it, which the
            receipts of those orders have said, and their own days.
        journal: its newest entry of the day; None when there is none.
    """

    day: BusinessDay
    outlet: Message
    takings: Takings
    moves: tuple[Sum, ...]
    orders: tuple[Sum, ...]
    cancelled: tuple[Sum, ...]
    opened: tuple[Sum, ...]
    plans: dict[str, Message]
    papers: tuple[PaperSum, ...]
    shifts: tuple[Shift, ...]
    journal: JournalPlace | None
    expected: dict[str, int]
    later: Sum = NOTHING
    later_tax: int = 0

    @property
    def difference(self) -> int:
        """Fen over (positive) or short at all closes of the day."""
        return sum(shift.difference for shift in self.shifts)


_o: Any = ProductOrder.__table__  # type: ignore[attr-defined]
_s: Any = Subscription.__table__  # type: ignore[attr-defined]
_d: Any = PaperDocument.__table__  # type: ignore[attr-defined]
_j: Any = JournalEntry.__table__  # type: ignore[attr-defined]
_OUTLET: Any = bindparam("outlet", required=False)
_DAY: Any = bindparam("day", required=False)
_f: Any = Figure.__table__  # type: ignore[attr-defined]
_CALLED_OFF = ("failed", "rejected")


def _sum(of: Any) -> Any:
    return cast(func.coalesce(func.sum(of), 0), BigInteger)


def _when(state: str, amount: Any = 1) -> Any:
    return _sum(case((_d.c.state == state, amount), else_=0))


_ORDERS = (
    select(_o.c.business, func.count(), _sum(_o.c.amount))
    .where(_o.c.outlet == _OUTLET, _o.c.business_date == _DAY, _o.c.state.not_in(_CALLED_OFF))
    .group_by(_o.c.business)
    .order_by(_o.c.business)
)
_OPENED = (
    select(_s.c.plan, func.count(), _sum(_o.c.amount))
    .select_from(_o.join(_s, _s.c.id == _o.c.subscription_id))
    .where(_o.c.outlet == _OUTLET, _o.c.business_date == _DAY, _o.c.business == "C1", _o.c.state.not_in(_CALLED_OFF))
    .group_by(_s.c.plan)
    .order_by(_s.c.plan)
)
_CANCELLED = (
    select(_f.c.business, cast(func.sum(_f.c["count"]), BigInteger), _sum(_f.c.amount))
    .where(_f.c.outlet == _OUTLET, _f.c.business_date == _DAY, _f.c.measure == "cancelled")
    .group_by(_f.c.business)
    .order_by(_f.c.business)
)
_PAPERS = (
    select(
        _d.c.kind, _d.c.code, func.min(_d.c.number), func.max(_d.c.number),
        _when("normal"), _when("void"), _when("red"), func.max(_d.c.number) - func.min(_d.c.number) + 1 - func.count(),
        _sum(_d.c.amount) - _when("void", _d.c.amount), _sum(_d.c.tax) - _when("void", _d.c.tax),
    )
    .where(_d.c.outlet == _OUTLET, _d.c.business_date == _DAY)
    .group_by(_d.c.kind, _d.c.code, _d.c.range_id)
    .order_by(_d.c.kind, _d.c.code, func.min(_d.c.number))
)  # fmt: skip
_LATER = select(func.count(), _sum(_d.c.amount), _sum(_d.c.tax)).where(
    _d.c.outlet == _OUTLET, _d.c.business_date == _DAY, _d.c.drawn_later == 1, _d.c.state != "void"
)
_HEAD = (
    select(_j.c.epoch, _j.c.seq, _j.c.hash)
    .where(_j.c.outlet == _OUTLET, _j.c.business_date == _DAY)
    .order_by(_j.c.outlet.desc(), _j.c.epoch.desc(), _j.c.seq.desc())
    .limit(1)
)


def day_figures(reading: Reading, outlet: str, business_date: str) -> DayFigures:
    """The figures of a business day, open or closed. NotFound when the outlet has no such day."""
    day = reading.one(BusinessDay, outlet=outlet, business_date=business_date)
    house = reading.one(Outlet, code=outlet)
    of = {"outlet": outlet, "day": business_date}
    takings, moves = day_sums(reading, outlet, business_date)
    opened = tuple(Sum(*row) for row in reading.rows(_OPENED, **of))
    journal = reading.rows(_HEAD, **of)
    ((drawn, amount, tax),) = reading.rows(_LATER, **of)
    shifts = tuple(reading.all(Shift, outlet=outlet, business_date=business_date, order=("opened_at",)))
    return DayFigures(
        day=day,
        outlet=both(house.name_zh, house.name_en),
        takings=takings,
        moves=moves,
        orders=tuple(Sum(*row) for row in reading.rows(_ORDERS, **of)),
        cancelled=tuple(Sum(*row) for row in reading.rows(_CANCELLED, **of)),
        opened=opened,
        plans={plan.key: _plan(reading, plan.key) for plan in opened},
        papers=tuple(PaperSum(*row) for row in reading.rows(_PAPERS, **of)),
        shifts=shifts,
        journal=JournalPlace(*journal[0]) if journal else None,
        expected={shift.id: expected_cash(reading, shift) for shift in shifts if shift.state != "closed"},
        later=Sum("", drawn, amount),
        later_tax=tax,
    )


def _plan(reading: Reading, code: str) -> Message:
    product = reading.find(Product, code=code)
    return both(product.name_zh, product.name_en) if product else both(code, code)
