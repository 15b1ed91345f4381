"""Whatever is sold, moved, counted and closed, in any order: the books balance and all reports agree to the fen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from boss_tui.components.ledger import ledger_checks
from boss_tui.components.till import drawers
from boss_tui.components.till import shifts as till
from boss_tui.components.till.cash import IN, cash_in, cash_out, safe_balance
from boss_tui.components.till.figures import x_figures
from boss_tui.components.till.sums import ShiftFigures
from boss_tui.reports.figures import DayFigures, day_figures
from data.errors import NotAllowed
from data.store import Store, UnitOfWork
from data.tables.account import BalanceBucket
from data.tables.finance import Shift
from data.tables.organisation import Operator
from tests.boss_tui.components import books
from tests.boss_tui.components.books import CLERK, COLLEAGUE, OTHER_TILL, OUTLET, SUPERVISOR, TILL, pieces
from tests.tiers import nightly

pytestmark = pytest.mark.whole  # each example works in a file of its own

ITEMS = ("number_fee", "handset", "prepay")
THIRD = "1003"
amounts = st.integers(1, 200_000)
tills = st.sampled_from([TILL, OTHER_TILL])
sales = st.tuples(
    st.just("sale"),
    tills,
    st.sampled_from(ITEMS),
    amounts,
    st.integers(0, 100),
    st.sampled_from(["card", "cheque", "transfer"]),
)
refunds = st.tuples(st.just("refund"), tills, st.sampled_from(ITEMS), amounts)
moves = st.tuples(st.sampled_from(["change", "return", "drop", "expense"]), tills, amounts)
closes = st.tuples(st.just("close"), tills, st.integers(-5000, 5000))
pauses = st.tuples(st.just("pause"), tills)
hands = st.tuples(st.just("hand"), tills, st.integers(-900, 900))
steps = st.lists(st.one_of(sales, sales, refunds, moves, closes, pauses, hands), max_size=14)


@dataclass
class Hall:
    """A store, its running date, and what the tests themselves expect of the day."""

    store: Store
    date: date = date(2026, 11, 23)
    z: Counter[str] = field(default_factory=Counter)
    cash: Counter[str] = field(default_factory=Counter)
    tenders: Counter[str] = field(default_factory=Counter)
    items: Counter[str] = field(default_factory=Counter)
    moved: Counter[str] = field(default_factory=Counter)
    bucket: int = 0
    over: int = 0
    safe: int = books.RESERVE

    def new_day(self) -> None:
        """Close what an example before left open, and open the next date."""
        with books.writing(self.store) as tx:
            for shift in tx.all(Shift, state="open"):
                self.safe += close(tx, shift, 0).counted_cash
                self.z[shift.till] += 1
            day = till.today(tx, OUTLET)
            if day is not None:
                till.close_day(tx, OUTLET, day.business_date, SUPERVISOR)
            self.date += timedelta(days=1)
            tx.clock.move(days=1)  # type: ignore[attr-defined]
            till.open_day(tx, OUTLET, self.date.isoformat(), CLERK, approved_by=SUPERVISOR)
            self.bucket = tx.one(BalanceBucket, id="one").amount
        self.over = 0
        for counter in (self.cash, self.tenders, self.items, self.moved):
            counter.clear()


def close(tx: UnitOfWork, shift: Shift, difference: int) -> Shift:
    """Close a shift with a count that differs by so much, as far as cash can."""
    counted = max(0, till.expected_cash(tx, shift) + difference)
    return till.close_shift(
        tx, shift, pieces(counted), closed_by=shift.operator, reason="多退少补", approved_by=SUPERVISOR
    )


@pytest.fixture(scope="module", params=["sqlite", *nightly("postgresql")])
def place(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    if request.param == "sqlite":
        folder: Path = tmp_path_factory.mktemp("agreement")
        url = f"sqlite:///{folder}/hall.db"
    else:
        url = request.getfixturevalue("postgres_databases")("template1")
    store = books.make(url)
    books.reserve(store)
    with books.writing(store) as tx:
        tx.add(Operator, staff_no=THIRD, outlet=OUTLET, name="周婷", role="clerk", password_hash="-")
    yield Hall(store)
    store.close()


def shift_for(tx: UnitOfWork, hall: Hall, at: str) -> Shift:
    """The till's open shift; a new one with a float of 100 yuan where there is none."""
    running = till.shift_at(tx, at)
    if running is not None:
        return running
    operator = CLERK if at == TILL else COLLEAGUE
    hall.cash[at] = 10000
    hall.moved["float"] += 10000
    hall.safe -= 10000
    return till.open_shift(tx, outlet=OUTLET, till=at, operator=operator, float_amount=10000)


def act(tx: UnitOfWork, hall: Hall, step: tuple[Any, ...]) -> None:
    """Do one step in the store, and in what the test expects."""
    what, at, *more = step
    shift = shift_for(tx, hall, at)
    if what == "sale":
        sell(tx, hall, shift, *more)
    elif what == "refund":
        item, amount = more
        amount = min(amount, hall.cash[at], hall.bucket if item == "prepay" else amount)
        if amount:
            sell(tx, hall, shift, item, -amount, 100, "card")
    elif what == "close":
        closed = close(tx, shift, more[0])
        hall.z[at] += 1
        hall.over += closed.difference
        hall.moved["difference"] += closed.difference
        hall.moved["handover"] -= closed.counted_cash
        hall.safe += closed.counted_cash
        assert (closed.z_number, closed.expected_cash) == (hall.z[at], hall.cash[at])
    elif what == "pause":
        paused = drawers.suspend(tx, shift, operator=shift.operator)
        assert drawers.resume(tx, paused, at, operator=shift.operator).state == "open"
    elif what == "hand":
        hand_over(tx, hall, shift, more[0])
    else:
        move(tx, hall, shift, what, more[0])


def hand_over(tx: UnitOfWork, hall: Hall, shift: Shift, difference: int) -> None:
    """The drawer goes to the third clerk, or to the till's own where the third has one."""
    at, third_is_free = shift.till, till.running_of(tx, OUTLET, THIRD) is None
    to = THIRD if third_is_free else CLERK if at == TILL else COLLEAGUE
    if to == shift.operator:
        return
    counts = pieces(max(0, hall.cash[at] + difference))
    ended, begun = drawers.hand_over(
        tx, shift, counts, to=to, till=at, closed_by=shift.operator, reason="交接", approved_by=SUPERVISOR
    )
    assert (begun.float_amount, ended.expected_cash) == (ended.counted_cash, hall.cash[at])
    hall.z[at] += 1
    hall.over += ended.difference
    hall.moved["difference"] += ended.difference
    hall.moved["handover"] -= ended.counted_cash
    hall.moved["float"] += ended.counted_cash
    hall.cash[at] = ended.counted_cash


def sell(tx: UnitOfWork, hall: Hall, shift: Shift, *step: Any) -> None:
    """A sale of one item: so many percent in cash, the rest by another tender."""
    item, amount, percent, other = step
    cash = amount * percent // 100
    tax = 0 if item == "prepay" else amount * 9 // 109
    tenders = {kind: part for kind, part in (("cash", cash), (other, amount - cash)) if part}
    books.sale(tx, shift, [(item, amount, tax)], tenders, bucket="one")
    hall.cash[shift.till] += cash
    hall.tenders.update(tenders)
    hall.items[item] += amount
    hall.bucket += amount if item == "prepay" else 0


def move(tx: UnitOfWork, hall: Hall, shift: Shift, purpose: str, amount: int) -> None:
    """Cash in or out; taking out more than is there is refused and changes nothing."""
    if purpose in IN:
        cash_in(tx, shift, amount, purpose=purpose, note="测试", operator=shift.operator, approved_by=SUPERVISOR)
    elif amount > hall.cash[shift.till]:
        with pytest.raises(NotAllowed):
            cash_out(tx, shift, amount, purpose=purpose, note="测试", operator=shift.operator, approved_by=SUPERVISOR)
        return
    else:
        cash_out(tx, shift, amount, purpose=purpose, note="测试", operator=shift.operator, approved_by=SUPERVISOR)
        amount = -amount
    hall.cash[shift.till] += amount
    hall.moved[purpose] += amount
    hall.safe -= amount if purpose in {"change", "drop"} else 0


def plain(found: Any, of: str = "key") -> dict[str, int]:
    return {getattr(each, of): each.amount for each in found if each.amount}


def some(counter: Counter[str]) -> dict[str, int]:
    return {key: amount for key, amount in counter.items() if amount}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(todo=steps)
def test_everything_agrees(place: Hall, todo: list[tuple[Any, ...]]) -> None:
    place.new_day()
    for step in todo:
        with books.writing(place.store) as tx:
            act(tx, place, step)
    with place.store.reading() as reading:
        day = day_figures(reading, OUTLET, place.date.isoformat())
        shifts = [x_figures(reading, shift) for shift in day.shifts]
        numbers = sorted((s.till, s.z_number) for s in reading.all(Shift, state="closed"))
        assert ledger_checks.unbalanced(reading) == []
        assert ledger_checks.totals_that_differ(reading) == []
        assert ledger_checks.buckets_that_differ(reading) == []
        assert reading.one(BalanceBucket, id="one").amount == place.bucket
        assert safe_balance(reading, OUTLET) == place.safe
    assert numbers == [(at, number) for at in sorted(place.z) for number in range(1, place.z[at] + 1)]
    agrees_with_the_model(place, day)
    shifts_agree_with_the_day(day, shifts)
    for shift in shifts:
        if shift.shift.state == "open":
            assert shift.expected == place.cash[shift.shift.till]


def agrees_with_the_model(place: Hall, day: DayFigures) -> None:
    assert plain(day.takings.tenders) == some(place.tenders)
    assert plain(day.takings.items, "item") == some(place.items)
    assert plain(day.moves) == some(place.moved)
    assert day.difference == place.over
    assert sum(each.amount for each in day.takings.businesses) == day.takings.total
    assert sum(each.amount for each in day.takings.operators) == day.takings.total
    assert sum(each.amount for each in day.takings.items) == day.takings.total
    assert plain(day.orders) == plain(day.takings.businesses)
    assert sum(each.count for each in day.orders) == day.takings.orders


def shifts_agree_with_the_day(day: DayFigures, shifts: list[ShiftFigures]) -> None:
    for of, key in (("tenders", "key"), ("businesses", "key"), ("operators", "key"), ("items", "item")):
        summed: Counter[str] = Counter()
        for shift in shifts:
            summed.update(plain(getattr(shift.takings, of), key))
        assert some(summed) == plain(getattr(day.takings, of), key)
    for shift in shifts:
        cash = plain(shift.takings.tenders).get("cash", 0)
        assert shift.expected == cash + sum(move.amount for move in shift.moves)
        if shift.shift.state == "closed":
            assert shift.expected == shift.shift.expected_cash
            assert shift.shift.counted_cash == sum(denomination * count for denomination, count in shift.counts)
