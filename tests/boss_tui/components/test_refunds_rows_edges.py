"""Where the money of a bucket came from, in the books: what one fen more or less changes (F11; domain-facts 8)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from boss_tui.answers.business import QuoteLine, Tender
from boss_tui.components.tenders.refunds import Back, Source, back_of, newest, sources, sources_of_lines
from data.message import say
from data.tables.account import BalanceEntry
from data.tables.finance import Payment, PaymentTender, Posting, PostingLine
from data.tables.order import ProductOrder
from tests.boss_tui.components.loose import Loose
from tests.boss_tui.components.rows import DAY, row

TODAY = date.fromisoformat(DAY)


def order(key: str, amount: int, tenders: dict[str, int], *, due: int | None = None, lines: Any = ()) -> list[Any]:
    """An order whose posting moved so much into bucket b, paid in these ways."""
    return [
        row(ProductOrder, id=key, business="C12", business_date=DAY),
        row(Posting, id=key, order_id=key, business_date=DAY),
        row(BalanceEntry, id=key, bucket_id="b", posting_id=key, amount=amount),
        row(Payment, id=key, order_id=key, posting_id=key, due=sum(tenders.values()) if due is None else due),
        *(
            row(PaymentTender, payment_id=key, line=n, kind=kind, amount=fen)
            for n, (kind, fen) in enumerate(tenders.items())
        ),
        *(row(PostingLine, posting_id=key, line=n, **values) for n, values in enumerate(lines)),
    ]


def told(found: list[Source]) -> list[tuple[str, int, bool, dict[str, int] | None]]:
    return [(one.order_id, one.amount, one.card, one.tenders) for one in found]


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        (order("1", 1, {"cash": 1}), [("1", 1, False, {"cash": 1})]),
        (order("1", 0, {"cash": 1}), []),
        ([*order("1", 5, {"cash": 5}), *order("2", -1, {"cash": -1})], [("1", 4, False, {"cash": 4})]),
        ([*order("1", 5, {"cash": 5}), *order("2", -1, {}, due=0)], [("1", 4, False, {"cash": 5})]),
        ([*order("1", 5, {"cash": 5}), *order("2", -1, {"cash": 1}, due=1)], [("1", 4, False, {"cash": 5})]),
        (order("1", 5, {"cash": 6, "card": -1}), [("1", 5, False, {"cash": 6})]),
        (order("1", 5, {"cash": 1}), [("1", 5, False, {"cash": 1})]),
        (order("1", 5, {"cash": 5}, lines=[{"account": "2207", "amount": 1}]), [("1", 5, True, {"cash": 5})]),
        (order("1", 5, {"cash": 5}, lines=[{"account": "2207", "amount": 0}]), [("1", 5, False, {"cash": 5})]),
        (order("1", 5, {"cash": 5}, lines=[{"account": "2207", "amount": -1}]), [("1", 5, False, {"cash": 5})]),
        (
            order("1", 5, {"cash": 5}, lines=[{"bucket_id": "a", "amount": 0}, {"bucket_id": "a", "amount": -2}]),
            [("1", 5, False, {"cash": 5})],
        ),
        (
            order("1", 5, {"cash": 5}, lines=[{"bucket_id": "a", "amount": 1}]),
            [("", 1, False, None), ("1", 4, False, {"cash": 5})],
        ),
        (
            order("1", 5, {"cash": 5}, lines=[{"bucket_id": "a", "amount": 5}, {"bucket_id": "a", "amount": 3}]),
            [("", 5, False, None)],
        ),
        (
            [row(Posting, id="1"), row(BalanceEntry, id="1", bucket_id="b", posting_id="1", amount=3)],
            [("", 3, False, None)],
        ),
        (
            [row(Posting, id="1", order_id="far"), row(BalanceEntry, id="1", bucket_id="b", posting_id="1", amount=3)],
            [("far", 3, False, None)],
        ),
        (
            [
                row(Posting, id="1"),
                row(BalanceEntry, id="1", bucket_id="b", posting_id="1", amount=3),
                row(Posting, id="2"),
                row(BalanceEntry, id="2", bucket_id="b", posting_id="2", amount=-3),
            ],
            [],
        ),
    ],
)
def test_each_fen_of_a_bucket_is_known_by_its_order(tx: Loose, rows: list[Any], found: Any) -> None:
    tx.put(*rows)
    assert told(sources(tx, "b")) == found


@pytest.mark.parametrize(
    ("before", "excluding", "found"),
    [
        ("", "", ["1", "2", "3"]),
        ("3", "", ["1", "2"]),
        ("2", "", ["1"]),
        ("", "2", ["1", "3"]),
        ("3", "1", ["2"]),
        ("9", "9", ["1", "2", "3"]),
    ],
)
def test_a_bucket_is_looked_at_as_it_was_without_an_order(
    tx: Loose, before: str, excluding: str, found: list[str]
) -> None:
    for key in "123":
        tx.put(*order(key, 5, {"cash": 5}))
    assert [one.order_id for one in sources(tx, "b", before, excluding)] == found


@pytest.mark.parametrize(
    ("amount", "monthly", "taken"), [(-1, False, 1), (0, False, 0), (1, False, 0), (-1, True, 0), (-5, False, 5)]
)
def test_what_a_line_gives_back_is_looked_for(tx: Loose, amount: int, monthly: bool, taken: int) -> None:
    tx.put(*order("1", 5, {"cash": 5}))
    line = QuoteLine("prepay", say("Fee"), 2, amount, amount, monthly=monthly, bucket_id="b")
    other = QuoteLine("prepay", say("Fee"), 2, -2, -2, source="1")
    expected = [("1", taken)] * bool(taken)
    assert [(one.order_id, one.amount) for one in sources_of_lines(tx, [line, other])] == [*expected, ("1", 2)]
    assert [one.card for one in sources_of_lines(tx, [other])] == [False]


def test_money_is_new_until_something_is_known_of_it() -> None:
    back = Back()
    assert (back.by_way, back.any_way, back.total, back.uncleared, back.cards, back.payable) == ({}, 0, 0, 0, 0, 0)
    assert back.other_way([Tender("cash", 1)]) == 1
    assert not Source("o", 1, DAY).card
    assert newest([], 1) == [Source("", 1, "0001-01-01")]


def test_ways_are_summed_over_all_sources(tx: Loose) -> None:
    found = [
        Source("a", 5, DAY, False, {"cash": 5}),
        Source("b", 7, DAY, True, {"cash": 3, "card": 4}),
        Source("c", 2, DAY, False, {"odd": 1}),
    ]
    back = back_of(tx, found, TODAY)
    assert (back.by_way, back.any_way, back.total, back.cards) == ({"cash": 8, "card": 4, "odd": 1}, 1, 14, 7)
