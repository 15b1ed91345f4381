"""What M3.1 asks of categories, each rule failing alone; and what somebody would get and lose in another one."""

from __future__ import annotations

from typing import Any

import pytest

from boss_tui.editions.lines import RowEdit
from boss_tui.management.m03_1.categories import CategoryForm, DocumentKindForm
from boss_tui.management.m03_1.checks import kind_is_checked, named_no_more, told_apart
from boss_tui.management.m03_1.trial import CategoryTrialForm, compared
from data.errors import BadForm
from data.tables.account import CreditRating
from data.tables.customer import Category, ClassRule, Customer, DocumentKind
from data.tables.order import Subscription, SubscriptionProduct
from data.tables.parameter import Parameter
from data.tables.product import Product
from data.tables.tariff import ChargeItem, PriceRule
from tests.boss_tui.components.rows import DAY, Rows, context, rehearsal, row

BEFORE = "2026-11-22"


def category(code: str = "silver", **values: Any) -> Any:
    standard = {"name_zh": f"{code}客户", "name_en": code.title(), "rank": len(code) * 10}
    return row(Category, **{"code": code, **standard, **values})


def kind(**values: Any) -> Any:
    return row(
        DocumentKind, **{"code": "00", "name_zh": "身份证", "rule": "resident_id", "category": "student", **values}
    )


def rule(**values: Any) -> Any:
    return row(
        PriceRule, **{"id": "r", "business": "C1", "item": "fee", "amount": 1_000, "category": "silver", **values}
    )


def class_rule(**values: Any) -> Any:
    return row(ClassRule, **{"code": "R", "name_zh": "规则", "category": "silver", **values})


def product(**values: Any) -> Any:
    return row(Product, **{"code": "P", "name_zh": "套餐", "categories": "student,silver", **values})


def found(check: Any, rows: list[Any], line: RowEdit, scalars: tuple[int, int] = (0, 0)) -> list[tuple[int, str]]:
    faults = check(rehearsal(Rows(*rows, scalars=scalars), {1: line}, DAY))
    return [(fault.position, fault.column) for fault in faults]


def of(code: str = "silver", table: str = "category", op: Any = "change", **values: Any) -> RowEdit:
    return RowEdit(table, (code,), op, values)


@pytest.mark.parametrize(
    ("other", "columns"),
    [
        ({}, []),
        ({"name_zh": "silver客户"}, ["name_zh"]),
        ({"name_en": "Silver"}, ["name_en"]),
        ({"rank": 60}, ["rank"]),
        ({"name_zh": "silver客户", "rank": 60}, ["name_zh", "rank"]),
        ({"name_zh": "silver客户", "name_en": "Silver", "rank": 60, "state": "ended"}, []),
    ],
)
def test_categories_are_told_apart_by_name_and_rank(other: dict[str, Any], columns: list[str]) -> None:
    rows = [category(), category("gold", **other)]
    assert found(told_apart, rows, of()) == [(1, column) for column in columns]
    assert found(told_apart, rows, of(table="price_rule")) == []


def test_no_name_in_english_is_like_no_other() -> None:
    assert found(told_apart, [category(name_en=""), category("gold", name_en="")], of()) == []


def test_what_has_ended_may_be_called_like_another() -> None:
    assert found(told_apart, [category(state="ended"), category("gold", name_en="Silver")], of()) == []


@pytest.mark.parametrize(
    ("named", "refused"),
    [
        ([], False),
        ([kind(category="silver")], True),
        ([kind(category="silver", state="ended")], False),
        ([kind()], False),
        ([rule()], True),
        ([rule(category="")], False),
        ([rule(state="withdrawn")], False),
        ([rule(valid_to=BEFORE)], False),
        ([rule(valid_to=DAY)], True),
        ([rule(valid_from="2027-01-01")], True),
        ([class_rule()], True),
        ([class_rule(category="gold")], False),
        ([class_rule(state="ended")], False),
        ([class_rule(valid_to=BEFORE)], False),
        ([class_rule(valid_to=DAY)], True),
        ([product()], True),
        ([product(state="draft")], True),
        ([product(state="retired")], False),
        ([product(categories="student,silver2")], False),
        ([product(categories="")], False),
    ],
)
def test_a_category_ends_when_nothing_names_it(named: list[Any], refused: bool) -> None:
    ended = category(state="ended")
    assert found(named_no_more, [ended, *named], of(op="end")) == ([(1, "")] if refused else [])
    assert found(named_no_more, [category(), *named], of()) == []


@pytest.mark.parametrize(("customers", "refused"), [((0, 0), False), ((1, 0), True), ((0, 1), True)])
def test_a_category_ends_when_nobody_has_it(customers: tuple[int, int], refused: bool) -> None:
    assert bool(found(named_no_more, [category(state="ended")], of(op="end"), customers)) is refused


@pytest.mark.parametrize("code", ["ordinary", "red"])
def test_what_everything_falls_back_to_stays(code: str) -> None:
    assert found(named_no_more, [category(code, state="ended")], of(code, op="end")) == [(1, "")]


def test_of_many_that_name_it_three_are_told() -> None:
    rules = [rule(id=f"r{n}") for n in range(5)]
    (fault,) = named_no_more(rehearsal(Rows(category(state="ended"), *rules, scalars=(0, 0)), {1: of(op="end")}, DAY))
    assert "r0, r1, r2 +2" in str(fault.message)


@pytest.mark.parametrize(
    ("changes", "columns"),
    [({}, []), ({"rule": "other"}, []), ({"rule": "none"}, ["rule"]), ({"state": "ended"}, [""])],
)
def test_a_kind_of_document_has_a_rule_and_one_is_taken(changes: dict[str, Any], columns: list[str]) -> None:
    line = of("00", "document_kind")
    assert found(kind_is_checked, [kind(**changes)], line) == [(1, column) for column in columns]
    others = [kind(**changes), kind(code="07")]
    assert found(kind_is_checked, others, line) == [(1, column) for column in columns if column]


@pytest.mark.parametrize(
    ("form", "typed", "wrong"),
    [
        (CategoryForm, {"number_limit": "0"}, set()),
        (CategoryForm, {"number_limit": "-1"}, {"number_limit"}),
        (CategoryForm, {"number_limit": "five"}, {"number_limit"}),
        (CategoryForm, {"rank": "9999"}, set()),
        (CategoryForm, {"rank": "10000"}, {"rank"}),
        (CategoryForm, {"credit_limit": "-0.01"}, {"credit_limit"}),
        (CategoryForm, {"credit_limit": "0.005"}, {"credit_limit"}),
        (CategoryForm, {"deposit_waived": "perhaps"}, {"deposit_waived"}),
        (DocumentKindForm, {"minors_only": "x"}, {"minors_only"}),
        (DocumentKindForm, {"code": "00001"}, {"code"}),
    ],
)
def test_what_is_typed_is_within_its_bounds(form: Any, typed: dict[str, str], wrong: set[str]) -> None:
    standard = {"name_zh": "银龄", **({"rule": "other"} if form is DocumentKindForm else {})}
    assert set(form.partial({**standard, **typed})[1]) == wrong


# tried


def customer() -> Any:
    named = {"name": "王", "name_key": "王", "document_kind": "00", "document_number": "1"}
    return row(Customer, id="c1", outlet="HZ01", category="ordinary", **named)


def line(n: int) -> Any:
    return row(Subscription, id=f"s{n}", customer_id="c1", number=f"1380000000{n}", plan="PLAN", state="active")


HALL = [
    category("ordinary", rank=100, number_limit=1, credit_limit=10_000),
    category("key", rank=10, number_limit=10, credit_limit=500_000, deposit_waived=1, benefits_en="Served first"),
    category("few", rank=200, number_limit=1),
    category("gone", state="ended"),
    row(CreditRating, code="C", name_zh="一般", credit_limit=5_000),
    row(Parameter, name="international_deposit", value=50_000),
    row(ChargeItem, code="fee", name_zh="费", name_en="Fee", ledger_account="6001"),
    product(code="PLAN", categories=""),
    rule(id="a", category="", product="PLAN", amount=8_800, monthly=1),
    rule(id="b", category="key", product="PLAN", amount=8_800, percent=50, monthly=1, rank=1),
    rule(id="c", category="key", valid_to=BEFORE),
    rule(id="d", category="ordinary", business="C2", amount=1_000),
    product(code="KEY", name_zh="贵宾", name_en="Guest", categories="key"),
    product(code="ORD", name_zh="校园", name_en="Campus", categories="ordinary"),
    customer(),
    kind(category="ordinary"),
    *(line(n) for n in (1, 2)),
    row(SubscriptionProduct, subscription_id="s1", product="PLAN"),
]


def tried(**typed: str) -> list[tuple[str, str]]:
    rows: Any = Rows(*HALL)
    facts = compared(context(rows, business="M3.1"), CategoryTrialForm.read({"becomes": "key", **typed}))
    found = [(str(fact.label), str(fact.value)) for fact in facts]
    assert len(rows.rows) == len(HALL), "nothing is written"
    return found


def test_what_is_gained_is_told() -> None:
    assert tried() == [
        ("Category", "Ordinary -> Key"),
        ("Most numbers", "1 -> 10"),
        ("Credit limit", "100.00 -> 5000.00"),
        ("Deposit, abroad", "500.00 -> 0.00"),
        ("Gains", "Served first"),
        ("Pays no more by", "Change number, Fee: 10.00 yuan (100 %)"),
        ("Pays by", "Open account, Fee PLAN: 44.00 yuan (50 %)"),
        ("Buys no more", "Campus"),
        ("May buy", "Guest"),
    ]


def test_what_a_customer_loses_is_told_with_their_numbers() -> None:
    found = tried(number="13800000001", becomes="few")
    assert ("Has already", "2 numbers: they stay, no more are opened") in found
    assert ("13800000001, a month", "88.00 -> 88.00") in found
    found = tried(number="13800000002")
    assert "Has already" not in dict(found)
    assert ("13800000002, a month", "88.00 -> 44.00") in found


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"becomes": "none"}, "becomes"),
        ({"becomes": "gone"}, "becomes"),
        ({"category": "none"}, "category"),
        ({"category": "gone"}, "category"),
        ({"number": "13900000000"}, "number"),
        ({"becomes": ""}, "becomes"),
    ],
)
def test_what_can_not_be_tried_is_said_beside_its_field(typed: dict[str, str], field: str) -> None:
    with pytest.raises(BadForm) as refused:
        tried(**typed)
    assert set(refused.value.errors) == {field}


def test_each_category_that_ends_is_looked_at_whatever_comes_before_it() -> None:
    rows = [category(), category("ordinary", state="ended")]
    lines = {1: of(), 2: of("ordinary", op="end")}
    faults = list(named_no_more(rehearsal(Rows(*rows, scalars=(0, 0)), lines, DAY)))
    assert [fault.position for fault in faults] == [2]
