"""The founding of a headquarters 建局: what it publishes before anybody works there who could approve it.

It is recorded as that, approved by nobody, and only then: once two managers and a counter of its own station were
published, or any edition that was decided, every change is an edition that another person approves.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import func, select

from boss_tui.components.operators.grades import grade_of
from boss_tui.components.stations import OFFICE
from boss_tui.editions.subjects import FOUNDING
from boss_tui.management.m07.operators import OperatorForm
from data import standard
from data.errors import NotAllowed
from data.message import say
from data.standard.people import OFFICE_ROLE
from data.store import Reading
from data.tables.base import Table
from data.tables.edition import Edition
from data.tables.organisation import Counter, Operator, Outlet
from data.tables.sync import Setting

MANAGERS = 2
"""Who makes a change, and who approves it."""

_edition = Edition.table()
DECIDED = ("approved", "in_force", "failed")
"""The states of editions that were published."""
_OTHERS = select(func.count()).where(_edition.c.subject != FOUNDING, _edition.c.state.in_(DECIDED))


def is_being_founded(reading: Reading) -> bool:
    """Whether nobody could approve an edition here as yet."""
    own = reading.find(Setting, name=OFFICE)
    if own is None:
        return not reading.scalar(_OTHERS)
    managers = [each for each in reading.all(Operator, outlet=own.value) if grade_of(reading, each.role) == "manager"]
    manned = len(managers) >= MANAGERS and reading.find(Counter, outlet=own.value) is not None
    return not manned and not reading.scalar(_OTHERS)


Rows = list[tuple[type[Table], list[dict[str, Any]]]]


def founders(office: str, typed: Sequence[str]) -> dict[str, str]:
    """Who works at the office from the first day on, as typed, such as 3001 顾文清: names by staff number. NotAllowed:
    too few, the same twice; BadForm: no number or no name."""
    people = [
        OperatorForm.read({"outlet": office, **dict(zip(("staff_no", "name"), each.split(maxsplit=1), strict=False))})
        for each in typed
    ]
    names = {each.staff_no: each.name for each in people}
    if len(names) < MANAGERS or len(names) < len(typed):
        told = say("Two people at least, of different numbers: one changes, another approves.")
        raise NotAllowed(told, field="--manager")
    return names


def first_rows(office: Mapping[str, str], counter: str, people: Mapping[str, str], hashes: Mapping[str, str]) -> Rows:
    """What a new headquarters publishes first: what every one begins with, its own station, who works there.

    `office`: the outlet's columns; `people`: names by staff number; `hashes`: of the passwords that they sign on with
    once.
    """
    told = [
        {
            "staff_no": staff_no,
            "outlet": office["code"],
            "name": name,
            "role": OFFICE_ROLE,
            "password_hash": hashes[staff_no],
            "password_use": "initial",
        }
        for staff_no, name in people.items()
    ]
    own: Rows = [
        (Outlet, [dict(office)]),
        (Counter, [{"code": counter, "outlet": office["code"], "name_zh": "管理台", "name_en": "Management"}]),
        (Operator, told),
    ]
    return [*standard.rows(), *own]
