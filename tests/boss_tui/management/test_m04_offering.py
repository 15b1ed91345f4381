"""What M4 asks of products, each rule failing alone: kinds, what goes together, prices, bundles, time limits."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest

from boss_tui.editions.lines import RowEdit
from boss_tui.management.kit.checks import names_rows
from boss_tui.management.m04.offering import (
    binds_by_its_kind,
    binds_to_a_fee,
    bundle_has_its_handset,
    fits_its_kind,
    goes_together,
    has_a_price,
    is_kept_at_all,
)
from boss_tui.management.m04.products import BundleForm, LimitForm, ProductForm
from data.tables.customer import Category
from data.tables.organisation import Outlet
from data.tables.product import Product, ProductRelation
from data.tables.resource import SimKind
from data.tables.stock import HandsetBundle
from data.tables.tariff import PriceRule
from tests.boss_tui.components.rows import DAY, Rows, rehearsal, row

BEFORE, AFTER = "2026-11-22", "2026-11-24"


def plan(**changes: Any) -> Any:
    return row(Product, **{"code": "P", "name_zh": "套餐", **changes})


def service(code: str = "S", **changes: Any) -> Any:
    return row(Product, **{"code": code, "name_zh": code, "kind": "service", **changes})


def related(relation: str, other: str = "S", product: str = "P") -> Any:
    return row(ProductRelation, product=product, other=other, relation=relation)


def of_product(code: str = "P", op: Any = "change", **values: Any) -> RowEdit:
    return RowEdit("product", (code,), op, values)


def found(check: Any, rows: Iterable[Any], *lines: RowEdit) -> list[tuple[int, str]]:
    return [(fault.position, fault.column) for fault in check(rehearsal(Rows(*rows), dict(enumerate(lines, 1)), DAY))]


@pytest.mark.parametrize(
    ("product", "columns"),
    [
        ({}, []),
        ({"sim_kinds": "8K,32K,STK,prepaid"}, []),
        ({"sim_kinds": "8K,64K"}, ["sim_kinds"]),
        ({"network_act": "data"}, []),
        ({"network_act": "manual"}, []),
        ({"network_act": "service:clip"}, []),
        ({"network_act": "service:"}, ["network_act"]),
        ({"network_act": "service:ring_back"}, ["network_act"]),  # only one kind of element can do it
        ({"network_act": "clip"}, ["network_act"]),
        ({"kind": "goods"}, []),
        ({"kind": "goods", "sim_kinds": "8K"}, ["sim_kinds"]),
        ({"kind": "goods", "network_act": "data"}, ["network_act"]),
    ],
)
def test_a_product_asks_for_what_there_is(product: dict[str, Any], columns: list[str]) -> None:
    kinds = [row(SimKind, code=code) for code in ("8K", "32K", "STK", "prepaid")]
    ended = row(SimKind, code="64K", state="ended")
    assert found(fits_its_kind, [plan(**product), *kinds, ended], of_product()) == [(1, column) for column in columns]


@pytest.mark.parametrize(
    ("columns", "wrong"),
    [
        ({}, []),
        ({"categories": "vip", "outlets": "HZ01"}, []),
        ({"categories": "vip,no"}, ["categories"]),
        ({"outlets": "HZ99"}, ["outlets"]),
        ({"outlets": "HZ99,HZ98"}, ["outlets", "outlets"]),
    ],
)
def test_codes_name_rows(columns: dict[str, str], wrong: list[str]) -> None:
    rows = [
        plan(**columns),
        row(Category, code="vip", name_zh="大"),
        row(Outlet, code="HZ01", name_zh="厅", province="浙"),
    ]
    check = names_rows(Product, categories=Category, outlets=Outlet)
    assert found(check, rows, of_product()) == [(1, column) for column in wrong]
    assert found(check, [], of_product(op="end"), RowEdit("price_rule", ("r",), "change", {})) == []


@pytest.mark.parametrize("relation", ["contains", "needs"])
@pytest.mark.parametrize(
    ("product", "other", "sound"),
    [
        ({}, {}, True),
        ({}, {"state": "retired"}, False),
        ({}, {"state": "draft"}, False),
        ({}, {"valid_to": "2027-01-01"}, False),
        ({"valid_to": "2027-01-01"}, {"valid_to": "2027-01-01"}, True),
        ({"valid_to": "2027-01-01"}, {"valid_to": "2026-12-31"}, False),
        ({"valid_to": "2027-01-01"}, {}, True),
        ({}, {"valid_from": DAY}, True),
        ({}, {"valid_from": AFTER}, False),
        ({"valid_from": AFTER}, {"valid_from": AFTER}, True),
        ({"state": "retired"}, {"state": "retired"}, True),
        ({"state": "draft"}, {"state": "retired"}, True),
        ({"valid_to": BEFORE}, {"state": "retired"}, True),
        ({"valid_to": DAY}, {"state": "retired"}, False),
    ],
)
def test_what_is_contained_or_needed_is_sold_as_long(
    relation: str, product: dict[str, Any], other: dict[str, Any], sound: bool
) -> None:
    rows = [plan(**product), service(**other), related(relation)]
    assert found(goes_together, rows, of_product("S")) == ([] if sound else [(1, "other")])


def test_what_excludes_may_end() -> None:
    assert found(goes_together, [plan(), service(state="retired"), related("excludes")], of_product()) == []


@pytest.mark.parametrize("line", [of_product(), of_product("S"), RowEdit("product_relation", ("P", "X"), "end", {})])
def test_either_side_and_every_relation_of_a_product_is_looked_at(line: RowEdit) -> None:
    rows = [plan(), service(state="retired"), related("contains")]
    assert found(goes_together, rows, of_product("other"), line) == [(2, "other")]
    assert found(goes_together, rows, of_product("other"), RowEdit("price_rule", ("P",), "change", {})) == []


@pytest.mark.parametrize(
    ("relations", "columns"),
    [
        ([related("contains"), related("contains", "T")], []),
        ([related("contains"), related("needs", "T", "S")], ["other"]),
        ([related("contains"), related("contains", "T"), related("needs", "T", "S")], []),
        ([related("contains"), related("needs", "P", "S")], []),
        ([related("contains"), related("needs", "T", "S"), related("contains", "T", "OTHER")], ["other"]),
        ([related("contains"), related("needs", "T", "S"), related("needs", "T")], ["other"]),
        ([related("contains"), related("contains", "T"), related("excludes", "T", "S")], ["other"]),
        ([related("contains"), related("contains", "T"), related("excludes", "S", "T")], ["other"]),
        ([related("contains"), related("excludes", "T", "S")], []),
        ([related("contains"), related("excludes", "P", "S")], ["relation"]),
        ([related("needs"), related("excludes", "P", "S")], ["relation"]),
        ([related("needs"), related("needs", "P", "S")], []),
        ([related("contains", "P")], ["other"]),
    ],
)
def test_what_is_inside_goes_together(relations: list[Any], columns: list[str]) -> None:
    rows = [plan(), service(), service("T"), *relations]
    assert found(goes_together, rows, of_product()) == [(1, column) for column in columns]


@pytest.mark.parametrize("kind", ["plan", "goods"])
def test_only_services_are_contained(kind: str) -> None:
    assert found(goes_together, [plan(), plan(code="S", kind=kind), related("contains")], of_product()) == [
        (1, "other")
    ]
    assert found(goes_together, [plan(), plan(code="S", kind=kind), related("needs")], of_product()) == []


def price(**changes: Any) -> Any:
    standard = {"id": "r", "item": "fee", "amount": 0, "business": "C1", "product": "P", "monthly": 1}
    return row(PriceRule, **{**standard, **changes})


ADDED = of_product(op="add")


@pytest.mark.parametrize(
    ("line", "product", "rules", "refused"),
    [
        (ADDED, {}, [], True),
        (ADDED, {}, [price()], False),
        (ADDED, {}, [price(product="")], False),
        (ADDED, {}, [price(product="Q")], True),
        (ADDED, {}, [price(monthly=0)], True),
        (ADDED, {}, [price(business="C8")], True),
        (ADDED, {}, [price(state="withdrawn")], True),
        (ADDED, {}, [price(valid_from=AFTER)], True),
        (ADDED, {"valid_from": AFTER}, [price(valid_from=AFTER)], False),
        (ADDED, {"valid_from": AFTER}, [price(valid_to=DAY)], True),
        (ADDED, {"pay_type": "prepaid"}, [price(monthly=0)], False),
        (ADDED, {"pay_type": "prepaid", "kind": "service"}, [price(monthly=0)], True),
        (ADDED, {"kind": "goods"}, [price()], True),
        (ADDED, {"kind": "goods"}, [price(business="C10", monthly=0)], False),
        (ADDED, {"kind": "goods"}, [price(business="C10", product="", monthly=0)], True),
        (ADDED, {"state": "draft"}, [], False),
        (of_product(state="active"), {}, [], True),
        (of_product(rank=3), {}, [], False),  # as it was sold before
        (of_product(op="end"), {"state": "retired"}, [], False),
    ],
)
def test_what_begins_to_be_sold_has_a_price(
    line: RowEdit, product: dict[str, Any], rules: list[Any], refused: bool
) -> None:
    assert found(has_a_price, [plan(**product), *rules], line) == ([(1, "")] if refused else [])


@pytest.mark.parametrize(
    ("product", "columns"),
    [
        ({}, []),
        ({"contract_months": 1}, []),
        ({"contract_months": 1, "penalty_percent": 1}, []),
        ({"penalty_percent": 1}, ["penalty_percent"]),
        ({"kind": "service"}, []),
        ({"kind": "service", "contract_months": 1}, ["contract_months"]),
        ({"kind": "goods", "contract_months": 1, "penalty_percent": 1}, ["contract_months"]),
        ({"kind": "service", "penalty_percent": 1}, ["penalty_percent"]),
    ],
)
def test_only_a_plan_binds_and_a_penalty_is_within_its_months(product: dict[str, Any], columns: list[str]) -> None:
    assert found(binds_by_its_kind, [plan(**product)], of_product()) == [(1, column) for column in columns]


@pytest.mark.parametrize(
    ("line", "product", "rules", "refused"),
    [
        (ADDED, {}, [price(amount=1)], False),
        (ADDED, {}, [], True),
        (ADDED, {"contract_months": 0}, [], False),
        (ADDED, {"kind": "service"}, [], False),  # refused for what it is
        (ADDED, {"state": "draft"}, [], False),
        (ADDED, {}, [price()], True),
        (ADDED, {}, [price(amount=100, percent=1)], False),
        (ADDED, {}, [price(amount=99, percent=1)], True),
        (ADDED, {}, [price(amount=1, monthly=0)], True),
        (ADDED, {}, [price(amount=1, product="")], True),
        (ADDED, {}, [price(amount=1, business="C8")], True),
        (ADDED, {}, [price(amount=1, state="withdrawn")], True),
        (ADDED, {}, [price(amount=1, valid_from=AFTER)], True),
        (ADDED, {"valid_from": AFTER}, [price(amount=1, valid_from=AFTER)], False),
        (of_product(contract_months=1), {}, [], True),
        (of_product(state="active"), {}, [], True),
        (of_product(rank=3), {}, [], False),  # as it bound before
        (of_product(op="end"), {"state": "retired"}, [], False),
    ],
)
def test_a_plan_binds_to_a_monthly_fee(line: RowEdit, product: dict[str, Any], rules: list[Any], refused: bool) -> None:
    rows = [plan(**{"contract_months": 1, **product}), *rules]
    assert found(binds_to_a_fee, rows, line) == ([(1, "contract_months")] if refused else [])


def bundle(**changes: Any) -> Any:
    return row(HandsetBundle, **{"code": "B", "name_zh": "合约", "model": "H", "price": 0, **changes})


OF_BUNDLE = RowEdit("handset_bundle", ("B",), "change", {})


@pytest.mark.parametrize("line", [OF_BUNDLE, of_product("H")])
@pytest.mark.parametrize(
    ("model", "changes", "refused"),
    [
        ({}, {}, False),
        ({"kind": "plan"}, {}, True),
        ({"state": "retired"}, {}, True),
        ({"state": "retired"}, {"valid_to": BEFORE}, False),
        ({"state": "retired"}, {"valid_to": DAY}, True),
        ({"valid_to": "2027-01-01"}, {"valid_to": "2027-01-01"}, False),
        ({"valid_to": "2027-01-01"}, {"valid_to": "2027-01-02"}, True),
        ({"valid_to": "2027-01-01"}, {}, True),
    ],
)
def test_a_bundle_has_its_handset(line: RowEdit, model: dict[str, Any], changes: dict[str, Any], refused: bool) -> None:
    handset = plan(**{"code": "H", "kind": "goods", **model})
    assert found(bundle_has_its_handset, [handset, bundle(**changes)], line) == ([(1, "model")] if refused else [])
    assert found(bundle_has_its_handset, [handset, bundle(**changes)], of_product("P")) == []


@pytest.mark.parametrize(("kind", "refused"), [("number", False), ("blank", False), ("card", True), ("", True)])
def test_a_time_limit_is_of_what_a_form_keeps(kind: str, refused: bool) -> None:
    line = RowEdit("reservation_limit", (kind,), "add", {"minutes": 5})
    assert found(is_kept_at_all, [], line) == ([(1, "kind")] if refused else [])
    assert found(is_kept_at_all, [], of_product(kind)) == []


@pytest.mark.parametrize(
    ("form", "typed", "wrong"),
    [
        (ProductForm, {"minimum_age": "120"}, set()),
        (ProductForm, {"minimum_age": "121"}, {"minimum_age"}),
        (ProductForm, {"minimum_age": "-1"}, {"minimum_age"}),
        (ProductForm, {"valid_from": "2026-02-30"}, {"valid_from"}),
        (ProductForm, {"contract_months": "60"}, set()),
        (ProductForm, {"contract_months": "61"}, {"contract_months"}),
        (ProductForm, {"penalty_percent": "100"}, set()),
        (ProductForm, {"penalty_percent": "101"}, {"penalty_percent"}),
        (BundleForm, {"months": "0"}, {"months"}),
        (BundleForm, {"months": "1"}, set()),
        (BundleForm, {"months": "60"}, set()),
        (BundleForm, {"months": "61"}, {"months"}),
        (BundleForm, {"penalty_percent": "100"}, set()),
        (BundleForm, {"penalty_percent": "101"}, {"penalty_percent"}),
        (BundleForm, {"price": "-0.01"}, {"price"}),
        (BundleForm, {"prepay": "1.005"}, {"prepay"}),
        (LimitForm, {"minutes": "0"}, {"minutes"}),
        (LimitForm, {"minutes": "10080"}, set()),
        (LimitForm, {"minutes": "10081"}, {"minutes"}),
    ],
)
def test_what_is_typed_is_within_its_bounds(form: Any, typed: dict[str, str], wrong: set[str]) -> None:
    standard = {"code": "P", "name_zh": "套餐", "model": "H", "price": "1", "kind": "number"}
    told = {
        name: text
        for name, text in standard.items()
        if name in form.model_fields and (form, name) != (ProductForm, "kind")
    }
    _, errors = form.partial({**told, **typed})
    assert set(errors) == wrong


def test_each_bundle_is_looked_at_whatever_comes_before_it() -> None:
    rows = [row(HandsetBundle, code="A", model="G"), row(HandsetBundle, code="B", model="P"), plan()]
    assert found(bundle_has_its_handset, rows, RowEdit("handset_bundle", ("B",), "change", {})) == [(1, "model")]
