"""What each form of management takes: of every field its default, its kind, its length and its bounds.

The forms are held against the tables in `fields` and `fields_of_parts`, field by field: the last value that passes, and
the first that does not.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

import pytest
from pydantic.fields import FieldInfo

from boss_tui.business.registry import BUSINESSES
from boss_tui.forms.fields import Ask
from boss_tui.forms.form import Form
from boss_tui.management.kit.entity import Entity
from boss_tui.management.kit.naming import names_something
from boss_tui.management.subjects import MODULES, subject
from data.errors import BadForm
from data.statements import keys
from tests.boss_tui.management import fields
from tests.boss_tui.management.fields_of_parts import PARTS

FORMS = {**fields.FORMS, **PARTS}

ODD = {
    "M1 extra_field": {"code", "choices"},
    "M2.1 interface": {"rule", "address", "path", "sends", "yes_when", "override_when", "certificate"},
    "M3.1 price_rule": {"weekdays", "from_time", "to_time"},
    "M5 number_segment": {"prefix"},
    "M5 number_lock": {"number"},
    "M5 phone_number": {"number"},
    "M5 sim_card": {"iccid"},
    "M5 handset": {"dispute"},
    "M6 try": {"time"},
    "M7 operator": {"language"},
    "M7 role": {"code", "weekdays", "from_time", "to_time"},
    "M7 try": {"time"},
    "M10 network_element": {"gateway"},
    "m05.sim_batches.SimFileForm": {"iccid", "ki", "puk"},
    "m05.recharge_cards.CardFileForm": {"pin_cipher"},
}
"""Fields that take no text of one letter alone, however short: what they take is said below."""


def form_of(named: str) -> type[Form]:
    if named in PARTS:
        module, _, part = named.rpartition(".")
        form: type[Form] = getattr(import_module(f"boss_tui.management.{module}"), part)
        return form
    code, _, name = named.partition(" ")
    of = subject(code)
    if name == "try":
        assert of.tries is not None
        return of.tries.form
    return next(entity.form for entity in of.entities if entity.name == name)


def lines(named: str) -> list[list[str]]:
    return [line.split() for line in FORMS[named].split("\n") if line.strip()]


CASES = [(named, told) for named in FORMS for told in lines(named)]


def asked(field: FieldInfo) -> Ask:
    return next(each for each in field.metadata if isinstance(each, Ask))


def takes(form: type[Form], name: str, typed: str) -> bool:
    try:
        form.one(name, typed)
    except BadForm:
        return False
    return True


@pytest.mark.parametrize("named", FORMS)
def test_a_form_has_these_fields_in_this_order(named: str) -> None:
    assert list(form_of(named).model_fields) == [told[0].partition("=")[0] for told in lines(named)]


@pytest.mark.parametrize(("named", "told"), CASES)
def test_a_field_is_of_its_kind_and_has_its_default(named: str, told: list[str]) -> None:
    (name, given, default), kind = told[0].partition("="), told[1]
    field = form_of(named).model_fields[name]
    ask = asked(field)
    assert (ask.kind, ask.several) == (kind, "several" in told)
    assert field.is_required() is not bool(given)
    assert not given or str(field.default) == default
    assert takes(form_of(named), name, "") is bool(given)


BOUNDED = [case for case in CASES if any(".." in part for part in case[1])]
LONG = [case for case in CASES if any(part.isdigit() for part in case[1][2:])]


@pytest.mark.parametrize(("named", "told"), BOUNDED)
def test_a_number_stays_within_its_bounds(named: str, told: list[str]) -> None:
    (bounds,) = (part for part in told if ".." in part)
    name, (least, _, most) = told[0].partition("=")[0], bounds.partition("..")
    form = form_of(named)

    def fits(number: int) -> bool:
        sign, fen = "-" if number < 0 else "", abs(number)
        return takes(form, name, f"{sign}{fen // 100}.{fen % 100:02d}" if told[1] in ("money", "rate") else str(number))

    if least:
        assert (fits(int(least)), fits(int(least) - 1)) == (True, False)
    if most:
        assert (fits(int(most)), fits(int(most) + 1)) == (True, False)


LETTERS = {"digits": "1", "code": "A"}


@pytest.mark.parametrize(("named", "told"), LONG)
def test_a_text_is_as_long_as_it_may_be_and_no_longer(named: str, told: list[str]) -> None:
    name, most = told[0].partition("=")[0], int(next(part for part in reversed(told) if part.isdigit()))
    form, letter = form_of(named), LETTERS.get(told[1], "a")
    assert asked(form.model_fields[name]).length == most
    if name not in ODD.get(named, ()):
        assert (takes(form, name, letter * most), takes(form, name, letter * (most + 1))) == (True, False)


@pytest.mark.parametrize(("named", "told"), [case for case in CASES if case not in LONG])
def test_what_has_no_length_takes_any(named: str, told: list[str]) -> None:
    assert asked(form_of(named).model_fields[told[0].partition("=")[0]]).length == 0


TIMES = {
    "00:00": True,
    "23:59": True,
    "24:00": True,
    "24:01": False,
    "9:00": False,
    "09:60": False,
    "0900": False,
    "x": False,
}
WEEKDAYS = {"1": True, "7": True, "1234567": True, "0": False, "8": False, "11": False, "21": True, "8x": False}


@pytest.mark.parametrize(
    ("named", "field", "typed"),
    [
        *(
            (named, field, TIMES)
            for named in ("M3.1 price_rule", "M7 role", "M6 try", "M7 try")
            for field in ("from_time", "to_time", "time")
            if (field == "time") == named.endswith("try")
        ),
        *((named, "weekdays", WEEKDAYS) for named in ("M3.1 price_rule", "M7 role")),
        ("M7 operator", "staff_no", {"1001": True, "A1": True, "1-1": False, "1 1": False, "张": False}),
        ("M7 operator", "language", {"zh_CN": True, "en": True, "fr": False, "zh": False}),
        ("M7 role", "code", {"a": True, "a_1": True, "A": False, "1a": False, "a b": False, "a-b": False, "aé": False}),
        ("M2.1 interface", "rule", {"customer.age >= 18": True, "customer.age >=": False, "nobody.age > 1": False}),
        ("M2.1 interface", "address", {"https://check.example": True, "check": False, "ftp://check.example": False}),
        ("M2.1 interface", "path", {"/v1/check": True, "v1": False, "/v1 check": False}),
        ("M2.1 interface", "certificate", {"x": False, "-----BEGIN CERTIFICATE-----": False}),
        ("M5 number_segment", "prefix", {"1345678": True, "134567": False, "0345678": False, "134567x": False}),
        ("M5 phone_number", "number", {"13456789012": True, "1345678901": False, "23456789012": False}),
        ("m05.sim_batches.SimFileForm", "ki", {"A" * 32: True, "A" * 31: False, "A" * 33: False, "G" * 32: False}),
        ("m05.sim_batches.SimFileForm", "puk", {"12345678": True, "1234567": False, "123456789": False}),
        ("m05.recharge_cards.CardFileForm", "pin_cipher", {"aF" * 32: True, "A" * 63: False, "A" * 65: False}),
        ("M5 sim_card", "iccid", {"89860012345678901234": True, "8986001234567890123": False}),
        ("M10 answer_code", "code", {"0": True, "A-1_z 2": True, "a ": False, " a": False, "a.": False, "é": False}),
    ],
)
def test_what_has_a_form_of_its_own_takes_no_other(named: str, field: str, typed: dict[str, bool]) -> None:
    assert {text: takes(form_of(named), field, text) for text in typed} == typed


def test_a_code_of_an_interface_is_one_from_end_to_end() -> None:
    typed = {"a": True, "a_1": True, "A": False, "1a": False, "a b": False, "a!": False}
    assert {text: takes(form_of("M2.1 interface"), "code", text) for text in typed} == typed


def numbers() -> list[tuple[str, type[Form], str]]:
    """Every whole number that a form of management or of a business asks for."""
    forms = {entity.form: entity.name for code in MODULES for entity in entities(code)}
    forms |= {rows: name for code in MODULES for entity in entities(code) for name, rows in entity.rows.items()}
    forms |= {of.tries.form: code for code in MODULES if (of := subject(code)).tries is not None}
    forms |= {act.form: act.name for code in MODULES for act in subject(code).acts}
    forms |= {each.form: code for code, each in BUSINESSES.items()}
    return [
        (told, form, name)
        for form, told in forms.items()
        for name, field in form.model_fields.items()
        if field.annotation in (int, int | None)
    ]


def test_no_number_is_without_an_end_of_either_side() -> None:
    """Nothing negative by accident, nothing that no column holds; what is an amount is bounded by how it is read."""
    assert len(numbers()) > 40
    for told, form, name in numbers():
        for typed in ("-1", str(2**63), str(10**30), "1e9", "½"):
            assert not takes(form, name, typed), (told, name, typed)


def test_of_several_ends_of_a_number_the_narrowest_counts() -> None:
    """Those of its kind and its own: in another order of writing them, the wider one would be all that is asked."""
    narrowed = 0
    for told, form, name in numbers():
        said = form.model_fields[name].metadata
        starts, ends = ([getattr(each, at) for each in said if hasattr(each, at)] for at in ("ge", "le"))
        if not ends:
            continue  # an amount, or what a function of its own reads
        assert not any(hasattr(each, "gt") or hasattr(each, "lt") for each in said), (told, name)
        length = next((each.length for each in said if isinstance(each, Ask)), 0)
        least, most = max(starts), min([*ends, 10**length - 1] if length else ends)
        found = [takes(form, name, str(typed)) for typed in (least - 1, least, most, most + 1)]
        assert found == [False, True, True, False], (told, name, least, most)
        narrowed += len(ends) > 1
    assert narrowed > 20


def test_every_table_of_a_subject_is_among_them() -> None:
    codes = dict.fromkeys(named.partition(" ")[0] for named in fields.FORMS)
    told = {form_of(named) for named in fields.FORMS}
    missing: list[Any] = [entity.name for code in codes for entity in entities(code) if entity.form not in told]
    assert missing == []


def entities(code: str) -> tuple[Entity, ...]:
    return subject(code).entities


ENTITIES = {f"{code} {each.name}": each for code in MODULES for each in subject(code).entities}


@pytest.mark.parametrize("named", ENTITIES)
def test_blanks_alone_are_nothing(named: str) -> None:
    form = ENTITIES[named].form
    needed = [name for name, field in form.model_fields.items() if field.is_required()]
    with pytest.raises(BadForm) as refused:
        form.read(dict.fromkeys(form.model_fields, " \u3000"))
    assert set(needed) <= refused.value.errors.keys()


OF_OTHERS = {"control_order id", "answer_code code", "customer_class", "customer_rating", "credit_raise"}
"""Keys that other programs or the state make: a number that the program gave, what an element answers, a document."""


@pytest.mark.parametrize("named", ENTITIES)
def test_a_code_that_a_row_is_named_by_fits_into_a_list_and_a_key(named: str) -> None:
    entity = ENTITIES[named]
    for name in () if entity.gives_key or entity.name in OF_OTHERS else keys(entity.model):
        if names_something(entity, entity.column(name)) or f"{entity.name} {name}" in OF_OTHERS:
            continue
        for typed in ("A B", "A/B", "A,B", "A\u0412", "甲"):
            with pytest.raises(BadForm):
                entity.form.one(name, typed)
