"""What a template's parameters must be, when its steps hold, and what is wrong with a step: each condition alone."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from boss_tui.network.dialects.acts import Act
from boss_tui.network.dialects.templates import Step, filled, holds, problems, wire_values
from boss_tui.network.machine.faults import HELP
from boss_tui.network.simulate import command
from data.errors import NotAllowed

ACT = Act("act", frozenset({"imsi"}), frozenset({"data", "services", "number", "ki", "k4"}), frozenset({"ki", "k4"}))
WORDS = {"data": {"on": "1", "off": "0;"}, "services": {"clip": "CLIP", "hold": "HOLD"}}
IMSI, KI = "460001234567890", "A" * 32


@pytest.mark.parametrize(
    ("values", "wrong"),
    [
        ({"imsi": IMSI}, ""),
        ({}, "imsi"),
        ({"imsi": IMSI, "msisdn": "13900000001"}, "msisdn"),
        ({"imsi": IMSI[1:]}, "imsi"),
        ({"imsi": ["x"]}, "imsi"),
        ({"imsi": IMSI, "ki": KI}, "k4"),
        ({"imsi": IMSI, "k4": "1"}, "ki"),
        ({"imsi": IMSI, "ki": KI, "k4": "1"}, ""),
        ({"ki": KI}, "imsi"),
        ({"imsi": IMSI, "data": "on"}, ""),
        ({"imsi": IMSI, "data": "off"}, "data"),
        ({"imsi": IMSI, "data": "maybe"}, "data"),
        ({"imsi": IMSI, "services": ["clip", "hold"]}, ""),
        ({"imsi": IMSI, "services": ["clip", "fly"]}, "services"),
        ({"imsi": IMSI, "services": []}, "services"),
        ({"imsi": IMSI, "services": "clip"}, "services"),
    ],
)
def test_each_parameter_is_given_known_and_lawful(values: dict[str, Any], wrong: str) -> None:
    if not wrong:
        assert wire_values(ACT, values, WORDS, "&").keys() == values.keys()
        return
    with pytest.raises(NotAllowed) as refused:
        wire_values(ACT, values, WORDS, "&")
    assert refused.value.field == wrong


def test_parameters_are_put_as_the_element_wants_them() -> None:
    values = {"imsi": IMSI, "data": "on", "services": ["hold", "clip"], "number": "13900000001"}
    assert wire_values(ACT, values, WORDS, "&") == {
        "imsi": IMSI,
        "data": "1",
        "services": "HOLD&CLIP",
        "number": "8613900000001",
    }


@pytest.mark.parametrize(
    ("when", "hold"),
    [
        ("", True),
        ("ki", True),
        ("opc", False),
        ("!opc", True),
        ("!ki", False),
        ("data=on", True),
        ("data=off", False),
        ("opc=on", False),
        ("ki data=on !opc", True),
        ("ki opc", False),
        ("opc ki", False),
    ],
)
def test_a_step_is_for_what_is_given_or_not_or_said(when: str, hold: bool) -> None:
    assert holds(when, {"ki": KI, "data": "on"}) is hold


def test_a_line_is_filled_with_all_that_it_names() -> None:
    assert filled("A {imsi} {imsi} {k4};", {"imsi": "1", "k4": "2"}) == "A 1 1 2;"
    for template, field in (("A {imsi}", "imsi"), ("A {", ""), ("A }", "")):
        with pytest.raises(NotAllowed) as refused:
            filled(template, {"k4": "2"})
        assert refused.value.field == field


@pytest.mark.parametrize(
    ("step", "found"),
    [
        (Step("A {imsi}"), []),
        (Step("A {data}"), ["data may be absent"]),
        (Step("A {data}", when="data"), []),
        (Step("A {data}", when="data=on"), []),
        (Step("A {data}", when="!data"), ["data may be absent"]),
        (Step("A {ki}", when="k4"), []),
        (Step("A {ki}", when="data"), ["ki may be absent"]),
        (Step("A {fly}"), ["takes no parameter fly"]),
        (Step("A {imsi}", undo=("B {fly}",)), ["takes no parameter fly"]),
        (Step("A {imsi}", undo=("B {data}",)), []),
        (Step("A", when="fly"), ["takes no parameter fly"]),
        (Step("A", when="!fly"), ["takes no parameter fly"]),
        (Step("A", when="!data=on"), ["A condition is"]),
        (Step("A", when="ki=on"), ["A condition is"]),
        (Step("A {data} {fly}", when="ki=1"), ["data may be absent", "takes no parameter fly", "A condition is"]),
    ],
)
def test_what_is_wrong_with_a_step_is_said(step: Step, found: list[str]) -> None:
    told = [str(message) for message in problems(ACT, step)]
    assert len(told) == len(found)
    assert all(part in message for part, message in zip(found, told, strict=True))


@pytest.mark.parametrize("typed", ["", "nonsense", "nonsense 1"])
def test_whoever_types_something_else_is_told_what_there_is(typed: str) -> None:
    element: Any = SimpleNamespace(faults=SimpleNamespace())
    assert command(element, typed) == HELP
