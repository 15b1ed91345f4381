"""The grade of a role 级别: who serves, whose word clerks need, who runs a hall (F7)."""

from __future__ import annotations

from data.choices import choice_name
from data.message import Message, both
from data.store import Reading
from data.tables.organisation import GRADES, Operator, Role

SUPERVISORS = ("supervisor", "manager")
"""The grades whose word clerks need."""


def grade_of(reading: Reading, role: str) -> str:
    """What a role is in the house; the grades themselves are roles until headquarters has published others."""
    row = reading.find(Role, code=role)
    return row.grade if row is not None else role if role in GRADES else GRADES[0]


def role_name(reading: Reading, role: str) -> Message:
    """What a role is called; a grade that no row names by the word for it."""
    row = reading.find(Role, code=role)
    return both(row.name_zh, row.name_en) if row is not None else choice_name("role", "grade", role)


def supervises(reading: Reading, person: Operator) -> bool:
    """Whether somebody is a supervisor who is at work."""
    return person.state == "active" and grade_of(reading, person.role) in SUPERVISORS


def works_at(reading: Reading, staff_no: str, outlet: str) -> bool:
    """Whether somebody works at an outlet: who is locked, has left or was moved does not."""
    person = reading.find(Operator, staff_no=staff_no)
    return person is not None and person.state == "active" and person.outlet == outlet
