"""Where a price rule begins and ceases to hold: each condition failing alone, the first and the last day, who wins."""

from __future__ import annotations

from typing import Any

import pytest

from boss_tui.components.base import valid_on
from boss_tui.components.tariff.tariff import PriceQuery, Tariff, tax_rate_on
from data.tables.resource import NumberGrade
from data.tables.tariff import ChargeItem, PriceRule, TaxRate
from tests.boss_tui.components.rows import DAY, Rows, context, row

ASKED = PriceQuery(("P58", "CLIP"), "ordinary")


@pytest.mark.parametrize(
    ("valid_from", "valid_to", "stands"),
    [
        ("", "", True),
        (DAY, DAY, True),
        ("2026-11-24", "", False),
        ("2026-11-22", "", True),
        ("", "2026-11-22", False),
        ("", "2026-11-24", True),
        ("2026-11-24", "2026-11-22", False),
    ],
)
def test_a_row_stands_from_its_first_day_to_its_last(valid_from: str, valid_to: str, stands: bool) -> None:
    rule = row(PriceRule, **rule_values(valid_from=valid_from, valid_to=valid_to))
    assert valid_on(rule, DAY) is stands


def rule_values(**changes: Any) -> dict[str, Any]:
    standard = {
        "id": "r",
        "business": "C1",
        "item": "sim_fee",
        "amount": 1_000,
        "name_zh": "一",
        "name_en": "One",
        "valid_from": "2026-01-01",
        "state": "published",
    }
    return {**standard, **changes}


def tariff(*rules: Any, **where: Any) -> Tariff:
    items = [
        row(ChargeItem, code=code, name_en=code, fee_kind="business", tax_category="basic")
        for code in ("sim_fee", "number_fee", "deposit", "prepayment", "monthly_fee")
    ]
    return Tariff(context(Rows(*items, *rules), **where))


def amounts(of: Tariff, asked: PriceQuery = ASKED) -> list[tuple[str, int]]:
    return [(line.item, line.amount) for line in of.price(asked).lines]


@pytest.mark.parametrize(
    ("changes", "holds"),
    [
        ({}, True),
        ({"product": "P58"}, True),
        ({"product": "CLIP"}, True),
        ({"product": "P88"}, False),
        ({"category": "ordinary"}, True),
        ({"category": "vip"}, False),
        ({"outlet": "HZ01"}, True),
        ({"outlet": "HZ02"}, False),
        ({"business": "C2"}, False),
        ({"state": "draft"}, False),
        ({"valid_from": DAY}, True),
        ({"valid_from": "2026-11-24"}, False),
        ({"valid_to": DAY}, True),
        ({"valid_to": "2026-11-22"}, False),
        ({"product": "P58", "category": "ordinary", "outlet": "HZ01"}, True),
        ({"product": "P58", "category": "ordinary", "outlet": "HZ02"}, False),
        ({"product": "P58", "category": "vip", "outlet": "HZ01"}, False),
        ({"product": "P88", "category": "ordinary", "outlet": "HZ01"}, False),
    ],
)
def test_a_rule_holds_only_where_each_of_its_conditions_does(changes: dict[str, Any], holds: bool) -> None:
    assert amounts(tariff(row(PriceRule, **rule_values(**changes)))) == ([("sim_fee", 1_000)] if holds else [])


def test_of_an_item_the_rule_of_the_highest_rank_wins_then_the_later_key() -> None:
    rules = [
        row(PriceRule, **rule_values(id=key, amount=amount, rank=rank))
        for key, amount, rank in (("b", 1, 1), ("a", 2, 2), ("c", 3, 2), ("d", 4, 0))
    ]
    assert amounts(tariff(*rules)) == [("sim_fee", 3)]


@pytest.mark.parametrize(
    ("amount", "percent", "charged"), [(1_000, 100, 1_000), (1_000, 99, 990), (999, 50, 499), (1, 99, 0), (1_000, 0, 0)]
)
def test_a_discount_is_cut_to_the_fen_and_named(amount: int, percent: int, charged: int) -> None:
    (line,) = tariff(row(PriceRule, **rule_values(amount=amount, percent=percent))).price(ASKED).lines
    assert (line.amount, line.list_amount) == (charged, amount)
    assert bool(str(line.discount)) is (percent != 100)


@pytest.mark.parametrize(("amount", "named"), [(999, True), (1_000, False), (1_001, False)])
def test_an_amount_below_the_list_price_is_a_discount_and_named(amount: int, named: bool) -> None:
    offer = {"id": "o", "category": "ordinary", "amount": amount, "name_en": "Offer"}
    (line,) = tariff(row(PriceRule, **rule_values()), row(PriceRule, **rule_values(**offer))).price(ASKED).lines
    assert (line.amount, line.list_amount) == (amount, max(amount, 1_000))
    assert bool(str(line.discount)) is named


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"deposit": 1}, [("deposit", 1)]),
        ({"deposit": 0}, []),
        ({"extra_prepayment": 1}, [("prepayment", 1)]),
        ({"extra_prepayment": 0}, []),
    ],
)
def test_what_nobody_asks_for_is_no_line(asked: dict[str, int], found: list[tuple[str, int]]) -> None:
    assert amounts(tariff(), PriceQuery((), "", **asked)) == found  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("fee", "spend", "months", "terms"), [(0, 0, 0, 0), (500, 0, 24, 0), (0, 100, 0, 1), (500, 100, 24, 1)]
)
def test_a_beautiful_number_costs_its_fee_and_says_what_it_binds_to(
    fee: int, spend: int, months: int, terms: int
) -> None:
    grade: Any = row(
        NumberGrade, code="AA", name_zh="二", name_en="Two", fee=fee, minimum_spend=spend, contract_months=months
    )
    quote = tariff().price(PriceQuery((), "", grade))
    assert [(line.item, line.amount) for line in quote.lines] == ([("number_fee", 500)] if fee else [])
    assert len(quote.terms) == terms
    assert all((f"{months} months" in str(term)) is bool(months) for term in quote.terms)


@pytest.mark.parametrize(
    ("day", "rate"), [("2025-12-31", 0), ("2026-01-01", 600), ("2026-11-22", 600), (DAY, 900), ("2027-01-01", 900)]
)
def test_a_tax_rate_counts_from_its_day_on(day: str, rate: int) -> None:
    rows = Rows(
        row(TaxRate, category="basic", rate=600, valid_from="2026-01-01"),
        row(TaxRate, category="basic", rate=900, valid_from=DAY),
        row(TaxRate, category="goods", rate=1300, valid_from="2020-01-01"),
    )
    assert tax_rate_on(rows, "basic", day) == rate  # type: ignore[arg-type]
    assert tax_rate_on(rows, "none", day) == 0  # type: ignore[arg-type]
