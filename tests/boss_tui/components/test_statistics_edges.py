"""What an order sells, product by product (F13): pieces, what is charged for them now and a month, and what is taken
back."""

from __future__ import annotations

from typing import Any

import pytest

from boss_tui.answers.business import Quote, QuoteLine
from boss_tui.components.base import Piece
from boss_tui.components.statistics import Statistics
from data.tables.order import OrderItem
from data.tables.product import Product
from tests.boss_tui.components.rows import DAY, Rows, context, row
from tests.boss_tui.transactions.stand_in import priced

PRODUCTS = (row(Product, code="P88", kind="plan"), row(Product, code="CLIP", kind="service"))
PHONE, SIM, CARD = Piece("goods", "X1"), Piece("sim", "USIM"), Piece("card", "5000", 2)


def on_record(rows: Rows) -> list[tuple[Any, ...]]:
    return [(each.kind, each.product, each.count, each.amount, each.monthly) for each in rows.all(OrderItem)]


@pytest.mark.parametrize(
    ("pieces", "begins", "lines", "found"),
    [
        ([], [], [priced("fee", 100)], []),
        ([], ["P88"], [], [("plan", "P88", 1, 0, 0)]),
        (
            [],
            ["P88", "CLIP"],
            [
                priced("plan", 8_800, resource="P88", monthly=True),
                priced("service", 300, resource="CLIP"),
                priced("service", 600, resource="CLIP", monthly=True),
                priced("fee", 50),
            ],
            [("plan", "P88", 1, 0, 8_800), ("service", "CLIP", 1, 300, 600)],
        ),
        ([PHONE], [], [priced("handset", 99_900)], [("goods", "X1", 1, 99_900, 0)]),
        ([PHONE], [], [priced("handset", 99_900), priced("handset", -900)], [("goods", "X1", 1, 99_000, 0)]),
        (
            [SIM, Piece("sim", "NANO")],
            [],
            [priced("sim_fee", 2_000)],
            [("sim", "USIM", 1, 2_000, 0), ("sim", "NANO", 1, 0, 0)],
        ),
        ([PHONE], [], [priced("handset", 100, monthly=True)], [("goods", "X1", 1, 0, 0)]),
        ([SIM], [], [priced("fee", 100, resource="USIM")], [("sim", "USIM", 1, 0, 0)]),
        ([CARD], [], [priced("recharge_card", 9_900)], [("card", "5000", 2, 10_000, 0)]),
        ([CARD, Piece("card", "5000", -2)], [], [], []),
        ([SIM, Piece("sim", "USIM", -1)], [], [priced("sim_fee", 500)], [("sim", "USIM", 0, 500, 0)]),
        ([SIM, Piece("sim", "USIM", -1)], [], [], []),
        ([SIM, SIM], [], [], [("sim", "USIM", 2, 0, 0)]),
        (
            [Piece("number", "AAAA"), SIM],
            [],
            [priced("number_fee", 300), priced("sim_fee", 20)],
            [("number", "AAAA", 1, 300, 0), ("sim", "USIM", 1, 20, 0)],
        ),
    ],
)
def test_what_is_sold_is_on_record_with_what_is_charged_for_it(
    pieces: list[Piece], begins: list[str], lines: list[QuoteLine], found: list[tuple[Any, ...]]
) -> None:
    """A line of a kind is that of the first product of it; a card is worth what stands on it."""
    rows = Rows(*PRODUCTS)
    Statistics(context(rows, sold=pieces)).sold(begins, Quote(tuple(lines)))
    assert on_record(rows) == found
    assert {(each.outlet, each.business_date, each.order_id) for each in rows.all(OrderItem)} <= {
        ("HZ01", DAY, "order")
    }


def item(key: str, *of: Any, order: str = "sale") -> Any:
    names = ("kind", "product", "count", "amount", "monthly")
    return row(OrderItem, id=key, order_id=order, **dict(zip(names, of, strict=True)))


@pytest.mark.parametrize(
    ("items", "found"),
    [
        ([], []),
        ([item("1", "plan", "P88", 1, 0, 8_800)], [("plan", "P88", -1, 0, -8_800)]),
        ([item("1", "sim", "USIM", 1, 7, 5), item("2", "sim", "USIM", 2, 4, 1)], [("sim", "USIM", -3, -11, -6)]),
        ([item("1", "sim", "USIM", 1, 7, 0), item("2", "sim", "USIM", -1, -7, 0)], []),
        ([item("1", "sim", "USIM", 0, 7, 0)], [("sim", "USIM", 0, -7, 0)]),
        ([item("1", "sim", "USIM", 0, 0, 9)], [("sim", "USIM", 0, 0, -9)]),
        ([item("1", "sim", "USIM", 1, 7, 0, order="another")], []),
    ],
)
def test_what_is_taken_back_is_what_was_sold(items: list[Any], found: list[tuple[Any, ...]]) -> None:
    rows = Rows(*items)
    Statistics(context(rows)).taken_back("sale")
    assert on_record(rows)[len(items) :] == found
