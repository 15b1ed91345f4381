"""Accounts and their buckets: opened, closed when nothing hangs on them, the time that money gives a line (F12)."""

from __future__ import annotations

from typing import Any

import pytest

from boss_tui.components.accounts.accounts import LONGEST, Accounts, validity
from data.errors import NotAllowed
from data.tables.account import BalanceBucket, BillingAccount
from data.tables.finance import Posting, PostingLine
from data.tables.life import ServiceParameter, ValueChange
from data.tables.order import ProductOrder, Subscription
from tests.boss_tui.components.loose import Loose
from tests.boss_tui.components.rows import context, row


def bucket(key: str, amount: int = 0, **values: Any) -> Any:
    return row(BalanceBucket, **{"id": key, "account_id": "a", "kind": key, "amount": amount, **values})


def line(key: str, **values: Any) -> Any:
    return row(Subscription, **{"id": key, "number": key, "account_id": "a", "state": "active", **values})


def f12(tx: Loose, **about: Any) -> Accounts:
    return Accounts(context(tx, **about))


@pytest.mark.parametrize(
    ("fen", "days"),
    [
        (0, 0),
        (999, 0),
        (1_000, 15),
        (2_999, 15),
        (3_000, 90),
        (9_999, 90),
        (10_000, 180),
        (29_999, 180),
        (30_000, LONGEST),
        (10**9, LONGEST),
        (-5, 0),
    ],
)
def test_a_payment_adds_days_by_its_amount(fen: int, days: int) -> None:
    assert validity(fen) == days


def test_a_new_account_has_an_empty_bucket_of_each_kind(tx: Loose) -> None:
    made = f12(tx).open("c", "prepaid")
    other = f12(tx).open("c", "postpaid")
    assert (made.customer_id, made.pay_type, made.outlet, made.state) == ("c", "prepaid", "HZ01", "active")
    assert [(one.kind, one.amount) for one in f12(tx).buckets(made.id)] == [("deposit", 0), ("prepaid", 0)]
    assert made.number < other.number
    assert [one.id for one in f12(tx).of_customer("c")] == [made.id, other.id]
    assert f12(tx).numbered(made.number) == f12(tx).of(made.id)
    deposit = f12(tx).bucket(made.id, "deposit")
    assert f12(tx).kind_of(deposit.id) == "deposit"


@pytest.mark.parametrize(
    ("rows", "told", "done"),
    [
        ([], "", True),
        ([bucket("prepaid")], "", True),
        ([bucket("prepaid", 1)], "still holds money", False),
        ([bucket("prepaid", -1)], "still holds money", False),
        ([bucket("prepaid", 1, account_id="b")], "", True),
        ([line("s")], "Another subscription", False),
        ([line("s", state="suspended")], "Another subscription", False),
        ([line("s", state="terminated"), line("t", state="cancelled")], "", True),
        ([line("s", account_id="b")], "", True),
        ([bucket("prepaid"), bucket("gift", 5)], "still holds money", False),
    ],
)
def test_an_account_is_closed_when_it_holds_nothing_and_nothing_living_hangs_on_it(
    tx: Loose, rows: list[Any], told: str, done: bool
) -> None:
    tx.put(row(BillingAccount, id="a"), *rows)
    assert f12(tx).close_if_done("a") is done
    assert tx.told(BillingAccount, "state") == ["closed" if done else "active"]
    tx.change(tx.one(BillingAccount, id="a"), state="active")
    if told:
        with pytest.raises(NotAllowed, match=told):
            f12(tx).close("a")
        return
    f12(tx).close("a")
    assert tx.told(BillingAccount, "state") == ["closed"]


def test_what_lives_on_an_account_the_oldest_first(tx: Loose) -> None:
    tx.put(
        line("b", opened_on="2"),
        line("a", opened_on="2"),
        line("c", opened_on="1"),
        line("x", state="terminated"),
        line("y", state="cancelled"),
        line("z", account_id="other"),
    )
    assert [one.id for one in f12(tx).charged("a")] == ["c", "a", "b"]


def moved(key: str, order: str | None, amount: int, bucket: str = "prepaid") -> list[Any]:
    return [
        row(Posting, id=key, order_id=order),
        row(PostingLine, posting_id=key, line=1, amount=amount, bucket_id=bucket),
    ]


@pytest.mark.parametrize(
    ("rows", "touched"),
    [
        ([], False),
        (moved("1", "open", -100), True),
        ([*moved("1", "open", -100), *moved("2", "open", 100)], False),
        ([*moved("1", "open", -100), *moved("2", "undo", 100)], False),
        ([*moved("1", "fee", -100), *moved("2", "unfee", 100)], False),
        (moved("1", "fee", -100), True),
        ([*moved("1", "open", -100), *moved("2", "open", 99)], True),
        (moved("1", None, -5), True),
        ([*moved("1", None, -5), *moved("2", None, 5)], False),
        (moved("1", "fee", -5, "elsewhere"), False),
        ([*moved("1", "fee", -100), *moved("2", "open", 100)], True),
    ],
)
def test_an_account_is_untouched_where_all_that_moved_went_back(tx: Loose, rows: list[Any], touched: bool) -> None:
    tx.put(
        bucket("prepaid"),
        bucket("elsewhere", account_id="b"),
        row(ProductOrder, id="open"),
        row(ProductOrder, id="undo", reverses="open"),
        row(ProductOrder, id="fee"),
        row(ProductOrder, id="unfee", reverses="fee"),
        *rows,
    )
    if not touched:
        f12(tx).must_be_untouched("a", "open")
        return
    with pytest.raises(NotAllowed, match="Money moved"):
        f12(tx).must_be_untouched("a", "open")


def test_what_a_posting_put_into_which_bucket(tx: Loose) -> None:
    lines = [(100, None), (-60, "x"), (-40, "y"), (7, "z")]
    tx.put(*(row(PostingLine, posting_id="p", line=n, amount=fen, bucket_id=to) for n, (fen, to) in enumerate(lines)))
    tx.put(row(PostingLine, posting_id="q", line=1, bucket_id="x"))
    assert f12(tx).moved("p") == {"x": 60, "y": 40, "z": -7}


# the time that money gives


@pytest.mark.parametrize(
    ("was", "fen", "pay_type", "until"),
    [
        ("", 1_000, "prepaid", "2026-12-08"),
        ("2026-11-30", 1_000, "prepaid", "2026-12-15"),
        ("2026-11-22", 1_000, "prepaid", "2026-12-08"),
        ("2026-11-23", 1_000, "prepaid", "2026-12-08"),
        ("2026-11-24", 1_000, "prepaid", "2026-12-09"),
        ("", 999, "prepaid", ""),
        ("", 1_000, "postpaid", ""),
    ],
)
def test_a_payment_lets_a_prepaid_line_live_longer(tx: Loose, was: str, fen: int, pay_type: str, until: str) -> None:
    if was:
        tx.put(row(ServiceParameter, subscription_id="s", service="prepaid", name="valid_until", value=was))
    assert f12(tx).extend(line("s", pay_type=pay_type), fen) == until
    assert tx.told(ServiceParameter, "value") == ([until or was] if until or was else [])
    noted = [("valid_until", was, until)] if until else []
    assert tx.told(ValueChange, "field", "before", "after", subject="s") == noted


@pytest.mark.parametrize(
    ("before", "after", "now", "left"),
    [
        ("", "2026-12-08", "2026-12-08", ""),
        ("2026-11-30", "2026-12-15", "2026-12-15", "2026-11-30"),
        # what came later stays: only the days that this order gave go
        ("2026-11-30", "2026-12-15", "2027-03-15", "2027-02-28"),
        ("", "2026-12-08", "2026-12-23", "2026-12-08"),
        ("2026-11-01", "2026-12-08", "2026-12-23", "2026-12-08"),
    ],
)
def test_the_time_that_an_order_gave_is_taken_back(tx: Loose, before: str, after: str, now: str, left: str) -> None:
    about = {"subscription_id": "s", "service": "prepaid", "name": "valid_until"}
    tx.put(
        row(ProductOrder, id="gave", business_date="2026-11-23"),
        row(ServiceParameter, **about, value=now),
        row(ValueChange, id="v", subject="s", field="valid_until", before=before, after=after, order_id="gave"),
        row(ValueChange, id="w", subject="s", field="plan", before="x", order_id="gave"),
    )
    f12(tx).shorten("gave")
    assert tx.told(ServiceParameter, "value") == [left]
    assert tx.told(ValueChange, "before", "after", order_id="order") == [(now, left)]


def test_how_an_account_is_paid_is_noted_before_it_changes(tx: Loose) -> None:
    tx.put(row(BillingAccount, id="a", bank="ICBC"))
    changed = f12(tx).change(tx.one(BillingAccount, id="a"), bank="CCB", pay_method="cash")
    assert changed.bank == "CCB"
    assert tx.told(ValueChange, "subject", "field", "before", "after") == [("a", "bank", "ICBC", "CCB")]
