"""What a closed line is still charged, by days and months, and the bill of it, to the fen (B1; catalogue C5, C9)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from boss_tui.components.billing.final_bills import Charged, FinalBills, less, taxes_of
from boss_tui.components.tenders.dues import DuesPart
from boss_tui.taxes import Rated
from data.tables.account import BillingAccount
from data.tables.billing import BillLine, CustomerBill, UsageMonth
from data.tables.life import ValueChange
from data.tables.order import ProductOrder, Subscription
from data.tables.service import ChargeSchedule
from data.tables.tariff import ChargeItem, TaxRate
from tests.boss_tui.components.loose import Loose
from tests.boss_tui.components.rows import context, row


def charged(item: str, amount: int, rate: int = 0, detail: str = "") -> Charged:
    return Charged(item, "", detail, amount, rate)


@pytest.mark.parametrize(
    ("lines", "billed", "left"),
    [
        ([("a", 100)], [], [("a", 100)]),
        ([("a", 100)], [("a", 100)], []),
        ([("a", 100)], [("a", 99)], [("a", 1)]),
        ([("a", 100)], [("a", 101)], []),
        ([("a", 100)], [("b", 100)], [("a", 100)]),
        ([("a", 100), ("a", 20)], [("a", 50)], [("a", 70)]),
        ([("a", 100)], [("a", 60), ("a", 60)], []),
        ([("a", 100)], [("a", 60), ("a", -60)], [("a", 100)]),
        ([], [("a", 5)], []),
        ([("a", 0)], [], []),
    ],
)
def test_what_a_bill_has_is_not_charged_again(
    lines: list[tuple[str, int]], billed: list[tuple[str, int]], left: list[tuple[str, int]]
) -> None:
    found = less([charged(*one, 600) for one in lines], [charged(*one) for one in billed])
    assert [(one.item, one.amount, one.tax_rate) for one in found] == [(*one, 600) for one in left]


@pytest.mark.parametrize(
    ("lines", "more", "taxes"),
    [
        ([], [], []),
        ([(106, 600)], [(600, 6)], [6]),
        ([(106, 600)], [(600, 7)], [7]),
        ([(53, 600), (53, 600)], [(600, 6)], [3, 3]),
        ([(10, 600), (10, 600), (10, 600)], [(600, 2)], [1, 1, 0]),
        ([(109, 900), (106, 600)], [(600, 6), (900, 9)], [9, 6]),
        ([(109, 900), (106, 600), (109, 900)], [(600, 6), (900, 19)], [9, 6, 10]),
        ([(100, 0)], [], [0]),
        ([(-106, 600)], [(600, -6)], [-6]),
    ],
)
def test_the_last_line_of_a_rate_takes_what_rounding_leaves(
    lines: list[tuple[int, int]], more: list[tuple[int, int]], taxes: list[int]
) -> None:
    brought = tuple(Rated(rate, 0, tax) for rate, tax in more)
    assert taxes_of([charged("x", amount, rate) for amount, rate in lines], brought) == taxes


# a line in the month of its end

ITEMS = {
    "monthly_fee": "basic",
    "minimum_spend": "basic",
    "usage_voice": "basic",
    "usage_data": "added",
    "usage_roaming": "basic",
    "usage_message": "added",
    "value_added_fee": "added",
}


@pytest.fixture
def b1(tx: Loose) -> FinalBills:
    """A postpaid line that has been with us long, on account `account`; basic services are taxed with 9 %."""
    tx.put(*(row(ChargeItem, code=code, tax_category=category) for code, category in ITEMS.items()))
    tx.put(
        row(TaxRate, category="basic", rate=900),
        row(TaxRate, category="added", rate=600),
        row(TaxRate, category="added", valid_from="2026-12-01", rate=100),
    )
    tx.put(row(BillingAccount, id="account", number="A1"))
    return FinalBills(context(tx))


def line(**values: Any) -> Any:
    standard = {"id": "s", "account_id": "account", "opened_on": "2020-01-01", "pay_type": "postpaid"}
    return row(Subscription, **{**standard, **values})


def fee(amount: int, starts: str = "2020-01-01", **values: Any) -> Any:
    standard = {"id": "fee", "subscription_id": "s", "item": "monthly_fee", "product": "P88", "state": "running"}
    return row(ChargeSchedule, **{**standard, "amount": amount, "starts_on": starts, **values})


def used(kind: str, amount: int, month: str = "2026-11") -> Any:
    return row(UsageMonth, subscription_id="s", month=month, kind=kind, amount=amount)


def bill(key: str, kind: str, month: str, **values: Any) -> Any:
    return row(CustomerBill, **{"id": key, "account_id": "account", "kind": kind, "month": month, **values})


def unbilled(
    b1: FinalBills, until: str = "", subscription: Any = None, account: str = "account"
) -> list[tuple[str, str, int]]:
    """Item, detail and fen of what a line is still charged."""
    day = date.fromisoformat(until) if until else None
    one = row(BillingAccount, id=account)
    return [(line.item, line.detail, line.amount) for line in b1.unbilled(subscription or line(), one, day)]


@pytest.mark.parametrize(
    ("rows", "until", "found"),
    [
        ([fee(3000)], "", [("monthly_fee", "", 3000)]),
        ([fee(3000)], "2026-11-10", [("monthly_fee", "", 1000)]),
        ([fee(3000)], "2026-11-30", [("monthly_fee", "", 3000)]),
        ([fee(3000, "2026-11-21")], "", [("monthly_fee", "", 1000)]),
        ([fee(100)], "2026-11-10", [("monthly_fee", "", 33)]),  # the fen that remain are the house's
        ([fee(3000, ends_on="2026-11-20", state="ended")], "", [("monthly_fee", "", 2000)]),
        ([fee(3000, ends_on="2026-11-20", state="ended")], "2026-11-10", [("monthly_fee", "", 1000)]),
        ([fee(3000, ends_on="2026-11-10", state="ended")], "2026-11-20", [("monthly_fee", "", 1000)]),
        ([fee(3000, ends_on="2026-10-31", state="ended")], "", []),
        ([fee(3000, "", state="waiting")], "", []),
        ([fee(3000, "2026-11-15")], "2026-11-14", []),
        ([fee(3000), fee(600, id="two", product="mail")], "", [("monthly_fee", "", 600), ("monthly_fee", "", 3000)]),
        (
            [used("voice", 50), used("data", 7), used("message", 0)],
            "",
            [("usage_data", "data", 7), ("usage_voice", "voice", 50)],
        ),
        ([used("voice", 50, "2026-10")], "", []),
        ([used("voice", 50)], "2026-11-01", [("usage_voice", "voice", 50)]),
    ],
)
def test_the_month_is_charged_by_the_days_that_a_fee_ran_and_usage_whole(
    tx: Loose, b1: FinalBills, rows: list[Any], until: str, found: list[tuple[str, str, int]]
) -> None:
    tx.put(*rows)
    assert sorted(unbilled(b1, until)) == found


def test_a_prepaid_line_has_paid_its_usage_already(tx: Loose, b1: FinalBills) -> None:
    tx.put(used("voice", 50))
    assert unbilled(b1, subscription=line(pay_type="prepaid")) == []


@pytest.mark.parametrize(
    ("kind", "item", "rate"),
    [
        ("voice", "usage_voice", 900),
        ("voice_international", "usage_voice", 900),
        ("voice_roaming", "usage_roaming", 900),
        ("data", "usage_data", 600),
        ("data_roaming", "usage_roaming", 900),
        ("message", "usage_message", 600),
        ("content", "value_added_fee", 600),
    ],
)
def test_each_kind_of_usage_has_its_item_and_today_s_rate(
    tx: Loose, b1: FinalBills, kind: str, item: str, rate: int
) -> None:
    tx.put(used(kind, 12))
    (one,) = b1.unbilled(line(), row(BillingAccount, id="account"))
    assert one == Charged(item, "", kind, 12, rate)


@pytest.mark.parametrize(
    ("spend", "rows", "until", "under"),
    [
        (3000, [], "", 3000),
        (3000, [], "2026-11-10", 1000),
        (3000, [fee(2999)], "", 1),
        (3000, [fee(3000)], "", 0),
        (3000, [fee(3001)], "", 0),
        (3000, [fee(1000), used("voice", 500)], "", 1500),
        (0, [fee(1)], "", 0),
        (3000, [fee(1000), used("content", 500)], "", 2000),  # what a provider charges is not spent here
        (3000, [fee(3000)], "2026-11-10", 0),
        (1000, [fee(1000)], "", 0),  # to the fen
        (1001, [fee(1000)], "", 1),
        (100, [], "2026-11-10", 33),
    ],
)
def test_what_is_under_the_minimum_spend_of_the_days_is_charged(
    tx: Loose, b1: FinalBills, spend: int, rows: list[Any], until: str, under: int
) -> None:
    tx.put(*rows)
    found = [one for one in unbilled(b1, until, line(minimum_spend=spend)) if one[0] == "minimum_spend"]
    assert found == ([("minimum_spend", "", under)] if under else [])


@pytest.mark.parametrize(
    ("opened", "bills", "until", "months"),
    [
        ("2020-01-01", [], "", [""]),
        ("2026-11-20", [], "", [""]),
        ("2026-11-01", [], "", [""]),
        ("2026-10-31", [], "", ["2026-10", ""]),
        ("2026-10-01", [], "", ["2026-10", ""]),
        ("2026-09-30", [], "", [""]),  # whoever was taken over owes nothing of earlier months
        ("2020-01-01", ["2026-10"], "", [""]),
        ("2020-01-01", ["2026-09"], "", ["2026-10", ""]),
        ("2020-01-01", ["2026-11"], "", []),
        ("2020-01-01", ["2026-08", "2026-09"], "", ["2026-10", ""]),
        ("2026-10-05", ["2026-08"], "", ["2026-10", ""]),
        ("2026-11-05", ["2026-08"], "", [""]),
        ("2020-01-01", ["2026-09"], "2026-10-15", ["2026-10"]),
        ("2020-01-01", ["2026-09"], "2026-10-31", ["2026-10"]),
        ("2020-01-01", ["2026-09"], "2026-11-01", ["2026-10", ""]),
        ("2020-01-01", ["2026-09"], "2026-09-30", []),
        ("2020-01-01", ["2026-09"], "2026-10-01", ["2026-10"]),
        ("2020-01-01", ["2025-12"], "2026-02-01", ["2026-01", "2026-02"]),
    ],
)
def test_every_month_after_the_last_bill_is_charged_each_under_its_name(
    tx: Loose, b1: FinalBills, opened: str, bills: list[str], until: str, months: list[str]
) -> None:
    tx.put(fee(3000), *(bill(month, "monthly", month) for month in bills), bill("f", "final", "2026-11"))
    assert [detail for _, detail, _ in unbilled(b1, until, line(opened_on=opened))] == months


def test_a_line_is_charged_to_its_account_since_it_came_to_it(tx: Loose, b1: FinalBills) -> None:
    tx.put(
        fee(3000),
        bill("m", "monthly", "2026-08"),
        row(ProductOrder, id="o", business_date="2026-10-09"),
        row(ProductOrder, id="p", business_date="2026-09-09"),
        row(ValueChange, id="1", subject="s", field="account_id", before="x", order_id="p", made_at="1"),
        row(ValueChange, id="2", subject="s", field="account_id", before="y", order_id="o", made_at="2"),
    )
    assert [detail for _, detail, _ in unbilled(b1)] == ["2026-10", ""]


def billed(key: str, amount: int, detail: str = "", **values: Any) -> Any:
    standard = {"bill_id": key, "line": 1, "subscription_id": "s", "item": "monthly_fee", "product": "P88"}
    return row(BillLine, **{**standard, "amount": amount, "detail": detail, **values})


@pytest.mark.parametrize(
    ("rows", "left"),
    [
        ([bill("f", "final", "2026-11"), billed("f", 1000)], 2000),
        ([bill("f", "final", "2026-11"), billed("f", 1000, subscription_id="other")], 3000),
        ([bill("f", "monthly", "2026-07"), billed("f", 1000)], 3000),
        ([bill("f", "final", "2026-10"), billed("f", 1000)], 3000),  # that was of the month before
        ([bill("f", "final", "2026-11", account_id="before"), billed("f", 1000)], 3000),
        (
            [
                bill("f", "final", "2026-11", account_id="before"),
                billed("f", 1000),
                row(ProductOrder, id="o", business_date="2026-10-09"),
                row(ValueChange, id="v", subject="s", field="account_id", before="before", order_id="o"),
            ],
            2000,
        ),
        ([bill("f", "final", "2026-11"), billed("f", 1000), billed("f", 500, line=2)], 1500),
    ],
)
def test_what_final_bills_have_of_the_line_is_taken_off(tx: Loose, b1: FinalBills, rows: list[Any], left: int) -> None:
    tx.put(fee(3000), *rows)
    assert sum(amount for _, detail, amount in unbilled(b1) if not detail) == left


@pytest.mark.parametrize(
    ("detail", "month", "left"),
    [
        ("2026-10", "2026-11", 0),
        ("", "2026-10", 0),
        ("", "2026-09", 3000),
        ("2026-09", "2026-11", 3000),
        ("voice", "2026-10", 3000),
    ],
)
def test_a_month_that_is_over_is_billed_under_its_name(
    tx: Loose, b1: FinalBills, detail: str, month: str, left: int
) -> None:
    tx.put(fee(3000), bill("m", "monthly", "2026-09"), bill("f", "final", month), billed("f", 3000, detail))
    assert sum(amount for _, name, amount in unbilled(b1) if name == "2026-10") == left


@pytest.mark.parametrize(
    ("kept", "month", "left"),
    [("voice 2026-10", "2026-11", 0), ("voice", "2026-10", 0), ("voice", "2026-11", 50)],
)
def test_usage_of_a_month_that_is_over_too(tx: Loose, b1: FinalBills, kept: str, month: str, left: int) -> None:
    tx.put(
        used("voice", 50, "2026-10"),
        bill("m", "monthly", "2026-09"),
        bill("f", "final", month),
        billed("f", 50, kept, item="usage_voice", product=""),
    )
    assert sum(amount for _, _, amount in unbilled(b1)) == left


# the bill of it


def account() -> Any:
    return row(BillingAccount, id="account", number="A1")


def test_a_final_bill_is_due_at_once_rate_by_rate(tx: Loose, b1: FinalBills) -> None:
    lines = [charged("monthly_fee", 10900, 900), charged("usage_data", 1060, 600, "data")]
    parts = b1.issue_final(account(), "s", lines)
    (made,) = tx.all(CustomerBill)
    assert (made.kind, made.month, made.amount, made.issued_on, made.due_on, made.state, made.order_id) == (
        "final",
        "2026-11",
        11960,
        "2026-11-23",
        "2026-11-23",
        "sent",
        "order",
    )
    assert parts == [
        DuesPart(made.id, "2026-11", "A1", 10900, 0, 900, 900),
        DuesPart(made.id, "2026-11", "A1", 1060, 0, 600, 60),
    ]
    assert tx.told(BillLine, "line", "item", "detail", "amount", "tax_rate", "subscription_id") == [
        (1, "monthly_fee", "", 10900, 900, "s"),
        (2, "usage_data", "data", 1060, 600, "s"),
    ]
    assert tx.told(ValueChange, "subject", "field", "before", "after") == [(made.id, "lines", "0", "2")]
    assert b1.issue_final(account(), "s", []) == []


def test_what_came_since_is_added_to_the_month_s_bill(tx: Loose, b1: FinalBills) -> None:
    tx.put(
        bill("f", "final", "2026-11", amount=1090, paid=1090, state="settled"),
        billed("f", 1090, tax_rate=900),
        bill("old", "final", "2026-10"),
        bill("m", "monthly", "2026-11"),
    )
    more = [charged("monthly_fee", 109, 900)]
    assert b1.brings(account(), more) == (Rated(900, 109, 9),)
    assert b1.issue_final(account(), "s", more) == [DuesPart("f", "2026-11", "A1", 109, 0, 900, 9)]
    changed = tx.one(CustomerBill, id="f")
    assert (changed.amount, changed.paid, changed.state) == (1199, 1090, "partiallyPaid")
    assert tx.told(BillLine, "line", order=("line",)) == [1, 2]


def test_rounding_is_of_the_whole_bill_not_of_its_parts(tx: Loose, b1: FinalBills) -> None:
    assert b1.brings(account(), [charged("x", 5, 900), charged("y", 0, 600)]) == (Rated(900, 5, 0),)
    tx.put(bill("f", "final", "2026-11"), billed("f", 5, tax_rate=900))
    assert b1.brings(account(), [charged("x", 5, 900)]) == (Rated(900, 5, 1),)


@pytest.mark.parametrize(
    ("paid", "state"), [(1090, "settled"), (0, "sent"), (1, "partiallyPaid"), (1199, "partiallyPaid")]
)
def test_a_bill_that_is_taken_back_gets_the_opposite_lines(tx: Loose, b1: FinalBills, paid: int, state: str) -> None:
    tx.put(
        bill("f", "final", "2026-11", amount=1309, paid=paid),
        billed("f", 1090, tax_rate=900),
        billed("f", 109, "a", line=2, tax_rate=900),
        billed("f", 110, "b", line=3, tax_rate=900),
        row(ValueChange, id="v", subject="f", field="lines", before="1", after="3", order_id="gone"),
    )
    opposite, taxes = b1.void_final("gone")
    assert [(one.detail, one.amount) for one in opposite] == [("a", -109), ("b", -110)]
    assert taxes == [-9, -9]
    assert (tx.one(CustomerBill, id="f").amount, tx.one(CustomerBill, id="f").state) == (1090, state)
    assert tx.told(BillLine, "line", "amount", order=("line",))[3:] == [(4, -109), (5, -110)]
    assert b1.void_final("other") == ([], [])


def test_what_a_line_used_in_a_month_is_told_kind_by_kind(tx: Loose, b1: FinalBills) -> None:
    tx.put(used("voice", 2), used("data", 1), used("voice", 3, "2026-10"))
    assert [(one.kind, one.amount) for one in b1.used_in("s", "2026-11")] == [("data", 1), ("voice", 2)]
