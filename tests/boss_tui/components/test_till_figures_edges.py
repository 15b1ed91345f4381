"""Sums over the books for a shift and for a day: what counts, what doesn't, by what it is grouped (F11, F13)."""

from __future__ import annotations

from typing import Any

import pytest

from boss_tui.components.till.card_figures import CardSum, card_sums
from boss_tui.components.till.figures import day_sums, expected_cash, x_figures
from data.tables.finance import Posting, PostingLine, Shift, ShiftCount
from data.tables.life import ValueChange
from data.tables.order import ProductOrder
from data.tables.organisation import Operator
from data.tables.stock import RechargeCard
from data.tables.tariff import ChargeItem
from tests.boss_tui.components.loose import Loose
from tests.boss_tui.components.rows import DAY, row

COLUMNS = ("account", "amount", "item", "tax_rate")


def posting(key: str, *lines: tuple[Any, ...], **values: Any) -> list[Any]:
    """A posting of this shift: account, fen, item, rate a line."""
    standard = {
        "id": key,
        "outlet": "HZ01",
        "business_date": DAY,
        "business": "C12",
        "operator": "1001",
        "order_id": key,
        "shift_id": "shift",
        "made_at": key,
    }
    return [
        row(Posting, **{**standard, **values}),
        *(
            row(PostingLine, posting_id=key, line=n, **dict(zip(COLUMNS, each, strict=False)))
            for n, each in enumerate(lines)
        ),
    ]


def fee(key: str, fen: int, *, tender: str = "1001", **values: Any) -> list[Any]:
    """A fee of so many fen that is taxed with 9 %, of which 9 fen of each 109 are tax."""
    tax = fen * 9 // 109
    return posting(key, (tender, fen, ""), ("6001", tax - fen, "fee", 900), ("2221", -tax, "fee", 900), **values)


@pytest.fixture
def shift(tx: Loose) -> Any:
    tx.put(
        row(Shift, id="shift", outlet="HZ01", till="HZ0101", operator="1001", business_date=DAY, opened_at="2026"),
        row(Operator, staff_no="1001", name="王芳"),
        row(ChargeItem, code="fee", name_zh="费", name_en="Fee"),
        *posting("f", ("1001", 10_000, "float"), ("1004", -10_000, "float"), order_id=None),
    )
    return tx.one(Shift, id="shift")


def test_what_orders_brought_is_summed_by_business_operator_tender_item_and_rate(tx: Loose, shift: Any) -> None:
    tx.put(
        *fee("1", 1090),
        *fee("2", 2180, tender="1002", business="C1", operator="1002"),
        *fee("3", -109),
        *posting("4", ("1001", 500, ""), ("2205", -500, "prepay")),
        *posting(
            "5", ("1001", 700, ""), ("1122", -700, "bill"), ("6401", 50, "commission"), ("2241", -50, "commission")
        ),
        *fee("6", 109, shift_id=None),
        *fee("7", 109, shift_id="other"),
    )
    found = x_figures(tx, shift).takings
    sums = [
        [(one.key, one.count, one.amount) for one in part]
        for part in (
            found.businesses,
            found.operators,
            found.tenders,
            found.refunds,
        )
    ]
    assert sums == [
        [("C1", 1, 2180), ("C12", 4, 2181)],
        [("1001", 4, 2181), ("1002", 1, 2180)],
        [("cash", 4, 2181), ("card", 1, 2180)],
        [("cash", 1, -109)],
    ]
    assert [(one.item, str(one.name), one.net, one.tax, one.amount) for one in found.items] == [
        ("bill", "Charged on bills", 700, 0, 700),
        ("fee", "Fee", 2900, 261, 3161),
        ("prepay", "prepay", 500, 0, 500),
    ]
    assert [(one.rate, one.net, one.tax) for one in found.rates] == [(900, 2900, 261), (0, 1200, 0)]
    assert (found.total, found.orders, found.tax) == (4361, 5, 261)
    assert str(found.names["cash"]) == "Cash"


def test_one_fen_that_goes_back_is_a_refund_and_tax_alone_is_of_its_item(tx: Loose, shift: Any) -> None:
    tx.put(
        *posting("1", ("1001", -1, ""), ("6001", 1, "fee")),
        *posting("2", ("1001", 0, ""), ("6001", 0, "fee")),
        *posting("3", ("1001", 9, ""), ("2221", -9, "tax")),
    )
    found = x_figures(tx, shift).takings
    assert [(one.key, one.count, one.amount) for one in found.refunds] == [("cash", 1, -1)]
    assert [(one.item, one.net, one.tax) for one in found.items] == [("fee", -1, 0), ("tax", 0, 9)]


def test_before_anything_was_posted_no_cash_is_expected(tx: Loose) -> None:
    assert expected_cash(tx, row(Shift, id="s")) == 0


def test_two_postings_of_one_order_are_one_order(tx: Loose, shift: Any) -> None:
    tx.put(*fee("1", 1090), *fee("2", 1090, order_id="1"))
    (business,) = x_figures(tx, shift).takings.businesses
    assert (business.count, business.amount) == (1, 2180)


def test_cash_that_was_moved_otherwise_is_told_with_what_was_said(tx: Loose, shift: Any) -> None:
    tx.put(
        *fee("1", 1090),
        *posting("2", ("1004", 300, "drop"), ("1001", -300, "drop"), order_id=None, note="to the safe"),
        *posting("3", ("1004", 200, "drop"), ("1001", -200, "drop"), order_id=None),
        *posting("4", ("1001", 5, "difference"), ("6900", -5, "difference"), order_id=None, note="over"),
        *posting("5", ("1004", 9, "handover"), ("1001", -9, "handover"), order_id=None, note="over"),
        *posting("6", ("1001", 7, "float"), order_id=None, shift_id="other", note="x"),
        *posting("0", ("1001", 20, "change"), ("1004", -20, "change"), order_id=None, note="coins"),
        row(ShiftCount, shift_id="shift", denomination=100, pieces=2),
        row(ShiftCount, shift_id="shift", denomination=10_000, pieces=1),
        row(ShiftCount, shift_id="other", denomination=1, pieces=1),
    )
    found = x_figures(tx, shift)
    assert found.operator == "王芳"
    assert [(one.key, one.count, one.amount) for one in found.moves] == [
        ("change", 1, 20),
        ("drop", 2, -500),
        ("float", 1, 10_000),
    ]
    assert [(one.purpose, one.amount, one.note) for one in found.notes] == [
        ("change", 20, "coins"),
        ("drop", -300, "to the safe"),
        ("drop", -200, ""),
        ("float", 10_000, ""),
    ]
    assert found.counts == ((10_000, 1), (100, 2))
    assert found.expected == expected_cash(tx, shift) == 10_000 + 1090 - 500 + 20


def test_a_cashier_whom_nobody_knows_has_their_number(tx: Loose, shift: Any) -> None:
    tx.change(shift, operator="1009")
    assert x_figures(tx, shift).operator == "1009"


@pytest.mark.parametrize(
    ("values", "counts"),
    [
        ({}, True),
        ({"outlet": "NB01"}, False),
        ({"business_date": "2026-11-22"}, False),
        ({"shift_id": "x"}, True),
        ({"shift_id": None}, False),
        ({"order_id": None}, False),
    ],
)
def test_a_day_is_the_outlet_s_all_tills_together(tx: Loose, values: dict[str, Any], counts: bool) -> None:
    tx.put(*fee("1", 109, **values))
    takings, moves = day_sums(tx, "HZ01", DAY)
    assert takings.total == takings.orders * 109 == (109 if counts else 0)
    assert [one.key for one in moves] == ([""] if values == {"order_id": None} else [])


def test_a_day_tells_differences_and_hand_overs_too(tx: Loose, shift: Any) -> None:
    tx.put(*posting("4", ("1001", 5, "difference"), ("6900", -5, "difference"), order_id=None))
    _, moves = day_sums(tx, "HZ01", DAY)
    assert [(one.key, one.amount) for one in moves] == [("difference", 5), ("float", 10_000)]


# recharge cards of a shift


def card(serial: str, value: int, state: str, outlet: str = "HZ01") -> Any:
    return row(RechargeCard, serial=serial, face_value=value, state=state, outlet=outlet)


def moved(key: str, serial: str, before: str, after: str, at: str, order: str = "here") -> Any:
    return row(
        ValueChange, id=key, subject=serial, field="state", before=before, after=after, made_at=at, order_id=order
    )


@pytest.mark.parametrize(
    ("closed", "sums"),
    [
        # for sale at the beginning, sold, damaged, at other counters, left
        ("", [CardSum(3000, 2, 1, 0, 0, 1), CardSum(5000, 7, 1, 1, 2, 3)]),
        ("2026-11-23T05", [CardSum(3000, 2, 1, 0, 0, 1), CardSum(5000, 7, 2, 1, 0, 4)]),
    ],
)
def test_cards_are_reckoned_back_from_those_that_are_there_now(tx: Loose, closed: str, sums: list[CardSum]) -> None:
    tx.put(
        row(ProductOrder, id="here", operator="1001"),
        row(ProductOrder, id="there", operator="1002"),
        *(card(f"i{n}", 5000, "idle") for n in range(3)),
        card("far", 5000, "idle", "NB01"),
        card("t1", 3000, "idle"),
        card("s", 5000, "sold"),
        card("d", 5000, "void"),
        card("o", 5000, "sold"),
        card("p", 5000, "locked"),
        card("b", 5000, "idle2"),
        card("t2", 3000, "used"),
        card("early", 3000, "sold"),
        moved("1", "s", "idle", "sold", "2026-11-23T02"),
        moved("2", "d", "idle", "void", "2026-11-23T03"),
        moved("3", "o", "idle", "sold", "2026-11-23T06", "there"),
        moved("4", "p", "idle", "locked", "2026-11-23T06", "there"),
        moved("5", "b", "idle", "sold", "2026-11-23T04"),
        moved("6", "b", "sold", "idle", "2026-11-23T06"),
        moved("7", "t2", "idle", "sold", "2026-11-23T02"),
        moved("8", "t2", "sold", "used", "2026-11-23T03"),
        moved("9", "early", "idle", "sold", "2026-11-23T00"),
        moved("10", "i0", "x", "y", "2026-11-23T02"),
        row(
            ValueChange,
            id="11",
            subject="i1",
            field="fate",
            before="idle",
            after="",
            made_at="2026-11-23T02",
            order_id="here",
        ),
    )
    shift = row(
        Shift, id="s", outlet="HZ01", till="HZ0101", operator="1001", opened_at="2026-11-23T01", closed_at=closed
    )
    assert list(card_sums(tx, shift)) == sums
    assert [one.opening - one.sold - one.damaged - one.others for one in sums] == [one.left for one in sums]


@pytest.mark.parametrize(("at", "sold"), [("2026-11-23T01", 1), ("2026-11-23T00", 0), ("2026-11-23T05", 1)])
def test_both_ends_of_a_shift_are_of_it(tx: Loose, at: str, sold: int) -> None:
    tx.put(
        row(ProductOrder, id="here", counter="HZ0101"),
        card("s", 5000, "sold"),
        card("i", 5000, "idle"),
        moved("1", "s", "idle", "sold", at),
    )
    shift = row(Shift, id="s", outlet="HZ01", till="HZ0101", opened_at="2026-11-23T01", closed_at="2026-11-23T05")
    (found,) = card_sums(tx, shift)
    assert (found.sold, found.left, found.opening) == (sold, 1, 1 + sold)


def test_cards_of_which_none_is_left_are_told_too(tx: Loose) -> None:
    tx.put(row(ProductOrder, id="here", counter="HZ0101"), card("s", 5000, "sold"), card("t", 3000, "sold"))
    tx.put(moved("1", "s", "idle", "sold", "2026-11-23T06"), moved("2", "t", "idle", "sold", "2026-11-23T02"))
    shift = row(Shift, id="s", outlet="HZ01", till="HZ0101", opened_at="2026-11-23T01", closed_at="2026-11-23T05")
    assert list(card_sums(tx, shift)) == [CardSum(3000, 1, 1, 0, 0, 0), CardSum(5000, 1, 0, 0, 0, 1)]
