"""What products cost each month, what rate a rule names, what leaves its cell in the trail (F6; catalogue C1-F6)."""

from __future__ import annotations

from typing import Any

import pytest

from boss_tui.components.base import Component, traced
from boss_tui.components.tariff.tariff import PriceQuery, Tariff
from data.tables.product import Product
from data.tables.resource import NumberGrade
from data.tables.tariff import ChargeItem, PriceRule, TaxRate
from tests.boss_tui.components.loose import Loose
from tests.boss_tui.components.rows import context, row


def rule(key: str, **values: Any) -> Any:
    standard = {
        "id": key,
        "business": "C1",
        "item": "monthly_fee",
        "amount": 1_000,
        "state": "published",
        "monthly": 1,
        "name_zh": "x",
        "name_en": f"rule {key}",
    }
    return row(PriceRule, **{**standard, **values})


@pytest.fixture
def f6(tx: Loose) -> Tariff:
    kinds = {"monthly_fee": 0, "sim_fee": 0, "prepayment": 2, "deposit": 1, "number_fee": 0}
    for code, kind in kinds.items():
        tx.put(row(ChargeItem, code=code, name_zh=code, name_en=code, fee_kind=kind, tax_category="basic"))
    tx.put(
        *(row(Product, code=code, name_zh=code, name_en=code) for code in ("P", "S", "T")),
        row(TaxRate, category="basic", rate=600, valid_from="2026-01-01"),
    )
    return Tariff(context(tx, business="C8"))


@pytest.mark.parametrize(
    ("rules", "lines"),
    [
        ([rule("a", product="P")], [("P", 1_000)]),
        ([rule("a", product="T")], []),
        ([rule("a", monthly=0)], []),
        ([rule("a", business="C8", product="P")], []),
        ([rule("a", product="P", state="draft")], []),
        ([rule("a", product="S", amount=5), rule("b", product="P")], [("P", 1_000), ("S", 5)]),
        ([rule("a", product="P"), rule("b", product="P", rank=1, amount=7)], [("P", 7)]),
        ([rule("a", product="P", category="vip")], []),
        ([rule("a")], [("", 1_000)]),
        ([rule("a", product="P", percent=50)], [("P", 500)]),
    ],
)
def test_each_month_products_cost_what_an_opening_with_them_says(
    tx: Loose, f6: Tariff, rules: list[Any], lines: list[tuple[str, int]]
) -> None:
    tx.put(*rules)
    found = f6.monthly(("P", "S"), "ordinary")
    assert [(one.resource, one.amount) for one in found] == lines
    assert all(one.monthly and one.tax_rate == 600 for one in found)


@pytest.mark.parametrize(
    ("values", "label", "discount"),
    [
        ({"product": "P"}, "P: monthly_fee", ""),
        ({"product": ""}, "monthly_fee", ""),
        ({"product": "P", "monthly": 0}, "monthly_fee", ""),
        ({"product": "P", "percent": 99}, "P: monthly_fee", "rule a"),
        ({"product": "P", "percent": 101}, "P: monthly_fee", "rule a"),
    ],
)
def test_a_monthly_line_says_for_which_product_it_is(
    tx: Loose, f6: Tariff, values: dict[str, Any], label: str, discount: str
) -> None:
    tx.put(rule("a", business="C8", **values))
    (line,) = f6.price(PriceQuery(("P",), "")).lines
    assert (str(line.label), str(line.discount), line.monthly) == (label, discount, values.get("monthly", 1) == 1)


def test_one_charge_is_by_item_and_each_product_s_own_is_monthly(tx: Loose, f6: Tariff) -> None:
    about = {"business": "C8"}
    tx.put(
        rule("a", product="P", **about),
        rule("b", product="S", **about),
        rule("c", product="P", monthly=0, **about),
        rule("d", product="S", monthly=0, amount=7, **about),
        rule("e", item="sim_fee", monthly=0, **about),
    )
    lines = f6.price(PriceQuery(("P", "S"), "")).lines
    assert [(one.item, one.resource, one.monthly, one.amount) for one in lines] == [
        ("monthly_fee", "S", False, 7),
        ("sim_fee", "", False, 1_000),
        ("monthly_fee", "P", True, 1_000),
        ("monthly_fee", "S", True, 1_000),
    ]


def test_what_is_asked_for_beside_the_rules_comes_last(f6: Tariff) -> None:
    grade = row(NumberGrade, code="A", fee=500)
    quote = f6.price(PriceQuery((), "", grade, 300, 200))
    assert [(one.item, one.amount, one.kind) for one in quote.lines] == [
        ("number_fee", 500, 0),
        ("deposit", 200, 1),
        ("prepayment", 300, 2),
    ]
    assert f6.price(PriceQuery((), "", row(NumberGrade, code="A"))).lines == ()
    rest = f6.rest(40, "b")
    assert (rest.item, rest.amount, rest.bucket_id) == ("prepayment", 40, "b")


@pytest.mark.parametrize(
    ("values", "asked", "fen"),
    [
        ({}, {}, 1_000),
        ({"percent": 50}, {}, 500),
        ({"amount": 3, "percent": 50}, {}, 1),
        ({"item": "sim_fee"}, {}, 0),
        ({"business": "C1"}, {}, 0),
        ({"business": "C1"}, {"business": "C1"}, 1_000),
        ({"product": "P"}, {}, 0),
        ({"product": "P"}, {"product": "P"}, 1_000),
        ({"product": "P"}, {"product": "S"}, 0),
        ({"category": "vip"}, {"category": "vip"}, 1_000),
        ({"category": "vip"}, {}, 0),
        ({"state": "draft"}, {}, 0),
    ],
)
def test_a_rate_is_that_of_the_rule_that_wins(
    tx: Loose, f6: Tariff, values: dict[str, Any], asked: dict[str, str], fen: int
) -> None:
    tx.put(rule("a", **{"business": "C8", "monthly": 0, **values}))
    assert f6.rate("monthly_fee", **asked) == fen


def test_a_component_leaves_its_cell_once() -> None:
    class F6(Component):
        code = "F6"

        @traced
        def asked(self, n: int) -> int:
            """Answer it."""
            return n

    about = context(Loose.__new__(Loose))
    assert [F6(about).asked(n) for n in (1, 2)] == [1, 2]
    assert about.trail == [["C1-F6", "asked"]]
    assert about.online
    assert about.fresh
