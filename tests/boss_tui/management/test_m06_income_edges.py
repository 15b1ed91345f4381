"""Which sale a changed price is tried with: the first that it holds for, and no other (M6)."""

from __future__ import annotations

from typing import Any

import pytest

from boss_tui.management import m06_income

DAY = "2026-11-23"
"""A Monday."""


def tried(**rule: Any) -> Any:
    return m06_income._sale_of({"item": "card", "business": "C1", **rule}, DAY)


@pytest.mark.parametrize(
    ("rule", "day"),
    [
        ({}, "2026-11-23"),
        ({"valid_from": ""}, "2026-11-23"),
        ({"valid_from": "2026-11-22"}, "2026-11-23"),
        ({"valid_from": "2026-11-24"}, "2026-11-24"),
        ({"weekdays": "1"}, "2026-11-23"),
        ({"weekdays": "7"}, "2026-11-29"),
        ({"weekdays": "67"}, "2026-11-28"),
        ({"valid_from": "2026-11-24", "weekdays": "1"}, "2026-11-30"),
    ],
)
def test_it_is_on_the_first_day_on_which_the_price_holds(rule: dict[str, Any], day: str) -> None:
    assert tried(**rule).sale.day == day


def test_it_is_what_the_price_is_for() -> None:
    plain = tried()
    assert (plain.item, plain.monthly, plain.sale.business) == ("card", 0, "C1")
    assert (plain.sale.products, plain.sale.category, plain.sale.outlet) == ((), "ordinary", "")
    special = tried(product="P50", category="vip", outlet="HZ01", from_time="21:30", monthly=1)
    assert (special.sale.products, special.sale.category, special.sale.outlet) == (("P50",), "vip", "HZ01")
    assert (special.sale.time, special.monthly) == ("21:30", 1)
    assert plain.sale.time == m06_income.NOON
