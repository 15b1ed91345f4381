"""What a field expects, in words; the days that are offered for a date."""

from __future__ import annotations

from typing import Annotated

import pytest
from pydantic import Field

from boss_tui.forms.expected import days, expected
from boss_tui.forms.fields import Ask
from boss_tui.forms.form import Form
from boss_tui.forms.typed import Codes, Day, Fen, Flag, Named, Whole
from boss_tui.management.subjects import MODULES, subject
from data.errors import BadForm
from data.message import say


class OneOfEach(Form):
    day: Annotated[Day, Ask(say("From"), "date", help=say("The first day."))]
    amount: Annotated[Fen, Ask(say("Amount"), "money"), Field(ge=0, le=50_000)]
    least: Annotated[Whole, Ask(say("Least"), "digits"), Field(ge=1)]
    whole: Annotated[Whole, Ask(say("Whole"), "digits")]
    percent: Annotated[int | None, Ask(say("Percent"), "digits"), Field(ge=0, le=100)]
    named: Annotated[Named, Ask(say("Code"), "code", length=20)]
    code: Annotated[str, Ask(say("Code"), "code", length=12)]
    pieces: Annotated[Whole, Ask(say("Pieces"), "digits"), Field(le=10_000)] = 1
    dear: Annotated[Fen, Ask(say("Amount"), "money"), Field(le=500_000_000)] = 0
    many: Annotated[Codes, Ask(say("Codes"), several=True)]
    flag: Annotated[Flag, Ask(say("Flag"), "flag")]
    text: Annotated[str, Ask(say("Text"), length=60)]
    free: Annotated[str, Ask(say("Text"))]
    state: Annotated[str, Ask(say("State"), "choice")]
    outlet: Annotated[str, Ask(say("Outlet"), "code", choices="outlet", help=say("Where."))]


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("day", "A day: 20261127 or 2026-11-27. The first day."),
        ("amount", "An amount in yuan, such as 50 or 12.50. At most 500.00."),
        ("least", "Digits. At least 1."),
        ("whole", "Digits."),
        ("percent", "Digits. At most 100."),
        ("pieces", "Digits. At most 10,000."),
        ("dear", "An amount in yuan, such as 50 or 12.50. At most 5,000,000.00."),
        ("named", "A code of letters, digits, - and _, at most 20 characters."),
        ("code", "A code, at most 12 characters."),
        ("many", "Codes with commas between them."),
        ("flag", "Type y or n."),
        ("text", "A text, at most 60 characters."),
        ("free", "Anything may be typed here."),
        ("state", "From a list: F4 shows it."),
        ("outlet", "From a list: F4 shows it. Where."),
    ],
)
def test_what_a_field_expects_is_said(name: str, told: str) -> None:
    (spec,) = [each for each in OneOfEach.fields() if each.name == name]
    assert str(expected(spec)) == told


@pytest.mark.parametrize(
    ("name", "typed", "told"),
    [
        ("amount", "500.01", "At most 500.00."),
        ("dear", "5000000.01", "At most 5,000,000.00."),
        ("pieces", "10001", "At most 10,000."),
        ("least", "0", "At least 1."),
    ],
)
def test_a_refusal_names_the_bound_as_it_is_typed_each_field_alone_or_all(name: str, typed: str, told: str) -> None:
    with pytest.raises(BadForm) as alone:
        OneOfEach.one(name, typed)
    with pytest.raises(BadForm) as together:
        OneOfEach.read({name: typed})
    _, partly = OneOfEach.partial({name: typed})
    assert [str(found[name]) for found in (alone.value.errors, together.value.errors, partly)] == [told] * 3


@pytest.mark.parametrize(
    ("day", "typed"),
    [
        ("2026-11-23", "1123 1124 1130 1130 1201 1231 1231 0101"),
        ("2026-12-31", "1231 0101 0107 1231 0101 0131 1231 0101"),
        ("2028-01-31", "0131 0201 0207 0131 0201 0229 1231 0101"),
    ],
)
def test_days_are_those_that_are_often_meant(day: str, typed: str) -> None:
    assert [each.value[5:].replace("-", "") for each in days(day)] == typed.split()
    assert OneOfEach.one("day", days(day)[-1].value).isoformat() == f"{int(day[:4]) + 1}-01-01"


def test_no_field_of_management_but_a_text_may_hold_anything() -> None:
    forms = [each.form for code in MODULES for each in subject(code).entities]
    forms += [tries.form for code in MODULES if (tries := subject(code).tries) is not None]
    anything = [
        (form.__name__, spec.name)
        for form in forms
        for spec in form.fields()
        if spec.ask.kind in ("date", "money", "digits", "code", "flag") and "Anything" in str(expected(spec))
    ]
    assert anything == []
