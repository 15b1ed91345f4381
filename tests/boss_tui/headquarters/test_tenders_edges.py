"""How it was paid, as headquarters judges it: where each rule turns, on rows in memory."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from boss_tui.headquarters.rules import tenders
from data.journal import Change
from data.tables.finance import Payment, PaymentTender, TenderKind
from data.tables.mobile import MobilePayment
from data.tables.order import ProductOrder
from tests.boss_tui.components.rows import DAY, row
from tests.boss_tui.headquarters.known import Fact, change, claim, known, published, told

WAYS = [
    row(TenderKind, code="cash", account="1001", drawer=1),
    row(TenderKind, code="card", account="1002", reference=1),
    row(TenderKind, code="wechat", account="1013", reference=1, provider="wechat"),
    row(TenderKind, code="suspense", account="2209", reference=1),
    row(TenderKind, code="rounding", account="6901"),
]


def order_of(key: str, **new: Any) -> Any:
    return row(
        ProductOrder, **{"id": key, "serial": key, "outlet": "HZ01", "business": "C12", "state": "completed", **new}
    )


def moved(
    key: str, of: str | None, amount: int, reference: str = "R", kind: str = "card", outlet: str = "HZ01"
) -> list[Any]:
    """Money that was moved before, with its payment."""
    return [
        row(Payment, id=key, order_id=of, outlet=outlet, posting_id=f"p{key}"),
        row(PaymentTender, payment_id=key, line=1, kind=kind, amount=amount, reference=reference),
    ]


def tendered(
    rows: Sequence[Any],
    of: str | None,
    *paid_by: tuple[str, int, str],
    changed: Sequence[Change] = (),
    more: Sequence[Fact] = (),
) -> list[str]:
    """The reasons of what is wrong with how something was paid; notes in brackets."""
    payment: Fact = (Payment, {"id": "y", "order_id": of, "outlet": "HZ01", "posting_id": "p"})
    new = [
        (PaymentTender, {"payment_id": "y", "line": at, "kind": kind, "amount": amount, "reference": reference})
        for at, (kind, amount, reference) in enumerate(paid_by)
    ]
    faults = told(tenders.judge(known(*WAYS, *rows), claim(payment, *new, *more, changed=changed)))
    return [f"({reason})" if note else reason for reason, note in faults]


OWN, ANOTHER, BACK = order_of("o"), order_of("a"), order_of("b", reverses="a")


@pytest.mark.parametrize(
    ("rows", "of", "paid_by", "expected"),
    [
        ([OWN], "o", ("card", 100, "R"), 0),
        ([OWN], "o", ("card", 100, ""), 1),
        ([OWN], "o", ("card", 100, "r"), 1),
        ([OWN], "o", ("cash", 100, ""), 0),
        ([OWN], "o", ("gold", 100, ""), 0),  # told elsewhere
        ([OWN, ANOTHER, *moved("1", "a", 100)], "o", ("card", 100, "R"), 1),
        ([OWN, ANOTHER, *moved("1", "a", 100)], "o", ("card", 100, "Q"), 0),
        ([OWN, ANOTHER, *moved("1", "a", 100, kind="cheque")], "o", ("card", 100, "R"), 0),
        ([OWN, ANOTHER, *moved("1", "a", 100, outlet="HZ02")], "o", ("card", 100, "R"), 0),
        ([OWN, ANOTHER, *moved("1", "a", -100)], "o", ("card", 100, "R"), 0),
        ([OWN, ANOTHER, *moved("1", "a", -100)], "o", ("card", -100, "R"), 1),
        ([OWN, ANOTHER, *moved("1", "a", 100)], "o", ("card", -100, "R"), 0),
        ([OWN, ANOTHER, BACK, *moved("1", "a", 100), *moved("2", "b", -100)], "o", ("card", 100, "R"), 0),
        ([BACK, ANOTHER, *moved("1", "a", 100)], "b", ("card", -100, "R"), 0),
        ([OWN, *moved("1", "o", 100)], "o", ("card", 50, "R"), 0),  # the same order
        (
            [order_of("o", collection="k"), order_of("a", collection="k"), *moved("1", "a", 100)],
            "o",
            ("card", 100, "R"),
            0,
        ),
        ([OWN, *moved("1", None, 100)], "o", ("card", 100, "R"), 1),  # a slip that waits
        ([OWN, *moved("1", None, 100), *moved("2", None, -100)], "o", ("card", 100, "R"), 0),
        ([*moved("1", None, 100)], None, ("card", 100, "R"), 1),
        ([*moved("1", None, 100)], None, ("card", -100, "R"), 0),
        ([], None, ("card", 100, "R"), 0),
        ([OWN, ANOTHER, *moved("1", "a", 100, kind="suspense")], "o", ("suspense", 100, "R"), 0),
        ([OWN], "o", ("suspense", 100, ""), 1),
    ],
)
def test_a_number_moves_money_for_one_thing(
    rows: list[Any], of: str | None, paid_by: tuple[str, int, str], expected: int
) -> None:
    assert tendered(rows, of, paid_by) == ["tender"] * expected


def test_a_number_that_was_not_asked_for_then_is_noted() -> None:
    lines = [
        published(1, "tender_kind", ["card"], "2020-01-01", "add", **{**WAYS[1].__dict__, "reference": 0}),
        published(2, "tender_kind", ["card"], DAY, reference=1),
    ]
    assert tendered([OWN, *lines], "o", ("card", 100, "")) == ["(tender)"]


def asked(**new: Any) -> Any:
    standard = {"order_no": "N", "outlet": "HZ01", "kind": "wechat", "amount": 100, "state": "paid"}
    return row(MobilePayment, **{**standard, **new})


BOOKED = change("mobile_payment", "N", booked=1)


@pytest.mark.parametrize(
    ("new", "changed", "amounts", "expected"),
    [
        ({}, [BOOKED], (100,), 0),
        ({}, [BOOKED], (60, 40), 0),  # shared by orders that are paid in one go
        ({}, [BOOKED], (60,), 1),
        ({}, [], (100,), 1),
        ({}, [change("mobile_payment", "M", booked=1)], (100,), 1),
        ({}, [change("mobile_payment", "N", dropped=1)], (100,), 1),
        ({"kind": "alipay"}, [BOOKED], (100,), 1),
        ({"outlet": "HZ02"}, [BOOKED], (100,), 1),
        ({"state": "asked"}, [BOOKED], (100,), 1),
        ({"refund_of": "M"}, [BOOKED], (100,), 1),
        ({"booked": 1}, [BOOKED], (100,), 1),
        ({"dropped": 1}, [BOOKED], (100,), 1),
        ({"order_no": "M"}, [BOOKED], (100,), 1),
    ],
)
def test_a_provider_has_said_so_once(
    new: dict[str, Any], changed: list[Change], amounts: tuple[int, ...], expected: int
) -> None:
    paid_by = [("wechat", amount, "N") for amount in amounts]
    assert tendered([OWN, asked(**new)], "o", *paid_by, changed=changed) == ["tender"] * expected


@pytest.mark.parametrize(
    ("before", "back", "amount", "expected"),
    [
        (100, [(-100, "N", "wechat")], -100, 0),
        (100, [], -100, 1),
        (100, [(-60, "N", "wechat")], -100, 1),
        (100, [(-60, "N", "wechat"), (-40, "N", "wechat")], -100, 0),
        (100, [(-100, "M", "wechat")], -100, 1),
        (100, [(-100, "N", "alipay")], -100, 1),
        (60, [(-100, "N", "wechat")], -100, 1),  # more than was paid
    ],
)
def test_a_provider_gives_back_what_it_has(
    before: int, back: list[tuple[int, str, str]], amount: int, expected: int
) -> None:
    more: list[Fact] = [
        (MobilePayment, {"order_no": f"B{at}", "outlet": "HZ01", "kind": kind, "amount": fen, "refund_of": of})
        for at, (fen, of, kind) in enumerate(back)
    ]
    here = [OWN, *moved("1", "o", before, "N", "wechat")]
    assert tendered(here, "o", ("wechat", amount, "N"), more=more) == ["tender"] * expected


@pytest.mark.parametrize(
    ("amounts", "expected"), [((9,), 0), ((10,), 1), ((-9,), 0), ((-10,), 1), ((5, 5), 1), ((5, -5), 0)]
)
def test_what_coins_leave_is_rounded_away_and_no_more(amounts: tuple[int, ...], expected: int) -> None:
    paid_by = [("rounding", amount, "") for amount in amounts]
    assert tendered([OWN], "o", *paid_by) == ["tender"] * expected


def test_an_entry_without_payments_is_not_asked_for_them() -> None:
    assert told(tenders.judge(known(), claim())) == []


def test_each_tender_is_looked_at_whatever_way_the_one_before_it_came() -> None:
    assert tendered([], "o", ("card", 100, "")) == ["tender"]
    assert tendered([], "o", ("shells", 100, ""), ("card", 100, "")) == ["tender"]  # no such way: told elsewhere
