"""Money of entries that headquarters put aside: what counts as money, and in whose books it stands meanwhile."""

from __future__ import annotations

from typing import Any

import pytest

from boss_tui.components.ledger import put_aside
from boss_tui.components.ledger.put_aside import CHART, DUE_FROM_OUTLETS, MOST, OF_CLOSED, OTHER_INCOME, PUT_ASIDE
from data.tables.finance import LedgerAccount
from data.tables.sync import SyncException
from tests.boss_tui.components.rows import Rows, row


def tender(amount: Any, table: str = "payment_tender", op: str = "add") -> list[Any]:
    return [table, op, ["p", 1], 0, {"amount": amount}]


@pytest.mark.parametrize(
    ("changes", "fen"),
    [
        ([], 0),
        ([tender(500), tender(-200)], 300),  # what was paid out counts against it
        ([tender(500, "bill_payment")], 0),
        ([tender(500, op="change")], 0),
        ([["payment_tender", "add", ["p", 1], 0, {}]], 0),
        ([["payment_tender", "add"], tender(500)], 500),
        ([tender("500"), tender(1)], 1),
        ([tender(True)], 0),
        ([tender(5.0)], 0),
        ([tender(MOST - 1)], MOST - 1),
        ([tender(MOST)], 0),  # no one tender is of so much
        ([tender(1 - MOST)], 1 - MOST),
        ([tender(-MOST)], 0),
        ([tender(MOST - 1), tender(1)], 0),  # nor are all of an entry
        ([tender(MOST - 1), tender(1), tender(-1)], MOST - 1),
        ([tender(1 - MOST), tender(-1)], 0),
    ],
)
def test_what_an_entry_says_was_taken_is_money_as_far_as_it_can_be(changes: list[Any], fen: int) -> None:
    assert put_aside.money_in(changes) == fen


@pytest.fixture
def posted(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Any, ...]]:
    """What is posted: in whose books, at which till, about what, and the lines."""
    made: list[tuple[Any, ...]] = []

    def post(_tx: Any, *, outlet: str, business_date: str, till: str, note: str, lines: Any, **_: Any) -> None:
        made.append((outlet, business_date, till, note, [(leg.account, leg.amount) for leg in lines]))

    monkeypatch.setattr(put_aside, "post", post)
    return made


def told(held: int) -> SyncException:
    made: SyncException = row(SyncException, id="x", outlet="HZ01", held=held)
    return made


def test_it_is_due_from_the_outlet_and_nobody_s_until_a_person_decides(posted: list[tuple[Any, ...]]) -> None:
    tx: Any = Rows()
    put_aside.hold(tx, told(500))
    put_aside.let_go(tx, told(500), OTHER_INCOME)
    office = ("headquarters", "2026-11-23", "HZ01", "x")
    assert posted == [
        (*office, [(DUE_FROM_OUTLETS, 500), (PUT_ASIDE, -500)]),
        (*office, [(PUT_ASIDE, 500), (OTHER_INCOME, -500)]),
    ]
    assert {each.code for each in tx.rows} == {DUE_FROM_OUTLETS, PUT_ASIDE, OTHER_INCOME}


def test_nothing_is_posted_of_no_money(posted: list[tuple[Any, ...]]) -> None:
    tx: Any = Rows()
    put_aside.hold(tx, told(0))
    put_aside.due_from_closed(tx, "HZ01", 0)
    assert (posted, tx.rows) == ([], [])


def test_what_a_closed_outlet_had_is_due_from_it(posted: list[tuple[Any, ...]]) -> None:
    tx: Any = Rows()
    put_aside.due_from_closed(tx, "HZ01", 300)
    assert posted == [
        (
            *("headquarters", "2026-11-23", "HZ01", "outlet.close"),
            [(DUE_FROM_OUTLETS, 300), (OF_CLOSED, -300)],
        )
    ]


def test_an_account_that_is_there_is_not_made_again() -> None:
    there = [row(LedgerAccount, code=each["code"]) for each in CHART]
    tx: Any = Rows(*there)
    put_aside._know(tx, DUE_FROM_OUTLETS, PUT_ASIDE)
    assert tx.rows == there
