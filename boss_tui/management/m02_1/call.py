"""M2.1: a test call of an interface: what is asked, what is answered, how long that takes, and what would follow."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Annotated

from msgspec.structs import replace

from boss_tui.business.registry import BUSINESSES
from boss_tui.components.asked import Question, ServiceAnswer
from boss_tui.components.base import Context
from boss_tui.components.customers.applicant import Applicant
from boss_tui.components.qualification.eligibility import Eligibility
from boss_tui.components.qualification.expressions import condition
from boss_tui.components.qualification.questions import COUNTS, fault_of, question, unknown
from boss_tui.components.qualification.rule_facts import FACTS, RuleFacts
from boss_tui.forms.fields import Ask
from boss_tui.forms.form import Form
from boss_tui.forms.typed import Flag
from boss_tui.management.kit.subject import Fact
from boss_tui.management.past_orders import owner_of
from boss_tui.remote.address import SIMULATED
from data.errors import BadForm, NotAllowed, NotFound
from data.message import Message, listed, say
from data.statements import instance
from data.tables.eligibility import Interface
from data.tables.organisation import Outlet
from data.tables.product import Product

_VERDICTS: dict[str, Message] = {
    "yes": say("may be done"),
    "override": say("a supervisor must allow it"),
    "no": say("refused"),
}
_SAID_OF_NEW = {"customer.name": "name", "customer.document_number": "document_number"}
"""Where a fact of somebody new is typed."""


class CallForm(Form):
    """A test call: which interface, for whom, where."""

    interface: Annotated[str, Ask(say("Interface"), choices="interface", length=40)]
    business: Annotated[str, Ask(say("Business"), "code", choices="business", length=8)] = "C1"
    number: Annotated[
        str, Ask(say("Number"), "digits", help=say("Whose owner asks; empty: somebody new."), length=11)
    ] = ""
    name: Annotated[str, Ask(say("Name"), "name", help=say("Of somebody new."), length=64)] = ""
    document_number: Annotated[str, Ask(say("Document no."), "code", help=say("Of somebody new."), length=30)] = ""
    plan: Annotated[
        str, Ask(say("Plan"), "code", choices="product", help=say("That is asked for; empty: the number's."), length=20)
    ] = ""
    outlet: Annotated[
        str, Ask(say("Outlet"), "code", choices="outlet", help=say("Where; empty: at the first."), length=20)
    ] = ""
    simulated: Annotated[
        Flag, Ask(say("Simulated"), "flag", help=say("y: the services that ship are asked, whatever its address."))
    ] = False


def called(office: Context, asked: CallForm) -> Iterator[Fact]:
    """The answer, and the facts on which it turned; a service is really asked. BadForm: there is no such interface,
    business, number, plan or outlet."""
    interface = office.tx.find(Interface, code=asked.interface)
    if interface is None:
        raise BadForm({"interface": say("There is no interface {code}.", code=asked.interface)})
    if asked.business not in BUSINESSES:
        raise BadForm({"business": say("There is no business {code} here.", code=asked.business)})
    outlet = asked.outlet or office.tx.all(Outlet, order=("code",))[0].code
    if office.tx.find(Outlet, code=outlet) is None:
        raise BadForm({"outlet": say("There is no outlet {code}.", code=outlet)})
    at = office.trying(asked.business, outlet)
    applicant = _whom(at, asked)
    if interface.kind == "remote":
        yield from _by_service(at, interface, applicant, simulated=asked.simulated)
        return
    yield from _decides(at, interface, applicant)
    if interface.rule:
        names = condition(interface.rule).names
        for group, found in sorted(RuleFacts(at, applicant).named(names).items()):
            for name, value in sorted(found.items()):
                yield Fact(FACTS[f"{group}.{name}"].says, str(value))


def _decides(at: Context, interface: Interface, applicant: Applicant) -> Iterator[Fact]:
    answer = Eligibility(at).call(interface, applicant)
    yield Fact(say("Answer"), _VERDICTS[answer.verdict])
    for reason in answer.reasons:
        yield Fact(say("Reason"), reason.message)


def _by_service(at: Context, interface: Interface, applicant: Applicant, *, simulated: bool) -> Iterator[Fact]:
    """What a service is asked, and what it answers; nothing, while it has not been asked yet."""
    if simulated:
        interface = instance(Interface, {**interface.__dict__, "address": SIMULATED})
    if not interface.address:
        raise BadForm({"interface": say("It has no address yet: y at Simulated asks the service that ships.")})
    try:
        known = RuleFacts(at, applicant)
        missing, wanting = unknown(interface, known), question(at, interface, known)
    except NotAllowed as fault:
        raise BadForm({"interface": fault.message}) from fault
    if missing:
        raise BadForm(dict(_missing(missing, is_new=not applicant.customer_id)))
    if wanting is None:
        raise BadForm({"interface": say("Nothing of what it is told is known of them.")})
    answer = at.answers.get(wanting.key)
    if answer is None:
        at.unasked.append(wanting)
        return
    yield from _decides(at, interface, applicant)
    yield from _told(interface, wanting, answer)


def _missing(facts: Iterable[str], *, is_new: bool) -> Iterator[tuple[str, Message]]:
    """What a service must be told and is not known, beside the field where it can be said; of others together."""
    said = _SAID_OF_NEW if is_new else {}
    for fact, field in said.items():
        if fact in facts:
            yield field, say("It must be told this.")
    if elsewhere := [fact for fact in facts if fact not in said]:
        what = listed([say("{what} ({fact})", what=FACTS[fact].says, fact=fact) for fact in elsewhere])
        yield "number", say("Not known of them, and it must be told: {what}.", what=what)


def _told(interface: Interface, wanting: Question, answer: ServiceAnswer) -> Iterator[Fact]:
    yield Fact(say("Asked"), f"{interface.method} {interface.address}{interface.path}")
    yield Fact(say("Sent"), json.dumps(dict(wanting.sends), ensure_ascii=False))
    fault = fault_of(answer)
    yield Fact(say("Answered"), answer.told or (fault or say("nothing")))
    if fault is not None and answer.told:
        yield Fact(say("Not understood"), fault)
    if not answer.verdict:
        yield Fact(say("What counts then"), COUNTS[interface.offline])
    yield Fact(say("Took"), say("{ms} ms, {n} {n:try|tries}", ms=answer.took_ms, n=answer.tries))


def _whom(at: Context, asked: CallForm) -> Applicant:
    """The owner of a number; without one, somebody new. With the plan that is asked for, if one is said."""
    if asked.plan and at.tx.find(Product, code=asked.plan) is None:
        raise BadForm({"plan": say("There is no product {code} on that date.", code=asked.plan)})
    begins = (asked.plan,) if asked.plan else ()
    if not asked.number:
        new = Applicant("00", asked.document_number, 30, "ordinary", opens_number=True)
        return replace(new, name=asked.name, product=asked.plan, begins=begins)
    try:
        whose = owner_of(at, asked.number)
    except NotFound as fault:
        raise BadForm({"number": fault.message}) from fault
    return replace(whose, product=asked.plan or whose.product, begins=begins)
