"""Cash that moves without an order: whose drawer, how much, for what; and the safe, which is never below nothing."""

from __future__ import annotations

from typing import Any

import pytest

from boss_tui.components.till import cash
from boss_tui.components.till import shifts as till
from boss_tui.components.till.cash import CashReason
from boss_tui.components.till.cash_limits import limit_of
from boss_tui.components.till.figures import x_figures
from boss_tui.verify import cash as rules
from data.errors import Conflict, NotAllowed
from data.store import Store
from data.tables.finance import CashMovement, Shift
from data.tables.organisation import CashLimit, Operator
from tests.boss_tui.components.books import (
    CLERK,
    COLLEAGUE,
    DAY,
    OTHER_TILL,
    OUTLET,
    RESERVE,
    SUPERVISOR,
    TILL,
    pieces,
    reserve,
    writing,
)
from tests.boss_tui.components.loose import Loose
from tests.boss_tui.components.rows import row

MANAGER = "9900"
LIMITS = {  # float, expense, bank: what a role moves by itself, fen
    "clerk": (30_000, 2_000, 0),
    "supervisor": (50_000, 5_000, 100_000),
    "manager": (50_000, 9_000, 400_000),
}


@pytest.fixture(autouse=True)
def stage(store: Store) -> None:
    """A safe with cash in it, limits as headquarters publishes them, an open day."""
    reserve(store)
    with writing(store) as tx:
        for staff_no, role, state in ((MANAGER, "manager", "active"), ("9009", "supervisor", "left")):
            tx.add(Operator, staff_no=staff_no, outlet=OUTLET, name="老徐", role=role, password_hash="-", state=state)
        for role, (float_limit, expense_limit, bank_limit) in LIMITS.items():
            tx.add(
                CashLimit,
                role=role,
                float_limit=float_limit,
                expense_limit=expense_limit,
                bank_limit=bank_limit,
                difference_limit=1_000,
            )
        till.open_day(tx, OUTLET, DAY, SUPERVISOR)


def opened(store: Store, fen: int = 10_000, by: str = CLERK, at: str = TILL, approved_by: str = "") -> Shift:
    with writing(store) as tx:
        return till.open_shift(tx, outlet=OUTLET, till=at, operator=by, float_amount=fen, approved_by=approved_by)


def moved(store: Store, shift: Shift, fen: int, purpose: str, **values: Any) -> CashMovement:
    act = cash.cash_in if purpose in cash.IN else cash.cash_out
    told = {"note": "x", "operator": CLERK, **values}
    with writing(store) as tx:
        return act(tx, shift, fen, purpose=purpose, **told)


def in_safe(store: Store) -> int:
    with store.reading() as reading:
        return cash.safe_balance(reading, OUTLET)


def refused(field: str, act: Any, *args: Any, **values: Any) -> str:
    with pytest.raises(NotAllowed) as refusal:
        act(*args, **values)
    assert refusal.value.field == field, refusal.value
    return str(refusal.value)


# whose drawer


@pytest.mark.parametrize("purpose", ["change", "return", "drop", "expense"])
@pytest.mark.parametrize(
    ("operator", "approved_by", "may"),
    [
        (CLERK, "", True),
        (COLLEAGUE, "", False),
        (SUPERVISOR, "", True),
        (MANAGER, "", True),
        (COLLEAGUE, SUPERVISOR, True),
        (COLLEAGUE, CLERK, False),
        (COLLEAGUE, COLLEAGUE, False),
        ("9009", "", False),
        (COLLEAGUE, "9009", False),
        (CLERK, COLLEAGUE, False),
    ],
)
def test_cash_is_moved_by_the_cashier_or_with_a_supervisor(
    store: Store, purpose: str, operator: str, approved_by: str, may: bool
) -> None:
    shift = opened(store)
    values = {"operator": operator, "approved_by": approved_by}
    if not may:
        refused("approved_by", moved, store, shift, 100, purpose, **values)
        return
    made = moved(store, shift, 100, purpose, **values)
    assert (made.purpose, made.amount, made.approved_by) == (purpose, 100, approved_by)


def test_each_movement_stands_on_the_x_with_time_who_what_for_and_who_allowed_it(store: Store) -> None:
    shift = opened(store)
    moved(store, shift, 500, "expense", note=" 打印纸 ")
    moved(store, shift, 300, "drop", operator=COLLEAGUE, approved_by=SUPERVISOR, note="午间")
    with store.reading() as reading:
        notes = x_figures(reading, shift).notes
        numbers = [row.number for row in reading.all(CashMovement, order=("number",))]
    assert [(n.purpose, n.amount, n.note, n.operator, n.approved_by) for n in notes] == [
        ("float", 10_000, "", CLERK, ""),
        ("expense", -500, "打印纸", CLERK, ""),
        ("drop", -300, "午间", COLLEAGUE, SUPERVISOR),
    ]
    assert [n.made_at for n in notes] == sorted(n.made_at for n in notes)
    assert numbers == [1, 2, 3]


# one cashier, one drawer


def test_nobody_has_two_drawers(store: Store) -> None:
    shift = opened(store)
    assert f"{CLERK} has an open shift at till {TILL}" in refused("", opened, store, at=OTHER_TILL)
    opened(store, at=OTHER_TILL, by=COLLEAGUE)
    with writing(store) as tx:
        till.close_shift(tx, shift, pieces(10_000), closed_by=CLERK)
    assert opened(store).till == TILL


def test_the_store_itself_holds_that_nobody_has_two_drawers(store: Store) -> None:
    opened(store)
    with pytest.raises(Conflict), writing(store) as tx:
        tx.add(Shift, id="x", outlet=OUTLET, till=OTHER_TILL, operator=CLERK, business_date=DAY, opened_at=tx.now())


# how much


@pytest.mark.parametrize(
    ("operator", "approved_by", "fen", "field"),
    [
        (CLERK, "", 30_000, None),
        (CLERK, "", 30_001, "approved_by"),
        (CLERK, SUPERVISOR, 30_001, None),
        (CLERK, SUPERVISOR, 50_000, None),
        (CLERK, SUPERVISOR, 50_001, "amount"),
        (SUPERVISOR, "", 50_000, None),
        (SUPERVISOR, "", 50_001, "amount"),
        (CLERK, COLLEAGUE, 1, "approved_by"),
        (CLERK, "", 999_999_900, "amount"),
        (CLERK, "", 0, None),
        (CLERK, "", -1, "float_amount"),
    ],
)
def test_a_float_is_within_the_limit_of_the_role(
    store: Store, operator: str, approved_by: str, fen: int, field: str | None
) -> None:
    if field is not None:
        refused(field, opened, store, fen, operator, TILL, approved_by)
        assert in_safe(store) == RESERVE
        return
    assert opened(store, fen, operator, TILL, approved_by).float_amount == fen
    assert in_safe(store) == RESERVE - fen


@pytest.mark.parametrize("purpose", ["expense", "return"])
@pytest.mark.parametrize(
    ("fen", "approved_by", "field"),
    [
        (2_000, "", None),
        (2_001, "", "approved_by"),
        (2_001, SUPERVISOR, None),
        (5_000, SUPERVISOR, None),
        (5_001, SUPERVISOR, "approved_by"),
        (5_001, MANAGER, None),
        (9_000, MANAGER, None),
        (9_001, MANAGER, "amount"),
    ],
)
def test_expenses_are_within_the_limit_of_the_role(
    store: Store, purpose: str, fen: int, approved_by: str, field: str | None
) -> None:
    shift = opened(store, 30_000)
    if field is None:
        assert moved(store, shift, fen, purpose, approved_by=approved_by).amount == fen
    else:
        refused(field, moved, store, shift, fen, purpose, approved_by=approved_by)


def test_a_limit_is_of_the_whole_shift_and_not_taken_again_and_again(store: Store) -> None:
    shift = opened(store, 30_000)
    moved(store, shift, 1_500, "expense")
    told = refused("approved_by", moved, store, shift, 501, "expense")
    assert told == "With 15.00 yuan before it, more than 20.00 yuan in this shift: a supervisor must approve."
    moved(store, shift, 501, "expense", approved_by=SUPERVISOR)  # allowed, it takes nothing of what they may alone
    moved(store, shift, 500, "expense")
    refused("approved_by", moved, store, shift, 1, "expense")
    moved(store, shift, 2_000, "return")
    refused("approved_by", moved, store, shift, 1, "expense")  # nor does what is brought back
    colleague = opened(store, 0, COLLEAGUE, OTHER_TILL)
    with writing(store) as tx:
        cash.cash_in(tx, colleague, 2_000, purpose="change", note="x", operator=COLLEAGUE)
    moved(store, colleague, 2_000, "expense", operator=COLLEAGUE)


@pytest.mark.parametrize(
    ("counts", "told"),
    [({700: 5}, "There is no note or coin of 7.00 yuan."), ({100: -1}, "none is 0"), ({3: 1}, "of 0.03 yuan")],
)
def test_what_can_t_be_counted_is_named(counts: dict[int, int], told: str) -> None:
    with pytest.raises(NotAllowed, match=told):
        cash.counted_sum(counts)


def test_what_lies_in_the_drawer_can_always_be_dropped_and_no_more(store: Store) -> None:
    shift = opened(store, 50_000, SUPERVISOR)
    refused("amount", moved, store, shift, 50_001, "drop", operator=SUPERVISOR)
    moved(store, shift, 50_000, "drop", operator=SUPERVISOR)
    assert in_safe(store) == RESERVE


def test_limits_are_those_of_every_outlet_where_none_are_published(tx: Loose) -> None:
    roles = {CLERK: "clerk", SUPERVISOR: "supervisor", MANAGER: "manager"}
    tx.put(
        *(row(Operator, staff_no=staff, role=role) for staff, role in roles.items()),
        row(Operator, staff_no="9009", role="supervisor", state="left"),
    )
    found = [limit_of(tx, "float_limit", who) for who in (CLERK, SUPERVISOR, MANAGER, "9009", "none", "")]
    assert found == [1_000_000, 2_000_000, 5_000_000, 0, 0, 0]


# the safe


def emptied(store: Store, left: int) -> None:
    """Take to the bank what the safe holds, but so many fen."""
    papers = 0
    while (more := in_safe(store) - left) > 0:
        papers += 1
        with writing(store) as tx:
            act = CashReason(MANAGER, reference=f"ZP{papers}")
            cash.bank(tx, OUTLET, min(more, 400_000), purpose="deposit", act=act)


def test_the_safe_gives_what_it_holds_and_no_fen_more(store: Store) -> None:
    emptied(store, 20_000)
    assert "The safe has not so much cash" in refused("amount", opened, store, 20_001)
    shift = opened(store, 15_000)
    refused("amount", moved, store, shift, 5_001, "change")
    moved(store, shift, 5_000, "change")
    assert in_safe(store) == 0
    refused("amount", moved, store, shift, 1, "change")
    moved(store, shift, 1, "return")  # not out of the safe
    moved(store, shift, 7, "drop")
    assert in_safe(store) == 7


# the safe, counted


@pytest.mark.parametrize(
    ("difference", "reason", "counted_by", "approved_by", "field"),
    [
        (0, "", SUPERVISOR, "", None),
        (1, "", SUPERVISOR, "", "reason"),
        (-1, " ", SUPERVISOR, "", "reason"),
        (1_000, "x", SUPERVISOR, "", None),
        (-1_000, "x", SUPERVISOR, "", None),
        (1_001, "x", SUPERVISOR, "", "approved_by"),
        (-1_001, "x", SUPERVISOR, SUPERVISOR, "approved_by"),
        (1_001, "x", SUPERVISOR, MANAGER, None),
        (1_001, "x", SUPERVISOR, CLERK, "approved_by"),
        (0, "", CLERK, "", ""),
        (0, "", CLERK, SUPERVISOR, ""),
        (1_001, "x", MANAGER, SUPERVISOR, None),
    ],
)
def test_the_safe_is_counted_and_what_differs_is_posted(
    store: Store, difference: int, reason: str, counted_by: str, approved_by: str, field: str | None
) -> None:
    counts = pieces(RESERVE + difference)

    def count() -> Any:
        with writing(store) as tx:
            return cash.count_safe(tx, OUTLET, counts, counted_by=counted_by, reason=reason, approved_by=approved_by)

    if field is not None:
        refused(field, count)
        assert in_safe(store) == RESERVE
        return
    row = count()
    assert (row.expected, row.counted, row.difference) == (RESERVE, RESERVE + difference, difference)
    assert in_safe(store) == RESERVE + difference
    with store.reading() as reading:
        last = cash.last_count(reading, OUTLET)
        assert last is not None
        assert last.id == row.id
        assert [found for rule in rules.RULES for found in rule(reading, {})] == []


def test_no_more_pieces_are_counted_than_a_safe_can_hold(store: Store) -> None:
    with writing(store) as tx:
        assert cash.counted_sum({1: 200_000}, cash.MOST_IN_SAFE) == 200_000
        for act in (
            lambda: cash.counted_sum({1: 200_001}, cash.MOST_IN_SAFE),
            lambda: cash.counted_sum({1: 20_001}),
            lambda: cash.count_safe(tx, OUTLET, {3: 1}, counted_by=SUPERVISOR),
        ):
            refused("counts", act)
        assert cash.counted_sum({1: 20_000}) == 20_000


@pytest.mark.parametrize(
    ("difference", "said"),
    [
        (1, "Counted 10.00 yuan: 0.01 over."),
        (0, "Counted 10.00 yuan: it is right."),
        (-1, "Counted 10.00 yuan: 0.01 short."),
    ],
)
def test_a_count_of_the_safe_says_what_it_came_to(difference: int, said: str) -> None:
    assert str(cash.outcome(1_000, difference)) == said


@pytest.mark.parametrize(
    ("counts", "fen"),
    [
        ({}, 0),
        ({100: 0}, 0),
        ({100: 2, 10_000: 1}, 10_200),
        ({1: 5}, 5),
        ({100: -1}, None),
        ({300: 1}, None),
        ({1: 6}, None),
    ],
)
def test_pieces_of_what_is_a_note_or_coin_are_counted_up_to_so_many(counts: dict[int, int], fen: int | None) -> None:
    if fen is None:
        with pytest.raises(NotAllowed):
            cash.counted_sum(counts, most=5)
    else:
        assert cash.counted_sum(counts, most=5) == fen
