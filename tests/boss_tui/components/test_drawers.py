"""Drawers that change their place or their cashier: who may, when, and what is left of the money: all of it."""

from __future__ import annotations

from typing import Any

import pytest

from boss_tui.components.ledger import ledger_checks
from boss_tui.components.till import cash, drawers
from boss_tui.components.till import shifts as till
from boss_tui.components.till.figures import x_figures
from boss_tui.verify import cash as cash_rules
from boss_tui.verify import postings, tills
from data.errors import NotAllowed
from data.store import Store
from data.tables.finance import DrawerMove, Shift
from data.tables.organisation import Operator
from data.tables.sync import AccessLog
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
    sale,
    writing,
)


@pytest.fixture(autouse=True)
def stage(store: Store) -> None:
    """A safe with cash in it, a clerk who has left, an open day."""
    reserve(store)
    with writing(store) as tx:
        tx.add(Operator, staff_no="1009", outlet=OUTLET, name="老徐", password_hash="-", state="left")
        till.open_day(tx, OUTLET, DAY, SUPERVISOR)


def opened(store: Store, by: str = CLERK, at: str = TILL, fen: int = 10_000) -> Shift:
    with writing(store) as tx:
        return till.open_shift(tx, outlet=OUTLET, till=at, operator=by, float_amount=fen)


def suspended(store: Store, shift: Shift, operator: str = CLERK, approved_by: str = "") -> Shift:
    with writing(store) as tx:
        return drawers.suspend(tx, shift, operator=operator, approved_by=approved_by)


def resumed(store: Store, shift: Shift, at: str = TILL, operator: str = CLERK) -> Shift:
    with writing(store) as tx:
        return drawers.resume(tx, shift, at, operator=operator)


def sold(store: Store, shift: Shift, fen: int = 5_000) -> None:
    with writing(store) as tx:
        sale(tx, shift, [("number_fee", fen, 0)], {"cash": fen})


def handed(store: Store, shift: Shift, fen: int, to: str = COLLEAGUE, **values: Any) -> tuple[Shift, Shift]:
    with writing(store) as tx:
        told = {"to": to, "till": TILL, "closed_by": CLERK, **values}
        return drawers.hand_over(tx, shift, pieces(fen), **told)


def holds(store: Store) -> None:
    """The rules of the books are kept."""
    with store.reading() as reading:
        found = [one for rule in (*tills.RULES, *postings.RULES, *cash_rules.RULES) for one in rule(reading, {})]
        assert [*found, *cash_rules.check(reading, {})] == []
        assert ledger_checks.unbalanced(reading) == []
        assert ledger_checks.totals_that_differ(reading) == []


# suspended and resumed


def test_a_drawer_goes_on_at_another_till_with_all_that_is_in_it(store: Store) -> None:
    shift = opened(store)
    sold(store, shift)
    shift = suspended(store, shift)
    with store.reading() as reading:
        assert till.shift_at(reading, TILL) is None
        assert till.own_shift(reading, TILL, CLERK) is None
        assert till.running_of(reading, OUTLET, CLERK) == shift
    other = opened(store, COLLEAGUE)
    shift = resumed(store, shift, OTHER_TILL)
    sold(store, shift, 700)
    sold(store, other, 900)
    with store.reading() as reading:
        x = x_figures(reading, shift)
    assert (x.expected, x.tills) == (15_700, (TILL, OTHER_TILL))
    with writing(store) as tx:
        closed = till.close_shift(tx, shift, pieces(15_700), closed_by=CLERK)
    assert (closed.till, closed.z_number, closed.difference) == (OTHER_TILL, 1, 0)
    holds(store)


@pytest.mark.parametrize(
    ("operator", "approved_by", "may"),
    [
        (CLERK, "", True),
        (COLLEAGUE, "", False),
        (SUPERVISOR, "", True),
        (COLLEAGUE, SUPERVISOR, True),
        (COLLEAGUE, COLLEAGUE, False),
    ],
)
def test_who_may_take_a_drawer_out(store: Store, operator: str, approved_by: str, may: bool) -> None:
    shift = opened(store)
    if not may:
        with pytest.raises(NotAllowed) as refused:
            suspended(store, shift, operator, approved_by)
        assert refused.value.field == "approved_by"
        return
    assert suspended(store, shift, operator, approved_by).state == "suspended"
    with store.reading() as reading:
        (move,) = reading.all(DrawerMove)
    assert (move.act, move.till, move.operator, move.approved_by) == ("suspended", TILL, operator, approved_by)


def test_a_drawer_is_put_in_by_its_cashier_where_there_is_none(store: Store) -> None:
    shift = opened(store)
    with pytest.raises(NotAllowed, match="not suspended"):
        resumed(store, shift)
    shift = suspended(store, shift)
    for somebody in (COLLEAGUE, SUPERVISOR):
        with pytest.raises(NotAllowed, match="they resume"):
            resumed(store, shift, operator=somebody)
    other = opened(store, COLLEAGUE)
    with pytest.raises(NotAllowed, match="open shift of"):
        resumed(store, shift)
    suspended(store, other, COLLEAGUE)
    assert resumed(store, shift).state == "open"
    with pytest.raises(NotAllowed, match="Only an open shift"), writing(store) as tx:
        drawers.suspend(tx, other.__class__(**{**other.__dict__, "state": "closed"}), operator=COLLEAGUE)


def test_who_has_a_suspended_drawer_opens_no_other_one_and_the_day_stays_open(store: Store) -> None:
    suspended(store, opened(store))
    with pytest.raises(NotAllowed, match="resume it"):
        opened(store, at=OTHER_TILL)
    with pytest.raises(NotAllowed, match="Still open"), writing(store) as tx:
        till.close_day(tx, OUTLET, DAY, SUPERVISOR)
    holds(store)


def test_a_suspended_drawer_is_closed_where_it_was_left(store: Store) -> None:
    shift = suspended(store, opened(store))
    with pytest.raises(NotAllowed, match="supervisor must close"), writing(store) as tx:
        till.close_shift(tx, shift, pieces(10_000), closed_by=COLLEAGUE)
    with writing(store) as tx:
        closed = till.close_shift(tx, shift, pieces(10_000), closed_by=SUPERVISOR)
    assert (closed.state, closed.z_number, closed.closed_by) == ("closed", 1, SUPERVISOR)
    holds(store)


# handed over


def test_a_counted_drawer_is_handed_over_in_one_act(store: Store) -> None:
    shift = opened(store)
    sold(store, shift)
    ended, begun = handed(store, shift, 15_000)
    assert (ended.state, ended.z_number, ended.counted_cash, ended.difference) == ("closed", 1, 15_000, 0)
    assert (begun.operator, begun.float_amount, begun.till, begun.taken_from) == (COLLEAGUE, 15_000, TILL, ended.id)
    with store.reading() as reading:
        before, after = x_figures(reading, ended), x_figures(reading, begun)
        assert (before.handed_to, after.taken_from) == (COLLEAGUE, CLERK)
        assert after.expected == 15_000
        moved = cash.float_of(reading, begun)
        assert moved is not None
        assert (moved.amount, moved.counterparty) == (15_000, CLERK)
        assert cash.safe_balance(reading, OUTLET) == RESERVE - 10_000
    sold(store, begun)
    with pytest.raises(NotAllowed, match="This shift is closed"):
        sold(store, ended)
    holds(store)


def test_what_lies_in_the_drawer_is_handed_over_whatever_floats_may_be(store: Store) -> None:
    shift = opened(store)
    sold(store, shift, 900_000)
    _, begun = handed(store, shift, 910_000)
    assert begun.float_amount == 910_000
    holds(store)


def test_an_empty_drawer_can_be_handed_over(store: Store) -> None:
    _, begun = handed(store, opened(store, fen=0), 0)
    assert begun.float_amount == 0
    holds(store)


@pytest.mark.parametrize(
    ("closed_by", "approved_by", "counted", "reason", "field"),
    [
        (CLERK, "", 10_000, "", None),
        (COLLEAGUE, "", 10_000, "", "approved_by"),
        (COLLEAGUE, SUPERVISOR, 10_000, "", None),
        (SUPERVISOR, "", 10_000, "", None),
        (CLERK, "", 9_000, "", "reason"),
        (CLERK, "", 9_000, "x", None),
        (CLERK, "", 8_999, "x", "approved_by"),
        (CLERK, SUPERVISOR, 8_999, "x", None),
        (CLERK, COLLEAGUE, 10_000, "", "approved_by"),
    ],
)
def test_whose_word_a_handover_wants(
    store: Store, closed_by: str, approved_by: str, counted: int, reason: str, field: str | None
) -> None:
    shift = opened(store)
    values = {"closed_by": closed_by, "approved_by": approved_by, "reason": reason}
    if field is None:
        ended, begun = handed(store, shift, counted, **values)
        assert (ended.difference, begun.float_amount) == (counted - 10_000, counted)
        holds(store)
        return
    with pytest.raises(NotAllowed) as refused:
        handed(store, shift, counted, **values)
    assert refused.value.field == field
    with store.reading() as reading:
        assert till.shift_at(reading, TILL) == shift


@pytest.mark.parametrize(
    ("to", "told"), [(CLERK, "somebody else"), ("1009", "staff number 1009"), ("none", "staff number none")]
)
def test_who_can_take_nothing_over(store: Store, to: str, told: str) -> None:
    with pytest.raises(NotAllowed, match=told) as refused:
        handed(store, opened(store), 10_000, to)
    assert refused.value.field == "staff_no"


def test_who_has_a_drawer_takes_no_other_one_over(store: Store) -> None:
    shift = opened(store)
    theirs = opened(store, COLLEAGUE, OTHER_TILL)
    with pytest.raises(NotAllowed, match="open shift at till"):
        handed(store, shift, 10_000)
    suspended(store, theirs, COLLEAGUE)
    with pytest.raises(NotAllowed, match="resume it"):
        handed(store, shift, 10_000)


# opened without a sale


def test_a_drawer_that_is_opened_without_a_sale_is_on_record_and_on_the_x(store: Store) -> None:
    shift = opened(store)
    with pytest.raises(NotAllowed) as refused, writing(store) as tx:
        drawers.open_drawer(tx, shift, "  ", operator=CLERK)
    assert refused.value.field == "reason"
    with pytest.raises(NotAllowed, match="This is the drawer of"), writing(store, operator=COLLEAGUE) as tx:
        drawers.open_drawer(tx, shift, "x", operator=COLLEAGUE)
    with writing(store) as tx:
        drawers.open_drawer(tx, shift, " 换零钱 ", operator=CLERK)
    with writing(store, operator=COLLEAGUE) as tx:
        drawers.open_drawer(tx, shift, "卡纸", operator=COLLEAGUE, approved_by=SUPERVISOR)
    with store.reading() as reading:
        found = [(row.operator, row.reason) for row in x_figures(reading, shift).opened]
        assert len(reading.all(AccessLog, act="drawer.open", subject=shift.id)) == 2
    assert found == [(CLERK, "换零钱"), (COLLEAGUE, f"卡纸 ({SUPERVISOR})")]
