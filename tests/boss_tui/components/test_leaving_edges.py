"""What comes up of who leaves: forms that they have begun, what was allowed them and still holds; pauses of tries."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from boss_tui.components.operators import leaving
from boss_tui.components.operators.sign_on_tries import SignOnTries
from boss_tui.components.stock import piece_life
from data.tables.order import ProductOrder
from data.tables.organisation import Authority
from data.tables.stockroom import CardBatch, StockBatch
from tests.boss_tui.components.rows import Rows, row

NOW, LATER = "2026-11-23T01:00:00.000000Z", "2026-11-23T01:00:01.000000Z"


@pytest.mark.parametrize(
    ("values", "comes_up"),
    [
        ({}, True),
        ({"uses_left": 0}, False),
        ({"valid_until": NOW}, False),
        ({"state": "withdrawn"}, False),
        ({"operator": "1002"}, False),
    ],
)
def test_what_was_allowed_in_advance_comes_up_while_it_holds(values: dict[str, Any], comes_up: bool) -> None:
    standard = {"operator": "1001", "state": "active", "valid_until": LATER, "uses_left": 1, "number": 7}
    reading: Any = Rows(row(Authority, **{**standard, **values}))
    assert len(list(leaving._words_for_them(reading, "1001"))) == comes_up


@pytest.mark.parametrize(
    ("failed", "minutes"),
    [(0, 0), (4, 0), (5, 15), (6, 30), (7, 60), (8, 120), (9, 240), (10, 240), (11, 240), (99, 240)],
)
def test_a_pause_doubles_up_to_the_try_before_the_lock(failed: int, minutes: int) -> None:
    tries = SignOnTries(free=4, first=timedelta(minutes=15), lock=10)
    assert tries.pause(failed) == timedelta(minutes=minutes)


def test_a_piece_tells_the_order_that_it_names_once() -> None:
    """An order that is not on record here is not told."""
    order = row(ProductOrder, id="o", serial="S1", business="C1", operator="1001", created_at=NOW)
    name = piece_life.ORDERS[0]
    card: Any = type("Piece", (), {name: "o"})
    assert [str(each.what) for each in piece_life._sold(Rows(order), card, "x")] == ["C1 S1"]  # type: ignore[arg-type]
    assert list(piece_life._sold(Rows(), card, "x")) == []  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([], []),
        ([row(StockBatch, id="b", name="f.csv", made_at=NOW)], ["came into stock with f.csv"]),
        (
            [row(StockBatch, id="b", name="f.csv", made_at=NOW), row(CardBatch, id="b")],
            ["came into stock with f.csv"],
        ),
        (
            [row(StockBatch, id="b", name="f.csv", made_at=NOW), row(CardBatch, id="b", accepted_at=LATER)],
            ["came into stock with f.csv", "its batch was counted and accepted"],
        ),
    ],
)
def test_a_piece_tells_its_batch_and_its_acceptance_once_there_was_one(rows: list[Any], told: list[str]) -> None:
    piece: Any = type("Piece", (), {"batch_id": "b"})
    assert [str(each.what) for each in piece_life._came(Rows(*rows), piece)] == told  # type: ignore[arg-type]
