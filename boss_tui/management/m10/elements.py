"""M10 network elements 网元管理: elements and their gateways, how each dialect is told what, what its answers mean.

A gateway's secret is no row: it stands at each outlet alone (`network.secrets`). Source: catalogue M10, F10;
domain-facts 1.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field

from boss_tui.editions.subjects import Fault, Rehearsal
from boss_tui.forms.fields import Ask
from boss_tui.forms.form import Form
from boss_tui.forms.typed import Named, wrong
from boss_tui.locale import words
from boss_tui.management.kit.entity import Entity, Values
from boss_tui.management.kit.one_form import changing, free_code, untouched
from boss_tui.management.kit.repeating import Several, rows_of
from boss_tui.management.kit.subject import Change, Subject, TryOut
from boss_tui.management.m10.trial import CommandTrialForm, told_to_an_element
from boss_tui.network.dialects import DIALECTS, dialect
from boss_tui.network.dialects.acts import ACTS
from boss_tui.network.dialects.answers import Meaning
from boss_tui.network.gateway_address import open_gateway
from boss_tui.network.tables import lines_of, steps_of
from data.errors import NotAllowed
from data.message import Message, say
from data.statements import table_name
from data.states import act_name
from data.store import Reading
from data.tables.network import AnswerCode, CommandTemplate, NetworkElement


def check_address(typed: str) -> str:
    """A gateway's address without a secret: refused as it is typed, so that no draft keeps one."""
    try:
        open_gateway(typed, Path())
    except NotAllowed as fault:
        raise wrong(fault.message.template, **fault.message.values) from fault
    return typed


class ElementForm(Form):
    """An element that takes commands, and where it takes them."""

    code: Annotated[Named, Ask(say("Element"), "code", length=20)]
    name_zh: Annotated[str, Ask(say("Chinese name"), length=60)]
    name_en: Annotated[str, Ask(say("English name"), length=60)] = ""
    dialect: Annotated[str, Ask(say("Dialect"), help=say("huawei, ericsson."), length=20)]
    gateway: Annotated[
        str,
        Ask(
            say("Gateway"),
            help=say("folder:PATH or sftp://USER@HOST/PATH; its password is set at the outlet."),
            length=200,
        ),
        AfterValidator(check_address),
    ]
    state: Annotated[str, Ask(say("State"), "choice", help=say("stopped: commands are held, none is lost."))] = "active"


class StepForm(Form):
    """A command of an act, and what takes it back."""

    command: Annotated[str, Ask(say("Command"), length=400)]
    when: Annotated[str, Ask(say("When"), help=say("ki (given), !opc (not given), data=on."), length=80)] = ""
    undo: Annotated[Several, Ask(say("Undone by"), length=400)] = ()


class TemplateForm(Form):
    """How elements of a dialect are told of an act; the program's own way where there is none."""

    dialect: Annotated[str, Ask(say("Dialect"), help=say("huawei, ericsson."), length=20)]
    act: Annotated[str, Ask(say("Act"), help=say("Such as create_subscriber."), length=40)]
    lines: Annotated[
        str,
        rows_of(StepForm),
        Ask(
            say("Commands"),
            "multiline",
            help=say("A line each: command | when | what takes it back, // between several. {imsi} is a parameter."),
        ),
    ]


class AnswerForm(Form):
    """What an element's answer code means."""

    dialect: Annotated[str, Ask(say("Dialect"), help=say("huawei, ericsson."), length=20)]
    code: Annotated[str, Ask(say("Answer code"), length=20), Field(pattern=r"^[0-9A-Za-z_-]+( [0-9A-Za-z_-]+)*$")]
    meaning: Annotated[str, Ask(say("Meaning"), "choice", help=say("done, retry (later, by itself), refused."))]
    text_zh: Annotated[str, Ask(say("Chinese text"), length=120)] = ""
    text_en: Annotated[str, Ask(say("English text"), length=120)] = ""


def of_a_dialect(at: Rehearsal) -> Iterator[Fault]:
    """Elements, templates and answers are of a dialect that the program speaks."""
    for position, line in at.lines.items():
        if line.op == "end":
            continue
        named = line.values.get("dialect") if line.table == table_name(NetworkElement) else line.key[0]
        if named is not None and named not in DIALECTS:
            yield Fault(position, "dialect", say("One of {words}.", words=", ".join(DIALECTS)))


def is_reached_without_a_secret(at: Rehearsal) -> Iterator[Fault]:
    """A gateway's address can be read, and holds no password: what is published goes to every outlet."""
    for position, line in at.of(NetworkElement):
        if "gateway" in line.values:
            try:
                open_gateway(str(line.values["gateway"]), Path())
            except NotAllowed as fault:
                yield Fault(position, "gateway", fault.message)


def makes_commands(at: Rehearsal) -> Iterator[Fault]:
    """A template's act is one of ours, and its lines are commands of its dialect whatever is put into them."""
    for position, line in at.of(CommandTemplate):
        if line.op == "end" or line.key[0] not in DIALECTS:
            continue
        row = at.reading.one(CommandTemplate, dialect=line.key[0], act=line.key[1])
        try:
            wrong = dialect(row.dialect).check(row.act, steps_of(row))
        except NotAllowed as fault:
            wrong = (fault.message,)
        for message in wrong:
            yield Fault(position, "lines", message)


def _example(reading: Reading) -> Iterable[Change]:
    """Another element of the dialect that is there, and what one more of its answers means."""
    there = reading.all(NetworkElement, order=("code",))
    if not there:
        return
    code = free_code(reading, NetworkElement, "HLR")
    values = {"name_zh": "备用归属位置寄存器", "dialect": there[0].dialect, "gateway": f"folder:gateway/{code}"}
    yield Change("network_element", "add", values={"code": code, **values})
    if (row := untouched(reading, AnswerCode)) is not None:
        yield changing(ANSWERS, row, text_en=f"{row.text_en}.")


def _shipped_templates(reading: Reading, _: str) -> Iterable[Values]:
    """How each dialect tells of an act by itself, where no template of headquarters' says it."""
    published = {(row.dialect, row.act) for row in reading.all(CommandTemplate)}
    for name in DIALECTS:
        for act, steps in dialect(name).templates.items():
            if (name, act) not in published:
                yield {"dialect": name, "act": act, "lines": lines_of(tuple(steps))}


_TEXTS = {"zh": "zh_CN", "en": "en"}
_SAYS: dict[Meaning, Message] = {
    "done": say("Done."),
    "no_subscriber": say("There is no such subscriber."),
    "imsi_in_use": say("The IMSI belongs to another subscriber."),
    "number_in_use": say("The number belongs to another subscriber."),
    "key_exists": say("The card's key is loaded already."),
    "no_key": say("The card's key is not loaded."),
    "busy": say("The element is busy."),
    "not_allowed": say("The account at the element may not do this."),
    "syntax": say("The element does not understand the command."),
    "other": say("Refused for another reason."),
}
"""What a dialect's own code table says, as the texts of a code are kept."""


def _shipped_answers(reading: Reading, _: str) -> Iterable[Values]:
    """What each dialect takes an answer for by itself, where headquarters says nothing of its code."""
    published = {(row.dialect, row.code) for row in reading.all(AnswerCode)}
    for name in DIALECTS:
        for code, known in dialect(name).codes.items():
            if (name, code) not in published:
                meaning = "done" if known.meaning == "done" else "retry" if known.retry else "refused"
                texts = {f"text_{key}": words(language)(_SAYS[known.meaning]) for key, language in _TEXTS.items()}
                yield {"dialect": name, "code": code, "meaning": meaning, **texts}


MAKERS = {"huawei": say("Huawei"), "ericsson": say("Ericsson")}
OF_DIALECT = {"dialect": MAKERS}
ANSWERS = Entity(
    AnswerCode,
    AnswerForm,
    say("Answer codes"),
    ("code", "text_zh", "text_en"),
    words=OF_DIALECT,
    ships=_shipped_answers,
)
SUBJECT = Subject(
    "M10",
    (
        Entity(
            NetworkElement, ElementForm, say("Elements"), ("code", "name_zh", "name_en", "gateway"), words=OF_DIALECT
        ),
        Entity(
            CommandTemplate,
            TemplateForm,
            say("Command templates"),
            ("act", "lines"),
            rows={"lines": StepForm},
            words={**OF_DIALECT, "act": {act: act_name(act) for act in ACTS}},
            ships=_shipped_templates,
        ),
        ANSWERS,
    ),
    checks=(of_a_dialect, is_reached_without_a_secret, makes_commands),
    tries=TryOut(CommandTrialForm, told_to_an_element, lambda _: {"dialect": "huawei", "act": "create_subscriber"}),
    example=_example,
    empty={
        "F3": say("A command carries a number and a card, never who owns them."),
        "F4": say("What a product asks of the network is said in M4."),
        "F5": say("Which element serves a number is said with its segment (M5)."),
        "F6": say("No command costs a customer anything; what a business costs is M6's."),
        "F8": say("Whom credit stops is decided by M8; elements are told by the order."),
        "F9": say("Batches are files; no paper goes with them."),
        **dict.fromkeys(("F11", "F12"), say("A command books nothing: the order did.")),
        "A1": say("Commands tell nothing of usage; signals come of call records (M14)."),
        "A2": say("What customers report of the network is a fault of M16's."),
        "A3": say("Points go by what was paid, not by what the network did."),
        "A4": say("Providers are told by their own interfaces, not by network elements."),
        "B1": say("Usage is collected for rating by M18, not by commands."),
        "B2": say("Operators whose networks we use are settled with by M18."),
    },
)
