"""A product sold in a trial, as the counter would sell it; and what would be left behind if it ended."""

from __future__ import annotations

from typing import Any

import pytest

from boss_tui.editions.lines import RowEdit
from boss_tui.editions.subjects import Rehearsal
from boss_tui.management.m04.trial import SaleTrialForm, leaves_behind, sold_or_ended
from data.errors import BadForm
from data.tables.billing import PlanRate
from data.tables.customer import Category
from data.tables.organisation import Outlet
from data.tables.product import Product, ProductRelation
from data.tables.stock import HandsetBundle
from data.tables.tariff import ChargeItem, PriceRule
from tests.boss_tui.components.rows import Rows, context, row


def product(code: str, kind: str = "plan", **values: Any) -> Any:
    return row(Product, **{"code": code, "name_zh": code, "name_en": code.title(), "kind": kind, **values})


def price(amount: int, **values: Any) -> Any:
    standard = {"id": str(amount), "item": "fee", "business": "C1", "amount": amount}
    return row(PriceRule, **{**standard, **values})


HALL = [
    row(Outlet, code="HZ01", name_zh="厅", province="浙"),
    row(Outlet, code="HZ02", name_zh="厅", province="浙"),
    row(ChargeItem, code="fee", name_zh="费", name_en="Fee", ledger_account="6001"),
    *(row(Category, code=code, name_zh=code) for code in ("ordinary", "vip", "student")),
    product("PLAN", outlets="HZ01", minimum_age=18, categories="ordinary,vip", sim_kinds="8K,STK"),
    product("CLIP", "service", network_act="service:clip"),
    product("BANK", "service", network_act="manual", sim_kinds="STK"),
    product("PHONE", "goods"),
    product("OLD", state="retired"),
    row(ProductRelation, product="PLAN", other="CLIP", relation="contains"),
    row(ProductRelation, product="BANK", other="CLIP", relation="needs"),
    row(PlanRate, plan="PLAN", kind="voice", included=6_000, unit=60, price=19),
    price(5_000),
    price(8_800, product="PLAN", monthly=1),
    price(500, product="BANK", monthly=1),
    price(1_999_00, product="PHONE", business="C10"),
    row(HandsetBundle, code="B", name_zh="合约", name_en="Bundle", model="PHONE", plans="PLAN", price=0),
]


def tried(scalars: tuple[int, ...] = (), /, *more: Any, **typed: str) -> list[tuple[str, str]]:
    rows: Any = Rows(*HALL, *more, scalars=scalars)
    at = context(rows, business="M4")
    facts = list(sold_or_ended(at, SaleTrialForm.read({"product": "PLAN", "age": "30", **typed})))
    assert {cell for cell, _ in at.trail} <= {"M4-F4", "M4-F6"}, "another business is only tried"
    assert len(rows.rows) == len(HALL) + len(more), "nothing is written"
    return [(str(fact.label), str(fact.value)) for fact in facts]


def test_a_plan_is_sold_as_the_counter_sells_it() -> None:
    assert tried(services="BANK") == [
        ("Sold", "PLAN Plan"),
        ("Contained", "CLIP Clip"),
        ("With it", "BANK Bank"),
        ("SIM cards", "STK"),
        ("Fee", "50.00 yuan"),
        ("Bank: Fee", "5.00/month"),
        ("Plan: Fee", "88.00/month"),
        ("To pay now", "50.00 yuan"),
        ("Each month", "93.00 yuan"),
        ("Calls", "100 min included, then 0.19 yuan for each begun: 1 min"),
        ("Network", "Create the subscriber"),
        ("Set a service", "clip"),
        ("By hand", "BANK Bank"),
    ]


@pytest.mark.parametrize(("months", "last"), [(1, "2026-12-22"), (12, "2027-11-22")])
def test_a_plan_that_binds_says_for_how_long_and_what_an_early_end_costs(months: int, last: str) -> None:
    bound = product("BOUND", contract_months=months, penalty_percent=30)
    facts = tried((), bound, price(3_900, product="BOUND", monthly=1), product="BOUND")
    assert [value for label, value in facts if label == "Contract"] == [
        f"The plan binds for {months} {'month' if months == 1 else 'months'}, until {last} if it works from 2026-11-23 "
        f"on: ending it early costs 30 % of what is left of {months * 39}.00 yuan."
    ]


def test_what_is_no_plan_binds_to_nothing_whatever_it_says() -> None:
    service = product("BOUND", kind="service", contract_months=12)
    assert "Contract" not in [label for label, _ in tried((), service, product="BOUND")]


def test_a_service_costs_by_the_month_and_goods_at_once() -> None:
    assert tried(product="BANK") == [
        ("Sold", "BANK Bank"),
        ("SIM cards", "STK"),
        ("Bank: Fee", "5.00/month"),
        ("To pay now", "0.00 yuan"),
        ("Each month", "5.00 yuan"),
        ("By hand", "BANK Bank"),
    ]
    assert tried(product="PHONE") == [
        ("Sold", "PHONE Phone"),
        ("Fee", "1999.00 yuan"),
        ("To pay now", "1999.00 yuan"),
        ("Each month", "0.00 yuan"),
    ]


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"product": "NONE"}, "product"),
        ({"product": "OLD"}, "product"),
        ({"outlet": "HZ02"}, "product"),
        ({"outlet": "HZ99"}, "outlet"),
        ({"category": "student"}, "product"),
        ({"category": "stud"}, "category"),
        ({"age": "17"}, "product"),
        ({"age": ""}, "product"),
        ({"services": "NONE"}, "services"),
        ({"services": "OLD"}, "services"),
        ({"product": "OLD", "ends": "y", "outlet": "HZ99"}, ""),
    ],
)
def test_what_the_counter_would_refuse_is_refused_beside_its_field(typed: dict[str, str], field: str) -> None:
    if not field:
        assert tried((0, 0, 0), **typed)
        return
    with pytest.raises(BadForm) as refused:
        tried(**typed)
    assert set(refused.value.errors) == {field}


def test_a_contained_service_that_ends_leaves_plans_behind() -> None:
    assert tried((7, 2, 1), product="CLIP", ends="y") == [
        ("Served on", "7 lines have it"),
        ("Under way", "2 lines get it"),
        ("Planned", "1 change to come name it"),
        ("Needs it", "BANK Bank"),
        ("Contains it", "PLAN Plan"),
        ("Without effect", "Prices: 0"),
        ("Without effect", "Rates of plans: 0"),
    ]


@pytest.mark.parametrize("code", ["PLAN", "PHONE"])
def test_a_bundle_names_what_it_is_of(code: str) -> None:
    found = tried((1, 1, 0), product=code, ends="y")
    assert ("Served on", "1 line has it") in found
    assert ("Handset bundle", "Bundle") in found


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (RowEdit("product", ("BANK",), "end", {}), True),
        (RowEdit("product", ("BANK",), "change", {"state": "retired"}), True),
        (RowEdit("product", ("BANK",), "change", {"valid_to": "2027-03-31"}), True),
        (RowEdit("product", ("BANK",), "change", {"name_zh": "银行"}), False),
        (RowEdit("product", ("BANK",), "add", {"state": "active"}), False),
    ],
)
def test_who_ends_a_product_is_told_what_hangs_on_it(line: RowEdit, told: bool) -> None:
    rows: Any = Rows(*HALL, scalars=(122, 0, 0))
    said = [str(fault.message) for fault in leaves_behind(Rehearsal(rows, {3: line}, "2026-11-23"))]
    assert said == (["Served on: 122 lines have it", "Without effect: Prices: 1"] if told else [])
