"""The figures of a business day of an outlet, by SQL over what the day left (catalogue F13, M11).

Each of them is derived from what happened on that business date, and from nothing that changes later: an order that is
cancelled on another day stays among those of its own, and counts on the day of its cancelling. So a closed day's
figures are the same whenever they are asked for, which `boss verify` holds; its report is kept as it was signed all the
same (`closing`), since names and stock do change. How they look is in `day`; what is out of the ordinary in
`exceptions`; a shift's figures in `boss_tui.components.till.figures`.
"""

from __future__ import annotations

from typing import Any

from msgspec import Struct
from sqlalchemy import BigInteger, and_, bindparam, case, cast, func, or_, select

from boss_tui.components.till.figures import day_sums, expected_by_shift, outside_sums, safe_sums, suspense_sums
from boss_tui.components.till.sums import Outside, SafeMove, Sum, Takings
from boss_tui.reports.exceptions import Exceptional, exceptions
from boss_tui.reports.extra import Answered, answers
from boss_tui.reports.products import ProductSum, product_sums
from data.message import Message, both
from data.store import Reading
from data.tables.document import PaperDocument
from data.tables.finance import BusinessDay, Shift
from data.tables.life import ValueChange
from data.tables.order import ProductOrder, Subscription
from data.tables.organisation import Outlet
from data.tables.product import Product
from data.tables.sync import JournalEntry

NOTHING = Sum("", 0, 0)


class PaperSum(Struct, frozen=True):
    """What was used of one range of document numbers.

    Attributes:
        kind, code: of the range; first, last: the numbers used on the day.
        normal, void, red: how many documents were in each state when the day ended; a red-letter one is normal.
        missing: numbers between first and last that no document has: 0, or something is wrong.
        amount, tax: fen of those that were not void then: a red one and its red-letter one make nothing together, each
            on the day of its own number.
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


class DayFigures(Struct, frozen=True):
    """A business day.

    Attributes:
        day: its row; outlet: the outlet's name.
        takings: what orders brought; moves: cash that moved otherwise, by purpose.
        outside: what was posted outside of any shift, by business: no drawer and no tender has it, no Z says it.
        safe: cash into the safe and out of it, by purpose.
        orders: orders accepted and fen of each business, those without money too, and those taken back since.
        opened: new subscriptions by plan; `key` is the plan's code and `plans` has its name.
        papers: document numbers used, void, red-lettered.
        shifts: their rows, in the order of opening; `expected`: fen that the books expect now in those still open.
        products: what was sold, product by product, less what was taken back on the day.
        answers: what was typed into fields that managers have added.
        suspense: money in suspense: entries and fen of each act; what went out is below nothing. in_suspense: fen that
            are there at the end of the day.
        exceptions: what a supervisor and an auditor look at first.
        later: invoices drawn on the day of orders that were paid without one, as a sum; the tax in it, which the
            receipts of those orders have said, and their own days.
        journal: where the journal stood at the close, or stands now: epoch, sequence and hash; empty: nowhere.
    """

    day: BusinessDay
    outlet: Message
    takings: Takings
    moves: tuple[Sum, ...]
    outside: tuple[Outside, ...]
    orders: tuple[Sum, ...]
    opened: tuple[Sum, ...]
    plans: dict[str, Message]
    papers: tuple[PaperSum, ...]
    shifts: tuple[Shift, ...]
    exceptions: tuple[Exceptional, ...]
    expected: dict[str, int]
    products: tuple[ProductSum, ...] = ()
    answers: tuple[Answered, ...] = ()
    suspense: tuple[Sum, ...] = ()
    in_suspense: int = 0
    safe: tuple[SafeMove, ...] = ()
    journal: str = ""
    later: Sum = NOTHING
    later_tax: int = 0

    @property
    def difference(self) -> int:
        """Fen over (positive) or short at all closes of the day."""
        return sum(shift.difference for shift in self.shifts)

    @property
    def back(self) -> tuple[Sum, ...]:
        """Orders of whatever day that were cancelled or taken back on this one, and fen, below nothing, by business:
        with what was accepted it makes what was taken."""
        kinds = [one for one in self.exceptions if one.kind in {"cancelled", "reversed"}]
        return tuple(Sum(one.business, one.count, one.amount) for one in kinds)

    @property
    def tax(self) -> int:
        """Fen of tax that arose on the day: that of the shifts, and that of what is stated apart from them."""
        return self.takings.tax + sum(one.tax for one in self.outside)


_o = ProductOrder.table()
_s = Subscription.table()
_d = PaperDocument.table()
_j = JournalEntry.table()
_v = ValueChange.table()
_OUTLET: Any = bindparam("outlet", required=False)
_DAY: Any = bindparam("day", required=False)


def _sum(of: Any) -> Any:
    return cast(func.coalesce(func.sum(of), 0), BigInteger)


def _when(ended: Any, amount: Any = 1) -> Any:
    return _sum(case((ended, amount), else_=0))


_below = _o.c.amount < 0
_ORDERS = (
    select(
        _o.c.business,
        func.count(),
        _sum(_o.c.amount),
        _when(_below),
        _when(_below, _o.c.amount),
    )
    .where(_o.c.outlet == _OUTLET, _o.c.business_date == _DAY, _o.c.reverses.is_(None))
    .group_by(_o.c.business)
    .order_by(_o.c.business)
)
_first_change = (
    select(_v.c.before)
    .where(_v.c.subject == _s.c.id, _v.c.field == "plan")
    .order_by(_v.c.made_at, _v.c.id)
    .limit(1)
    .correlate(_s)
    .scalar_subquery()
)
plan_then = func.coalesce(_first_change, _s.c.plan)
"""The plan that a line was opened with, whatever it has changed to since."""
_OPENED = (
    select(plan_then, func.count(), _sum(_o.c.amount))
    .select_from(_o.join(_s, _s.c.id == _o.c.subscription_id))
    .where(_o.c.outlet == _OUTLET, _o.c.business_date == _DAY, _o.c.business == "C1", _o.c.reverses.is_(None))
    .group_by(plan_then)
    .order_by(plan_then)
)
_on_the_day = _d.c.ended_on == _DAY
_void, _red = and_(_on_the_day, _d.c.state == "void"), and_(_on_the_day, _d.c.state == "red")
_later = and_(_d.c.drawn_later == 1, or_(_d.c.state != "void", _d.c.ended_on != _DAY))
_PAPERS = (
    select(
        _d.c.kind,
        _d.c.code,
        func.min(_d.c.number),
        func.max(_d.c.number),
        _when(or_(_d.c.state == "normal", _d.c.ended_on != _DAY)),
        _when(_void),
        _when(_red),
        func.max(_d.c.number) - func.min(_d.c.number) + 1 - func.count(),
        _sum(_d.c.amount) - _when(_void, _d.c.amount),
        _sum(_d.c.tax) - _when(_void, _d.c.tax),
        _when(_later),
        _when(_later, _d.c.amount),
        _when(_later, _d.c.tax),
    )
    .where(_d.c.outlet == _OUTLET, _d.c.business_date == _DAY)
    .group_by(_d.c.kind, _d.c.code, _d.c.range_id)
    .order_by(_d.c.kind, _d.c.code, func.min(_d.c.number))
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
    orders, papers = reading.rows(_ORDERS, **of), reading.rows(_PAPERS, **of)
    drawn, amount, tax = (sum(row[place] for row in papers) for place in (-3, -2, -1))
    paid_out = [(business, count, fen) for business, _, _, count, fen in orders if count]
    held, in_suspense = suspense_sums(reading, outlet, business_date)
    shifts = tuple(reading.all(Shift, outlet=outlet, business_date=business_date, order=("opened_at",)))
    return DayFigures(
        day=day,
        outlet=both(house.name_zh, house.name_en),
        takings=takings,
        moves=moves,
        outside=outside_sums(reading, outlet, business_date),
        orders=tuple(Sum(*row[:3]) for row in orders),
        opened=opened,
        plans={plan.key: _plan(reading, plan.key) for plan in opened},
        papers=tuple(PaperSum(*row[:-3]) for row in papers),
        shifts=shifts,
        exceptions=exceptions(reading, outlet, business_date, paid_out),
        expected=expected_by_shift(reading, outlet, business_date, shifts),
        products=product_sums(reading, outlet, business_date),
        answers=answers(reading, outlet, business_date),
        suspense=held,
        in_suspense=in_suspense,
        safe=safe_sums(reading, outlet, business_date),
        journal=day.journal_end or _head(reading, of),
        later=Sum("", drawn, amount),
        later_tax=tax,
    )


def _head(reading: Reading, of: dict[str, str]) -> str:
    found = reading.rows(_HEAD, **of)
    return f"{found[0][0]}/{found[0][1]} {found[0][2]}" if found else ""


def _plan(reading: Reading, code: str) -> Message:
    product = reading.find(Product, code=code)
    return both(product.name_zh, product.name_en) if product else both(code, code)
