"""Where the rules of what is owed turn: the day that is late, the fen that rounds up, the money that is enough."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boss_tui.components.tenders.dues import Owed, opposite, owed, paid_by, waived
from data.tables.billing import CustomerBill
from tests.boss_tui.components.rows import row


def bill(key: str = "b", amount: int = 10_000, paid: int = 0, due: str = "2026-11-20") -> Any:
    return row(CustomerBill, id=key, account_id="a", month="2026-10", amount=amount, paid=paid, due_on=due)


@pytest.mark.parametrize(
    ("today", "days"), [("2026-11-19", 0), ("2026-11-20", 0), ("2026-11-21", 1), ("2026-12-20", 30)]
)
def test_a_bill_is_late_from_the_day_after_it_is_due(today: str, days: int) -> None:
    assert owed(bill(), "a", date.fromisoformat(today), 3).days == days


@pytest.mark.parametrize(("amount", "paid", "left"), [(100, 0, 100), (100, 99, 1), (100, 100, 0)])
def test_what_is_open_is_what_was_not_paid(amount: int, paid: int, left: int) -> None:
    assert owed(bill(amount=amount, paid=paid), "a", date(2026, 11, 20), 3).amount == left


@pytest.mark.parametrize(
    ("amount", "days", "rate", "fee"),
    [
        (166, 1, 3, 0),
        (167, 1, 3, 1),  # 0.498 and 0.501 fen
        (499, 1, 1, 0),
        (500, 1, 1, 1),
        (501, 1, 1, 1),
        (1_499, 1, 1, 1),
        (1_500, 1, 1, 2),
        (10_000, 0, 3, 0),
        (10_000, 1, 0, 0),
        (10_000, 10, 3, 300),
    ],
)
def test_a_late_fee_is_rounded_half_up_to_the_fen(amount: int, days: int, rate: int, fee: int) -> None:
    one = Owed(bill(amount=amount), "a", amount, days, rate)
    assert (one.late_fee, one.total) == (fee, amount + fee)
    assert waived([one])[0].late_fee == 0


def two() -> list[Owed]:
    return [Owed(bill("old", 1_000), "a", 1_000, 10, 3), Owed(bill("new", 500), "a", 500, 0, 3)]  # 30 of late fee


@pytest.mark.parametrize(
    ("money", "parts"),
    [
        (0, []),
        (1, [("old", 1, 0)]),
        (1_029, [("old", 999, 30)]),
        (1_030, [("old", 1_000, 30)]),
        (1_031, [("old", 1_000, 30), ("new", 1, 0)]),
        (1_529, [("old", 1_000, 30), ("new", 499, 0)]),
        (1_530, [("old", 1_000, 30), ("new", 500, 0)]),
        (9_999, [("old", 1_000, 30), ("new", 500, 0)]),
    ],
)
def test_the_oldest_bill_is_paid_first_with_its_late_fee(money: int, parts: list[tuple[str, int, int]]) -> None:
    assert [(part.bill_id, part.amount, part.late_fee) for part in paid_by(two(), money)] == parts


@given(st.integers(1, 10**7), st.integers(0, 400), st.integers(0, 5), st.integers(0, 10**7))
def test_money_pays_the_most_that_it_can_and_never_more(amount: int, days: int, rate: int, money: int) -> None:
    one = Owed(bill(amount=amount), "a", amount, days, rate)
    parts = paid_by([one], money)
    spent = sum(part.amount + part.late_fee for part in parts)
    assert spent == min(money, one.total)
    for part in parts:
        assert part.late_fee in {one.fee_on(part.amount), money - part.amount}
        assert part.amount == amount or part.amount + 1 + one.fee_on(part.amount + 1) > money


def test_what_takes_a_payment_back_is_its_opposite() -> None:
    parts = paid_by(two(), 1_031)
    assert [(p.amount, p.late_fee) for p in opposite(parts)] == [(-1_000, -30), (-1, 0)]
