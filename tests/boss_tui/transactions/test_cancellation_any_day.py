"""Sales, failures and cancellations in any order, and programs that die in the middle: books and stock stay whole."""

from __future__ import annotations

import os
import random
import signal
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from boss_tui.answers.business import Outcome, Tender
from boss_tui.chores.completion import complete_finished
from boss_tui.components.till.figures import x_figures
from boss_tui.components.till.shifts import expected_cash, shift_at
from boss_tui.desk import Desk, Station
from boss_tui.network import rows
from boss_tui.reports.figures import day_figures
from boss_tui.verify import verify
from data.clock import SystemClock
from data.errors import NotAllowed
from data.journal import Author
from data.message import say
from data.store import Store, UnitOfWork
from data.tables.finance import BusinessDay, Payment, Shift
from data.tables.network import WorkOrder
from data.tables.order import ProductOrder
from data.tables.resource import PhoneNumber, SimCard
from tests.engines import Copy, Engine
from tests.hall import FACTS, FLOAT, Hall, numbered
from tests.tiers import NIGHTLY

pytestmark = [pytest.mark.both_engines(NIGHTLY), pytest.mark.whole]  # each example has a hall of its own

OTHER = "HZ0102"
WHY = "网络开不通"
sales = st.tuples(st.just("sell"), st.booleans(), st.integers(0, 100), st.integers(0, 30_000))
cancels = st.tuples(st.just("cancel"), st.booleans(), st.integers(0, 9))
network = st.tuples(st.sampled_from(["done", "failed"]), st.integers(0, 9))
deaths = st.tuples(st.just("die"), st.integers(0, 9), st.integers(1, 60))
steps = st.lists(st.one_of(sales, sales, cancels, cancels, network, deaths), min_size=2, max_size=7)


class Died(BaseException):
    """The program was killed."""


@dataclass
class Day:
    """A hall, and what the test itself expects of it."""

    hall: Hall
    other: Desk
    cash: Counter[str] = field(default_factory=Counter)
    tenders: Counter[str] = field(default_factory=Counter)
    open: list[tuple[Outcome, int]] = field(default_factory=list)
    living: int = 0
    cancelled: int = 0

    def at(self, elsewhere: bool) -> tuple[Desk, str]:
        return (self.other, OTHER) if elsewhere else (self.hall.desk, FACTS.counter)


def sell(day: Day, elsewhere: bool, percent: int, over: int) -> None:
    desk, till = day.at(elsewhere)
    view = desk.forms.begin("C1")
    view = desk.forms.fill(view.id, {**desk.forms.example("C1"), "prepayment": f"{over / 100:.2f}"})
    card = view.quote.due * percent // 100
    cash = view.quote.due - card
    tenders = [numbered("card", card, view)] if card else []
    tenders += [Tender("cash", cash + over)] if cash else []
    day.open.append((desk.orders.complete(view.id, tenders), cash))
    day.cash[till] += cash
    day.tenders.update(cash=cash, card=card)
    day.living += 1


def pick(day: Day, which: int) -> tuple[Outcome, int] | None:
    return day.open[which % len(day.open)] if day.open else None


def cancel(day: Day, elsewhere: bool, which: int) -> None:
    """Cancelled, unless the till has not so much cash; a second time brings the same."""
    chosen = pick(day, which)
    if chosen is None:
        return
    (sold, cash), (desk, till) = chosen, day.at(elsewhere)
    if cash > day.cash[till]:
        with pytest.raises(NotAllowed, match="not so much cash"):
            desk.orders.cancel(sold.serial, WHY, FACTS.supervisor, FACTS.password)
        return
    first = desk.orders.cancel(sold.serial, WHY, FACTS.supervisor, FACTS.password)
    assert (first.due, first.change) == (-sold.due, cash)
    assert desk.orders.cancel(sold.serial, "again", FACTS.supervisor, FACTS.password) == first
    undone(day, chosen, till)


def answer(day: Day, state: str, which: int) -> None:
    """The network does all of an order, or refuses its first work order."""
    chosen = pick(day, which)
    if chosen is None:
        return
    with day.hall.store.transaction(Author(FACTS.outlet, "test", "network")) as tx:
        for work in tx.all(WorkOrder, order_id=chosen[0].order_id, state="open", kind="automatic"):
            if state == "done":
                rows.finish(tx, work, "HLR01")
            else:
                rows.fail(tx, work, say("The element refused: {code} {text}", code="13", text="no"))
    if state == "done" and complete_finished(day.hall.store, FACTS.outlet):
        day.open.remove(chosen)


def die(day: Day, which: int, nth: int) -> None:
    """The program dies at the nth write of a cancellation: nothing of it stands."""
    chosen = pick(day, which)
    if chosen is None or chosen[1] > day.cash[FACTS.counter]:
        return
    with Dying(nth) as died, suppress(Died):
        day.hall.desk.orders.cancel(chosen[0].serial, WHY, FACTS.supervisor, FACTS.password)
    if not died:  # it has fewer writes: it is done
        undone(day, chosen, FACTS.counter)


def undone(day: Day, chosen: tuple[Outcome, int], till: str) -> None:
    """What the test expects after a cancellation."""
    sold, cash = chosen
    day.open.remove(chosen)
    day.cash[till] -= cash
    day.tenders.update(cash=-cash, card=cash - sold.due)
    day.living -= 1
    day.cancelled += 1


class Dying:
    """While it lasts, the nth write of a unit of work dies. Answers a list that is filled when it did."""

    def __init__(self, nth: int) -> None:
        self.left, self.died = nth, list[int]()
        self.patch = pytest.MonkeyPatch()

    def __enter__(self) -> list[int]:
        for name in ("add", "change", "increase"):
            self.patch.setattr(UnitOfWork, name, self._counted(getattr(UnitOfWork, name)))
        return self.died

    def _counted(self, method: Any) -> Any:
        def write(*args: Any, **values: Any) -> Any:
            self.left -= 1
            if self.left == 0:
                self.died.append(1)
                raise Died
            return method(*args, **values)

        return write

    def __exit__(self, *_: object) -> None:
        self.patch.undo()


def judge(day: Day, stock: tuple[int, int]) -> None:
    """The books, the stock and the reports are what the test expects, and all that always holds, holds."""
    with day.hall.store.reading() as reading:
        assert verify(reading) == []
        for till, cash in ((FACTS.counter, day.cash[FACTS.counter]), (OTHER, day.cash[OTHER])):
            shift = shift_at(reading, till)
            assert shift is not None
            assert expected_cash(reading, shift) == cash
        date = reading.one(BusinessDay, outlet=FACTS.outlet, state="open").business_date
        shifts = [x_figures(reading, one) for one in reading.all(Shift, outlet=FACTS.outlet, business_date=date)]
        figures = day_figures(reading, FACTS.outlet, date)
        idle = len(reading.all(PhoneNumber, outlet=FACTS.outlet, state="idle"))
        cards = len(reading.all(SimCard, outlet=FACTS.outlet, state="in_stock"))
    assert (idle, cards) == (stock[0] - day.living, stock[1] - day.living)
    assert {sum_.key: sum_.amount for sum_ in figures.takings.tenders if sum_.amount} == +day.tenders
    assert min(day.tenders.values(), default=0) >= 0
    assert sum(shift.takings.total for shift in shifts) == figures.takings.total
    assert sum(o.amount for o in figures.orders) + sum(c.amount for c in figures.back) == figures.takings.total
    assert sum(each.count for each in figures.back) == day.cancelled


@settings(
    max_examples=settings().max_examples // 8,
    deadline=None,
    phases=[Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(todo=steps)
def test_books_and_stock_stay_whole(hall_template: Copy, todo: list[tuple[Any, ...]]) -> None:
    with tempfile.TemporaryDirectory(prefix="boss-cancel-") as folder:
        hall = Hall.copied(hall_template, Path(folder))
        other = hall.counter("1002", OTHER)
        other.till.open_shift(FLOAT)
        day = Day(hall, other, Counter({FACTS.counter: FLOAT, OTHER: FLOAT}))
        stock = (
            len(hall.rows(PhoneNumber, outlet=FACTS.outlet, state="idle")),
            len(hall.rows(SimCard, outlet=FACTS.outlet, state="in_stock")),
        )
        acts: dict[str, Callable[..., None]] = {"sell": sell, "cancel": cancel, "die": die}
        for what, *values in todo:
            if what in acts:
                acts[what](day, *values)
            else:
                answer(day, what, *values)
        judge(day, stock)
        hall.store.close()


# killed


@pytest.fixture
def sold(hall_template: Copy, tmp_path: Path) -> tuple[str, list[str]]:
    """A hall's URL with some openings in it, to be cancelled by processes of their own."""
    hall = Hall.copied(hall_template, tmp_path)
    serials = [hall.open_account(services="CLIP").serial for _ in range(3)]
    hall.store.close()
    return hall.store.url, serials


def state(url: str, serial: str) -> tuple[str, int]:
    """An order's state and how many payments it has; after all was judged."""
    store = Store(url, clock=SystemClock())
    with store.reading() as reading:
        assert [found for found in verify(reading) if found.rule != "draft ends with its time"] == []
        order = reading.one(ProductOrder, serial=serial)
        payments = len(reading.all(Payment, order_id=order.id))
    store.close()
    return order.state, payments


@pytest.mark.kills
def test_a_process_killed_at_any_moment_leaves_all_or_nothing(
    sold: tuple[str, list[str]], engine: Engine, tmp_path: Path
) -> None:
    url, serials = sold
    chance = random.Random(20261123)
    for number in range(10):
        copy = engine.copy(url, tmp_path, f"copy{number}")
        serial = serials[number % len(serials)]
        pid, ready = _canceller(copy, serial)
        os.read(ready, 1)  # it is about to begin
        time.sleep(chance.uniform(0.0, 0.12))
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        os.close(ready)
        assert state(copy, serial) in {("inProgress", 1), ("cancelled", 2)}


def _canceller(url: str, serial: str) -> tuple[int, int]:
    """Fork a process that cancels an order; what it writes a byte to before it begins."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid:
        os.close(writing)
        return pid, reading
    try:
        store = Store(url, clock=SystemClock())
        desk = Desk(store, Station(FACTS.outlet, FACTS.counter))
        desk.signing.sign_on(FACTS.clerk, FACTS.password)
        os.write(writing, b"!")
        desk.orders.cancel(serial, WHY, FACTS.supervisor, FACTS.password)
    finally:
        os._exit(0)


def test_dead_at_each_write_it_leaves_nothing(hall: Hall) -> None:
    """Every write of one cancellation, one after the other; then it is done as if nothing had been."""
    opened = hall.open_account(services="VMAIL, CLIP")
    before = hall.rows(Payment), hall.rows(PhoneNumber), hall.rows(WorkOrder)
    for nth in range(1, 200):
        with Dying(nth) as died, suppress(Died):
            hall.desk.orders.cancel(opened.serial, WHY, FACTS.supervisor, FACTS.password)
        if not died:
            break
        assert (hall.rows(Payment), hall.rows(PhoneNumber), hall.rows(WorkOrder)) == before
        assert hall.rows(ProductOrder, id=opened.order_id)[0].state == "inProgress"
    assert nth > 30
    assert hall.rows(ProductOrder, id=opened.order_id)[0].state == "cancelled"
    with hall.store.reading() as reading:
        assert verify(reading) == []
