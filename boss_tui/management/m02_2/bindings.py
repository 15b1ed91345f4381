"""M2.2 interfaces of a business 业务接口: which questions a business asks, in which order, and what a 'no' does.

Tried against the orders of the past before it counts: which of them would have been refused. Source: catalogue M2.2.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Annotated

from pydantic import Field

from boss_tui.business.registry import BUSINESSES
from boss_tui.catalogue import BUSINESS_NAMES
from boss_tui.components.base import Context
from boss_tui.components.qualification.eligibility import Eligibility
from boss_tui.editions.subjects import Fault, Rehearsal
from boss_tui.forms.fields import Ask
from boss_tui.forms.form import Form
from boss_tui.forms.typed import Whole
from boss_tui.management.kit.entity import Entity
from boss_tui.management.kit.one_form import changing, untouched
from boss_tui.management.kit.subject import Change, Fact, RuleRun, Subject, TryOut
from boss_tui.management.m02_2.run import MOST, begin, step, told
from boss_tui.management.past_orders import past_orders
from data.errors import BadForm
from data.message import say
from data.store import Reading
from data.tables.eligibility import BusinessInterface

_TOLD = 10
"""So many orders are told of by name; all are counted."""


class BindingForm(Form):
    """A question that a business asks."""

    business: Annotated[str, Ask(say("Business"), "code", length=8)]
    interface: Annotated[str, Ask(say("Interface"), length=40)]
    position: Annotated[Whole, Ask(say("Position"), "digits", help=say("The smallest is asked first."))] = 0
    on_no: Annotated[str, Ask(say("A no"), "choice", help=say("no: refuses; override: a supervisor may allow."))] = "no"


def is_of_a_counter(at: Rehearsal) -> Iterator[Fault]:
    """Questions are asked by businesses of the counter."""
    for position, line in at.of(BusinessInterface):
        business = line.key[0]
        if line.op != "end" and business not in BUSINESSES:
            yield Fault(position, "business", say("There is no business {code} here.", code=business))


class PastForm(Form):
    """Against which orders a business's questions are tried."""

    business: Annotated[str, Ask(say("Business"), "code", choices="business", length=8)]
    orders: Annotated[
        Whole,
        Ask(say("Last orders"), "digits", help=say("More of them, of all businesses: a run.")),
        Field(ge=1, le=MOST),
    ] = 100


def would_have_refused(office: Context, asked: PastForm) -> Iterator[Fact]:
    """How many of the last orders would be refused, or need a supervisor, by the questions as they stand; the first
    of them. Services of others are not asked. BadForm: there is no such business."""
    if asked.business not in BUSINESSES:
        raise BadForm({"business": say("There is no business {code} here.", code=asked.business)})
    count, against = 0, []
    for order, at, applicant in past_orders(office, asked.business, asked.orders):
        count += 1
        answer = Eligibility(at).ask(applicant)
        if answer.verdict != "yes":
            against.append((order, answer))
    refused = sum(answer.verdict == "no" for _, answer in against)
    yield Fact(say("Looked at"), say("{count} {count:order|orders}", count=count))
    yield Fact(say("Refused"), say("{count} {count:order|orders}", count=refused))
    yield Fact(say("By a supervisor"), say("{count} {count:order|orders}", count=len(against) - refused))
    for order, answer in against[:_TOLD]:
        yield Fact(say("{serial} of {day}", serial=order.serial, day=order.business_date), answer.reasons[0].message)


def _example(reading: Reading) -> Iterable[Change]:
    """A question asked later than before."""
    if (row := untouched(reading, BusinessInterface)) is not None:
        yield changing(BINDINGS, row, position=row.position + 1)


BINDINGS = Entity(
    BusinessInterface,
    BindingForm,
    say("Interfaces of businesses"),
    ("business", "interface"),
    sort="business",
    words={"business": {code: BUSINESS_NAMES[code] for code in BUSINESSES}},
)
SUBJECT = Subject(
    "M2.2",
    (BINDINGS,),
    checks=(is_of_a_counter,),
    tries=TryOut(PastForm, would_have_refused, lambda _: {"business": "C1"}),
    runs={BINDINGS.name: RuleRun(say("Try the questions against past orders"), begin, step, told, ())},
    example=_example,
    empty={
        "F3": say("Whom a question is about is said by the business that asks it."),
        "F4": say("What is sold to whom is said in M4."),
        "F5": say("A question is asked before anything is reserved."),
        "F6": say("A question says yes or no; what a business costs is M6's."),
        "F8": say("Credit is weighed by each business by the rules of M8, whatever an interface answers."),
        "F9": say("No paper goes with a question."),
        "F10": say("What the network must be told follows from the order, not from a question before it."),
        **dict.fromkeys(("F11", "F12"), say("A question books nothing.")),
        "A1": say("Signals of behaviour have rules of their own (M14)."),
        "A2": say("What a clerk says to a refusal is its reason here; articles for customers are M1's."),
        "A3": say("No question gives or takes points."),
        "A4": say("The same is asked in agents' halls as in our own."),
        "B1": say("No customer is charged for a question."),
        "B2": say("What a partner is paid for answers follows its contract (M18)."),
    },
)
