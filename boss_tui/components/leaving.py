"""What comes up when somebody leaves or moves (M7): what they still hold here, who takes it over, what must end first.

Nothing holds a dismissal up: who is dismissed signs on no more as soon as their hall hears of it, and their drawer is
counted by a supervisor. Who moves to another hall closes their drawer first: nobody could do it there. A store tells
what it knows: forms in work are known at their hall alone. Source: management-facts 6.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from boss_tui.components import authorities, delegations
from boss_tui.components.base import Component, traced
from boss_tui.components.delegations import right_name
from boss_tui.components.draft_rows import is_begun
from boss_tui.components.grades import works_at
from data.clock import stamp
from data.message import Message, say
from data.states import act_name, kind_name, state_name
from data.store import Reading
from data.tables.document import DocumentRange
from data.tables.edition import Edition
from data.tables.finance import Shift
from data.tables.network import WorkOrder
from data.tables.order import Draft
from data.tables.organisation import Authority, Delegation, Grant, Operator
from data.tables.resource import Reservation

OPEN_EDITIONS = ("draft", "submitted", "stale", "rejected")


@dataclass(frozen=True, slots=True)
class Held:
    """Something that a person still holds. `what`: in words; `then`: what becomes of it; `first`: it must end before
    they move to another hall."""

    what: Message
    then: Message
    first: bool = False


class Leaving(Component):
    """F7: what somebody still holds, in a step of a business."""

    code = "F7"

    @traced
    def held(self, person: Operator) -> list[Held]:
        """All that comes up of a person (`held_by`)."""
        return held_by(self.tx, person)


def left_behind(reading: Reading, outlet: str) -> list[Draft]:
    """Forms in the middle of their work, of people who work at this outlet no more."""
    now = reading.present()
    return [
        draft
        for draft in reading.all(Draft, state="open", order=("number",))
        if is_begun(draft, now) and not works_at(reading, draft.operator, outlet)
    ]


def held_by(reading: Reading, person: Operator) -> list[Held]:
    """All that comes up of a person, what must end first at the top."""
    found = [
        *_drawer(reading, person),
        *_forms(reading, person),
        *_words_given(reading, person),
        *_words_for_them(reading, person),
        *_delegated(reading, person),
        *_work(reading, person),
        *_editions(reading, person),
    ]
    return sorted(found, key=lambda each: not each.first)


def _drawer(reading: Reading, person: Operator) -> Iterator[Held]:
    """Their drawer, with the papers that were handed to its counter."""
    for shift in reading.all(Shift, operator=person.staff_no, order=("opened_at",)):
        if shift.state == "closed":
            continue
        told = say(
            "A drawer at till {till} of {outlet}, since {day}",
            till=shift.till,
            outlet=shift.outlet,
            day=shift.business_date,
        )
        yield Held(told, say("A supervisor counts and closes it, or hands it over."), first=True)
        for papers in reading.all(DocumentRange, counter=shift.till, state="open", order=("kind", "first_number")):
            left = papers.last_number - papers.next_number + 1
            if left > 0:
                told = say(
                    "{n} {n:paper|papers} ({kind}) at till {till}", n=left, kind=kind_name(papers.kind), till=shift.till
                )
                yield Held(told, say("They stay at the counter: count them with the drawer."))


def _forms(reading: Reading, person: Operator) -> Iterator[Held]:
    """Forms that they are in or put aside, with what those keep."""
    for draft in reading.all(Draft, operator=person.staff_no, order=("number",)):
        if draft.state not in ("open", "held"):
            continue
        kept = len(reading.all(Reservation, draft_id=draft.id, state="active"))
        told = say("Form {number} of {code}, at {counter}", number=draft.number, code=draft.code, counter=draft.counter)
        if kept:
            told = say("{form}; it keeps {n} of the stock", form=told, n=kept)
        yield Held(told, say("Somebody else takes it up (F6), or its time ends."))


def _words_given(reading: Reading, person: Operator) -> Iterator[Held]:
    """What they allowed others in advance, or for a form that is not done yet."""
    now = stamp(reading.present())
    for outlet in {each.outlet for each in reading.all(Authority, supervisor=person.staff_no, state="active")}:
        for each in authorities.valid(reading, outlet):
            if each.supervisor == person.staff_no:
                told = say(
                    "Authority {number} of theirs, {n} more {n:time|times}", number=each.number, n=each.uses_left
                )
                yield Held(told, say("It ends with them."))
    for grant in reading.all(Grant, supervisor=person.staff_no, used_order=None):
        if grant.expires_at > now:
            yield Held(
                say("Their word for a form that is not done ({rule})", rule=grant.rule), say("It ends with them.")
            )


def _words_for_them(reading: Reading, person: Operator) -> Iterator[Held]:
    """What they were allowed in advance."""
    for each in reading.all(Authority, operator=person.staff_no, state="active"):
        if each.valid_until > stamp(reading.present()) and each.uses_left:
            told = say("Authority {number} for them, by {supervisor}", number=each.number, supervisor=each.supervisor)
            yield Held(told, say("Nobody else can use it: its time ends."))


def _delegated(reading: Reading, person: Operator) -> Iterator[Held]:
    """What they have handed to others, or were handed."""
    own = [*reading.all(Delegation, giver=person.staff_no), *reading.all(Delegation, taker=person.staff_no)]
    for each in own:
        if delegations.when(reading, each) in ("in_force", "to_come"):
            told = say(
                "Delegation {number}: {right} of {giver} to {taker}, until {day}",
                number=each.number,
                right=right_name(each.right),
                giver=each.giver,
                taker=each.taker,
                day=each.until,
            )
            yield Held(told, say("It ends with them."))


def _work(reading: Reading, person: Operator) -> Iterator[Held]:
    """Work by hand that is theirs."""
    for order in reading.all(WorkOrder, assigned=person.staff_no, state="open"):
        yield Held(say("Work by hand: {what}", what=act_name(order.act)), say("Give it to somebody else."))


def _editions(reading: Reading, person: Operator) -> Iterator[Held]:
    """Editions that they made and that are not decided, and emergencies of theirs that nobody has reviewed."""
    for edition in reading.all(Edition, author=person.staff_no, order=("number",)):
        told = say(
            "Edition {number}: {title} ({state})",
            number=edition.number,
            title=edition.title,
            state=state_name(edition.state),
        )
        if edition.state in OPEN_EDITIONS:
            yield Held(told, say("Somebody else takes it over, or it is withdrawn."))
        elif edition.state == "approved":
            yield Held(told, say("It comes into force without them."))
        elif edition.emergency and not edition.reviewed_at:
            yield Held(told, say("It is reviewed without them."))
