"""What comes up when somebody leaves or moves (M7): what they still hold here, who takes it over, what must end first.

Nothing holds a dismissal up: who is dismissed signs on no more as soon as their hall hears of it, and their drawer is
counted by a supervisor. Who moves to another hall closes their drawer first: nobody could do it there. What somebody
has left that another person must see to is told (`leavers`) until it is done. A store tells what it knows: forms in
work are known at their hall alone. Source: management-facts 6.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from sqlalchemy import select, text, union

from boss_tui.components.base import Component, traced
from boss_tui.components.draft_rows import is_begun
from boss_tui.components.operators import authorities, delegations
from boss_tui.components.operators.delegations import right_name
from boss_tui.components.operators.grades import works_at
from data.clock import stamp
from data.message import Message, say
from data.states import act_name, kind_name, state_name
from data.store import Reading
from data.tables.document import DocumentRange
from data.tables.edition import Edition
from data.tables.finance import Shift
from data.tables.network import STILL_OPEN, WorkOrder
from data.tables.order import Draft
from data.tables.organisation import Authority, Delegation, Grant, Operator
from data.tables.resource import Reservation

OPEN_EDITIONS = ("draft", "submitted", "stale", "rejected")

_s, _d, _w, _e = Shift.table(), Draft.table(), WorkOrder.table(), Edition.table()
_HOLDERS = union(
    select(_s.c.operator).where(text("shift.state != 'closed'")),  # in the words of the index
    select(_d.c.operator).where(_d.c.state.in_(("open", "held"))),
    select(_w.c.assigned).where(text(f"work_order.{STILL_OPEN}"), _w.c.kind == "manual", _w.c.assigned > ""),
    select(_e.c.author).where(_e.c.state.in_(OPEN_EDITIONS)),
).order_by("operator")
"""The staff numbers of those who have something that would stay if they left."""


class Held(Struct, frozen=True):
    """Something that a person still holds. `what`: in words; `then`: what becomes of it; `first`: it must end before
    they move to another hall; `by_hand`: it stays as it is until somebody else sees to it."""

    what: Message
    then: Message
    first: bool = False
    by_hand: bool = False


AT_THE_HALL = Held(
    say("Whether forms are in work or put aside is not seen from here"),
    say("They are kept by the hall: its supervisor lists them by staff, F4."),
)
"""What the office can't know of somebody who works at a hall."""


class Leaving(Component):
    """F7: what somebody still holds, in a step of a business."""

    code = "F7"

    @traced
    def held(self, person: Operator) -> list[Held]:
        """All that comes up of a person at the office (`held_by`)."""
        return [*held_by(self.tx, person.staff_no), AT_THE_HALL]


class Leaver(Struct, frozen=True):
    """Somebody who works here no more, and what they have left that somebody else must see to."""

    staff_no: str
    name: str
    left: tuple[Held, ...]


def leavers(reading: Reading, outlet: str = "") -> list[Leaver]:
    """Who works at an outlet no more (empty: anywhere) and has left something there, as long as nobody has seen to
    it."""
    found = [_leaver(reading, staff_no, outlet) for (staff_no,) in reading.rows(_HOLDERS)]
    return [each for each in found if each.left]


def _leaver(reading: Reading, staff_no: str, outlet: str) -> Leaver:
    person = reading.find(Operator, staff_no=staff_no)
    name = person.name if person is not None else ""
    works = works_at(reading, staff_no, outlet or (person.outlet if person is not None else ""))
    left = [] if works else [each for each in held_by(reading, staff_no) if each.by_hand]
    return Leaver(staff_no, name, tuple(left))


def held_by(reading: Reading, staff_no: str) -> list[Held]:
    """All that comes up of a person, what must end first at the top."""
    found = [
        *_drawer(reading, staff_no),
        *_forms(reading, staff_no),
        *_words_given(reading, staff_no),
        *_words_for_them(reading, staff_no),
        *_delegated(reading, staff_no),
        *_work(reading, staff_no),
        *_editions(reading, staff_no),
    ]
    return sorted(found, key=lambda each: not each.first)


def _drawer(reading: Reading, staff_no: str) -> Iterator[Held]:
    """Their drawer, with the papers that were handed to its counter."""
    for shift in reading.all(Shift, operator=staff_no, order=("opened_at",)):
        if shift.state == "closed":
            continue
        told = say(
            "A drawer at till {till} of {outlet}, since {day}",
            till=shift.till,
            outlet=shift.outlet,
            day=shift.business_date,
        )
        yield Held(told, say("A supervisor counts and closes it, or hands it over."), first=True, by_hand=True)
        for papers in reading.all(DocumentRange, counter=shift.till, state="open", order=("kind", "first_number")):
            left = papers.last_number - papers.next_number + 1
            if left > 0:
                told = say(
                    "{n} {n:paper|papers} ({kind}) at till {till}", n=left, kind=kind_name(papers.kind), till=shift.till
                )
                yield Held(told, say("They stay at the counter: count them with the drawer."))


def _forms(reading: Reading, staff_no: str) -> Iterator[Held]:
    """Forms that they are in or put aside, with what those keep."""
    now = reading.present()
    for draft in reading.all(Draft, operator=staff_no, order=("number",)):
        if draft.state not in ("open", "held") or not is_begun(draft, now):
            continue
        kept = len(reading.all(Reservation, draft_id=draft.id, state="active"))
        told = say("Form {number} of {code}, at {counter}", number=draft.number, code=draft.code, counter=draft.counter)
        if kept:
            told = say("{form} (it keeps {n} of the stock)", form=told, n=kept)
        yield Held(told, say("Somebody else takes it up (F6), or its time ends."), by_hand=True)


def _words_given(reading: Reading, staff_no: str) -> Iterator[Held]:
    """What they allowed others in advance, or for a form that is not done yet."""
    now = stamp(reading.present())
    for outlet in {each.outlet for each in reading.all(Authority, supervisor=staff_no, state="active")}:
        for each in authorities.valid(reading, outlet):
            if each.supervisor == staff_no:
                told = say(
                    "Authority {number} of theirs, {n} more {n:time|times}", number=each.number, n=each.uses_left
                )
                yield Held(told, say("It ends with them."))
    for grant in reading.all(Grant, supervisor=staff_no, used_order=None):
        if grant.expires_at > now:
            draft = reading.find(Draft, id=grant.draft_id)
            form = say("Their word for a form that is not done")
            if draft is not None:
                form = say("Their word for form {number} of {code}", number=draft.number, code=draft.code)
            yield Held(form, say("It ends with them."))


def _words_for_them(reading: Reading, staff_no: str) -> Iterator[Held]:
    """What they were allowed in advance."""
    for each in reading.all(Authority, operator=staff_no, state="active"):
        if each.valid_until > stamp(reading.present()) and each.uses_left:
            told = say("Authority {number} for them, by {supervisor}", number=each.number, supervisor=each.supervisor)
            yield Held(told, say("Nobody else can use it: its time ends."))


def _delegated(reading: Reading, staff_no: str) -> Iterator[Held]:
    """What they have handed to others, or were handed."""
    own = [*reading.all(Delegation, giver=staff_no), *reading.all(Delegation, taker=staff_no)]
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


def _work(reading: Reading, staff_no: str) -> Iterator[Held]:
    """Work by hand that is theirs."""
    for kind in ("manual", "automatic"):  # all there are: so that an index is gone by
        for order in reading.all(WorkOrder, assigned=staff_no, state="open", kind=kind):
            told = say("Work by hand: {what}", what=act_name(order.act))
            yield Held(told, say("Give it to somebody else."), by_hand=True)


def _editions(reading: Reading, staff_no: str) -> Iterator[Held]:
    """Editions that they made and that are not decided, and emergencies of theirs that nobody has reviewed."""
    for edition in reading.all(Edition, author=staff_no, order=("number",)):
        told = say(
            "Edition {number}: {title} ({state})",
            number=edition.number,
            title=edition.title,
            state=state_name(edition.state),
        )
        if edition.state in OPEN_EDITIONS:
            yield Held(told, say("Somebody else takes it over, or it is withdrawn."), by_hand=True)
        elif edition.state == "approved":
            yield Held(told, say("It comes into force without them."))
        elif edition.emergency and not edition.reviewed_at:
            yield Held(told, say("It is reviewed without them."))
