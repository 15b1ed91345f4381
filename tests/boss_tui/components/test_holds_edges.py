"""What services rest on when orders are taken back; credit that is given once; what money pays of bills (F12, F8)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from boss_tui.components.accounts.accounts import Accounts
from boss_tui.components.credit.credit import Assessment, Credit
from boss_tui.components.tenders.dues import DuesPart, Owed, owed, paid_by, waived
from boss_tui.taxes import Rated
from data.tables.account import BalanceBucket, BalanceHold, CustomerCredit
from data.tables.billing import CustomerBill
from tests.boss_tui.components.loose import Loose
from tests.boss_tui.components.rows import context, row


def hold(key: str, **values: Any) -> Any:
    standard = {
        "id": key,
        "bucket_id": "b",
        "subscription_id": "s",
        "service": "roaming",
        "amount": 100,
        "order_id": "o",
        "state": "active",
    }
    return row(BalanceHold, **{**standard, **values})


def states(tx: Loose) -> dict[str, tuple[str, str | None]]:
    return {key: (state, ended) for key, state, ended in tx.told(BalanceHold, "id", "state", "ended_order")}


def test_an_order_that_is_taken_back_holds_nothing_and_what_it_let_go_of_is_held(tx: Loose) -> None:
    tx.put(
        hold("held"),
        hold("other", order_id="p"),
        hold("gone", order_id="p", state="ended", ended_order="o"),
        hold("own", state="ended", ended_order="o"),
        hold("far", order_id="q", state="ended", ended_order="q"),
    )
    Accounts(context(tx)).reverse_holds("o")
    assert states(tx) == {
        "held": ("ended", "order"),
        "other": ("active", None),
        "gone": ("active", None),
        "own": ("ended", "o"),
        "far": ("ended", "q"),
    }


def test_what_an_order_let_go_of_in_a_bucket_is_told_and_held_again(tx: Loose) -> None:
    tx.put(
        row(BalanceBucket, id="b", kind="deposit"),
        row(BalanceBucket, id="c", kind="prepaid"),
        hold("1", state="ended", ended_order="o"),
        hold("2", state="ended", ended_order="o", bucket_id="c", service="long_distance", amount=50),
        hold("3", state="ended", ended_order="p"),
        hold("4", ended_order="o"),
    )
    f12 = Accounts(context(tx))
    assert [one.id for one in f12.let_go_by("o", "b")] == ["1"]
    f12.hold_again("o")
    held = [(one.bucket_id, one.service, one.amount) for one in f12.resting("s") if one.order_id == "order"]
    assert sorted(held) == [("b", "roaming", 100), ("c", "long_distance", 50)]


@pytest.mark.parametrize(("has", "limit"), [(None, 700), (300, 300)])
def test_a_limit_is_given_once(tx: Loose, has: int | None, limit: int) -> None:
    if has is not None:
        tx.put(row(CustomerCredit, customer_id="c", rating="A", credit_limit=has))
    Credit(context(tx)).open("c", Assessment("B", 700, 0))
    assert tx.told(CustomerCredit, "credit_limit") == [limit]


# dues


def bill(key: str, amount: int, due_on: str = "2026-11-13") -> Any:
    return row(CustomerBill, id=key, month=key, amount=amount, due_on=due_on)


def due(key: str, amount: int, *left: Rated, days: int = 10, rate: int = 3) -> Owed:
    return Owed(bill(key, amount), "A1", amount, days, rate, left)


@pytest.mark.parametrize(
    ("money", "parts"),
    [
        (0, []),
        (1, [("a", 1, 0, 0, 0)]),
        (1_030, [("a", 1_000, 30, 0, 0)]),
        (1_029, [("a", 999, 30, 0, 0)]),
        (1_031, [("a", 1_000, 30, 0, 0), ("b", 1, 0, 900, 0)]),
        (2_060, [("a", 1_000, 30, 0, 0), ("b", 600, 30, 900, 50), ("b", 400, 0, 600, 23)]),
        (1_648, [("a", 1_000, 30, 0, 0), ("b", 600, 18, 900, 50)]),
        (1_649, [("a", 1_000, 30, 0, 0), ("b", 600, 18, 900, 50), ("b", 1, 0, 600, 0)]),
        (9_999, [("a", 1_000, 30, 0, 0), ("b", 600, 30, 900, 50), ("b", 400, 0, 600, 23)]),
    ],
)
def test_money_pays_the_oldest_bill_rate_by_rate_the_fee_with_the_first(
    money: int, parts: list[tuple[str, int, int, int, int]]
) -> None:
    bills = [due("a", 1_000), due("b", 1_000, Rated(900, 600, 50), Rated(600, 400, 23))]
    found = paid_by(bills, money)
    assert [(one.bill_id, one.amount, one.late_fee, one.tax_rate, one.tax) for one in found] == parts
    assert all(one.account == "A1" and one.month == one.bill_id for one in found)


def test_without_late_fee_a_bill_costs_itself() -> None:
    (one,) = waived([due("a", 1_000)])
    assert (one.late_fee, one.total, one.days) == (0, 1_000, 10)
    assert paid_by([one], 1_000) == [DuesPart("a", "a", "A1", 1_000)]
    assert DuesPart("a", "a", "A1", 1) == DuesPart("a", "a", "A1", 1, 0, 0, 0)


@pytest.mark.parametrize(
    ("today", "days"), [("2026-11-12", 0), ("2026-11-13", 0), ("2026-11-14", 1), ("2026-12-13", 30)]
)
def test_the_fee_runs_from_the_day_after(today: str, days: int) -> None:
    one = owed(row(CustomerBill, id="a", amount=100, paid=40, due_on="2026-11-13"), "A1", date.fromisoformat(today), 3)
    assert (one.days, one.amount, one.rate, one.left, one.account) == (days, 60, 3, (), "A1")
