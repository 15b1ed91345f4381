"""F1 qualification 业务实现接口: may this business be done, for this customer, here and now?

Interfaces are bound to a business in the store (M2.2) and asked in their order. Each local one is a rule here, by its
code; it answers with a reason, or with nothing when all is well. A remote one goes by what its service has answered to
this form; nobody is asked from here (`components.qualification.questions`).
"""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import bindparam, exists, func, select

from boss_tui.answers.business import Qualification, Reason, Verdict
from boss_tui.components.asked import ServiceAnswer
from boss_tui.components.base import Component, Context, traced
from boss_tui.components.customers.applicant import Applicant
from boss_tui.components.customers.categories import listed
from boss_tui.components.qualification.expressions import condition
from boss_tui.components.qualification.questions import question
from boss_tui.components.qualification.rule_facts import RuleFacts
from data.clock import new_key
from data.errors import NotAllowed
from data.journal import canonical
from data.message import Message, both, say
from data.parameters import AGENT_MINIMUM_AGE, AGENT_YEARLY_NUMBERS
from data.tables.customer import Category, CustomerAgent, DocumentKind, ListedPerson
from data.tables.eligibility import BusinessInterface, Interface, InterfaceAnswer
from data.tables.order import ProductOrder, Subscription

OPENINGS = ("C1", "C5")


_ON = Subscription.table()
_OPEN_NUMBERS = (
    select(func.count())
    .select_from(_ON)
    .where(_ON.c.customer_id == bindparam("customer"), _ON.c.state.not_in(("terminated", "cancelled")))
)
_BY_AGENT = CustomerAgent.table()
_ORDER = ProductOrder.table()
_REVERSING = _ORDER.alias("reversing")
_OPENED_BY_AGENT = (
    select(func.count())
    .select_from(_BY_AGENT.join(_ORDER, _ORDER.c.id == _BY_AGENT.c.order_id))
    .where(
        _BY_AGENT.c.document_kind == bindparam("kind"),
        _BY_AGENT.c.document_number == bindparam("number"),
        _BY_AGENT.c.month >= bindparam("first"),
        _BY_AGENT.c.month <= bindparam("last"),
        _ORDER.c.business.in_(OPENINGS),
        _ORDER.c.state.not_in(("cancelled", "rejected", "failed")),
        ~exists().where(_REVERSING.c.reverses == _ORDER.c.id),
    )
)


def _listed(context: Context, kind: str, number: str, own: bool) -> ListedPerson | None:
    current = listed(context.tx, "black", kind, number, context.business_date)
    return next((entry for entry in current if (entry.source == "own") == own), None)


def _blacklist(context: Context, subject: Applicant, own: bool) -> tuple[Message, str] | None:
    people = (
        (subject.document_kind, subject.document_number, "document_number"),
        (subject.agent_kind, subject.agent_number, "agent_document_number"),
    )
    for kind, number, field in people:
        person = _listed(context, kind, number, own) if number else None
        if person is not None:
            source = say("our own list") if own else person.source
            return say("On the blacklist: {reason} (source: {source}).", reason=person.reason, source=source), field
    return None


def _blacklist_own(context: Context, subject: Applicant) -> tuple[Message, str] | None:
    return _blacklist(context, subject, own=True)


def _blacklist_partner(context: Context, subject: Applicant) -> tuple[Message, str] | None:
    return _blacklist(context, subject, own=False)


def _number_limit(context: Context, subject: Applicant) -> tuple[Message, str] | None:
    if not subject.customer_id or not (subject.opens_number or subject.keeps_numbers):
        return None
    has = context.tx.scalar(_OPEN_NUMBERS, customer=subject.customer_id)
    limit = context.tx.one(Category, code=subject.category).number_limit
    if has + subject.more_numbers <= limit:
        return None
    return say(
        "This document has {has} {has:number|numbers} already; at most {limit} are allowed.", has=has, limit=limit
    ), ("document_number")


def _guardian(context: Context, subject: Applicant) -> tuple[Message, str] | None:
    if not subject.document_kind or subject.age is None:
        return None
    kind = context.tx.one(DocumentKind, code=subject.document_kind)
    of_age = AGENT_MINIMUM_AGE.of(context.tx)
    if kind.minors_only and subject.age >= of_age:
        return say("This document is for minors only. Ask for the resident ID."), "document_kind"
    if subject.age < of_age and not subject.agent_number:
        return say("The owner is {age}: a guardian must act. Type y here.", age=subject.age), "by_agent"
    return None


def _agent(context: Context, subject: Applicant) -> tuple[Message, str] | None:
    if not subject.agent_number:
        return None
    if subject.agent_number == subject.document_number:
        return say("Agent and owner are the same person."), "agent_document_number"
    least = AGENT_MINIMUM_AGE.of(context.tx)
    if subject.agent_age is not None and subject.agent_age < least:
        return say("An agent must be at least {age}.", age=least), "agent_document_number"
    year = context.business_date[:4]
    opened = context.tx.scalar(
        _OPENED_BY_AGENT, kind=subject.agent_kind, number=subject.agent_number, first=f"{year}-01", last=f"{year}-12"
    )
    if opened >= AGENT_YEARLY_NUMBERS.of(context.tx):
        return say(
            "This agent opened {n} {n:number|numbers} for others this year already.", n=opened
        ), "agent_document_number"
    return None


Rule = Callable[[Context, Applicant], "tuple[Message, str] | None"]

RULES: dict[str, Rule] = {
    "blacklist_own": _blacklist_own,
    "blacklist_partner": _blacklist_partner,
    "number_limit": _number_limit,
    "guardian": _guardian,
    "agent": _agent,
}


class Eligibility(Component):
    """F1: asks every interface that is bound to the business."""

    code = "F1"

    @traced
    def ask(self, subject: Applicant, like: str = "") -> Qualification:
        """Every reason against, in the interfaces' order; none means yes (catalogue F1). `like`: what is asked is what
        is bound to another business, whose rules hold for this step too."""
        bound = self.tx.all(BusinessInterface, business=like or self.context.business, order=("position",))
        reasons, facts = [], RuleFacts(self.context, subject)
        for binding in bound:
            interface = self.tx.one(Interface, code=binding.interface)
            if interface.state == "active":
                reasons += self._answer(interface, binding, facts)
        return Qualification(tuple(reasons))

    @traced
    def call(self, interface: Interface, subject: Applicant) -> Qualification:
        """What one interface answers, whichever business asks it (catalogue M2.1)."""
        alone = BusinessInterface(business=self.context.business, interface=interface.code, on_no="no")
        return Qualification(tuple(self._answer(interface, alone, RuleFacts(self.context, subject))))

    @traced
    def record(self) -> None:
        """Keep with the order what services answered to it, or which rule counted while they could not be asked."""
        of = self.context
        for asked, answer in {asked.key: (asked, answer) for asked, answer in of.asked}.values():
            offline = "" if answer.verdict else asked.interface.offline
            self.tx.add(
                InterfaceAnswer,
                id=new_key(self.tx.clock),
                outlet=of.outlet,
                business_date=of.business_date,
                order_id=of.order_id,
                interface=asked.interface.code,
                request=asked.key,
                sent=canonical(dict(asked.sends)),
                verdict=answer.verdict,
                reason=answer.reason,
                fault=canonical(answer.fault) if answer.fault else "",
                offline=offline,
                operator=answer.operator,
                asked_at=answer.asked_at,
                took_ms=answer.took_ms,
                tries=answer.tries,
                state="answered" if answer.verdict else "unasked" if offline == "yes" else "waiting",
            )

    def _answer(self, interface: Interface, binding: BusinessInterface, facts: RuleFacts) -> list[Reason]:
        verdict: Verdict = "override" if binding.on_no == "override" else "no"
        if interface.kind == "remote":
            return self._by_service(interface, verdict, facts)
        if interface.rule:
            return self._by_rule(interface, verdict, facts)
        rule = RULES.get(interface.code)
        if rule is None:
            return self._unreachable(interface)
        answer = rule(self.context, facts.asked)
        return [Reason(interface.code, verdict, answer[0], answer[1])] if answer else []

    def _by_rule(self, interface: Interface, verdict: Verdict, facts: RuleFacts) -> list[Reason]:
        """What a manager's own rule says; one that can't be read, or told from what is known here, is not asked."""
        try:
            asked = condition(interface.rule)
            if asked.holds(facts.named(asked.names)):
                return []
        except NotAllowed:
            return self._unreachable(interface)
        return [Reason(interface.code, verdict, both(interface.reason_zh, interface.reason_en), interface.beside)]

    def _by_service(self, interface: Interface, verdict: Verdict, facts: RuleFacts) -> list[Reason]:
        """What a service has answered; what it was not asked yet is left with the context. One without an address
        can't be asked, nor, when it is done, one that needs to know what nobody knows."""
        try:
            asked = question(self.context, interface, facts)
        except NotAllowed:
            asked = None
        if not interface.address or (asked is None and self.context.order_id):
            return self._unreachable(interface, verdict, facts)
        if asked is None:
            return []
        answer = self.context.answers.get(asked.key)
        if answer is None:
            self.context.unasked.append(asked)
            return []
        self.context.asked.append((asked, answer))
        if not answer.verdict:
            return self._unreachable(interface, verdict, facts)
        return [] if answer.verdict == "yes" else [_refusal(interface, verdict, answer)]

    def _unreachable(
        self, interface: Interface, refusing: Verdict = "no", facts: RuleFacts | None = None
    ) -> list[Reason]:
        """An interface that can't be asked answers by its own offline rule; a rule that can't be told asks for a
        supervisor's word."""
        offline = interface.offline
        if offline == "rule" and facts is not None:
            try:
                asked = condition(interface.rule)
                holds = asked.holds(facts.named(asked.names))
            except NotAllowed:
                offline = "override"
            else:
                told = both(interface.reason_zh, interface.reason_en)
                return [] if holds else [Reason(interface.code, refusing, told, interface.beside)]
        if offline in ("yes", "later"):
            return []
        verdict: Verdict = "override" if offline == "override" else "no"
        told = say("{name} can't be asked now.", name=both(interface.name_zh, interface.name_en))
        return [Reason(interface.code, verdict, told)]


def _refusal(interface: Interface, refusing: Verdict, answer: ServiceAnswer) -> Reason:
    """What the clerk is told where a service does not say yes: what the manager says of it, and its own words."""
    own = Message("{text}", {"text": answer.reason}) if answer.reason else None
    told = both(interface.reason_zh, interface.reason_en) if interface.reason_zh else own
    if told is None:
        told = say("{name} says no.", name=both(interface.name_zh, interface.name_en))
    elif own is not None and told is not own:
        told = say("{why} ({own})", why=told, own=answer.reason)
    return Reason(interface.code, "override" if answer.verdict == "override" else refusing, told, interface.beside)
