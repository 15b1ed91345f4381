"""The books: what is posted, where nothing more is, what a bucket keeps; and contracts to their last day (F11, F4)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from boss_tui.components.ledger.ledger import Leg, post
from boss_tui.components.products.agreements import Agreements, months_after, penalty
from data.errors import NotAllowed
from data.tables.account import BalanceBucket, BalanceEntry, BalanceHold
from data.tables.finance import BusinessDay, Posting, PostingLine, RunningTotal, Shift
from data.tables.life import Agreement, ValueChange
from data.tables.order import Subscription
from tests.boss_tui.components.loose import Loose
from tests.boss_tui.components.rows import DAY, context, row


def entry(tx: Loose, *lines: Leg, **about: Any) -> Posting:
    standard = {"outlet": "HZ01", "business_date": DAY, "business": "C12", "operator": "1001", "till": "t"}
    return post(tx, lines=lines, **{**standard, **about})


def test_a_posting_has_its_lines_in_order_and_its_running_totals(tx: Loose) -> None:
    made = entry(tx, Leg("1001", 7, "float"), Leg("1001", 3), Leg("6001", -10, "fee", tax_rate=900), note="x")
    names = ("line", "account", "amount", "item", "tax_rate")
    assert tx.told(PostingLine, *names, order=("line",), posting_id=made.id) == [
        (1, "1001", 7, "float", 0),
        (2, "1001", 3, "", 0),
        (3, "6001", -10, "fee", 900),
    ]
    entry(tx, Leg("1001", 1), Leg("6001", -1))
    totals = tx.told(RunningTotal, "outlet", "business_date", "till", "account", "amount", "postings")
    assert sorted(totals) == [("HZ01", DAY, "t", "1001", 11, 2), ("HZ01", DAY, "t", "6001", -11, 2)]
    assert (made.note, made.till, made.order_id, made.shift_id) == ("x", "t", None, None)


@pytest.mark.parametrize("lines", [(), (Leg("1001", 1),), (Leg("1001", 1), Leg("6001", -2))])
def test_what_does_not_add_up_is_a_fault(tx: Loose, lines: tuple[Leg, ...]) -> None:
    with pytest.raises(ValueError, match=r"a posting has lines|do not balance"):
        entry(tx, *lines)
    assert tx.all(Posting) == []


@pytest.mark.parametrize(
    ("day", "shift", "told"),
    [
        (None, None, ""),
        ("open", None, ""),
        ("closed", None, "is closed. Open the next"),
        ("open", "open", ""),
        ("open", "closed", "This shift is closed"),
        (None, "closed", "This shift is closed"),
    ],
)
def test_a_closed_day_or_shift_takes_nothing_more(tx: Loose, day: str | None, shift: str | None, told: str) -> None:
    if day:
        tx.put(row(BusinessDay, outlet="HZ01", business_date=DAY, state=day))
    tx.put(row(BusinessDay, outlet="NB01", business_date=DAY, state="closed"))
    if shift:
        tx.put(row(Shift, id="s", till="t", state=shift))
    lines = (Leg("1001", 0),)
    if not told:
        assert entry(tx, *lines, shift_id="s" if shift else None).shift_id == ("s" if shift else None)
        return
    with pytest.raises(NotAllowed, match=told):
        entry(tx, *lines, shift_id="s" if shift else None)


@pytest.mark.parametrize(
    ("has", "held", "moves", "told"),
    [
        (100, 0, -100, ""),
        (100, 0, -101, "The balance is 1.00: 1.01 can't be taken"),
        (0, 0, 1, ""),
        (0, 0, 0, ""),
        (100, 40, -60, ""),
        (100, 40, -61, "Of 1.00 yuan 0.40 are held"),
        (10, 40, 5, ""),
        (10, 40, 0, ""),
        (10, 40, -1, "Of 0.10 yuan 0.40 are held"),
        (1, 0, -1, ""),
        (41, 40, -1, ""),
    ],
)
def test_a_bucket_keeps_what_services_rest_on_and_never_owes(
    tx: Loose, has: int, held: int, moves: int, told: str
) -> None:
    tx.put(row(BalanceBucket, id="b", amount=has), row(BalanceHold, id="h", bucket_id="b", amount=held))
    lines = (Leg("1001", moves), Leg("2205", -moves, "prepay", "b"))
    if told:
        with pytest.raises(NotAllowed) as refusal:
            entry(tx, *lines)
        assert str(refusal.value).startswith(told)
        return
    entry(tx, *lines)
    assert tx.told(BalanceBucket, "amount") == [has + moves]
    assert tx.told(BalanceEntry, "bucket_id", "amount", "before") == [("b", moves, has)]


# contracts


def agreement(key: str, **values: Any) -> Any:
    standard = {
        "id": key,
        "subscription_id": "s",
        "kind": "plan",
        "product": "P",
        "starts_on": "2026-01-01",
        "ends_on": "2026-12-31",
        "state": "active",
        "order_id": "o",
    }
    return row(Agreement, **{**standard, **values})


@pytest.mark.parametrize(
    ("day", "months", "last"),
    [
        ("2026-01-01", 1, "2026-01-31"),
        ("2026-01-01", 12, "2026-12-31"),
        ("2026-12-01", 1, "2026-12-31"),
        ("2026-11-23", 1, "2026-12-22"),
        ("2026-11-23", 2, "2027-01-22"),
        ("2026-11-23", 24, "2028-11-22"),
        ("2026-01-31", 1, "2026-02-27"),
        ("2028-01-31", 1, "2028-02-28"),
        ("2027-03-01", 12, "2028-02-29"),
        ("2026-10-31", 1, "2026-11-29"),
        ("2026-12-31", 2, "2027-02-27"),
        ("2026-06-15", 6, "2026-12-14"),
    ],
)
def test_a_contract_ends_the_day_before_its_day_comes_again(day: str, months: int, last: str) -> None:
    assert months_after(date.fromisoformat(day), months).isoformat() == last


@pytest.mark.parametrize(
    ("day", "value", "percent", "fen"),
    [
        ("2026-01-01", 1000, 30, 300),
        ("2026-01-10", 1000, 30, 30),
        ("2026-01-11", 1000, 30, 0),
        ("2026-01-12", 1000, 30, 0),
        ("2026-02-28", 1000, 30, 0),
        ("2026-01-06", 1000, 30, 150),
        ("2026-01-10", 5, 100, 1),
        ("2026-01-10", 4, 100, 0),
        ("2026-01-07", 999, 30, 120),
        ("2026-01-01", 1, 50, 1),
        ("2026-01-01", 1, 49, 0),
        ("2026-01-09", 7777, 13, 202),
    ],
)
def test_a_penalty_is_of_the_days_that_are_left_rounded_half_up(day: str, value: int, percent: int, fen: int) -> None:
    one = agreement("a", ends_on="2026-01-10", value=value, penalty_percent=percent)
    assert penalty(one, date.fromisoformat(day)) == fen


class F4(Agreements):
    """Contracts, as part of F4."""

    code = "F4"


@pytest.mark.parametrize(("months", "last"), [(0, None), (1, "2026-12-22"), (24, "2028-11-22")])
def test_a_contract_binds_for_so_many_months_from_today(tx: Loose, months: int, last: str | None) -> None:
    made = F4(context(tx)).bind(row(Subscription, id="s", customer_id="c"), "plan", months, product="P", value=5)
    names = ("customer_id", "subscription_id", "order_id", "kind", "starts_on", "months", "ends_on", "product", "value")
    rows = [("c", "s", "order", "plan", DAY, months, last, "P", 5)] if last else []
    assert tx.told(Agreement, *names) == rows
    assert (made is not None) is bool(last)


@pytest.mark.parametrize(
    ("rows", "terminated"),
    [
        ([], True),
        ([agreement("a")], False),
        ([agreement("a", state="terminated")], True),
        ([agreement("a", state="ended")], False),
        ([agreement("a", product="Q")], True),
        ([agreement("a", state="terminated"), agreement("b", starts_on="2026-02-01")], False),
        ([agreement("a"), agreement("b", starts_on="2026-02-01", state="terminated")], True),
        ([agreement("a"), agreement("b", state="terminated")], True),
    ],
)
def test_the_latest_contract_of_a_product_tells_whether_it_ended_early(
    tx: Loose, rows: list[Any], terminated: bool
) -> None:
    tx.put(*rows)
    assert F4(context(tx)).was_terminated("s", "P") is terminated


def test_contracts_that_an_order_ends_run_on_once_it_is_taken_back(tx: Loose) -> None:
    tx.put(
        agreement("a"),
        agreement("b", kind="number"),
        agreement("c", subscription_id="t"),
        agreement("d", state="ended"),
    )
    F4(context(tx)).unbind("s", "plan")
    states = dict(tx.told(Agreement, "id", "state"))
    assert states == {"a": "terminated", "b": "active", "c": "active", "d": "ended"}
    assert tx.told(ValueChange, "subject", "field", "before", "after") == [("a", "agreement", "active", "terminated")]
    tx.put(
        row(ValueChange, id="v", subject="b", field="kind", before="x", order_id="order"),
        row(ValueChange, id="w", subject="c", field="agreement", before="ended", order_id="other"),
    )
    F4(context(tx)).bind_again("order")
    assert dict(tx.told(Agreement, "id", "state")) == {**states, "a": "active"}


def test_contracts_that_an_order_made_never_began(tx: Loose) -> None:
    tx.put(
        agreement("a"), agreement("b", order_id="p"), agreement("c", subscription_id="t"), agreement("d", state="ended")
    )
    assert [one.id for one in F4(context(tx)).reverse_contracts("s", "o")] == ["a"]
    assert dict(tx.told(Agreement, "id", "state")) == {"a": "terminated", "b": "active", "c": "active", "d": "ended"}
