"""Why a price rule does not count: each condition failing alone; the minute and the weekday on which it turns."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from boss_tui.components.tariff.price_rules import Sale, Tried, Why, tried, why_not, winners, with_list_prices
from data.tables.tariff import PriceRule
from tests.boss_tui.components.rows import DAY, row

SALE = Sale("C1", ("P58", "CLIP"), "ordinary", "HZ01", DAY, "12:00", "杭州")  # a Monday


def rule(**changes: Any) -> Any:
    standard = {"id": "r", "business": "C1", "item": "sim_fee", "amount": 1_000, "state": "published"}
    return row(PriceRule, **{**standard, **changes})


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({}, ""),
        ({"state": "draft"}, "state"),
        ({"state": "withdrawn"}, "state"),
        ({"business": "C2"}, "business"),
        ({"product": "P88"}, "product"),
        ({"product": "CLIP"}, ""),
        ({"valid_from": "2026-11-24"}, "date"),
        ({"valid_from": DAY, "valid_to": DAY}, ""),
        ({"valid_to": "2026-11-22"}, "date"),
        ({"category": "vip"}, "category"),
        ({"category": "ordinary"}, ""),
        ({"outlet": "HZ02"}, "outlet"),
        ({"outlet": "HZ01"}, ""),
        ({"region": "杭州"}, ""),
        ({"region": "宁波"}, "region"),
        ({"weekdays": "1"}, ""),
        ({"weekdays": "234567"}, "weekday"),
        ({"weekdays": "71"}, ""),
        ({"from_time": "12:01"}, "time"),
        ({"to_time": "12:00"}, "time"),
    ],
)
def test_the_condition_that_fails_is_named(changes: dict[str, Any], why: Why) -> None:
    assert why_not(rule(**changes), SALE) == why


@pytest.mark.parametrize(
    ("from_time", "to_time", "time", "holds"),
    [
        ("09:00", "18:00", "08:59", False),
        ("09:00", "18:00", "09:00", True),
        ("09:00", "18:00", "17:59", True),
        ("09:00", "18:00", "18:00", False),
        ("22:00", "06:00", "21:59", False),
        ("22:00", "06:00", "22:00", True),
        ("22:00", "06:00", "00:00", True),
        ("22:00", "06:00", "05:59", True),
        ("22:00", "06:00", "06:00", False),
        ("", "06:00", "00:00", True),
        ("", "06:00", "06:00", False),
        ("22:00", "", "23:59", True),
        ("22:00", "", "21:59", False),
        ("09:00", "09:00", "08:59", True),
        ("09:00", "09:00", "09:00", True),
        ("00:00", "24:00", "23:59", True),
    ],
)
def test_a_time_of_day_begins_on_its_minute_and_may_run_past_midnight(
    from_time: str, to_time: str, time: str, holds: bool
) -> None:
    assert (why_not(rule(from_time=from_time, to_time=to_time), replace(SALE, time=time)) == "") is holds


@pytest.mark.parametrize(("day", "weekdays"), [("2026-11-23", "1"), ("2026-11-29", "7"), ("2026-11-28", "67")])
def test_monday_is_the_first_day(day: str, weekdays: str) -> None:
    assert why_not(rule(weekdays=weekdays), replace(SALE, day=day)) == ""


def test_what_counts_comes_first_and_who_lost_is_told_to_whom() -> None:
    low, high, other = rule(id="a"), rule(id="b", rank=2), rule(id="c", item="entry_fee", rank=1)
    far = rule(id="d", outlet="HZ02", rank=9)
    assert tried([low, high, other, far], SALE) == [
        Tried(high),
        Tried(other),
        Tried(far, "outlet"),
        Tried(low, "rank", "b"),
    ]
    assert winners([low, high, other, far], SALE) == [other, high]


def test_each_product_has_its_monthly_rule_and_one_at_once_alone() -> None:
    rules = [
        rule(id=f"{product}{monthly}", product=product, monthly=monthly, rank=rank)
        for rank, product in enumerate(("P58", "CLIP"))
        for monthly in (0, 1)
    ]
    assert [won.id for won in winners(rules, SALE)] == ["CLIP0", "CLIP1", "P581"]
    lost = {each.rule.id: each.behind for each in tried(rules, SALE) if each.why}
    assert lost == {"P580": "CLIP0"}


@pytest.mark.parametrize(
    "narrower",
    [
        {"product": "P58"},
        {"category": "ordinary"},
        {"outlet": "HZ01"},
        {"region": "杭州"},
        {"weekdays": "1"},
        {"from_time": "09:00"},
        {"to_time": "18:00"},
        {"valid_to": "2026-12-31"},
    ],
)
def test_of_equal_ranks_what_says_more_goes_first_whatever_the_keys(narrower: dict[str, str]) -> None:
    wide, narrow, ranked = rule(id="z"), rule(id="a", **narrower), rule(id="m", rank=1)
    assert winners([wide, narrow], SALE) == winners([narrow, wide], SALE) == [narrow]
    assert tried([wide, narrow], SALE) == [Tried(narrow), Tried(wide, "rank", "a")]
    assert winners([wide, narrow, ranked], SALE) == [ranked]


def test_a_price_is_measured_by_the_last_rule_of_its_product() -> None:
    full, less, every = rule(id="f", product="P58"), rule(id="s", product="P58", category="ordinary"), rule(id="e")
    assert with_list_prices([less, full, every], SALE) == [(less, full)]
    assert with_list_prices([full, every], SALE) == [(full, full)]
