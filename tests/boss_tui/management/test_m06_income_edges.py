"""Which sales a changed price is tried with: one of each kind that it holds for, as it was and as it will be."""

from __future__ import annotations

from typing import Any

import pytest

from boss_tui.editions.lines import RowEdit
from boss_tui.editions.second import cut
from boss_tui.management.m06.income import INCOME
from data.tables.organisation import Outlet
from data.tables.tariff import PriceRule
from tests.boss_tui.components.rows import Rows, row

DAY = "2026-11-23"
"""A Monday."""
PLAIN = {"item": "card", "business": "C1", "amount": 1000}
HALLS = [row(Outlet, code=code, region=region) for code, region in (("H1", "R1"), ("H2", "R2"))]
FIRST: dict[str, dict[str, Any]] = {"P1": {}}


def falls(before: dict[str, dict[str, Any]], key: str, **after: Any) -> bool:
    """Whether some price falls by a change of one rule."""
    rows = {each: row(PriceRule, **{**PLAIN, **values, "id": each}) for each, values in before.items()}
    here = dict(rows[key].__dict__) if key in rows else {**PLAIN, "id": key}
    reading: Any = Rows(*HALLS, *rows.values())
    changed: Any = Rows(*HALLS, *{**rows, key: row(PriceRule, **{**here, **after})}.values())
    line = RowEdit(
        "price_rule", (key,), "change" if key in rows else "add", {**({} if key in rows else PLAIN), **after}
    )
    cases: Any = dict.fromkeys(INCOME.cases(reading, {0: line}, DAY))
    old, new = INCOME.charged(reading, cases), INCOME.charged(changed, cases)
    return any(cut(old[case], new.get(case, 0)) for case in old)


@pytest.mark.parametrize(
    ("rule", "after", "found"),
    [
        ({"category": "vip"}, {"category": ""}, True),
        ({"category": "vip"}, {"category": "gold"}, True),
        ({"category": ""}, {"category": "vip"}, False),
        ({"product": "P50"}, {"product": ""}, True),
        ({"product": "P50"}, {"product": "P60"}, True),
        ({"outlet": "H1"}, {"outlet": "H2"}, True),
        ({"outlet": "H1"}, {"outlet": ""}, True),
        ({"region": "R1"}, {"region": "R2"}, True),
        ({"region": "R1"}, {"region": ""}, True),
        ({"region": ""}, {"region": "R1"}, False),
        ({"region": "R1"}, {"region": "", "outlet": "H1"}, False),  # it is in that region
        ({"region": "R1"}, {"region": "", "outlet": "H2"}, True),
        ({"weekdays": "1"}, {"weekdays": "17"}, True),
        ({"weekdays": "17"}, {"weekdays": "7"}, False),
        ({"from_time": "22:00", "to_time": "22:01"}, {"to_time": "22:02"}, True),
        ({"from_time": "22:00", "to_time": "22:02"}, {"to_time": "22:01"}, False),
        ({"from_time": "08:00", "to_time": "24:00"}, {"from_time": "07:59"}, True),
        ({"valid_to": "2026-12-31"}, {"valid_to": "2027-01-01"}, True),
        ({"valid_to": "9999-12-31"}, {"valid_to": ""}, False),
        ({"valid_from": "2027-01-02"}, {"valid_from": "2027-01-01"}, True),
        ({"valid_to": "2026-11-01"}, {"name_zh": "x"}, False),
        ({"rank": -1}, {"rank": 9}, True),
        ({}, {"percent": 50}, True),
    ],
)
def test_wherever_a_price_comes_to_count_it_is_compared(
    rule: dict[str, Any], after: dict[str, Any], found: bool
) -> None:
    before = {**FIRST, "P9": {"amount": 1, "rank": 9, **rule}}
    assert falls(before, "P9", **after) is found


@pytest.mark.parametrize(("rank", "found"), [(4, False), (6, True)])
@pytest.mark.parametrize("where", [{"category": "vip"}, {"outlet": "H2"}, {"region": "R2"}, {"weekdays": "3"}])
def test_a_rule_for_all_is_compared_where_another_s_counts(where: dict[str, Any], rank: int, found: bool) -> None:
    """The other is dearer: who goes before it takes less there, and there alone."""
    before = {**FIRST, "DEAR": {"amount": 2000, "rank": 5, **where}, "P9": {"rank": 1}}
    assert falls(before, "P9", rank=rank) is found


def test_two_products_sold_at_once_are_one_more_place() -> None:
    """Alone the new one costs what it did."""
    before: dict[str, dict[str, Any]] = {"P1": {"amount": 100}, "B": {"product": "B", "rank": 5}}
    assert falls(before, "N", product="N", amount=100, rank=9)
    assert not falls(before, "N", product="N", amount=100, rank=4)


def test_what_is_charged_each_month_is_each_product_s_own() -> None:
    before = {"A": {"product": "A", "monthly": 1, "amount": 500}, "B": {"product": "B", "monthly": 1, "amount": 100}}
    assert falls(before, "A", amount=400)
    assert not falls(before, "A", amount=600)


def test_a_rule_between_two_others_counts_only_where_they_do_not() -> None:
    before = {**FIRST, "TOP": {"rank": 10, "from_time": "08:00", "to_time": "20:00"}, "P9": {"amount": 1, "rank": -5}}
    assert falls(before, "P9", rank=5)
    assert not falls(before, "P9", rank=5, from_time="08:00", to_time="20:00")
