"""M2.1 interfaces 接口管理: the questions that a business may ask before it is done, and the rules of a manager's own.

Source: catalogue M2.1, F1.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Annotated

from pydantic import AfterValidator, Field

from boss_tui.business.registry import BUSINESSES
from boss_tui.components.extra_fields import PREFIX
from boss_tui.components.qualification.eligibility import RULES
from boss_tui.components.qualification.expressions import LONGEST, condition
from boss_tui.components.qualification.questions import must_read_an_answer, sent_by
from boss_tui.components.qualification.rule_facts import FACTS, named, samples
from boss_tui.editions.subjects import Fault, Rehearsal
from boss_tui.forms.fields import Ask
from boss_tui.forms.form import Form
from boss_tui.forms.typed import Flag, Whole, wrong
from boss_tui.management.kit.entity import Entity, Values
from boss_tui.management.kit.one_form import free_code
from boss_tui.management.kit.subject import Change, Subject, TryOut
from boss_tui.management.m02_1.call import CallForm, called
from boss_tui.management.m02_1.remote import check_address, check_certificate, check_path, faults_of_remote
from data.errors import NotAllowed
from data.message import Message, say
from data.statements import table_name
from data.store import Reading
from data.tables.eligibility import Interface
from data.tables.extra import ExtraField
from data.tables.order import Subscription


def must_be_a_rule(text: str) -> None:
    """NotAllowed: it is no condition that can be read, names facts that there are, and comes to yes or no."""
    read = condition(text)
    unknown = sorted(read.names - set(FACTS))
    if unknown:
        told = say("There is no fact {name}; there are {names}.", name=unknown[0], names=", ".join(FACTS))
        raise NotAllowed(told, field="rule")
    read.holds(samples())


def _reading(read: Callable[[str], object]) -> Callable[[str], str]:
    """What is typed for something to read, as it is typed; a refusal stands beside its field."""

    def check(typed: str) -> str:
        try:
            read(typed)
        except NotAllowed as fault:
            raise wrong(fault.message.template, **fault.message.values) from fault
        return typed

    return check


def _unless_empty(check: Callable[[str], str]) -> Callable[[str], str]:
    return lambda typed: check(typed) if typed else typed


class InterfaceForm(Form):
    """A question, who answers it, and what counts when it can't be asked."""

    code: Annotated[str, Ask(say("Interface"), length=40), Field(pattern=r"^[a-z][a-z0-9_]*$")]
    name_zh: Annotated[str, Ask(say("Chinese name"), length=60)]
    name_en: Annotated[str, Ask(say("English name"), length=60)] = ""
    kind: Annotated[
        str, Ask(say("Kind"), "choice", help=say("local: a rule; remote: a service of somebody else's."))
    ] = "local"
    rule: Annotated[
        str,
        Ask(
            say("What must hold"),
            "multiline",
            help=say("Such as customer.age >= 18 || agent.present; empty: the program's own rule of this code."),
            length=LONGEST,
            names=named(),
        ),
        AfterValidator(_unless_empty(_reading(must_be_a_rule))),
    ] = ""
    reason_zh: Annotated[str, Ask(say("Chinese reason"), help=say("What the clerk is told."), length=120)] = ""
    reason_en: Annotated[str, Ask(say("English reason"), help=say("What the clerk is told."), length=120)] = ""
    beside: Annotated[
        str, Ask(say("At the field"), help=say("Of the business, such as document_number."), length=40)
    ] = ""
    address: Annotated[
        str,
        Ask(
            say("Address"),
            help=say("Of a remote service: https://host, or simulated: for those that ship."),
            length=200,
        ),
        AfterValidator(_unless_empty(check_address)),
    ] = ""
    path: Annotated[
        str, Ask(say("Path"), help=say("Behind it, such as /v1/check."), length=120), AfterValidator(check_path)
    ] = ""
    method: Annotated[str, Ask(say("Method"), "choice")] = "POST"
    sends: Annotated[
        str,
        Ask(
            say("What is sent"),
            "multiline",
            help=say(
                "A line each, such as name = customer.name; with ? left out where there is none. Nothing else goes."
            ),
            length=1_000,
            names=named(),
        ),
        AfterValidator(_unless_empty(_reading(sent_by))),
    ] = ""
    yes_when: Annotated[
        str,
        Ask(say("Yes when"), "multiline", help=say("Such as answer.result == 'match'."), length=LONGEST),
        AfterValidator(_unless_empty(_reading(must_read_an_answer))),
    ] = ""
    override_when: Annotated[
        str,
        Ask(say("Override when"), "multiline", help=say("Else it is a no."), length=LONGEST),
        AfterValidator(_unless_empty(_reading(must_read_an_answer))),
    ] = ""
    reason_at: Annotated[
        str, Ask(say("Reason at"), help=say("In the answer, such as reason or data.text."), length=80)
    ] = ""
    timeout_ms: Annotated[
        Whole, Ask(say("Time-out, ms"), "digits", help=say("Of one try.")), Field(ge=100, le=30_000)
    ] = 2_000
    repeatable: Annotated[
        Flag, Ask(say("Repeatable"), "flag", help=say("y: it takes a repeat under the same key as the same question."))
    ] = False
    retries: Annotated[
        Whole, Ask(say("Retries"), "digits", help=say("So many more tries; of what is repeatable.")), Field(le=3)
    ] = 0
    failures: Annotated[
        Whole,
        Ask(say("Breaks after"), "digits", help=say("So many failures in a row: then it is left alone.")),
        Field(ge=1, le=100),
    ] = 5
    rest_seconds: Annotated[
        Whole, Ask(say("Rests for, s"), "digits", help=say("Then it is tried once.")), Field(ge=1, le=3_600)
    ] = 30
    certificate: Annotated[
        str,
        Ask(
            say("TLS authority"),
            "multiline",
            help=say("PEM, of who vouches for it; empty: whom machines trust."),
            length=8_000,
        ),
        AfterValidator(_unless_empty(check_certificate)),
    ] = ""
    offline: Annotated[
        str,
        Ask(
            say("If not asked"),
            "choice",
            help=say("yes; later: yes, asked again later; override: a supervisor; rule: what must hold, above; no."),
        ),
    ] = "yes"
    state: Annotated[str, Ask(say("State"), "choice", help=say("off: nobody asks it."))] = "active"


def says_why(at: Rehearsal) -> Iterator[Fault]:
    """A rule of a manager's own says why not; without one there is the program's, or a remote service, which can be
    asked."""
    for position, _, row in at.rows(Interface):
        try:
            if row.rule:
                must_be_a_rule(row.rule)
        except NotAllowed as fault:
            yield Fault(position, "rule", fault.message)
        if row.rule and not row.reason_zh:
            yield Fault(position, "reason_zh", say("Say what the clerk is told where the rule does not hold."))
        faults = faults_of_remote(row) if row.kind == "remote" else _faults_of_local(row)
        yield from (Fault(position, column, told) for column, told in faults)
        added = {f"{PREFIX}{each.code}" for each in at.reading.all(ExtraField)}
        if row.beside and row.beside not in (*_fields(), *added):
            yield Fault(position, "beside", say("No business asks for {field}.", field=row.beside))


@cache
def _fields() -> frozenset[str]:
    """The program's own fields of all businesses at the counter."""
    return frozenset(name for each in BUSINESSES.values() for name in each.form.model_fields)


def _faults_of_local(row: Interface) -> Iterator[tuple[str, Message]]:
    if not row.rule and row.code not in RULES:
        yield "rule", say("The program has no rule {code}: write one.", code=row.code)
    if row.offline in ("later", "rule"):
        yield "offline", say("This is of a remote service: a rule is always at hand.")


def _example(reading: Reading) -> Iterable[Change]:
    """A rule of a manager's own: no new line by night for whom nobody knows."""
    values = {
        "code": free_code(reading, Interface, "night"),
        "name_zh": "夜间开户核查",
        "name_en": "Openings by night",
        "rule": "time.hour >= 6 || customer.known",
        "reason_zh": "夜间不为新客户开户。",
        "reason_en": "No new customers by night.",
        "beside": "document_number",
    }
    yield Change(table_name(Interface), "add", values=values)


def _call_example(reading: Reading) -> Values:
    line = next(iter(reading.few(Subscription, 1, state="active", order=("number",))), None)
    return {"interface": "number_limit", "business": "C1", "number": line.number if line else ""}


SUBJECT = Subject(
    "M2.1",
    (Entity(Interface, InterfaceForm, say("Interfaces"), ("code", "name_zh", "name_en", "rule")),),
    checks=(says_why,),
    tries=TryOut(CallForm, called, _call_example),
    example=_example,
    empty={
        "F5": say("A question reserves no number and no card."),
        "F6": say("A question says yes or no; what a business costs is M6's."),
        "F8": say("Credit is weighed by each business by the rules of M8, whatever an interface answers."),
        "F9": say("No paper goes with a question."),
        "F10": say("Elements of the network are reached by gateways of their own (M10)."),
        **dict.fromkeys(("F11", "F12"), say("A question books nothing.")),
        "A1": say("Signals of behaviour have rules of their own (M14)."),
        "A2": say("What a clerk says to a refusal is its reason here; articles for customers are M1's."),
        "A3": say("No question gives or takes points."),
        "A4": say("An interface knows an address; whose it is, by which contract, is M17.1's."),
        "B1": say("No customer is charged for a question."),
        "B2": say("What a partner is paid for answers follows its contract (M18)."),
    },
)
