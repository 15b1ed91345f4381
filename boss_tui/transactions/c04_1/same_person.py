"""Whether a correction (C4.1) is of the same person: names that resemble, a document that may be theirs, and what this
and earlier corrections add up to. Whoever becomes somebody else by it has been given the number: that is C5.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from boss_tui.answers.business import Reason
from boss_tui.business.process import Run
from boss_tui.components.customers.applicant import Applicant
from boss_tui.components.customers.customers import Person
from boss_tui.transactions.c04_1.form import CorrectNameForm
from boss_tui.transactions.lines import Line
from data.errors import NotAllowed
from data.message import say
from data.names import name_key, pinyin
from data.tables.customer import Customer

OF_THREE = 3
"""One character in so many may have been entered wrongly, and always one."""
SHORTEST_CERTIFICATE = 4


def resembles(before: str, after: str) -> bool:
    """Whether a name may be another one that was entered wrongly: it reads alike, has its words in another order, or
    differs in one character, of long names in a third of them."""
    if pinyin(before) == pinyin(after) or sorted(before.upper().split()) == sorted(after.upper().split()):
        return True
    one, other = name_key(before), name_key(after)
    return _apart(one, other) <= max(1, max(len(one), len(other)) // OF_THREE)


def _apart(one: str, other: str) -> int:
    """How many characters must be put in, taken out or changed to make one of the other (Levenshtein)."""
    row = list(range(len(other) + 1))
    for at, character in enumerate(one, 1):
        before, row[0] = row[0], at
        for to, wanted in enumerate(other, 1):
            before, row[to] = row[to], min(row[to] + 1, row[to - 1] + 1, before + (character != wanted))
    return row[-1]


def must_have_ground(run: Run, form: CorrectNameForm, owner: Customer, name: str) -> list[Reason]:
    """Another name has its ground, and a supervisor looks at it: what is missing stands beside its field."""
    if not form.ground:
        run.errors.setdefault("ground", say("Say why the name differs. F4 shows the grounds."))
    elif form.ground == "typed" and not resembles(run.customers.first(owner, "name"), name):
        told = say("Too little of the name is left for a mistake: changed by law (renamed), or a new owner (C5).")
        run.errors.setdefault("ground", told)
    elif form.ground == "renamed" and len((form.certificate or "").strip()) < SHORTEST_CERTIFICATE:
        run.errors.setdefault("certificate", say("The number of the certificate is needed."))
    told = say("The name becomes {name}: compare it with the document, and see its ground.", name=name)
    return [Reason("name", "override", told)]


def must_be_theirs(run: Run, person: Person, owner: Customer) -> None:
    """The right document is of the same kind of holder, and nobody else's. NotAllowed."""
    others = [known for known in run.customers.with_document(person.document_number) if known.id != owner.id]
    if others:
        raise NotAllowed(say("This document belongs to another customer: use C5 for a new owner."))
    if person.holder != owner.holder:
        raise NotAllowed(say("A person does not become an organisation: use C5 for a new owner."))


def must_qualify(run: Run, form: CorrectNameForm, line: Line, person: Person) -> list[Reason]:
    """Another document is asked what an opening asks of it: lists, age and guardian, how many numbers come under it,
    the agent; and it must be valid. A supervisor compares it with the one in hand."""
    owner, agent = line.customer, line.agent
    if not form.document_expires and owner.document_expires and owner.document_expires < run.context.business_date:
        run.errors.setdefault("document_expires", say("This document is no longer valid."))
    asked = Applicant(
        person.document_kind,
        person.document_number,
        person.age,
        owner.category,
        owner.id,
        agent.document_kind if agent else "",
        agent.document_number if agent else "",
        agent.age if agent else None,
        keeps_numbers=True,
        name=form.name or owner.name,
        agent_name=form.agent_name if agent else "",
        product=line.subscription.plan,
        account_id=line.account.id,
    )
    told = say("The number or kind of the document is changed: compare it with the document in hand.")
    return [Reason("document", "override", told), *run.eligibility.ask(asked, like="C1").reasons]


def must_add_up(run: Run, owner: Customer, after: Mapping[str, Any]) -> None:
    """Name and number of the document may not both have become other ones, in one correction or in several, however
    long ago: what was a customer's at first and is left of neither is another person. NotAllowed."""
    name = str(after.get("name", owner.name))
    number = str(after.get("document_number", owner.document_number))
    was_named, had_number = run.customers.first(owner, "name"), run.customers.first(owner, "document_number")
    if name_key(was_named) != name_key(name) and had_number != number:
        raise NotAllowed(say("Another name and another number are another person, in one step or in several: use C5."))
