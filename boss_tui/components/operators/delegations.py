"""What is handed to another person for some business dates 代班授权 (F7, M7): a right, or one's word to others.

It reaches no further than the right of who gives it, is of that person's own role and never handed on, ends by its
date, and can be withdrawn. Who approves by it does so for its giver: never what either of the two has made. Plain
functions over a reading; the desk decides when they are asked. Source: catalogue M7; management-facts 6.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from boss_tui.catalogue import RIGHTS
from boss_tui.components.operators import rights_review
from boss_tui.components.operators.grades import grade_of, supervises
from data.clock import on_the_wall, stamp
from data.message import Message, say
from data.store import Reading
from data.tables.finance import BusinessDay
from data.tables.organisation import Delegation, Operator, RoleRight

APPROVALS = "approvals"
"""In place of a right: one's word for what others do."""
WORD = "word"
"""Where the journal's entry of an act names the supervisor whose word it has."""

When = Literal["in_force", "to_come", "over", "withdrawn", "idle"]
"""idle: in time, but its giver may not do that any more, or one of the two works here no more."""

STATES: Mapping[When, Message] = {
    "in_force": say("in force"),
    "to_come": say("to come"),
    "over": say("over"),
    "withdrawn": say("withdrawn"),
    "idle": say("WITHOUT EFFECT: one of the two may not any more"),
}


def right_name(right: str) -> Message:
    """What is handed over, in words."""
    return say("the word to others") if right == APPROVALS else RIGHTS.get(right) or Message(right)


def in_words(who: str, giver: str) -> Message:
    """Who did something, and for whom, where they stood in for another."""
    return say("{who} for {giver}", who=who, giver=giver) if giver else Message("{who}", {"who": who})


def when(reading: Reading, row: Delegation) -> When:
    """How a delegation stands on the outlet's business date."""
    day = today_of(reading, row.outlet)
    if row.withdrawn_on:
        return "withdrawn"
    if row.until < day:
        return "over"
    if row.since > day:
        return "to_come"
    return "in_force" if _both_may(reading, row) else "idle"


def today_of(reading: Reading, outlet: str) -> str:
    """The open business date of an outlet; while none is, the clock's."""
    day = reading.find(BusinessDay, outlet=outlet, state="open")
    return day.business_date if day else on_the_wall(stamp(reading.present()), "%Y-%m-%d")


def _both_may(reading: Reading, row: Delegation) -> bool:
    giver, taker = (reading.find(Operator, staff_no=staff_no) for staff_no in (row.giver, row.taker))
    if giver is None or taker is None:
        return False
    here = all(each.state == "active" and each.outlet == row.outlet for each in (giver, taker))
    return here and has(reading, giver, row.right)


def has(reading: Reading, person: Operator, right: str) -> bool:
    """Whether somebody has a right by their own role."""
    if right == APPROVALS:
        return supervises(reading, person)
    return reading.find(RoleRight, role=person.role, business=right) is not None


def handed(reading: Reading, staff_no: str) -> Mapping[str, str]:
    """What somebody may beside their role now: each right with who has handed it to them."""
    found = reading.all(Delegation, taker=staff_no, withdrawn_on="", order=("number",))
    return {row.right: row.giver for row in found if when(reading, row) == "in_force"}


def rights(reading: Reading, staff_no: str, role: str) -> set[str]:
    """All rights of somebody now: their role's, and what is handed to them."""
    return {right.business for right in reading.all(RoleRight, role=role)} | set(handed(reading, staff_no))


def stands_in_for(reading: Reading, staff_no: str) -> str:
    """Whose word somebody gives who has none of their own; empty: nobody's."""
    person = reading.find(Operator, staff_no=staff_no) if staff_no else None
    if person is None or grade_of(reading, person.role) != "clerk":
        return ""
    return handed(reading, staff_no).get(APPROVALS, "")


def gives(reading: Reading, staff_no: str) -> bool:
    """Whether this person may allow something to others now: a supervisor who is at work here, or who stands in for
    one."""
    person = reading.find(Operator, staff_no=staff_no) if staff_no else None
    if person is None or rights_review.against(reading, person, today_of(reading, person.outlet)):
        return False
    return supervises(reading, person) or bool(stands_in_for(reading, staff_no))
