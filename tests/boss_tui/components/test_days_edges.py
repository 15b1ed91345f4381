"""Where contracts, fees and bills begin and end: the last day of a month, of February, of a contract; what is left."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from boss_tui.components.billing.billing import Billing
from boss_tui.components.billing.final_bills import Charged, days_of, less, next_month
from boss_tui.components.products.agreements import months_after, penalty
from boss_tui.components.products.products import Products
from boss_tui.components.products.suspending import extent_of
from boss_tui.components.till.business_days import calendar_ahead
from data.tables.finance import BusinessDay
from data.tables.life import Agreement, Suspension
from data.tables.service import ChargeSchedule
from tests.boss_tui.components.rows import DAY, Rows, context, row


@pytest.mark.parametrize(
    ("day", "months", "last"),
    [
        ("2026-03-01", 12, "2027-02-28"),
        ("2027-03-01", 12, "2028-02-29"),
        ("2026-01-31", 1, "2026-02-27"),
        ("2026-11-23", 12, "2027-11-22"),
        ("2026-12-01", 1, "2026-12-31"),
        ("2026-11-30", 1, "2026-12-29"),
        ("2026-12-31", 2, "2027-02-27"),
        ("2026-11-23", 24, "2028-11-22"),
        ("2026-10-31", 1, "2026-11-29"),
    ],
)
def test_so_many_months_end_on_the_day_before(day: str, months: int, last: str) -> None:
    assert months_after(date.fromisoformat(day), months).isoformat() == last


def agreement(**changes: Any) -> Any:
    standard = {
        "id": "1",
        "customer_id": "c",
        "subscription_id": "s",
        "order_id": "o",
        "kind": "plan",
        "months": 12,
        "starts_on": "2026-01-01",
        "ends_on": "2026-12-31",
        "value": 36_500,
        "penalty_percent": 30,
    }
    return row(Agreement, **{**standard, **changes})


@pytest.mark.parametrize(
    ("day", "fen"),
    [
        ("2026-01-01", 10_950),
        ("2026-01-02", 10_920),
        ("2026-12-30", 60),
        ("2026-12-31", 30),
        ("2027-01-01", 0),
        ("2027-06-01", 0),
    ],
)
def test_a_penalty_is_for_the_days_that_are_left_this_one_included(day: str, fen: int) -> None:
    assert penalty(agreement(), date.fromisoformat(day)) == fen


@pytest.mark.parametrize(("value", "fen"), [(1, 0), (608, 0), (609, 1), (1825, 2), (1824, 1)])
def test_a_penalty_is_rounded_half_up_to_the_fen(value: int, fen: int) -> None:
    """The last day of 365 at 30 %: half a fen is reached at 608.33 fen of value, one and a half at 1825."""
    assert penalty(agreement(value=value), date(2026, 12, 31)) == fen


@pytest.mark.parametrize(
    ("changes", "kinds", "binds"),
    [
        ({"ends_on": DAY}, (), True),
        ({"ends_on": "2026-11-22"}, (), False),
        ({}, ("plan",), True),
        ({}, ("handset",), False),
        ({"state": "terminated"}, (), False),
        ({"subscription_id": "other"}, (), False),
    ],
)
def test_a_contract_binds_to_its_last_day(changes: dict[str, Any], kinds: tuple[str, ...], binds: bool) -> None:
    found = Products(context(Rows(agreement(**changes))))
    assert (found.bound("s", *kinds) is not None) is binds
    assert bool(found.agreed("s")) is (binds or bool(kinds))


def test_the_contract_that_runs_longest_binds() -> None:
    rows = Rows(agreement(id="short", ends_on="2026-11-30"), agreement(id="long", ends_on="2027-01-31"))
    found = Products(context(rows)).bound("s")
    assert found is not None
    assert found.id == "long"


@pytest.mark.parametrize(
    ("starts", "ends", "days"),
    [
        ("", "", 30),
        ("2026-11-01", "", 30),
        ("2026-11-02", "", 29),
        ("2026-11-30", "", 1),
        ("2026-12-01", "", 0),
        ("", "2026-11-30", 30),
        ("", "2026-11-29", 29),
        ("", "2026-11-01", 1),
        ("", "2026-10-31", 0),
        ("2026-11-10", "2026-11-10", 1),
        ("2026-11-10", "2026-11-09", 0),
        ("2026-10-01", "2026-12-31", 30),
    ],
)
def test_a_fee_is_charged_for_the_days_of_the_month_on_which_it_ran(starts: str, ends: str, days: int) -> None:
    assert days_of(starts, ends, date(2026, 11, 1)) == (days, 30)


@pytest.mark.parametrize(("first", "whole"), [("2026-02-01", 28), ("2028-02-01", 29), ("2026-12-01", 31)])
def test_a_month_has_its_days(first: str, whole: int) -> None:
    assert days_of("", "", date.fromisoformat(first)) == (whole, whole)


@pytest.mark.parametrize(
    ("day", "following"), [("2026-11-01", "2026-12-01"), ("2026-12-31", "2027-01-01"), ("2026-01-31", "2026-02-01")]
)
def test_the_month_after(day: str, following: str) -> None:
    assert next_month(date.fromisoformat(day)).isoformat() == following


def test_what_was_billed_is_not_billed_again() -> None:
    fee, usage = Charged("fee", "P", "", 100, 900), Charged("usage", "", "voice", 50, 900)
    assert less([fee, usage], []) == [fee, usage]
    assert less([fee, usage], [fee]) == [usage]
    assert less([fee], [Charged("fee", "P", "", 99, 900)]) == [Charged("fee", "P", "", 1, 900)]
    assert less([fee], [Charged("fee", "P", "", 101, 900)]) == []
    assert less([fee], [Charged("fee", "Q", "", 100, 900)]) == [fee]


def charge(**changes: Any) -> Any:
    standard = {
        "id": "1",
        "subscription_id": "s",
        "item": "fee",
        "product": "P",
        "amount": 3_000,
        "state": "running",
        "starts_on": "2026-01-01",
    }
    return row(ChargeSchedule, **{**standard, **changes})


@pytest.mark.parametrize(
    ("day", "changes", "fen"),
    [
        ("2026-11-01", {}, 0),
        ("2026-11-02", {}, 100),
        ("2026-11-23", {}, 2_200),
        ("2026-11-30", {}, 2_900),
        ("2026-11-23", {"starts_on": "2026-11-22"}, 100),
        ("2026-11-23", {"starts_on": "2026-11-23"}, 0),
        ("2026-11-23", {"starts_on": "2026-11-24"}, 0),
        ("2026-11-23", {"state": "ended"}, 0),
        ("2026-11-02", {"amount": 29}, 0),
        ("2026-11-02", {"amount": 30}, 1),
        ("2026-11-02", {"amount": 59}, 1),
        ("2026-11-23", {"subscription_id": "other"}, 0),
    ],
)
def test_what_is_charged_before_a_day_of_its_month(day: str, changes: dict[str, Any], fen: int) -> None:
    assert Billing(context(Rows(charge(**changes)))).before("s", date.fromisoformat(day)) == fen


@pytest.mark.parametrize(
    ("extents", "barred"),
    [
        ((), ""),
        (("outgoing",), "outgoing"),
        (("all",), "all"),
        (("outgoing", "all"), "all"),
        (("all", "outgoing"), "all"),
    ],
)
def test_the_widest_cause_bars(extents: tuple[str, ...], barred: str) -> None:
    causes = [
        row(Suspension, id=str(n), subscription_id="s", cause="loss", extent=extent, starts_on=DAY, order_id="o")
        for n, extent in enumerate(extents)
    ]
    assert extent_of(causes) == barred


@pytest.mark.parametrize(
    ("business_date", "state", "ahead"),
    [("2026-11-22", "open", DAY), (DAY, "open", ""), ("2026-11-24", "open", ""), ("2026-11-22", "closed", "")],
)
def test_the_calendar_is_ahead_of_a_day_that_stays_open(business_date: str, state: str, ahead: str) -> None:
    rows: Any = Rows(row(BusinessDay, outlet="HZ01", business_date=business_date, state=state))
    assert calendar_ahead(rows, "HZ01") == ahead
    assert calendar_ahead(rows, "HZ02") == ""
