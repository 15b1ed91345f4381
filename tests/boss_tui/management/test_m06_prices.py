"""What M6 asks of its rules, each failing alone; and a price as it is tried."""

from __future__ import annotations

from typing import Any, cast

import pytest
from rich.cells import cell_len

from boss_tui.editions.lines import RowEdit
from boss_tui.editions.subjects import Rehearsal
from boss_tui.locale import words
from boss_tui.management.m06.prices import PRICES, PriceForm, _not_below_nothing, example_price, still_priced
from boss_tui.management.m06.tariffs import items_are_taxed, rates_are_of_plans
from boss_tui.management.m06.trial import PriceTrialForm, try_a_price
from data.errors import BadForm
from data.message import Message
from data.tables.billing import PlanRate
from data.tables.customer import Category, Customer, DocumentKind
from data.tables.order import Subscription
from data.tables.organisation import Outlet
from data.tables.product import Product
from data.tables.tariff import ChargeItem, PriceRule, TaxRate
from tests.boss_tui.components.rows import DAY, Rows, context, rehearsal, row


def rule(**changes: Any) -> Any:
    standard = {"id": "r", "business": "C1", "item": "monthly_fee", "amount": 1_000, "product": "P58", "monthly": 1}
    return row(PriceRule, **{**standard, **changes})


def stage(*rows: Any) -> Any:
    return Rows(
        row(Product, code="P58", name_zh="畅享58"),
        row(Category, code="vip", name_zh="大客户"),
        row(Outlet, code="HZ01", name_zh="厅", province="浙江"),
        row(ChargeItem, code="monthly_fee", name_zh="月费", name_en="Monthly fee", ledger_account="6001"),
        *rows,
    )


def faults(check: Any, *rows: Any, op: Any = "change", values: dict[str, Any] | None = None) -> list[tuple[str, str]]:
    line = RowEdit("price_rule", ("r",), op, values or {})
    return [(fault.column, str(fault.message)) for fault in check(Rehearsal(stage(*rows), {1: line}, DAY))]


@pytest.mark.parametrize(
    ("left", "refused"),
    [
        ([], True),
        ([rule(id="b")], False),
        ([rule(id="b", product="")], False),
        ([rule(id="b", monthly=0)], True),
        ([rule(id="b", product="P88")], True),
        ([rule(id="b", state="withdrawn")], True),
        ([rule(id="b", valid_from="2026-11-24")], True),
        ([rule(id="b", valid_to=DAY)], False),
        ([rule(id="b", business="C8")], True),
    ],
)
def test_what_is_sold_keeps_a_price(left: list[Any], refused: bool) -> None:
    ended = rule(state="withdrawn")
    assert bool(faults(still_priced, ended, *left, values={"product": "P58"})) is refused


@pytest.mark.parametrize("product", [{"state": "retired"}, {"state": "draft"}, {"valid_to": "2026-11-22"}])
def test_what_is_not_sold_needs_none(product: dict[str, Any]) -> None:
    rows = Rows(row(Product, code="P58", name_zh="畅享58", **product))
    line = RowEdit("price_rule", ("r",), "change", {"product": "P58"})
    assert list(still_priced(rehearsal(rows, {1: line}, DAY))) == []


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"from_time": "09:00", "to_time": "24:00", "weekdays": "67"}, set()),
        ({"from_time": "9:00"}, {"from_time"}),
        ({"to_time": "24:01"}, {"to_time"}),
        ({"from_time": "23:60"}, {"from_time"}),
        ({"weekdays": "08"}, {"weekdays"}),
        ({"weekdays": "11"}, {"weekdays"}),
        ({"weekdays": "1234567"}, set()),
    ],
)
def test_times_and_weekdays_are_typed_right(typed: dict[str, str], wrong: set[str]) -> None:
    _, told = PriceForm.partial({"item": "x", "business": "C1", "amount": "1", **typed})
    assert set(told) == wrong


def tried(*rows: Any, **asked: str) -> list[tuple[str, str]]:
    form = PriceTrialForm.read({"business": "C1", "products": "P58", **asked})
    found = try_a_price(context(stage(*rows), business="M6"), form)
    return [(str(fact.label), str(fact.value)) for fact in found]


def test_a_trial_says_what_counts_and_why_the_others_do_not() -> None:
    rules = [
        rule(),
        rule(id="vip", category="vip", rank=5, percent=50),
        rule(id="low", rank=-1),
        rule(id="night", from_time="22:00", to_time="06:00"),
        rule(id="weekend", weekdays="67"),
        rule(id="far", outlet="HZ02"),
        rule(id="gone", state="withdrawn"),
        rule(id="later", valid_from="2026-12-01"),
    ]
    assert dict(tried(*rules, outlet="HZ01")) == {
        "r: Monthly fee": "10.00/month",
        "low: Monthly fee": "r goes first",
        "night: Monthly fee": "not at this time",
        "weekend: Monthly fee": "not on this weekday",
        "later: Monthly fee": "not on this date",
        "of another category": "1 rule",
        "of another outlet": "1 rule",
        "not published": "1 rule",
    }
    assert dict(tried(*rules, category="vip"))["vip: Monthly fee"] == "5.00/month"
    assert dict(tried(rule(monthly=0)))["r: Monthly fee"] == "10.00 yuan"


@pytest.mark.parametrize(
    ("product", "sold"),
    [
        ({"valid_from": DAY, "valid_to": DAY}, True),
        ({"valid_from": "2026-11-24"}, False),
        ({"valid_to": "2026-11-22"}, False),
        ({"state": "retired"}, False),
    ],
)
def test_a_trial_says_first_what_is_not_sold_on_the_date(product: dict[str, str], sold: bool) -> None:
    other = row(Product, code="P88", name_zh="畅享88", name_en="Plan 88", **product)
    found = tried(other, rule(), products="P58,P88,P99")
    assert found == [*([] if sold else [("Plan 88", "not sold on this date")]), ("r: Monthly fee", "10.00/month")]


MADE = "019ab1c2-0000-7abc-8def-000000000001"


@pytest.mark.parametrize(
    ("about", "named"),
    [
        ({"name_zh": "学生优惠", "name_en": "Students"}, "Students"),
        ({}, "Monthly fee, 畅享58, 10.00"),
    ],
)
def test_a_rule_whose_code_nobody_typed_is_known_by_its_words(about: dict[str, str], named: str) -> None:
    (one, low) = tried(rule(id=MADE, monthly=0, **about), rule(id="low", rank=-1, monthly=0))
    assert one[0].startswith(f"{named}")
    assert MADE not in "".join(one)
    assert (low[0], low[1].startswith(named), low[1].endswith("goes first")) == ("low: Monthly fee", True, True)


RESIDENT = row(DocumentKind, code="00", name_zh="身份证", rule="resident_id", category="")


def test_a_trial_leaves_the_cells_of_what_it_asked() -> None:
    owner = row(Customer, id="c", name="王", name_key="", category="vip", document_kind="00")
    line = row(Subscription, id="s", number="13800000000", customer_id="c", state="active")
    for number, cells in (("", {"M6-F6"}), ("13800000000", {"M6-F6", "M6-F4", "M6-F3"})):
        at = context(stage(rule(), owner, line, RESIDENT), business="M6")
        assert list(try_a_price(at, PriceTrialForm.read({"business": "C1", "number": number})))
        assert {cell for cell, _ in at.trail} == cells


def test_a_number_says_the_category_of_its_owner() -> None:
    owner = row(Customer, id="c", name="王", name_key="", category="vip", document_kind="00")
    line = row(Subscription, id="s", number="13800000000", customer_id="c", state="active")
    assert tried(rule(category="vip"), owner, line, RESIDENT, number="13800000000") == [
        ("r: Monthly fee", "10.00/month")
    ]
    gone = row(Subscription, id="t", number="13900000000", customer_id="c", state="terminated")
    for wrong in ({"number": "13900000000"}, {"business": "C99"}, {"time": "25:00"}):
        with pytest.raises(BadForm) as refused:
            tried(rule(), owner, line, gone, RESIDENT, **wrong)
        assert set(refused.value.errors) == set(wrong)


def test_an_example_is_a_price_at_an_opening_that_goes_first() -> None:
    def example(*rows: Any) -> list[dict[str, Any]]:
        return [dict(change.values) for change in example_price(cast(Any, Rows(*rows)), amount="8")]

    halls = [row(Outlet, code=code) for code in ("HZ02", "HZ01", "HZ03")]
    kinds = [row(Category, code="vip", credit_limit=9), row(Category, code="poor")]
    rules = [rule(id="a", monthly=0, item="sim_fee"), rule(id="b", rank=7), rule(id="c", business="C8", rank=99)]
    said = {"item": "monthly_fee", "business": "C1", "category": "vip", "outlet": "HZ03", "rank": "8", "amount": "8"}
    assert example(*halls, *kinds, *rules) == [said]
    for none in ([*halls, *kinds, rules[0]], [*halls, *rules], [*kinds, *rules], [*halls, *kinds, rules[2]]):
        assert example(*none) == []


@pytest.mark.parametrize(
    ("values", "columns"),
    [({"amount": 0}, []), ({"amount": -1}, ["amount"]), ({"price": "-1"}, ["price"]), ({"price": 1}, []), ({}, [])],
)
def test_no_price_is_below_nothing(values: dict[str, Any], columns: list[str]) -> None:
    line = RowEdit("price_rule", ("P",), "change", values)
    assert [fault.column for fault in _not_below_nothing(Rehearsal(stage(), {1: line}, DAY))] == columns


_OTHERS = {"rank": 3, "id": "other"}


@pytest.mark.parametrize(
    ("typed", "others", "told"),
    [
        ({"rank": "0"}, [], None),
        ({"rank": "0"}, [{"id": "r"}], None),  # the rule itself
        ({"rank": "0"}, [{}], "4 goes before all others"),
        ({"rank": "3"}, [{}], "4 goes before all others"),
        ({"rank": "4"}, [{}], "goes before all others"),
        ({"rank": "3", "category": "vip"}, [{}], "goes before all others"),  # it says more
        ({"rank": "3", "category": "vip"}, [{"category": "vip"}], "4 goes before all others"),
        ({"rank": "4"}, [{}, {"id": "more", "rank": 9}], "10 goes before all others"),
        ({"rank": ""}, [{}], None),
        ({"rank": "0"}, [{"state": "withdrawn"}], None),
        ({"rank": "0"}, [{"item": "sim_fee"}], None),
        ({"rank": "0"}, [{"business": "C8"}], None),
        ({"rank": "0"}, [{"monthly": 0}], None),
        ({"rank": "0"}, [{"product": ""}], None),  # each product has a monthly price of its own
        ({"rank": "0", "monthly": "n"}, [{"monthly": 0, "product": ""}], "4 goes before all others"),
        ({"rank": "0", "monthly": "n"}, [{"monthly": 0, "product": "P88"}], None),
        *[
            ({"rank": "0", name: mine}, [{name: theirs}], "4 goes before all others" if met else None)
            for name in ("category", "outlet", "region")
            for mine, theirs, met in (("a", "a", True), ("a", "", True), ("", "a", True), ("a", "b", False))
        ],
    ],
)
def test_a_rank_is_said_that_goes_before_all_rules_that_it_may_meet(
    typed: dict[str, str], others: list[dict[str, Any]], told: str | None
) -> None:
    row_ = {"id": "r", "item": "monthly_fee", "business": "C1", "product": "P58", "monthly": "y", **typed}
    found = PRICES.beside(row_, stage(*(rule(**{**_OTHERS, **each}) for each in others)))
    assert (str(found["rank"]) if "rank" in found else None) == told


@pytest.mark.parametrize(
    ("monthly", "valid_to", "is_said"), [("y", "20261231", True), ("n", "20261231", False), ("y", "", False)]
)
def test_of_a_monthly_price_with_a_last_day_it_is_said_who_keeps_it(monthly: str, valid_to: str, is_said: bool) -> None:
    typed = {"item": "monthly_fee", "business": "C1", "monthly": monthly, "valid_to": valid_to}
    assert ("valid_to" in PRICES.beside(typed, stage())) is is_said


@pytest.mark.parametrize(
    ("category", "refused"), [("goods", []), ("books", ["tax_category"]), ("none", []), ("", []), (None, [])]
)
def test_what_can_be_charged_is_of_a_tax_that_has_a_rate(category: str | None, refused: list[str]) -> None:
    line = RowEdit("charge_item", ("case",), "change", {} if category is None else {"tax_category": category})
    rows = Rows(row(TaxRate, category="goods", rate=1300), row(ChargeItem, code="case"))
    assert [fault.column for fault in items_are_taxed(rehearsal(rows, {1: line}, DAY))] == refused


@pytest.mark.parametrize(("kind", "refused"), [("plan", []), ("service", ["plan"]), ("goods", ["plan"])])
def test_usage_is_charged_by_plans_alone(kind: str, refused: list[str]) -> None:
    rows = Rows(row(Product, code="A", name_zh="甲", kind=kind), row(PlanRate, plan="A", kind="data"))
    lines = {1: RowEdit("plan_rate", ("A", "data"), "add", {}), 2: RowEdit("plan_rate", ("B", "data"), "end", {})}
    assert [fault.column for fault in rates_are_of_plans(rehearsal(rows, lines, DAY))] == refused


OTHERS_MONTHLY, OTHERS_ONCE = "item's others: monthly", "item's others: once"


@pytest.mark.parametrize(
    ("monthly", "others", "told"),
    [
        ("n", [], None),
        ("n", [{"id": "r"}], None),  # the rule itself
        ("n", [{}], OTHERS_MONTHLY),
        ("n", [{"product": "P88", "business": "C8"}], OTHERS_MONTHLY),
        ("n", [{}, {"id": "more", "monthly": 0}], None),
        ("n", [{"state": "withdrawn"}], None),
        ("n", [{"item": "sim_fee"}], None),
        ("y", [{}], None),
        ("y", [{"monthly": 0}], OTHERS_ONCE),
    ],
)
def test_of_a_price_it_is_said_that_all_others_of_its_item_are_charged_otherwise(
    monthly: str, others: list[dict[str, Any]], told: str | None
) -> None:
    typed = {"id": "r", "item": "monthly_fee", "business": "C1", "product": "P58", "monthly": monthly}
    found = PRICES.beside(typed, stage(*(rule(**{**_OTHERS, **each}) for each in others)))
    assert (str(found["monthly"]) if "monthly" in found else None) == told


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_what_others_of_an_item_do_stands_whole_beside_a_flag_and_what_that_was(language: str) -> None:
    speak = words(language)
    for now, others, was in (("no", OTHERS_MONTHLY, "y yes"), ("yes", OTHERS_ONCE, "n no")):
        code, said = was.split()
        stood = speak(Message("now: {value}", {"value": f"{code} {speak(Message(said))}"}))
        assert cell_len(f"{speak(Message(now))}; {speak(Message(others))}  {stood}") <= BESIDE


BESIDE = 39
"""Cells beside a field on the smallest screen."""
