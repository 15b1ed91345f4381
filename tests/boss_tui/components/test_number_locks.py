"""A locked number is not sold, given up or handed on while the lock holds; whether a line may be ported."""

from __future__ import annotations

from typing import Any

import pytest

from boss_tui.components.resources.number_locks import PORTED, lock_on, must_not_be_locked, porting_of
from boss_tui.components.resources.porting import conditions
from data.errors import NotAllowed
from data.tables.billing import CustomerBill
from data.tables.customer import Customer
from data.tables.life import Agreement, Suspension
from data.tables.order import Subscription
from data.tables.porting import NumberPorting
from data.tables.resource import NumberLock
from tests.boss_tui.components.rows import DAY, Rows, row

N = "13957000001"


def lock(**more: Any) -> Any:
    return row(NumberLock, **{"number": N, "cause": "porting", "reason": "x", "valid_to": DAY, **more})


@pytest.mark.parametrize(
    ("more", "holds"),
    [
        ({}, True),
        ({"valid_to": "2026-11-22"}, False),
        ({"valid_to": ""}, True),
        ({"valid_from": DAY}, True),
        ({"valid_from": "2026-11-24", "valid_to": ""}, False),
        ({"state": "ended"}, False),
        ({"number": "13957000002"}, False),
    ],
)
def test_a_lock_holds_on_its_days(more: dict[str, Any], holds: bool) -> None:
    rows: Any = Rows(lock(**more))
    assert (lock_on(rows, N, DAY) is not None) == holds
    if holds:
        with pytest.raises(NotAllowed):
            must_not_be_locked(rows, N, DAY)
        must_not_be_locked(rows, N, DAY, but="porting")
        with pytest.raises(NotAllowed):
            must_not_be_locked(rows, N, DAY, but="ported")
    else:
        must_not_be_locked(rows, N, DAY)


def standing(*more: Any, opened: str = "2026-07-26", **line: Any) -> list[bool]:
    holder = line.pop("holder", "individual")
    checked = line.pop("checked", "validated")
    it = row(
        Subscription,
        **{
            "id": "line",
            "number": N,
            "customer_id": "c",
            "account_id": "a",
            "state": "active",
            "opened_on": opened,
            **line,
        },
    )
    owner = row(Customer, id="c", holder=holder, state=checked)
    return [each.holds for each in conditions(Rows(owner, it, *more), it, DAY)]  # type: ignore[arg-type]


ALL = [True] * 5


@pytest.mark.parametrize(
    ("against", "which"),
    [
        ({}, -1),
        ({"holder": "organization"}, 0),
        ({"checked": "initialized"}, 0),
        ({"state": "suspended"}, 1),
        ({"state": "pendingTerminate"}, 1),
        ({"opened": "2026-07-27"}, 4),
    ],
)
def test_each_condition_fails_alone(against: dict[str, str], which: int) -> None:
    assert standing(**against) == [at != which for at in range(5)]


@pytest.mark.parametrize(
    ("against", "which"),
    [
        (row(Suspension, id="s", subscription_id="line", cause="loss", state="running"), 1),
        (row(Suspension, id="s", subscription_id="line", cause="loss", state="lifted"), -1),
        (lock(), 1),
        (lock(valid_to="2026-11-22"), -1),
        (row(CustomerBill, id="b", account_id="a", amount=100, paid=99), 2),
        (row(CustomerBill, id="b", account_id="a", amount=100, paid=100), -1),
        (row(CustomerBill, id="b", account_id="other", amount=100, paid=0), -1),
        (row(Agreement, id="g", subscription_id="line", ends_on=DAY), 3),
        (row(Agreement, id="g", subscription_id="line", ends_on="2026-11-22"), -1),
        (row(Agreement, id="g", subscription_id="line", ends_on=DAY, state="ended"), -1),
    ],
)
def test_what_stands_beside_the_line_counts(against: Any, which: int) -> None:
    assert standing(against) == [at != which for at in range(5)]


@pytest.mark.parametrize(
    ("state", "until", "moves"),
    [
        ("authorised", "2026-11-23T01:00:01.000000Z", True),
        ("authorised", "2026-11-23T00:59:59.000000Z", False),
        ("left", "2026-11-23T00:59:59.000000Z", True),
        ("expired", "2026-11-23T01:00:01.000000Z", False),
    ],
)
def test_a_number_moves_while_its_code_counts_or_once_it_has_left(state: str, until: str, moves: bool) -> None:
    found = row(NumberPorting, number=N, state=state, until=until, left_on="2026-11-20")
    rows: Any = Rows(found)
    assert porting_of(rows, N) is (found if moves else None)
    if moves:
        with pytest.raises(NotAllowed, match="since 2026-11-20" if state == "left" else "until 09:00"):
            must_not_be_locked(rows, N, DAY)
    else:
        must_not_be_locked(rows, N, DAY)


def test_what_has_left_goes_before_a_code_that_counts() -> None:
    left = row(NumberPorting, number=N, state="left")
    code = row(NumberPorting, number=N, state="authorised", until="2026-11-23T02:00:00.000000Z")
    rows: Any = Rows(code, left)
    assert porting_of(rows, N) is left
    must_not_be_locked(rows, N, DAY, but=PORTED)
