"""Extra fields: asked for, read, refused, kept and printed as their declaration says."""

from __future__ import annotations

import json
from typing import Annotated, Any

import pytest
from msgspec.structs import replace

from boss_tui.components.extra_fields import Extra, extended, extra_fields, facts, keep, searched_as, typed_in
from boss_tui.forms.fields import Ask
from boss_tui.forms.form import Form
from data.errors import BadForm
from data.message import say
from data.tables.extra import ExtraField, ExtraValue
from tests.boss_tui.components.rows import DAY, Rows, context, row


class Plain(Form):
    """A business's own form."""

    number: Annotated[str, Ask(say("Number"), "digits")]


def extra(code: str = "why", kind: str = "text", **changes: Any) -> Extra:
    standard = Extra(code, kind, "原因", "Why", ("", ""), (), 0, required=False, printed=False, searched=False)
    return replace(standard, **changes)


COLOURS = (("r", "红", "Red"), ("g", "绿", "Green"))
CHOICE = extra("colour", "choice", choices=COLOURS)


def rows(**changes: Any) -> Any:
    standard = {"business": "C1", "code": "why", "label_zh": "原因", "label_en": "Why"}
    return row(ExtraField, **{**standard, **changes})


@pytest.mark.parametrize(
    ("changes", "asked"),
    [
        ({}, True),
        ({"business": "C2"}, False),
        ({"state": "draft"}, False),
        ({"state": "withdrawn"}, False),
        ({"valid_from": DAY, "valid_to": DAY}, True),
        ({"valid_from": "2026-11-24"}, False),
        ({"valid_to": "2026-11-22"}, False),
    ],
)
def test_a_field_is_asked_for_only_where_and_while_it_is_valid(changes: dict[str, Any], asked: bool) -> None:
    reading: Any = Rows(rows(**changes))
    assert bool(extra_fields(reading, "C1", DAY)) is asked


def test_fields_come_in_their_order_and_as_they_are_declared() -> None:
    reading: Any = Rows(
        rows(code="b", position=2),
        rows(code="a", position=2, kind="choice", choices=json.dumps(COLOURS)),
        rows(code="c", position=1, required=1, printed=1, searched=1, length=9, help_zh="帮", help_en="Help"),
    )
    first, second, third = extra_fields(reading, "C1", DAY)
    assert (first.code, first.required, first.printed, first.searched, first.length) == ("c", True, True, True, 9)
    assert first.help == ("帮", "Help")
    assert (second.code, second.choices, third.code) == ("a", COLOURS, "b")


def test_a_form_without_any_is_itself_and_one_with_the_same_is_made_once() -> None:
    assert extended(Plain, ()) is Plain
    assert extended(Plain, (CHOICE,)) is extended(Plain, (CHOICE,))


def test_they_are_asked_for_after_the_businesss_own_under_a_heading() -> None:
    form = extended(Plain, (extra(required=True), CHOICE))
    names = [(spec.name, spec.required, str(spec.ask.section)) for spec in form.fields()]
    assert names == [("number", True, ""), ("x_why", True, "More"), ("x_colour", False, "")]
    assert [spec.name for spec in Plain.fields()] == ["number"]
    assert form.fields()[2].ask.choices == "x_colour"
    assert [(choice.value, str(choice.label)) for choice in CHOICE.listed()] == [("r", "Red"), ("g", "Green")]


@pytest.mark.parametrize(
    ("declared", "typed", "kept", "said"),
    [
        (extra(), " 结婚 ", "结婚", "结婚"),
        (extra("n", "number"), "０12", "012", "012"),
        (extra("n", "number", length=3), "123", "123", "123"),
        (extra("a", "amount"), "1,234.5", "123450", "1234.50 yuan"),
        (extra("d", "date"), "20261130", "2026-11-30", "2026-11-30"),
        (CHOICE, "g", "g", "Green"),
        (extra("f", "flag"), "y", "y", "yes"),
        (extra("f", "flag"), "n", "n", "no"),
    ],
)
def test_what_is_typed_is_read_by_its_kind_and_told_in_words(declared: Extra, typed: str, kept: str, said: str) -> None:
    form = extended(Plain, (declared,)).read({"number": "1", declared.name: typed})
    ((of, value),) = typed_in(form, (declared,))
    assert (of, value, str(of.in_words(value))) == (declared, kept, said)


@pytest.mark.parametrize(
    ("declared", "typed"),
    [
        (extra("n", "number"), "12a"),
        (extra("n", "number"), "-1"),
        (extra("n", "number", length=3), "1234"),
        (extra("n", "number"), "1" * 16),
        (extra("a", "amount"), "12,50"),
        (extra("d", "date"), "20261131"),
        (CHOICE, "b"),
        (extra("f", "flag"), "x"),
        (extra(required=True), ""),
        (extra("f", "flag", required=True), ""),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(declared: Extra, typed: str) -> None:
    with pytest.raises(BadForm) as refused:
        extended(Plain, (declared,)).read({"number": "1", declared.name: typed})
    assert set(refused.value.errors) == {declared.name}


@pytest.mark.parametrize(("length", "fits"), [(0, 200), (5, 5)])
def test_a_text_is_as_long_as_it_may_be(length: int, fits: int) -> None:
    form = extended(Plain, (extra(length=length),))
    assert form.partial({"x_why": "a" * fits})[1] == {}
    assert set(form.partial({"x_why": "a" * (fits + 1)})[1]) == {"x_why"}


@pytest.mark.parametrize(
    ("kind", "length", "most"), [("text", 0, 200), ("number", 4, 4), ("date", 0, 0), ("flag", 9, 0)]
)
def test_how_much_may_be_typed_is_said_of_texts_and_numbers(kind: str, length: int, most: int) -> None:
    (spec,) = (each for each in extended(Plain, (extra(kind=kind, length=length),)).fields() if each.name == "x_why")
    assert spec.ask.length == most


def test_a_field_that_is_not_asked_for_here_is_refused() -> None:
    with pytest.raises(BadForm):
        Plain.read({"number": "1", "x_why": "a"})


def test_what_was_typed_is_kept_with_the_order_and_found_where_it_is_searched() -> None:
    tx = Rows()
    extras = (extra(searched=True), extra("empty"), CHOICE)
    form = extended(Plain, extras).read({"number": "1", "x_why": "Ｍarried", "x_colour": "r"})
    keep(context(tx, order_id="order"), form, extras)
    assert [(r.order_id, r.outlet, r.business, r.field, r.kind, r.value, r.found_by) for r in tx.all(ExtraValue)] == [
        ("order", "HZ01", "C1", "why", "text", "Ｍarried", "married"),
        ("order", "HZ01", "C1", "colour", "choice", "r", None),
    ]
    assert searched_as(" ＭARRIED ") == "married"


def test_nothing_typed_is_nothing_kept() -> None:
    tx = Rows()
    keep(context(tx), extended(Plain, (CHOICE,)).read({"number": "1"}), (CHOICE,))
    assert tx.all(ExtraValue) == []


def test_a_slip_says_those_that_are_printed() -> None:
    extras = (extra(printed=True), CHOICE, extra("d", "date", printed=True))
    form = extended(Plain, extras).read({"number": "1", "x_why": "a", "x_colour": "r"})
    assert [(str(label), str(value)) for label, value in facts(form, extras)] == [("Why", "a")]
