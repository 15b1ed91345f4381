"""What managers try before it counts."""

from __future__ import annotations

import pytest

from boss_tui.management.subjects import MODULES, subject
from data.errors import BadForm
from tests.head_office import HeadOffice

GRADE = {"code": "TWIN", "name_zh": "双胞", "name_en": "Twins", "fee": "880.00", "minimum_spend": "88.00"}
PRICE = {"id": "X-1", "item": "entry_fee", "business": "C1", "amount": "50", "percent": "70"}
PATTERN = {"code": "TWIN", "rank": "1", "grade": "TWIN", "pattern": "88$"}


def test_a_row_is_looked_at_with_the_rows_of_its_draft_that_have_its_code_in_other_tables(
    head_office: HeadOffice,
) -> None:
    """A pattern may be called as its grade is; without the draft's grade its numbers would be of none."""
    maker = head_office.maker
    maker.managing.add("M5/number_grade", GRADE, title="Twins", reason="new")
    found = maker.trying.preview("M5/number_pattern", None, PATTERN)
    assert str(found[0].label) == "TWIN Twins, 880.00 yuan, 88.00 a month"


def test_a_category_and_its_prices_are_looked_at_beside_the_ordinary_one(head_office: HeadOffice) -> None:
    trying, blank = head_office.maker.trying, head_office.maker.managing.blank
    found = trying.preview("M3.1/price_rule", None, {**blank("M3.1/price_rule"), **PRICE, "category": "student"})
    assert any(str(fact.told).endswith("35.00 yuan (70 %)") for fact in found), list(map(str, found))
    pilot = {"code": "pilot", "name_zh": "飞行员", "rank": "77"}
    assert trying.preview("M3.1/category", None, {**blank("M3.1/category"), **pilot})


@pytest.mark.parametrize("name", ["M3.1/price_rule", "M4/price_rule"])
def test_what_a_row_does_not_say_is_not_asked_for_ahead(head_office: HeadOffice, name: str) -> None:
    """A price of any product, for anybody, is whole; there is no one product or category to look at it for."""
    typed = {**head_office.maker.managing.blank(name), **PRICE}
    assert head_office.maker.trying.preview(name, None, typed) == []


@pytest.mark.parametrize(
    ("code", "typed", "field"),
    [
        ("M6", {"business": "C1", "products": "P58,NOPE"}, "products"),
        ("M6", {"business": "C1", "category": "nobody"}, "category"),
        ("M7", {"staff_no": "3001", "to_outlet": "XX99"}, "to_outlet"),
    ],
)
def test_what_is_not_there_is_not_tried(head_office: HeadOffice, code: str, typed: dict[str, str], field: str) -> None:
    with pytest.raises(BadForm) as refused:
        head_office.maker.trying.try_out(code, typed)
    assert refused.value.errors.keys() == {field}


def test_what_the_edition_adds_is_there(head_office: HeadOffice) -> None:
    maker = head_office.maker
    category = {"code": "pilot", "name_zh": "飞行员", "rank": "77"}
    made = maker.managing.add("M3.1/category", category, title="Pilots", reason="new").edition
    assert maker.trying.try_out("M6", {"business": "C1", "category": "pilot"}, edition=made.id)


def test_a_trial_is_begun_about_the_row_that_is_marked(head_office: HeadOffice) -> None:
    """It says no more than its form asks for, of rows of any kind."""
    maker = head_office.maker
    for code in MODULES:
        tries = subject(code).tries
        for entity in subject(code).entities if tries is not None else ():
            name = f"{code}/{entity.name}"
            rows = maker.managing.page(name).page.rows
            begun = maker.trying.opened(name, rows[0].key if rows else None)
            assert tries is not None
            assert begun.typed.keys() <= tries.form.model_fields.keys(), name
            assert not begun.at_once or (rows and entity.trial), name


@pytest.mark.parametrize("submitted", [False, True])
def test_a_row_that_an_edition_adds_is_tried_with_that_edition(head_office: HeadOffice, submitted: bool) -> None:
    """It is in no table yet; the edition may be one's own draft, or wait for somebody else by now."""
    maker = head_office.maker
    category = {"code": "pilot", "name_zh": "飞行员", "rank": "77"}
    made = maker.managing.add("M3.1/category", category, title="Pilots", reason="new").edition
    if submitted:
        maker.editions.submit(made.id)
    begun = maker.trying.opened("M3.1/category", ("pilot",))
    assert (begun.typed, begun.edition) == ({"becomes": "pilot"}, str(made.number))


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("M2.1/interface", {"interface": "agent"}),
        ("M2.2/business_interface", {"business": "C1"}),
        ("M7/operator", {"staff_no": "1001"}),
        ("M19/process", {"business": "C1"}),
    ],
)
def test_what_a_row_says_of_what_is_asked_for_stands_there(
    head_office: HeadOffice, name: str, typed: dict[str, str]
) -> None:
    maker = head_office.maker
    (field,) = typed
    row = next(row for row in maker.managing.page(name).page.rows if typed[field] in row.key)
    assert maker.trying.opened(name, row.key).typed.items() >= typed.items()
    assert maker.trying.opened(name).typed == {}
