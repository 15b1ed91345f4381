"""Business days, shifts, cash in and out, and the count at the end."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from boss_tui.components.ledger import ledger_checks
from boss_tui.components.ledger.ledger import CASH, OVER_SHORT, SAFE, Leg
from boss_tui.components.till import cash
from boss_tui.components.till import shifts as till
from boss_tui.components.till.figures import expected_cash, x_figures
from boss_tui.components.till.sums import Sum
from boss_tui.sync.outbox import set_head
from data.errors import Conflict, NotAllowed
from data.message import say
from data.store import Store
from data.tables.finance import BusinessDay, RunningTotal, Shift, ShiftCount
from data.tables.tariff import ChargeItem
from tests.boss_tui.components.books import (
    CLERK,
    COLLEAGUE,
    DAY,
    NEXT_DAY,
    OTHER_TILL,
    OUTLET,
    SUPERVISOR,
    TILL,
    entry,
    reserve,
    sale,
    writing,
)


@pytest.fixture(autouse=True)
def safe(store: Store) -> None:
    """There is cash in the safe."""
    reserve(store)


def opened(store: Store, float_amount: int = 20000, at: str = TILL) -> Shift:
    with writing(store) as tx:
        if till.today(tx, OUTLET) is None:
            till.open_day(tx, OUTLET, DAY, CLERK)
        return till.open_shift(tx, outlet=OUTLET, till=at, operator=CLERK, float_amount=float_amount)


def close(store: Store, shift: Shift, counts: Mapping[int, int], closed_by: str = CLERK, **more: Any) -> Shift:
    with writing(store) as tx:
        return till.close_shift(tx, shift, counts, closed_by=closed_by, **more)


def expected(store: Store, shift: Shift) -> int:
    with store.reading() as reading:
        return expected_cash(reading, shift)


def balance(store: Store, account: str, at: str = TILL) -> int:
    with store.reading() as reading:
        row = reading.find(RunningTotal, outlet=OUTLET, business_date=DAY, till=at, account=account)
        return row.amount if row else 0


def test_a_whole_shift(store: Store) -> None:
    shift = opened(store)
    with writing(store) as tx:
        sale(tx, shift, [("number_fee", 5000, 300)], {"cash": 5000})
        sale(tx, shift, [("handset", 99900, 0)], {"cash": 50000, "card": 49900})
        sale(tx, shift, [("number_fee", -5000, -300)], {"cash": -5000})
        cash.cash_out(tx, shift, 30000, purpose="drop", note="到保险柜", operator=CLERK)
        cash.cash_out(tx, shift, 1500, purpose="expense", note="打印纸", operator=CLERK)
        cash.cash_in(tx, shift, 10000, purpose="change", note="零钱", operator=CLERK)
    assert expected(store, shift) == 20000 + 50000 - 30000 - 1500 + 10000
    closed = close(store, shift, {10000: 4, 5000: 1, 1000: 3, 500: 1})
    assert (closed.z_number, closed.expected_cash, closed.counted_cash, closed.difference) == (1, 48500, 48500, 0)
    assert balance(store, CASH) == 0
    assert balance(store, SAFE) == 50000 - 1500
    with store.reading() as reading:
        z = x_figures(reading, closed)
        assert z.expected == 48500
        assert z.counts == ((10000, 4), (5000, 1), (1000, 3), (500, 1))
        assert z.takings.tenders == (Sum("cash", 3, 50000), Sum("card", 1, 49900))
        assert [(item.item, item.net, item.tax) for item in z.takings.items] == [
            ("handset", 99900, 0),
            ("number_fee", 0, 0),
        ]
        assert z.takings.orders == 3
        assert z.operator == "王芳"
        assert {move.key: move.amount for move in z.moves} == {
            "float": 20000,
            "drop": -30000,
            "expense": -1500,
            "change": 10000,
        }
        assert ledger_checks.unbalanced(reading) == []
        assert ledger_checks.totals_that_differ(reading) == []


def test_a_shift_without_a_sale_or_a_float_closes(store: Store) -> None:
    closed = close(store, opened(store, 0), {})
    assert (closed.z_number, closed.counted_cash, closed.difference) == (1, 0, 0)


def test_a_difference_needs_a_reason_and_goes_to_over_and_short(store: Store) -> None:
    shift = opened(store)
    with pytest.raises(NotAllowed, match="give a reason") as refused:
        close(store, shift, {10000: 2, 500: 1})
    assert refused.value.field == "reason"
    assert "200" not in str(refused.value)  # a blind count: what was expected is not told
    closed = close(store, shift, {10000: 2, 500: 1}, reason="找零时多收")
    assert closed.difference == 500
    assert balance(store, OVER_SHORT) == -500
    assert balance(store, CASH) == 0
    assert balance(store, SAFE) == 500


@pytest.mark.parametrize("approver", ["", CLERK, COLLEAGUE, "nobody"])
def test_a_large_difference_needs_a_supervisor(store: Store, approver: str) -> None:
    shift = opened(store)
    with pytest.raises(NotAllowed) as refused:
        close(store, shift, {10000: 1}, reason="不明", approved_by=approver)
    assert refused.value.field == "approved_by"
    closed = close(store, shift, {10000: 1}, reason="不明", approved_by=SUPERVISOR)
    assert (closed.difference, closed.approved_by) == (-10000, SUPERVISOR)


def test_a_supervisor_does_not_approve_their_own_difference(store: Store) -> None:
    with writing(store) as tx:
        till.open_day(tx, OUTLET, DAY, SUPERVISOR)
        shift = till.open_shift(tx, outlet=OUTLET, till=TILL, operator=SUPERVISOR, float_amount=20000)
    for approver in ("", SUPERVISOR):
        with pytest.raises(NotAllowed, match="a supervisor must approve"):
            close(store, shift, {10000: 1}, closed_by=SUPERVISOR, reason="不明", approved_by=approver)


def test_an_item_that_changed_its_account_is_summed_over_both(store: Store) -> None:
    shift = opened(store)
    with writing(store) as tx:
        sale(tx, shift, [("number_fee", 5000, 300)], {"cash": 5000})
        tx.change(tx.one(ChargeItem, code="number_fee"), ledger_account="6003")
        sale(tx, shift, [("number_fee", 3000, 0)], {"cash": 3000})
    with store.reading() as reading:
        items = x_figures(reading, shift).takings.items
    assert [(item.item, item.net, item.tax) for item in items] == [("number_fee", 7700, 300)]


def test_the_limit_is_the_houses(store: Store) -> None:
    shift = opened(store)
    with pytest.raises(NotAllowed, match="supervisor must approve"):
        close(store, shift, {10000: 2, 1: 1}, reason="不明", limit=0)
    assert close(store, shift, {10000: 1}, reason="不明", limit=10000).difference == -10000


def test_a_forgotten_shift_is_closed_by_a_supervisor(store: Store) -> None:
    shift = opened(store)
    with pytest.raises(NotAllowed, match="a supervisor must close it"):
        close(store, shift, {10000: 2}, closed_by=COLLEAGUE)
    closed = close(store, shift, {10000: 2}, closed_by=SUPERVISOR)
    assert (closed.operator, closed.closed_by, closed.state) == (CLERK, SUPERVISOR, "closed")


def test_z_numbers_belong_to_the_till_and_have_no_gap(store: Store) -> None:
    for number in (1, 2, 3):
        shift = opened(store)
        with pytest.raises(NotAllowed):  # a refused close takes no number
            close(store, shift, {})
        assert close(store, shift, {10000: 2}).z_number == number
    assert close(store, opened(store, at=OTHER_TILL), {10000: 2}).z_number == 1


def test_a_closed_shift_stays_as_it_is(store: Store) -> None:
    shift = opened(store)
    close(store, shift, {10000: 2})
    with pytest.raises(NotAllowed, match="closed already"):
        close(store, shift, {10000: 2})
    with pytest.raises(NotAllowed, match="This shift is closed"), writing(store) as tx:
        sale(tx, shift, [("number_fee", 100, 0)], {"cash": 100})
    with pytest.raises(NotAllowed, match="This shift is closed"), writing(store) as tx:
        cash.cash_out(tx, shift, 1, purpose="drop", note="x", operator=CLERK)


def test_each_reprint_of_a_z_is_on_record(store: Store) -> None:
    shift = opened(store)
    with pytest.raises(NotAllowed, match="no Z yet"), writing(store) as tx:
        till.note_reprint(tx, shift, CLERK)
    closed = close(store, shift, {10000: 2})
    for copy in (1, 2):
        with writing(store) as tx:
            assert till.note_reprint(tx, closed, CLERK, "卡纸") == copy


def test_one_open_shift_a_till(store: Store) -> None:
    shift = opened(store)
    with pytest.raises(NotAllowed, match=f"open shift of {CLERK}"):
        opened(store)
    with pytest.raises(Conflict), writing(store) as tx:  # and the store itself holds it
        tx.add(Shift, id="x", outlet=OUTLET, till=TILL, operator=CLERK, business_date=DAY, opened_at=tx.now())
    with store.reading() as reading:
        found = till.shift_at(reading, TILL)
        assert found is not None
        assert found.id == shift.id
        assert till.shift_at(reading, OTHER_TILL) is None


@pytest.mark.parametrize(
    ("amount", "purpose", "note", "field"),
    [
        (0, "drop", "x", "amount"),
        (-5, "drop", "x", "amount"),
        (20001, "drop", "x", "amount"),
        (5, "drop", " ", "note"),
        (5, "change", "x", "purpose"),
    ],
)
def test_cash_out_is_refused(store: Store, amount: int, purpose: str, note: str, field: str) -> None:
    shift = opened(store)
    with pytest.raises(NotAllowed) as refused, writing(store) as tx:
        cash.cash_out(tx, shift, amount, purpose=purpose, note=note, operator=CLERK)
    assert refused.value.field == field
    assert expected(store, shift) == 20000


def test_counts_are_of_real_notes(store: Store) -> None:
    shift = opened(store)
    for counts in ({300: 1}, {10000: -2}):
        with pytest.raises(NotAllowed) as refused:
            close(store, shift, counts)
        assert refused.value.field == "counts"
    close(store, shift, {10000: 2, 5000: 0})
    with store.reading() as reading:
        assert [(row.denomination, row.pieces) for row in reading.all(ShiftCount)] == [(10000, 2)]


def test_a_float_below_nothing_or_without_a_day_is_refused(store: Store) -> None:
    with pytest.raises(NotAllowed, match="A supervisor opens it"), writing(store) as tx:
        till.open_shift(tx, outlet=OUTLET, till=TILL, operator=CLERK, float_amount=0)
    with pytest.raises(NotAllowed, match="0 or more"):
        opened(store, -1)


def test_days_open_one_at_a_time_and_in_order(store: Store) -> None:
    shift = opened(store)
    with pytest.raises(NotAllowed, match=r"Still open: 0431-1 \(1001\)"), writing(store) as tx:
        till.close_day(tx, OUTLET, DAY, SUPERVISOR)
    close(store, shift, {10000: 2})
    with pytest.raises(NotAllowed, match="still open"), writing(store) as tx:
        till.open_day(tx, OUTLET, NEXT_DAY, CLERK)
    with writing(store) as tx:
        assert till.close_day(tx, OUTLET, DAY, SUPERVISOR).closed_by == SUPERVISOR
    for again in (DAY, "2026-11-22"):
        with pytest.raises(NotAllowed, match="open a later one"), writing(store) as tx:
            till.open_day(tx, OUTLET, again, CLERK)
    with pytest.raises(NotAllowed, match="closed already"), writing(store) as tx:
        till.close_day(tx, OUTLET, DAY, SUPERVISOR)
    with writing(store) as tx:
        assert till.open_day(tx, OUTLET, NEXT_DAY.replace("-", "."), CLERK).business_date == NEXT_DAY


@pytest.mark.parametrize("typed", ["2026-13-01", "2026112", "tomorrow", ""])
def test_a_date_that_is_none_is_refused(store: Store, typed: str) -> None:
    with pytest.raises(NotAllowed) as refused, writing(store) as tx:
        till.open_day(tx, OUTLET, typed, CLERK)
    assert refused.value.field == "business_date"


@pytest.mark.parametrize(
    ("day", "by_clerk", "by_supervisor"),
    [
        ("2026-11-24", True, True),
        ("2026-11-25", False, True),
        ("2026-11-30", False, True),
        ("2026-12-01", False, False),
        ("2027-11-23", False, False),
        ("9999-12-31", False, False),
    ],
)
def test_a_date_ahead_of_the_clock_needs_a_supervisor_and_one_far_ahead_is_refused(
    store: Store, day: str, by_clerk: bool, by_supervisor: bool
) -> None:
    """The clock stands on the 23rd."""
    for approver, opens in (("", by_clerk), (CLERK, by_clerk), (SUPERVISOR, by_supervisor)):
        assert may_open(store, day, approver) == opens


def may_open(store: Store, day: str, approver: str = SUPERVISOR) -> bool:
    """Whether a business date may be opened; it isn't."""
    with pytest.raises((NotAllowed, Conflict)) as outcome:
        open_and_undo(store, day, approver)
    refused = outcome.type is NotAllowed
    assert not refused or outcome.value.field == "business_date"
    return not refused


def open_and_undo(store: Store, day: str, approver: str) -> None:
    with writing(store) as tx:
        till.open_day(tx, OUTLET, day, CLERK, approver)
        raise Conflict(say("not meant"))


def test_the_furthest_date_carries_no_further_one(store: Store) -> None:
    """Opened and closed today, it moves the limit by nothing; tomorrow one more may be opened."""
    with writing(store) as tx:
        till.open_day(tx, OUTLET, "2026-11-30", CLERK, SUPERVISOR)
        till.close_day(tx, OUTLET, "2026-11-30", CLERK)
    assert not may_open(store, "2026-12-01")
    store.clock.move(days=1)  # type: ignore[attr-defined]
    assert may_open(store, "2026-12-01")
    assert not may_open(store, "2026-12-02")


def test_work_goes_on_by_a_clock_that_is_years_behind_and_was_vouched_for(store: Store) -> None:
    """From the last business date, day by day and over a week of holidays."""
    with writing(store) as tx:
        till.open_day(tx, OUTLET, DAY, CLERK)
        till.close_day(tx, OUTLET, DAY, CLERK)
    store.clock.move(days=-900)  # type: ignore[attr-defined]
    for day in (NEXT_DAY, "2026-11-25", "2026-12-02"):
        with writing(store) as tx:
            tx.vouched = True
            till.open_day(tx, OUTLET, day, CLERK, SUPERVISOR)
            till.close_day(tx, OUTLET, day, CLERK)
    assert may_open(store, "2026-12-09")
    assert not may_open(store, "2026-12-10")


def test_headquarters_time_is_known_where_the_clock_is_behind_from_the_start(store: Store) -> None:
    with writing(store) as tx:
        set_head(tx, OUTLET, clock_offset_ms=400 * 86_400_000)
    assert may_open(store, "2028-01-04")
    assert not may_open(store, "2028-01-05")


def test_a_clock_that_nobody_vouched_for_is_not_measured_from(store: Store) -> None:
    """The journal knows a later time."""
    with writing(store) as tx:
        till.open_day(tx, OUTLET, DAY, CLERK)
        till.close_day(tx, OUTLET, DAY, CLERK)
    store.clock.move(days=-6)  # type: ignore[attr-defined]
    assert may_open(store, "2026-11-30")
    assert not may_open(store, "2026-12-01")


def test_a_clock_that_went_back_is_noted(store: Store) -> None:
    with writing(store) as tx:
        till.open_day(tx, OUTLET, DAY, CLERK)
        till.close_day(tx, OUTLET, DAY, CLERK)
    store.clock.move(hours=-2)  # type: ignore[attr-defined]
    with writing(store) as tx:
        till.open_day(tx, OUTLET, NEXT_DAY, CLERK)
    with store.reading() as reading:
        note = reading.one(BusinessDay, outlet=OUTLET, business_date=NEXT_DAY).note
    assert note in {"clock_went_back_seconds=7199", "clock_went_back_seconds=7200"}


def test_a_close_past_midnight_belongs_to_its_business_date(store: Store) -> None:
    shift = opened(store)
    store.clock.move(hours=20)  # type: ignore[attr-defined]
    with writing(store) as tx:
        entry(tx, Leg(CASH, 700), Leg("6001", -700, "number_fee"), shift_id=shift.id)
    close(store, shift, {10000: 2, 500: 1, 200: 1})
    with store.reading() as reading:
        assert {total.business_date for total in reading.all(RunningTotal, till=TILL)} == {DAY}
