"""The new owner of a number (C5): who they are, if they may have it, what they are asked; in the end, a customer."""

from __future__ import annotations

from msgspec.structs import replace

from boss_tui.answers.business import Qualification
from boss_tui.business.process import Run
from boss_tui.components.customers.applicant import Applicant
from boss_tui.components.customers.consistency import birth_fault, expiry_fault, expiry_note, name_note
from boss_tui.components.customers.customers import Person, name_differs, same_name
from boss_tui.components.identity.kinds import (
    check_address,
    check_name,
    check_organisation,
    check_phone,
    document_number,
)
from boss_tui.components.products.suiting import is_for_category
from boss_tui.transactions import agents
from boss_tui.transactions.c05.case import TransferCase
from boss_tui.transactions.c05.form import TransferForm
from boss_tui.transactions.lines import Line
from data.errors import NotAllowed
from data.message import both, say
from data.tables.customer import Customer

NEW = "new_"
"""How the new owner's fields begin on this form: a refusal of them stands there."""


def are_apart(run: Run, form: TransferForm, line: Line, case: TransferCase) -> None:
    """Both parties stand there, or for each somebody who is neither of them, and not the same for both: who gets
    the number does not give it away (domain-facts 6: both people's documents are shown)."""
    old, new = line.customer.document_number, document_number(form.new_document_number or "")
    if line.agent and line.agent.document_number == new:
        run.errors.setdefault("agent_document_number", say("The new owner can't act for the old one."))
    if case.agent and case.agent.document_number == old:
        run.errors.setdefault("new_agent_document_number", say("The old owner can't act for the new one."))
    if line.agent and case.agent and line.agent.document_number == case.agent.document_number:
        run.errors.setdefault("new_agent_document_number", say("One person can't act for both sides."))


def look_at(run: Run, form: TransferForm, line: Line, case: TransferCase) -> None:
    """Who the document is of, into the case: whether they may have the number with its plan, and what they are trusted
    with. NotAllowed: they own it already, or the plan is not for them."""
    born = form.new_birth_date.isoformat() if form.new_birth_date else ""
    person = run.customers.identify(form.new_document_kind, form.new_document_number, born)
    if person.known and person.known.id == line.customer.id:
        raise NotAllowed(say("This is the owner already."))
    run.notes["new_document_number"] = run.customers.category_name(person.category)
    _known_of(run, person)
    if person.holder == "individual" and not person.birth_date:
        run.errors.setdefault("new_birth_date", say("This document does not hold the birth date: type it."))
    case.person = person
    agents.must_be_acted_for(run, form, person, NEW)
    _ask(run, form, line, person, case.agent)
    plan = run.products.product(line.subscription.plan)
    if not is_for_category(plan, person.category) or (person.age is not None and person.age < plan.minimum_age):
        raise NotAllowed(
            say(
                "{product} is not for the new owner: change the plan first (C8).",
                product=both(plan.name_zh, plan.name_en),
            )
        )
    if line.subscription.pay_type == "postpaid":
        stays = {line.subscription.long_distance, line.subscription.roaming} if not case.ends else set()
        known = person.known.id if person.known else ""
        case.assessment = run.credit.assess(known, person.category, international="international" in stays)


def _ask(run: Run, form: TransferForm, line: Line, person: Person, agent: Person | None) -> None:
    """The same questions as of somebody who opens a number, beside the new owner's fields."""
    answer = run.eligibility.ask(
        Applicant(
            person.document_kind,
            person.document_number,
            person.age,
            person.category,
            person.known.id if person.known else "",
            agent.document_kind if agent else "",
            agent.document_number if agent else "",
            agent.age if agent else None,
            opens_number=True,
            name=form.new_name or "",
            agent_name=form.new_agent_name if agent else "",
            product=line.subscription.plan,
        )
    )
    reasons = tuple(replace(reason, field=reason.field and NEW + reason.field) for reason in answer.reasons)
    run.qualification = Qualification((*run.qualification.reasons, *reasons))


def typed(run: Run, form: TransferForm, case: TransferCase) -> None:
    """Each field of the new owner by its own rule."""
    organisation = case.person is not None and case.person.holder == "organization"
    checks = {
        "new_name": check_organisation if organisation else check_name,
        "new_address": check_address,
        "new_phone": check_phone,
    }
    for field, check in checks.items():
        if getattr(form, field):
            with run.beside(field):
                check(getattr(form, field))
    today = run.context.today
    if (wrong := expiry_fault(case.person, form.new_expires, today)) is not None:
        run.errors.setdefault("new_expires", wrong)
    elif (told := expiry_note(case.person, form.new_expires)) is not None:
        run.notes.setdefault("new_expires", told)
    if (wrong := birth_fault(case.person, form.new_birth_date, today)) is not None:
        run.errors["new_birth_date"] = wrong
    if (told := name_note(form.new_name)) is not None:
        run.notes.setdefault("new_name", told)
    known = case.person.known if case.person else None
    if known and form.new_name and not same_name(known, form.new_name):
        run.errors.setdefault("new_name", name_differs(known))


def enter(run: Run, line: Line) -> Customer:
    """They are a customer from now on. NotAllowed: too little was typed."""
    case: TransferCase = line.more
    form = case.form
    if case.person is None:
        raise NotAllowed(say("The form is not complete."))
    case.customer = run.customers.enter(
        case.person,
        name=form.new_name,
        address=form.new_address,
        phone=form.new_phone,
        email="",
        expires=form.new_expires.isoformat() if form.new_expires else "",
    )
    return case.customer


def _known_of(run: Run, person: Person) -> None:
    """What the document and the files say of the new owner, into the fields: nobody is asked for it."""
    if person.birth_date:
        run.facts["new_birth_date"] = person.birth_date
    if person.known:
        known = person.known
        run.facts.update(
            new_name=known.name,
            new_address=known.address,
            new_phone=known.contact_phone,
            new_expires=known.document_expires,
        )
