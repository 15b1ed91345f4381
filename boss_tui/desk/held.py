"""Forms that wait to be taken up: held, left unfinished, or in work elsewhere."""

from __future__ import annotations

from collections.abc import Set

from boss_tui.business.registry import BUSINESSES
from boss_tui.components.draft_rows import is_begun, values_of
from boss_tui.components.operators.grades import works_at
from boss_tui.components.wording import masked_name
from boss_tui.desk.seat import Seat
from boss_tui.desk.station import HeldForm, Operator, Station
from data.store import Reading
from data.tables.customer import Customer
from data.tables.order import Draft, Subscription


class HeldForms:
    """The part of the desk that knows which forms wait."""

    def __init__(self, seat: Seat) -> None:
        self._seat = seat

    def forms(self) -> list[HeldForm]:
        """What waits at this outlet, oldest first; with it what this counter or operator left unfinished, when the
        program or the power ended in the middle of it."""
        with self._seat.reading() as reading:
            return waiting(reading, self._seat.station, self._seat.person(reading), self._seat.open_drafts)

    def in_work(self) -> list[HeldForm]:
        """What others are in at other counters of this outlet, oldest first."""
        with self._seat.reading() as reading:
            return in_work(reading, self._seat.station, self._seat.person(reading))


def waiting(reading: Reading, station: Station, operator: Operator, here: Set[str]) -> list[HeldForm]:
    """What is held at this outlet or was left unfinished here, oldest first. `here`: drafts on a screen now."""
    held = reading.all(Draft, state="held", order=("touched_at", "number"))
    left = [draft for draft in reading.all(Draft, state="open") if is_left(reading, draft, station, operator, here)]
    return [_held_form(reading, draft) for draft in sorted([*held, *left], key=lambda d: (d.touched_at, d.number))]


def in_work(reading: Reading, station: Station, operator: Operator) -> list[HeldForm]:
    """What somebody else is in at another counter, oldest first: to be seen, not to be taken up."""
    begun = reading.all(Draft, state="open", order=("touched_at", "number"))
    return [
        _held_form(reading, draft)
        for draft in begun
        if not _ours(reading, draft, station, operator) and is_begun(draft, reading.present())
    ]


def is_left(reading: Reading, draft: Draft, station: Station, operator: Operator, here: Set[str]) -> bool:
    """Whether an open draft was left in the middle of its work, at this counter, by this operator or by somebody who
    works here no more, with something typed into it: whoever had it on the screen is gone, so that nothing else would
    lead back to it."""
    known = draft.state == "open" and draft.id not in here
    return known and _ours(reading, draft, station, operator) and is_begun(draft, reading.present())


def _ours(reading: Reading, draft: Draft, station: Station, operator: Operator) -> bool:
    is_here = draft.counter == station.counter or draft.operator == operator.staff_no
    return is_here or not works_at(reading, draft.operator, station.outlet)


def _held_form(reading: Reading, draft: Draft) -> HeldForm:
    """With whom it is about: the name masked, as on every list that others can look at."""
    typed = values_of(draft)
    phone, name = str(typed.get("number") or ""), str(typed.get("name") or "")
    if phone and not name:
        owned = reading.all(Subscription, tail=phone[-4:], number=phone, order=("-opened_on", "-id"))
        name = reading.one(Customer, id=owned[0].customer_id).name if owned else ""
    return HeldForm(
        draft.number,
        draft.code,
        BUSINESSES[draft.code].titled(typed),
        draft.note,
        draft.operator,
        draft.touched_at,
        customer=masked_name(name),
        phone=phone,
        unfinished=draft.state == "open",
        counter=draft.counter,
    )
