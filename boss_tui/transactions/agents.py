"""Somebody who acts for a customer 代办人: how a form asks for them, and what must be right (domain-facts 6).

Both people's documents are shown and recorded. Forms whose fields have other names, since two customers stand on them,
say what those begin with.
"""

from __future__ import annotations

from boss_tui.business.process import Run
from boss_tui.components.customers.customers import Person
from boss_tui.components.identity.kinds import check_name, check_phone
from boss_tui.forms.fields import Ask
from boss_tui.forms.form import Form
from data.message import Message, say
from data.parameters import AGENT_MINIMUM_AGE

RESIDENT_ID = "00"


def by_agent(help_: Message, section: Message = Message("")) -> Ask:
    """Whether somebody else acts for the customer."""
    return Ask(say("By an agent"), "flag", help=help_, section=section, width=2)


def kind(when: str = "by_agent") -> Ask:
    """The kind of the agent's document."""
    return Ask(say("Agent's doc."), "choice", choices="document_kinds", width=4, when=when, means=say("Resident ID"))


def number(when: str = "by_agent") -> Ask:
    """Its number."""
    return Ask(say("Agent's no."), "code", width=22, length=30, when=when)


def name(when: str = "by_agent") -> Ask:
    """What the agent is called."""
    return Ask(say("Agent's name"), "name", width=30, length=64, when=when)


def phone(when: str = "by_agent") -> Ask:
    """Where the agent is reached."""
    return Ask(say("Agent's phone"), "digits", width=16, length=20, when=when)


def agent_of(run: Run, form: Form, begins: str = "") -> Person | None:
    """Who acts, where somebody does; what is missing or wrong stands beside its field."""
    if not getattr(form, f"{begins}by_agent"):
        return None
    fields = {end: f"{begins}agent_{end}" for end in ("document_number", "name", "phone", "document_kind")}
    typed = {end: getattr(form, field) for end, field in fields.items()}
    for end in ("document_number", "name", "phone"):
        if not typed[end]:
            run.errors.setdefault(fields[end], say("This field is needed."))
    for end, check in (("name", check_name), ("phone", check_phone)):
        if typed[end]:
            with run.beside(fields[end]):
                check(typed[end])
    if typed["document_number"] and typed["document_kind"]:
        with run.beside(fields["document_number"]):
            return run.customers.identify(typed["document_kind"], typed["document_number"])
    return None


def must_be_another(run: Run, agent: Person | None, document_number: str, begins: str = "") -> None:
    """Nobody acts for themselves, and no child for anybody, in whatever business (domain-facts 6)."""
    if agent is None:
        return
    if agent.document_number == document_number:
        run.errors.setdefault(f"{begins}agent_document_number", say("Agent and owner are the same person."))
    elif agent.age is not None and agent.age < (least := AGENT_MINIMUM_AGE.of(run.context.tx)):
        told = say("An agent must be at least {age}.", age=least)
        run.errors.setdefault(f"{begins}agent_document_number", told)


def must_be_acted_for(run: Run, form: Form, person: Person | None, begins: str = "") -> None:
    """An organisation does nothing by itself."""
    if person and person.holder == "organization" and not getattr(form, f"{begins}by_agent"):
        run.errors.setdefault(f"{begins}by_agent", say("An organisation is always acted for: type y."))
