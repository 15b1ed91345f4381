"""Where money came from, and so how it may go back: the oldest is used first, the newest paid out first, to the fen."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from boss_tui.answers.business import QuoteLine, Tender
from boss_tui.components.ledger.ledger import CARDS_SOLD
from boss_tui.components.tenders.refunds import (
    Back,
    Source,
    _less,
    _take_out,
    _used,
    back_of,
    newest,
    sources,
    sources_of_lines,
)
from data.message import say
from data.tables.account import BalanceEntry
from data.tables.finance import Payment, PaymentTender, Posting, PostingLine
from data.tables.order import ProductOrder
from data.tables.product import Product
from tests.boss_tui.components.rows import DAY, Rows, row

ROWS: Any = Rows
"""Answers as a unit of work does."""

TODAY = date.fromisoformat(DAY)


def came(amount: int, *, day: str = DAY, order: str = "o", of_card: bool = False, **tenders: int) -> Source:
    return Source(order, amount, day, of_card, tenders or None)


# what may go back, and how


@pytest.mark.parametrize(
    ("found", "total", "any_way", "by_way", "uncleared", "cards"),
    [
        ([], 0, 0, {}, 0, 0),
        ([came(100)], 100, 100, {}, 0, 0),  # nobody knows which way it came
        ([came(100, cash=100)], 100, 0, {"cash": 100}, 0, 0),
        ([came(100, cash=250)], 100, 0, {"cash": 100}, 0, 0),  # the rest of it was used
        ([came(100, cash=60)], 100, 40, {"cash": 60}, 0, 0),  # 40 was paid with money that was here
        ([came(100, cash=60, card=40)], 100, 0, {"cash": 60, "card": 40}, 0, 0),
        ([came(100, of_card=True)], 100, 100, {}, 0, 100),
        ([came(100, cash=100), came(50, cash=50)], 150, 0, {"cash": 150}, 0, 0),
        ([came(100), came(50, cash=50)], 150, 100, {"cash": 50}, 0, 0),
        ([came(100, cheque=100)], 100, 0, {}, 100, 0),
        ([came(100, cheque=60, cash=40)], 100, 0, {"cash": 40}, 60, 0),
        ([came(30, cheque=60, cash=40)], 30, 0, {"cash": 30}, 0, 0),
        ([came(50, cheque=60, cash=40)], 50, 0, {"cash": 40}, 10, 0),
        ([came(120, cheque=60, cash=40)], 120, 20, {"cash": 40}, 60, 0),
    ],
)
def test_money_goes_back_the_way_it_came(
    found: list[Source], total: int, any_way: int, by_way: dict[str, int], uncleared: int, cards: int
) -> None:
    back = back_of(ROWS(), found, TODAY)
    assert (back.total, back.any_way, back.by_way) == (total, any_way, by_way)
    assert (back.uncleared, back.cards, back.payable) == (uncleared, cards, total - uncleared)


def test_a_cheque_clears_on_its_day_and_not_the_day_before() -> None:
    from boss_tui.components.tenders.tenders import standard

    days = standard()["cheque"].clears
    assert days > 0
    paid = came(100, cheque=100, day="2026-11-01")
    last, first = date(2026, 11, days), date(2026, 11, 1 + days)
    assert back_of(ROWS(), [paid], last).uncleared == 100
    assert back_of(ROWS(), [paid], first).uncleared == 0
    assert back_of(ROWS(), [paid], first).by_way == {"cheque": 100}


@pytest.mark.parametrize(
    ("by_way", "any_way", "tenders", "over"),
    [
        ({"cash": 100}, 0, [("cash", 100)], 0),
        ({"cash": 100}, 0, [("cash", 101)], 1),
        ({"cash": 100}, 1, [("cash", 101)], 0),
        ({"cash": 100}, 1, [("cash", 102)], 1),
        ({"card": 100}, 0, [("cash", 100)], 100),
        ({"card": 100}, 100, [("cash", 100)], 0),
        ({"cash": 50, "card": 50}, 0, [("cash", 50), ("card", 50)], 0),
        ({"cash": 50, "card": 50}, 0, [("cash", 60), ("card", 40)], 10),
        ({"cash": 100}, 0, [("cash", 60), ("cash", 60)], 20),
        ({}, 0, [], 0),
    ],
)
def test_what_goes_another_way_is_told_to_the_fen(
    by_way: dict[str, int], any_way: int, tenders: list[tuple[str, int]], over: int
) -> None:
    assert Back(by_way, any_way).other_way(Tender(*tender) for tender in tenders) == over


# the oldest is used, the newest paid out

OLD, NEW = came(100, order="old", cash=100), came(50, order="new", card=50)


@pytest.mark.parametrize(
    ("amount", "left"),
    [
        (0, [("old", 100), ("new", 50)]),
        (1, [("old", 99), ("new", 50)]),
        (99, [("old", 1), ("new", 50)]),
        (100, [("new", 50)]),
        (101, [("new", 49)]),
        (150, []),
        (200, []),
    ],
)
def test_the_oldest_money_is_used_first(amount: int, left: list[tuple[str, int]]) -> None:
    assert [(source.order_id, source.amount) for source in _used([OLD, NEW], amount)] == left


@pytest.mark.parametrize(
    ("amount", "taken"),
    [
        (0, []),
        (1, [("new", 1)]),
        (50, [("new", 50)]),
        (51, [("new", 50), ("old", 1)]),
        (150, [("new", 50), ("old", 100)]),
        (151, [("new", 50), ("old", 100), ("", 1)]),
    ],
)
def test_the_newest_money_is_paid_out_first_and_what_nobody_knows_last(
    amount: int, taken: list[tuple[str, int]]
) -> None:
    assert [(source.order_id, source.amount) for source in newest([OLD, NEW], amount)] == taken


@pytest.mark.parametrize(
    ("amount", "paid", "left"),
    [
        (20, {"card": 20}, [("old", 100, {"cash": 100}), ("new", 30, {"card": 30})]),
        (50, {"card": 50}, [("old", 100, {"cash": 100})]),
        (60, {"card": 50, "cash": 10}, [("old", 90, {"cash": 90})]),
        (60, {"card": 60}, [("old", 90, {"cash": 100})]),  # 10 of the old one went back another way
        (20, {"cash": 20}, [("old", 100, {"cash": 100}), ("new", 30, {"card": 50})]),
    ],
)
def test_what_was_paid_out_is_gone_from_the_way_it_went(
    amount: int, paid: dict[str, int], left: list[tuple[str, int, dict[str, int]]]
) -> None:
    found = _less([OLD, NEW], amount, dict(paid))
    assert [(source.order_id, source.amount, source.tenders) for source in found] == left


def test_of_money_that_came_nobody_knows_how_less_is_left_and_no_way_is_made_up() -> None:
    (left,) = _less([came(100, order="old")], 30, {"cash": 30})
    assert (left.amount, left.tenders) == (70, None)


def test_what_goes_out_a_way_is_taken_out_of_what_came_so_and_no_more() -> None:
    tenders, paid = {"cash": 30, "card": 10}, {"cash": 50, "cheque": 5}
    _take_out(tenders, paid)
    assert (tenders, paid) == ({"cash": 0, "card": 10}, {"cash": 20, "cheque": 5})


@given(st.lists(st.integers(1, 300), max_size=6), st.integers(0, 2_000))
def test_nothing_is_lost_and_nothing_made_up(amounts: list[int], amount: int) -> None:
    found = [came(one, order=str(place), cash=one) for place, one in enumerate(amounts)]
    assert sum(one.amount for one in newest(found, amount)) == amount
    assert sum(one.amount for one in _used(found, amount)) == max(0, sum(amounts) - amount)
    assert sum(one.amount for one in _less(found, amount, {"cash": amount})) == max(0, sum(amounts) - amount)


# in the books


def entry(key: str, amount: int, order: str, *, due: int = 0, kind: str = "cash", moved: int = 0) -> list[Any]:
    """A posting `key` of an order into (or out of) bucket b, and how the order was paid."""
    rows: list[Any] = [
        row(Posting, id=key, order_id=order, business_date=DAY),
        row(BalanceEntry, id=key, bucket_id="b", posting_id=key, amount=amount),
        row(PostingLine, posting_id=key, line=1, account="2205", amount=-amount, bucket_id="b"),
    ]
    if due:
        rows += [
            row(Payment, id=key, order_id=order, posting_id=key, due=due),
            row(PaymentTender, payment_id=key, line=1, kind=kind, amount=due),
        ]
    if moved:
        rows.append(row(PostingLine, posting_id=key, line=2, account="2206", amount=moved, bucket_id="a"))
    return rows


def order(key: str, **values: Any) -> Any:
    return row(ProductOrder, **{"id": key, "business": "C12", "business_date": DAY, "form_json": "{}", **values})


def told(found: list[Source]) -> list[tuple[str, int, bool, dict[str, int] | None]]:
    return [(source.order_id, source.amount, source.card, source.tenders) for source in found]


def test_a_bucket_holds_what_orders_brought_less_what_was_used_and_paid_out() -> None:
    rows = [
        order("a"),
        *entry("1", 100, "a", due=100),
        order("b"),
        *entry("2", 60, "b", due=60, kind="card"),
        order("c"),
        *entry("3", -30, "c"),
        order("d"),
        *entry("4", -20, "d", due=-20, kind="card"),
    ]
    assert told(sources(ROWS(*rows), "b")) == [("a", 70, False, {"cash": 100}), ("b", 40, False, {"card": 40})]
    assert told(sources(ROWS(*rows), "b", before="3")) == [
        ("a", 100, False, {"cash": 100}),
        ("b", 60, False, {"card": 60}),
    ]
    assert [one[:2] for one in told(sources(ROWS(*rows), "b", excluding="d"))] == [("a", 70), ("b", 60)]
    assert sources(ROWS(*rows), "other") == []


def test_what_took_an_order_back_is_of_that_order() -> None:
    rows = [order("a"), *entry("1", 100, "a", due=100), order("z", reverses="a"), *entry("2", -100, "z", due=-100)]
    assert sources(ROWS(*rows), "b") == []


def test_money_that_moved_between_buckets_is_still_what_it_was() -> None:
    brought = entry("1", 80, "a", due=80, kind="card")
    into_a = [replaced(one, bucket_id="a") if hasattr(one, "bucket_id") else one for one in brought]
    rows = [order("a"), *into_a, order("m"), *entry("2", 80, "m", moved=80)]
    assert told(sources(ROWS(*rows), "b")) == [("a", 80, False, {"card": 80})]


def replaced(one: Any, **values: Any) -> Any:
    return row(one.__class__, **{**one.__dict__, **values})


@pytest.mark.parametrize(
    ("business", "plan", "account", "card"),
    [
        ("C11", "", CARDS_SOLD, True),
        ("C12", "", "1001", False),
        ("C1", "PRE", "1001", True),
        ("C1", "POST", "1001", False),
        ("C1", "GONE", "1001", False),
        ("C12", "PRE", "1001", False),
    ],
)
def test_the_value_of_cards_is_known_as_such(business: str, plan: str, account: str, card: bool) -> None:
    rows = [
        order("a", business=business, form_json=f'{{"plan": "{plan}"}}'),
        *entry("1", 100, "a"),
        row(PostingLine, posting_id="1", line=2, account=account, amount=100),
        row(Product, code="PRE", pay_type="prepaid"),
        row(Product, code="POST", pay_type="postpaid"),
    ]
    assert [source.card for source in sources(ROWS(*rows), "b")] == [card]


def test_the_lines_that_give_back_tell_where_it_came_from() -> None:
    rows = ROWS(order("a"), *entry("1", 100, "a", due=100))
    label = say("x")
    back = QuoteLine("prepayment", label, 2, -40, -40, bucket_id="b")
    assert told(sources_of_lines(rows, [back])) == [("a", 40, False, {"cash": 100})]
    assert told(sources_of_lines(rows, [replace(back, bucket_id="", source="a")])) == [
        ("a", 40, False, {"cash": 100}),
    ]
    assert told(sources_of_lines(rows, [back], excluding="a")) == [("", 40, False, None)]
    for nothing in (
        replace(back, amount=40),
        replace(back, amount=0),
        replace(back, monthly=True),
        replace(back, bucket_id=""),
    ):
        assert sources_of_lines(rows, [nothing]) == []
