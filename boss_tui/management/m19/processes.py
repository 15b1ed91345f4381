"""M19 processes 业务流程管理: steps and time limits; the numbers that rules turn on (`data.parameters`)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

from pydantic import Field

from boss_tui.catalogue import BUSINESS_NAMES
from boss_tui.components.documents.numbered_papers import NAMES
from boss_tui.forms.fields import Ask
from boss_tui.forms.form import Form
from boss_tui.forms.typed import Fen, Whole
from boss_tui.management.kit.entity import Entity, Values
from boss_tui.management.kit.one_form import changing, untouched
from boss_tui.management.kit.repeating import rows_of
from boss_tui.management.kit.subject import Change, Subject, TryOut
from boss_tui.management.m19.checks import CHECKS, KINDS, TIMED
from boss_tui.management.m19.running import RunningForm, where_orders_stand
from data.message import Message, say
from data.parameters import FOLLOW_UP_DAYS, first_rows
from data.parameters import PARAMETERS as DECLARED
from data.store import Reading
from data.tables.order import Process
from data.tables.organisation import Role
from data.tables.parameter import Parameter

MOST_SHEETS = 9


class ParameterForm(Form):
    """A number that a rule turns on."""

    name: Annotated[str, Ask(say("Parameter"), "text", length=40)]
    business: Annotated[str, Ask(say("Business"), "code", help=say("Empty: of all businesses."), length=8)] = ""
    value: Annotated[
        Whole,
        Ask(say("Value"), "digits", help=say("In yuan where it is money, in per cent where it is a rate, else whole.")),
    ]


class StepForm(Form):
    """A step of a process."""

    step: Annotated[str, Ask(say("Step"), "text", length=40)]


class LimitForm(Form):
    """What a step of the network may take."""

    act: Annotated[str, Ask(say("Step"), "text", length=40)]
    minutes: Annotated[Whole, Ask(say("Minutes"), "digits"), Field(ge=1, le=43_200)]


class WordForm(Form):
    """Whose word is needed."""

    role: Annotated[str, Ask(say("Role"), "text", help=say("Empty: any supervisor's."), length=20)] = ""
    over: Annotated[Fen, Ask(say("Above"), "money", help=say("Yuan paid in or out. 0: always.")), Field(ge=0)] = 0


class CopiesForm(Form):
    """How many sheets of a paper come out."""

    kind: Annotated[str, Ask(say("Paper"), help=say("invoice, receipt, slip, contract."), length=20)]
    sheets: Annotated[Whole, Ask(say("Sheets"), "digits", help=say("With the original.")), Field(ge=1, le=MOST_SHEETS)]


class ProcessForm(Form):
    """A process: its number, steps, time limits, approvals and printed copies."""

    business: Annotated[str, Ask(say("Business"), "code", length=8)]
    number: Annotated[str, Ask(say("Process no."), "code", length=20)]
    steps: Annotated[str, rows_of(StepForm), Ask(say("Steps"), "multiline", help=say("A line for each step."))]
    draft_minutes: Annotated[Whole, Ask(say("Form, minutes"), "digits"), Field(ge=1, le=10_080)] = 120
    network_minutes: Annotated[Whole, Ask(say("Network, min."), "digits"), Field(ge=1, le=10_080)] = 60
    limits: Annotated[
        str,
        rows_of(LimitForm),
        Ask(say("Time limits"), "multiline", help=say("Step | minutes, where it is not as of the network.")),
    ] = "[]"
    approvals: Annotated[
        str,
        rows_of(WordForm),
        Ask(say("Approvals"), "multiline", help=say("Role | above so many yuan. Of several the highest counts.")),
    ] = "[]"
    copies: Annotated[
        str, rows_of(CopiesForm), Ask(say("Copies"), "multiline", help=say("Paper | sheets, where more than one."))
    ] = "[]"


UNITS = {
    "fen": say("yuan"),
    "rate": say("per cent"),
    "months": say("months"),
    "days": say("days"),
    "hours": say("hours"),
    "minutes": say("minutes"),
    "years": say("years"),
    "numbers": say("numbers"),
    "orders": say("orders"),
    "points": say("points"),
    "pieces": say("pieces"),
    "tries": say("tries"),
    "times": say("times"),
    "stars": say("stars"),
}
CALLED = {name: say("{says} ({unit})", says=each.says, unit=UNITS[each.unit]) for name, each in DECLARED.items()}


def _unit(typed: Values, _: Reading) -> dict[str, Message]:
    """In what a parameter is counted."""
    declared = DECLARED.get(PARAMETERS.code_of("name", str(typed.get("name", ""))))
    return {"value": UNITS[declared.unit]} if declared is not None else {}


def _shipped(reading: Reading, _: str) -> Iterable[Values]:
    """What is declared of a number that headquarters has not published: of a newer program than its first edition."""
    published = {(row.name, row.business) for row in reading.all(Parameter)}
    return [row for row in first_rows() if (row["name"], row["business"]) not in published]


PARAMETERS = Entity(
    Parameter,
    ParameterForm,
    say("Parameters"),
    ("name",),
    words={"name": CALLED, "business": BUSINESS_NAMES},
    kinds={"value": ("name", {name: KINDS[each.unit] for name, each in DECLARED.items() if each.unit in KINDS})},
    beside=_unit,
    ships=_shipped,
)
STEPS_CALLED = {
    "identify": say("who it is"),
    "qualify": say("whether they may"),
    "inform": say("what they must know"),
    "product": say("what they take"),
    "reserve": say("what is kept for them"),
    "price": say("what it costs"),
    "pay": say("the payment"),
    "document": say("the papers"),
    "order": say("the order"),
}
PROCESSES = Entity(
    Process,
    ProcessForm,
    say("Processes"),
    ("business", "number"),
    listed=("business", "number", "draft_minutes", "network_minutes", "approvals", "copies"),
    rows={"steps": StepForm, "limits": LimitForm, "approvals": WordForm, "copies": CopiesForm},
    cells={
        "steps": {"step": STEPS_CALLED},
        "limits": {"act": TIMED},
        "approvals": {"role": Role},
        "copies": {"kind": NAMES},
    },
    words={"business": BUSINESS_NAMES},
)


def _example(reading: Reading) -> Iterable[Change]:
    """Another value of a number: one more, or one less where that is the most."""
    row = untouched(reading, Parameter, name=FOLLOW_UP_DAYS.name) or untouched(reading, Parameter)
    if row is not None:
        up = row.value < DECLARED[row.name].most
        yield changing(PARAMETERS, row, value=row.value + 1 if up else row.value - 1)


SUBJECT = Subject(
    "M19",
    (PROCESSES, PARAMETERS),
    checks=CHECKS,
    tries=TryOut(RunningForm, where_orders_stand, lambda _: {"days": "30"}),
    example=_example,
    empty={
        "F3": say("Each customer goes by the same steps; who is served first is said by their category (M3.1)."),
        "F4": say("What is sold is M4's; a process is the same for every product."),
        "F5": say("How long numbers and cards are held for a form is said in M4, by kind of resource."),
        "F6": say("A step costs nothing; what a business costs is M6's."),
        "F8": say("What credit allows is M8's, at whatever step it is asked."),
        "F9": say("How papers look is M9's."),
        **dict.fromkeys(("F11", "F12"), say("A step books nothing: the business does, when it is completed.")),
        "A1": say("Signals of behaviour have rules and time limits of their own (M14)."),
        "A2": say("Complaints and faults have time limits of their own (M16)."),
        "A3": say("Points go by what was paid, by whatever steps."),
        "A4": say("Agents' halls go by the same steps as our own."),
        "B1": say("Runs of bills have steps of their own (M12)."),
        "B2": say("Runs of settlement have steps of their own (M18)."),
    },
)
