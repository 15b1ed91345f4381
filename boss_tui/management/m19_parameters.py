"""The numbers that managers own (`data.parameters`), kept under M19: which there are, the program says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated

from boss_tui.editions.lines import Line
from boss_tui.editions.subjects import Fault
from boss_tui.fields import Ask
from boss_tui.forms import Form
from boss_tui.management.kit.subject import Entity, Subject
from data.message import say
from data.parameters import PARAMETERS
from data.store import Reading
from data.tables.parameter import Parameter


class ParameterForm(Form):
    """A number that a rule turns on."""

    name: Annotated[str, Ask(say("Parameter"), "text", length=40)]
    business: Annotated[str, Ask(say("Business"), "code", say("Empty: of all businesses."), length=8)] = ""
    value: Annotated[int, Ask(say("Value"), "digits")]


def _within(reading: Reading, lines: Mapping[int, Line], day: str) -> Iterable[Fault]:  # noqa: ARG001
    """A parameter is one that the program asks for, between its bounds."""
    for position, line in lines.items():
        declared = PARAMETERS.get(str(line.key[0]))
        if declared is None:
            yield Fault(position, "name", say("The program asks for no such number: {name}.", name=line.key[0]))
        elif line.op != "end" and not declared.least <= line.values.get("value", declared.least) <= declared.most:
            yield Fault(position, "value", say("Between {least} and {most}.", least=declared.least, most=declared.most))


SUBJECT = Subject("M19", (Entity(Parameter, ParameterForm, say("Parameters"), ("name",)),), checks=(_within,))
