"""The review of rights 权限复核 (M7): each person's are confirmed once a quarter, or lapse a while after they were due.

Headquarters says on which business date somebody's rights were looked at last (`Operator.confirmed_on`). From then on
they are due again after some days, and without effect some days later, at every counter, linked or not. Whose were
never looked at (who is there from the first minute of a house) are not under review. Source: management-facts 6.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Literal

from msgspec import Struct

from boss_tui.answers.business import Reason
from data.clock import day_after
from data.message import Message, say
from data.parameters import REVIEW_DAYS, REVIEW_GRACE_DAYS
from data.store import Reading
from data.tables.organisation import Operator

State = Literal["never", "good", "due", "lapsed"]
STATES: dict[str, Message] = {
    "never": say("never confirmed"),
    "good": say("confirmed"),
    "due": say("OVERDUE"),
    "lapsed": say("LAPSED: without effect"),
}
_ORDER = ("lapsed", "due", "never", "good")


class Reviewed(Struct, frozen=True):
    """How somebody's rights stand: confirmed on, due from, without effect from (business dates; empty: not at all)."""

    person: Operator
    state: State
    due_on: str = ""
    lapses_on: str = ""


def standing(reading: Reading, person: Operator, day: str) -> Reviewed:
    """How somebody's rights stand on a business date."""
    if not person.confirmed_on:
        return Reviewed(person, "never")
    due = date.fromisoformat(person.confirmed_on) + timedelta(days=REVIEW_DAYS.of(reading))
    over = have_lapsed(reading, person.confirmed_on, day)
    state: State = "lapsed" if over else "due" if day >= due.isoformat() else "good"
    return Reviewed(person, state, due.isoformat(), lapses_on(reading, person.confirmed_on))


def of_all(reading: Reading, day: str) -> list[Reviewed]:
    """Everybody who works, those that are over first, then by when they are due."""
    people: Iterable[Operator] = reading.all(Operator, order=("staff_no",))
    found = [standing(reading, person, day) for person in people if person.state != "left"]
    return sorted(found, key=lambda each: (_ORDER.index(each.state), each.due_on))


def lapses_on(reading: Reading, confirmed_on: str) -> str:
    """From which business date on rights that were confirmed then are without effect."""
    days = REVIEW_DAYS.of(reading) + REVIEW_GRACE_DAYS.of(reading)
    return day_after(confirmed_on, days)


def have_lapsed(reading: Reading, confirmed_on: str, day: str) -> bool:
    """Whether rights that were confirmed then (empty: never) are without effect on a business date."""
    return bool(confirmed_on) and day >= lapses_on(reading, confirmed_on)


def against(reading: Reading, person: Operator | None, day: str) -> list[Reason]:
    """What is against somebody whose rights have lapsed."""
    if person is None or not have_lapsed(reading, person.confirmed_on, day):
        return []
    told = say(
        "Your rights were not confirmed by {day}: headquarters confirms them (M7).",
        day=lapses_on(reading, person.confirmed_on),
    )
    return [Reason("review", "no", told)]
