"""What is charged of a price rule's item: by it, by another that goes first, or not at all."""

from __future__ import annotations

from typing import Any

import pytest

from boss_tui.management.m06.spans import amount_said, charged
from tests.boss_tui.components.rows import context
from tests.boss_tui.management.test_m06_prices import MADE, rule, stage

FIRST = {"rank": 9, "amount": 2_000}


@pytest.mark.parametrize(
    ("about", "others", "said"),
    [
        ({}, [], "10.00/month"),
        ({}, [{"id": "b", "rank": -1, "amount": 2_000}], "10.00/month"),
        ({}, [{"id": "b", **FIRST}], "20.00/month, by b"),
        ({}, [{"id": "b", **FIRST, "item": "sim_fee"}], "10.00/month"),
        ({}, [{"id": "b", **FIRST, "monthly": 0}], "10.00/month"),
        ({}, [{"id": "b", **FIRST, "business": "C8"}], "10.00/month"),
        ({}, [{"id": "b", **FIRST, "product": "P88"}], "10.00/month"),
        ({}, [{"id": "b", **FIRST, "product": ""}], "10.00/month"),
        ({"product": ""}, [{"id": "b", **FIRST, "product": ""}], "20.00/month, by b"),
        ({"monthly": 0, "product": ""}, [{"id": "b", **FIRST, "monthly": 0, "product": ""}], "20.00 yuan, by b"),
        ({}, [{"id": MADE, **FIRST, "name_zh": "优惠", "name_en": "Students"}], "20.00/month, by Students"),
        ({"category": "vip"}, [{"id": "b", **FIRST, "category": "vip"}], "20.00/month, by b"),
        ({"category": "vip"}, [{"id": "b", **FIRST, "category": "ordinary"}], "10.00/month"),
        ({}, [{"id": "b", **FIRST, "category": "ordinary"}], "20.00/month, by b"),
        ({}, [{"id": "b", **FIRST, "from_time": "11:59", "to_time": "12:01"}], "20.00/month, by b"),
        ({"from_time": "22:00", "to_time": "23:00"}, [{"id": "b", **FIRST, "from_time": "21:00"}], "20.00/month, by b"),
        ({"outlet": "HZ02"}, [{"id": "b", **FIRST, "outlet": "HZ02"}], "20.00/month, by b"),
        ({"valid_from": "2026-12-01"}, [], "nothing is charged for it"),
        ({"valid_from": "2026-12-01"}, [{"id": "b", **FIRST}], "20.00/month, by b"),
        ({"percent": 50}, [], "5.00/month"),
        ({"percent": 50, "monthly": 0}, [], "5.00 yuan"),
    ],
)
def test_a_rule_s_item_is_charged_by_it_or_by_what_goes_first(
    about: dict[str, Any], others: list[dict[str, Any]], said: str
) -> None:
    asked = rule(**about)
    at = context(stage(asked, *(rule(**other) for other in others)), business="M6")
    assert str(charged(at, asked.__dict__)) == said


def test_what_is_charged_each_month_is_its_own_product_s_first() -> None:
    """Where both a rule of the product and one of any product charge it, the product's is named."""
    asked = rule(product="P58")
    any_product = rule(id="a", product="", rank=9, amount=3_000)
    at = context(stage(any_product, asked), business="M6")
    assert str(charged(at, asked.__dict__)) == "10.00/month"


def test_an_amount_is_said_with_its_rhythm() -> None:
    assert str(amount_said(rule(amount=199, percent=50))) == "0.99/month"
    assert str(amount_said(rule(amount=199, percent=50, monthly=0))) == "0.99 yuan"
