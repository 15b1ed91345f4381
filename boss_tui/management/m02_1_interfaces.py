"""M2.1 interfaces 接口管理: the questions that a business may ask before it is done, and the rules of a manager's own.

Source: catalogue M2.1, F1.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated

from pydantic import AfterValidator, Field

from boss_tui.businesses import BUSINESSES
from boss_tui.components.applicant import Applicant
from boss_tui.components.base import Context
from boss_tui.components.eligibility import RULES, Eligibility
from boss_tui.components.expressions import LONGEST, condition
from boss_tui.components.rule_facts import FACTS, facts_of, samples
from boss_tui.editions.lines import RowEdit
from boss_tui.editions.subjects import Fault
from boss_tui.fields import Ask
from boss_tui.forms import Form, wrong
from boss_tui.management.kit.one_form import free_code
from boss_tui.management.kit.subject import Change, Entity, Fact, Subject, TryOut, Values
from boss_tui.management.past_orders import applicant_of, owner_of
from data.errors import BadForm, NotAllowed, NotFound
from data.message import Message, say
from data.statements import table_name
from data.store import Reading
from data.tables.eligibility import Interface
from data.tables.order import Subscription
from data.tables.organisation import Outlet

_VERDICTS: dict[str, Message] = {
    "yes": say("may be done"),
    "override": say("a supervisor must allow it"),
    "no": say("refused"),
}


def must_be_a_rule(text: str) -> None:
    """NotAllowed: it is no condition that can be read, names facts that there are, and comes to yes or no."""
    read = condition(text)
    unknown = sorted(read.names - set(FACTS))
    if unknown:
        told = say("There is no fact {name}; there are {names}.", name=unknown[0], names=", ".join(FACTS))
        raise NotAllowed(told, field="rule")
    read.holds(samples())


def check_rule(typed: str) -> str:
    """A rule as it is typed; an empty one is none."""
    try:
        if typed:
            must_be_a_rule(typed)
    except NotAllowed as fault:
        raise wrong(fault.message.template, **fault.message.values) from fault
    return typed


class InterfaceForm(Form):
    """A question, who answers it, and what counts when it can't be asked."""

    code: Annotated[str, Ask(say("Interface"), length=40), Field(pattern=r"^[a-z][a-z0-9_]*$")]
    name_zh: Annotated[str, Ask(say("Name (Chinese)"), length=60)]
    name_en: Annotated[str, Ask(say("Name (English)"), length=60)] = ""
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
        ),
        AfterValidator(check_rule),
    ] = ""
    reason_zh: Annotated[str, Ask(say("If not (zh)"), help=say("What the clerk is told."), length=120)] = ""
    reason_en: Annotated[str, Ask(say("If not (en)"), help=say("What the clerk is told."), length=120)] = ""
    beside: Annotated[
        str, Ask(say("At the field"), help=say("Of the business, such as document_number."), length=40)
    ] = ""
    address: Annotated[str, Ask(say("Address"), help=say("Of a remote service."), length=200)] = ""
    timeout_ms: Annotated[int, Ask(say("Time-out, ms"), "digits"), Field(ge=100, le=30_000)] = 2_000
    offline: Annotated[
        str,
        Ask(say("If not asked"), "choice", help=say("yes: may be done; override: a supervisor allows; no: refused.")),
    ] = "yes"
    state: Annotated[str, Ask(say("State"), "choice", help=say("off: nobody asks it."))] = "active"


def says_why(reading: Reading, lines: Mapping[int, RowEdit], day: str) -> Iterator[Fault]:  # noqa: ARG001
    """A rule of a manager's own says why not; without one there is the program's, or a remote service."""
    for position, line in lines.items():
        row = reading.find(Interface, code=line.key[0]) if line.table == table_name(Interface) else None
        if row is None:
            continue
        try:
            if row.rule:
                must_be_a_rule(row.rule)
        except NotAllowed as fault:
            yield Fault(position, "rule", fault.message)
        if row.rule and not row.reason_zh:
            yield Fault(position, "reason_zh", say("Say what the clerk is told where the rule does not hold."))
        if row.rule and row.kind == "remote":
            yield Fault(position, "rule", say("A remote service has no rule here."))
        if row.kind == "local" and not row.rule and row.code not in RULES:
            yield Fault(position, "rule", say("The program has no rule {code}: write one.", code=row.code))


class CallForm(Form):
    """A test call: which interface, for whom, where."""

    interface: Annotated[str, Ask(say("Interface"), length=40)]
    business: Annotated[str, Ask(say("Business"), "code", length=8)] = "C1"
    number: Annotated[
        str, Ask(say("Number"), "digits", help=say("Whose owner asks; empty: somebody new."), length=11)
    ] = ""
    outlet: Annotated[str, Ask(say("Outlet"), "code", help=say("Where; empty: at the first."), length=20)] = ""


def called(office: Context, asked: CallForm) -> Iterator[Fact]:
    """The answer, and the facts on which it turned. BadForm: there is no such interface, business, number or outlet."""
    interface = office.tx.find(Interface, code=asked.interface)
    if interface is None:
        raise BadForm({"interface": say("There is no interface {code}.", code=asked.interface)})
    if asked.business not in BUSINESSES:
        raise BadForm({"business": say("There is no business {code} here.", code=asked.business)})
    outlet = asked.outlet or office.tx.all(Outlet, order=("code",))[0].code
    if office.tx.find(Outlet, code=outlet) is None:
        raise BadForm({"outlet": say("There is no outlet {code}.", code=outlet)})
    at = office.trying(asked.business, outlet)
    applicant = _whom(at, asked.number)
    answer = Eligibility(at).call(interface, applicant)
    yield Fact(say("Answer"), _VERDICTS[answer.verdict])
    for reason in answer.reasons:
        yield Fact(say("Reason"), reason.message)
    if interface.rule:
        names = condition(interface.rule).names
        for group, found in sorted(facts_of(at, applicant, names).items()):
            for name, value in sorted(found.items()):
                yield Fact(FACTS[f"{group}.{name}"].says, str(value))


def _whom(at: Context, number: str) -> Applicant:
    """The owner of a number; without one, somebody new."""
    if not number:
        return Applicant("00", "", 30, "ordinary", opens_number=True)
    try:
        return applicant_of(at, owner_of(at, number))
    except NotFound as fault:
        raise BadForm({"number": fault.message}) from fault


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
    line = next(iter(reading.all(Subscription, state="active", order=("number",))), None)
    return {"interface": "number_limit", "business": "C1", "number": line.number if line else ""}


_NO_MONEY = say("No money moves by it.")
SUBJECT = Subject(
    "M2.1",
    (Entity(Interface, InterfaceForm, say("Interfaces"), ("code", "name_zh", "name_en", "rule")),),
    checks=(says_why,),
    tries=TryOut(CallForm, called, _call_example),
    example=_example,
    empty={
        **dict.fromkeys(("F6", "F8", "F11", "F12", "B1", "B2"), _NO_MONEY),
        "F5": say("Nothing is taken out of stock by it."),
        "F9": say("No paper goes with a question."),
        "F10": say("The network is asked nothing by it."),
        "A1": say("Signals of behaviour have rules of their own (M14)."),
        "A2": say("What customers are told is an article of M1's."),
        "A3": say("Points are not asked for."),
        "A4": say("Partners' lists come in by M17.2."),
    },
)
