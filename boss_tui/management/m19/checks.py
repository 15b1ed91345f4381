"""What must be so of a process before it counts: its steps, whose word it asks for, its limits and copies (M19)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from boss_tui.business.registry import BUSINESSES
from boss_tui.catalogue import BUSINESS_NAMES, is_managed
from boss_tui.components.documents.numbered_papers import NAMES
from boss_tui.components.network_elements import MANUAL
from boss_tui.components.operators.grades import SUPERVISORS
from boss_tui.components.processes.kept_process import INFORM, STEPS
from boss_tui.components.stations import OFFICE
from boss_tui.editions.subjects import Fault, Rehearsal
from boss_tui.forms.fields import Kind, as_typed
from data.message import Message, say
from data.parameters import PARAMETERS as DECLARED
from data.states import ACTS
from data.store import Reading
from data.tables.order import Process
from data.tables.organisation import Operator, Role
from data.tables.parameter import Parameter
from data.tables.sync import Setting

TIMED = {act: told for act, told in ACTS.items() if act != MANUAL}
"""What a process limits; work by hand has parameters for that, by its kind."""
KINDS: dict[str, Kind] = {"fen": "money", "rate": "rate"}
"""What is typed of a parameter that is counted so."""
_Wrong = Iterator[tuple[str, Message]]
_Look = Callable[[Any], Iterator[Message]]


def within(at: Rehearsal) -> Iterable[Fault]:
    """A parameter is one that the program asks for, between its bounds."""
    for position, line in at.of(Parameter):
        declared = DECLARED.get(str(line.key[0]))
        if declared is None:
            yield Fault(position, "name", say("The program asks for no such number: {name}.", name=line.key[0]))
        elif line.op != "end" and not declared.least <= line.values.get("value", declared.least) <= declared.most:
            least, most = (as_typed(KINDS.get(declared.unit), each) for each in (declared.least, declared.most))
            yield Fault(position, "value", say("Between {least} and {most}.", least=least, most=most))


def sound(at: Rehearsal) -> Iterable[Fault]:
    """Every business has one process; its steps are the counter's own, and whose word it asks for is there to give."""
    for position, line in at.of(Process):
        if line.op == "end":
            yield Fault(position, "", say("Every business goes by a process: it is changed, not ended."))
            continue
        row = at.reading.find(Process, business=line.key[0])
        if row is not None:
            for column, told in _wrong(at.reading, row, line.values):
                yield Fault(position, column, told)


def _wrong(reading: Reading, row: Process, values: Mapping[str, Any]) -> _Wrong:
    """What is wrong with a row, of the columns that a line says."""
    approvals = partial(_approvals, reading, row.business)
    looks: dict[str, _Look] = {"steps": _steps, "limits": _limits, "approvals": approvals, "copies": _copies}
    if row.business not in BUSINESS_NAMES:
        yield "business", say("There is no business {code} here.", code=row.business)
    for other in reading.all(Process, number=row.number):
        if other.business != row.business:
            yield "number", say("{number} is the process of {business}.", number=row.number, business=other.business)
    for column, look in looks.items():
        if column in values:
            if is_managed(row.business) and column in ("approvals", "copies") and json.loads(values[column]):
                yield column, say("{code} is approved as its editions are, and prints nothing.", code=row.business)
            else:
                yield from ((column, told) for told in look(json.loads(values[column])))


def _steps(steps: list[str]) -> Iterator[Message]:
    known = ", ".join(STEPS)
    for number, step in enumerate(steps, 1):
        if step not in STEPS:
            yield say("Row {n}: there is no step {step}; there are {known}.", n=number, step=step, known=known)
            return
        if step in steps[: number - 1]:
            yield say("Row {n}: {step} stands there already.", n=number, step=step)
            return
    missing = [step for step in STEPS if step not in steps and step != INFORM]
    if missing:
        yield say(
            "No process does without: {steps}. Only {inform} may be left out.", steps=", ".join(missing), inform=INFORM
        )
    elif steps != sorted(steps, key=STEPS.index):
        yield say("The counter goes in this order: {known}.", known=known)


def _limits(limits: list[Mapping[str, Any]]) -> Iterator[Message]:
    for number, limit in enumerate(limits, 1):
        if limit["act"] not in TIMED:
            known = ", ".join(TIMED)
            yield say("Row {n}: there is no step {step}; there are {known}.", n=number, step=limit["act"], known=known)
    yield from _twice([limit["act"] for limit in limits])


def _approvals(reading: Reading, business: str, approvals: list[Mapping[str, Any]]) -> Iterator[Message]:
    for number, asked in enumerate(approvals, 1):
        if told := _nobody(reading, asked["role"]):
            yield say("Row {n}: {why}", n=number, why=told)
    yield from _twice([str(asked["over"]) for asked in approvals])
    if approvals and business not in BUSINESSES:
        yield say("There is no business {code} here.", code=business)


def _nobody(reading: Reading, code: str) -> Message | None:
    """Why nobody of a role could give their word; None: somebody can."""
    role = reading.find(Role, code=code) if code else None
    if code and (role is None or role.state != "active"):
        return say("There is no role {role}.", role=code)
    if role is not None and role.grade not in SUPERVISORS:
        return say("{role} gives nobody leave: it needs a supervisor's word itself.", role=code)
    able = [code] if code else [row.code for row in reading.all(Role, state="active") if row.grade in SUPERVISORS]
    found = (person for each in able for person in reading.all(Operator, role=each, state="active"))
    own = reading.find(Setting, name=OFFICE)
    if all(own is not None and person.outlet == own.value for person in found):
        return say("Nobody who works at an outlet has the role {role}.", role=code or "*")
    return None


def _copies(copies: list[Mapping[str, Any]]) -> Iterator[Message]:
    for number, copy in enumerate(copies, 1):
        if copy["kind"] not in NAMES:
            known = ", ".join(NAMES)
            yield say("Row {n}: there is no paper {kind}; there are {known}.", n=number, kind=copy["kind"], known=known)
    yield from _twice([copy["kind"] for copy in copies])


def _twice(keys: list[str]) -> Iterator[Message]:
    for number, key in enumerate(keys, 1):
        if key in keys[: number - 1]:
            yield say("Row {n}: the same as a row above it.", n=number)


CHECKS = (within, sound)
