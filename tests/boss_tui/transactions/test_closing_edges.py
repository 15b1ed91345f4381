"""Where a closing (C9) turns: points by the fen, what is not cleared, what an undone one takes again."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from boss_tui.transactions.c09.form import ClosingCase
from boss_tui.transactions.c09.quote import _money, _points, give_back_penalty
from data.tables.account import BalanceBucket
from tests.boss_tui.components.rows import row
from tests.boss_tui.transactions.stand_in import amounts, line, parts, priced, step


@pytest.mark.parametrize(
    ("has", "rate", "owed", "choice", "paid", "spent"),
    [
        (100, 100, 1_000, "spend", 100, 100),
        (1_000, 100, 1_000, "spend", 1_000, 1_000),
        (1_001, 100, 1_000, "spend", 1_000, 1_000),
        (999, 100, 1_000, "spend", 999, 999),
        (100, 100, 1_000, "lose", 0, 0),
        (100, 100, 0, "spend", 0, 0),
        (1, 50, 1_000, "spend", 0, 0),
        (2, 50, 1_000, "spend", 1, 2),
        (3, 50, 1_000, "spend", 1, 2),
        (10, 150, 7, "spend", 7, 5),
        (10, 150, 8, "spend", 8, 6),
    ],
)
def test_points_pay_what_is_charged_and_the_rest_lapses(
    has: int, rate: int, owed: int, choice: str, paid: int, spent: int
) -> None:
    run = step(loyalty=parts(points=has), tariff=parts(rate=rate, line=priced))
    closing = ClosingCase(date(2026, 12, 1), [priced("bill_payment", owed)] if owed else [])
    _points(run, line(), closing, choice)
    assert (closing.spent, closing.lapsed) == (spent, has - spent)
    assert [fen for item, fen in amounts(closing.lines) if item == "points_spent"] == ([-paid] if paid else [])


def test_who_has_no_points_is_told_nothing_of_them() -> None:
    run, closing = step(loyalty=parts(points=0), tariff=parts(rate=100)), ClosingCase(date(2026, 12, 1))
    _points(run, line(), closing, "spend")
    assert (closing.lines, run.notes, closing.lapsed) == ([], {}, 0)


@pytest.mark.parametrize(
    ("amount", "uncleared", "back", "told"),
    [(1_000, 0, 1_000, 0), (1_000, 1, 999, 1), (1_000, 1_000, 0, 1), (1, 0, 1, 0), (0, 0, 0, 0), (0, 5, 0, 0)],
)
def test_what_is_not_cleared_stays_and_is_told(amount: int, uncleared: int, back: int, told: int) -> None:
    bucket = row(BalanceBucket, id="b", kind="prepaid", amount=amount)
    held_as = SimpleNamespace(uncleared=uncleared)
    run, closing = (
        step(accounts=parts(buckets=[bucket]), finance=parts(held_as=held_as)),
        ClosingCase(date(2026, 12, 1)),
    )
    _money(run, line(), closing)
    assert amounts(closing.lines) == ([("prepayment", -back)] if back else [])
    assert len(run.notices) == told


@pytest.mark.parametrize(
    ("brought", "rests", "balance", "lines"),
    [
        ({}, [], 0, []),
        ({"plan_penalty": 7}, [], 0, [("plan_penalty", -7)]),
        ({"contract_penalty": 7}, [], 0, [("contract_penalty", -7)]),
        ({"deposit": -5}, [], 0, [("deposit", 5)]),
        ({"deposit": 5}, [], 0, []),
        ({"contract_prepay": -3}, [], 0, [("contract_prepay", 3)]),
        ({}, [500, 300], 499, [("prepayment", 1)]),
        ({}, [500, 300], 500, []),
        ({}, [300], 0, [("prepayment", 300)]),
    ],
)
def test_an_undone_closing_takes_again_what_it_gave_back(
    brought: dict[str, int], rests: list[int], balance: int, lines: list[tuple[str, int]]
) -> None:
    buckets = [row(BalanceBucket, id=kind, kind=kind) for kind in ("deposit", "gift")]
    run = step(
        finance=parts(brought=lambda _order, item: brought.get(item, 0)),
        accounts=parts(
            buckets=buckets,
            bucket=row(BalanceBucket, id="prepaid", amount=balance),
            let_go_by=[SimpleNamespace(amount=fen) for fen in rests],
        ),
    )
    bar: Any = SimpleNamespace(order_id="o")
    closing = ClosingCase(date(2026, 12, 1), bar=bar)
    give_back_penalty(run, line(), closing)
    assert amounts(closing.lines) == lines
    nothing = ClosingCase(date(2026, 12, 1))
    give_back_penalty(run, line(), nothing)
    assert nothing.lines == []
