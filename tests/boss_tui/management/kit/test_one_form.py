"""An edition from one form: what JSON may say, where what is wrong stands, and rows to make an example of."""

from __future__ import annotations

import json
from typing import Any

import pytest
from msgspec.structs import replace

from boss_tui.components.processes.kept_process import INFORM, STEPS
from boss_tui.management.kit import one_form
from boss_tui.management.subjects import named, subject
from data.errors import BadForm, NotAllowed
from data.tables.order import Process
from data.tables.parameter import Parameter
from data.tables.tariff import ChargeItem, PriceRule
from tests.head_office import HeadOffice

SAID = {"title": "x", "reason": "y"}
UNTOLD = [step for step in STEPS if step != INFORM]


def wrong(office: HeadOffice, code: str, *rows: Any, **said: Any) -> dict[str, str]:
    with pytest.raises(BadForm) as refused:
        office.maker.managing.make(code, {**SAID, "rows": list(rows), **said}, check=True)
    return {name: str(told) for name, told in refused.value.errors.items()}


def after(office: HeadOffice, code: str, *rows: Any) -> dict[str, Any]:
    """What a form makes of its rows, by column."""
    made = office.maker.managing.make(code, {**SAID, "rows": list(rows)}, check=True)
    return {each.column: each.after for each in made.differences}


@pytest.mark.parametrize(
    ("steps", "kept"),
    [
        (UNTOLD, UNTOLD),
        ([{"step": UNTOLD[0]}, *UNTOLD[1:]], UNTOLD),
        ("\n".join(UNTOLD), UNTOLD),
    ],
)
def test_rows_within_a_row_may_be_a_list(head_office: HeadOffice, steps: Any, kept: list[str]) -> None:
    process = head_office.rows(Process, business="C1")[0]
    values = {"steps": steps, "draft_minutes": 90}
    row = {"table": "process", "op": "change", "key": process.business, "values": values}
    changed = after(head_office, "M19", row)
    assert (json.loads(changed["steps"]), changed["draft_minutes"]) == (kept, 90)


@pytest.mark.parametrize("typed", [["ordinary", "key"], "ordinary,key", "ordinary key"])
def test_several_codes_may_be_a_list(head_office: HeadOffice, typed: Any) -> None:
    row = {"table": "product", "op": "change", "key": "P58", "values": {"categories": typed}}
    assert after(head_office, "M4", row) == {"categories": "ordinary,key"}


@pytest.mark.parametrize(("value", "kept"), [("12.50", 1250), (12.5, 1250), (12, 1200), ("12", 1200), (0, 0)])
def test_an_amount_may_be_a_number_of_yuan(head_office: HeadOffice, value: Any, kept: int) -> None:
    rule = next(rule for rule in head_office.rows(PriceRule) if rule.amount not in (0, 1200, 1250))
    row = {"table": "price_rule", "op": "change", "key": rule.id, "values": {"amount": value}}
    assert after(head_office, "M6", row) == {"amount": kept}


@pytest.mark.parametrize(("value", "kept"), [(True, 1), ("y", 1)])
def test_a_flag_may_be_true(head_office: HeadOffice, value: Any, kept: int) -> None:
    rule = next(rule for rule in head_office.rows(PriceRule) if not rule.monthly)
    row = {"table": "price_rule", "op": "change", "key": rule.id, "values": {"monthly": value}}
    assert after(head_office, "M6", row) == {"monthly": kept}


def test_what_is_wrong_stands_beside_its_row_and_field(head_office: HeadOffice) -> None:
    good = {"table": "charge_item", "op": "change", "key": "card_fee", "values": {"name_en": "x"}}
    rows: list[tuple[Any, str]] = [
        ("x", "rows.1"),
        ({**good, "op": ""}, "rows.1.op"),
        ({**good, "values": []}, "rows.1.values"),
        ({**good, "more": 1}, "rows.1.more"),
        ({**good, "values": {"name_en": {}}}, "rows.1.name_en"),
        ({**good, "values": {"fee_kind": "7"}}, "rows.1.fee_kind"),
        ({**good, "table": "x"}, "rows.1.table"),
    ]
    item = head_office.rows(ChargeItem)[0].code
    for row, where in rows:
        bad = {**row, "key": item} if isinstance(row, dict) else row
        assert set(wrong(head_office, "M6", {**good, "key": item}, bad)) >= {where}, row
    assert set(wrong(head_office, "M6", {**good, "key": item}, scope="nobody")) == {"scope"}
    assert set(wrong(head_office, "M6", {**good, "key": item}, {**good, "key": item})) == {"rows.1.key"}


def test_a_row_to_make_an_example_of_is_one_that_nobody_is_at(head_office: HeadOffice) -> None:
    _, parameters = named("M19/parameter")
    with head_office.store.reading() as reading:
        first = one_form.untouched(reading, Parameter)
        assert one_form.untouched(reading, Parameter, name="no such") is None
    key = f"{first.name}/{first.business}"
    row = {"table": "parameter", "op": "change", "key": key, "values": {"value": first.value + 1}}
    made = head_office.maker.managing.make("M19", {**SAID, "rows": [row]})
    with head_office.store.reading() as reading:
        second = one_form.untouched(reading, Parameter)
        assert (second.name, second.business) != (first.name, first.business)
        assert one_form.changing(parameters, second, value=7).values == {"value": "7"}
        code = one_form.free_code(reading, ChargeItem, "bill_payment")
        assert code == "bill_payment1"
    head_office.maker.editions.withdraw(made.edition.id)
    with head_office.store.reading() as reading:
        assert one_form.untouched(reading, Parameter) == first


def test_a_subject_without_anything_to_show_has_no_example(head_office: HeadOffice) -> None:
    nothing = replace(subject("M6"), example=lambda _: [])
    with head_office.store.reading() as reading, pytest.raises(NotAllowed, match="nothing here yet"):
        one_form.example(reading, nothing)


@pytest.mark.parametrize(
    ("field", "said"),
    [("title", " "), ("reason", ""), ("effective_from", "20201301"), ("effective_from", "2020-01-01")],
)
def test_what_is_wrong_with_the_edition_stands_beside_its_field(head_office: HeadOffice, field: str, said: str) -> None:
    row = {"table": "charge_item", "op": "change", "key": "sim_fee", "values": {"name_en": "x"}}
    assert wrong(head_office, "M6", row, **{field: said}).keys() == {field}


def test_nothing_is_said_of_a_row_that_ends(head_office: HeadOffice) -> None:
    row = {"table": "charge_item", "op": "end", "key": "sim_fee", "values": {"name_en": "x"}}
    assert wrong(head_office, "M6", row).keys() == {"rows.0.name_en"}
