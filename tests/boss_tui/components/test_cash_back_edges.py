"""A refund by telephone that was refused, paid out of a drawer: whose word it needs, and what it moves."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from boss_tui.components.till import cash_back
from boss_tui.components.till.cash import CashReason
from data.errors import NotAllowed
from data.message import say
from data.tables.finance import Shift
from data.tables.mobile import MobilePayment
from tests.boss_tui.components.rows import Rows, row

SHIFT = row(Shift, id="h", operator="1001")
REFUSED = {"order_no": "n", "kind": "wechat", "amount": -500, "state": "closed", "refund_of": "o"}


@pytest.fixture(autouse=True)
def drawer(monkeypatch: pytest.MonkeyPatch) -> Any:
    """A drawer with 5 yuan in it, of a clerk's; what is posted and moved."""
    made = SimpleNamespace(cash=500, supervises=False, legs=[], asked=[])

    def post_in(_tx: Any, shift: Shift, operator: str, *legs: Any, note: str) -> str:
        made.legs.append((shift.id, operator, note, [(leg.account, leg.amount, leg.item) for leg in legs]))
        return "posting"

    monkeypatch.setattr(cash_back, "ways", lambda _: {"wechat": SimpleNamespace(account="1012", name=say("WeChat"))})
    monkeypatch.setattr(cash_back, "post_in", post_in)
    monkeypatch.setattr(cash_back, "move", lambda _tx, purpose, fen, posting, _act: (purpose, fen, posting))
    monkeypatch.setattr(cash_back, "expected_cash", lambda *_: made.cash)
    monkeypatch.setattr(cash_back, "is_supervisor", lambda *_: made.supervises)
    monkeypatch.setattr(cash_back, "must_supervise", lambda _tx, who: made.asked.append(("supervises", who)))
    monkeypatch.setattr(cash_back, "must_be_theirs", lambda _tx, *who: made.asked.append(("theirs", *who)))
    monkeypatch.setattr(cash_back, "must_be_within", lambda _tx, *how: made.asked.append(("within", *how)))
    return made


def pay(note: str = "张三", approved_by: str = "2001", **values: Any) -> tuple[Any, MobilePayment]:
    rows: Any = Rows(row(MobilePayment, **{**REFUSED, **values}))
    moved = cash_back.pay(rows, rows.one(MobilePayment), SHIFT, CashReason("1001", note, approved_by))
    return moved, rows.one(MobilePayment)


@pytest.mark.parametrize(
    ("values", "settled"),
    [
        ({}, False),
        ({"state": "reversed"}, True),
        ({"dropped": 1}, True),
        ({"refund_of": ""}, True),  # a payment is no refund
    ],
)
def test_it_is_a_refund_that_was_refused_and_nobody_has_settled(values: dict[str, Any], settled: bool) -> None:
    if settled:
        with pytest.raises(NotAllowed, match="settled already"):
            pay(**values)
    else:
        pay(**values)


def test_the_provider_owes_it_again_and_cash_goes_out(drawer: Any) -> None:
    moved, after = pay(f"  {'张' * 201} ")
    assert moved == ("refund", 500, "posting")
    assert drawer.legs == [("h", "1001", "张" * 201, [("1012", 500, "refund"), ("1001", -500, "refund")])]
    assert (after.dropped, after.reason) == (1, "张" * 200)
    assert drawer.asked == [
        ("supervises", "2001"),
        ("theirs", "1001", "1001", "2001"),
        ("within", "expense_limit", 500, "1001", "2001"),
    ]


@pytest.mark.parametrize(
    ("note", "approved_by", "supervises", "cash", "field"),
    [
        ("张三", "2001", False, 500, None),
        ("张三", "", True, 500, None),
        ("张三", "", False, 500, "approved_by"),
        (" ", "2001", False, 500, "words"),
        ("张三", "2001", False, 499, "amount"),
    ],
)
def test_a_supervisor_allows_it_who_got_it_is_said_and_the_cash_is_there(
    drawer: Any, note: str, approved_by: str, supervises: bool, cash: int, field: str | None
) -> None:
    drawer.supervises, drawer.cash = supervises, cash
    if field is None:
        pay(note, approved_by)
    else:
        with pytest.raises(NotAllowed) as refused:
            pay(note, approved_by)
        assert (refused.value.field, drawer.legs) == (field, [])
