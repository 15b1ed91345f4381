"""Locks on numbers 号码锁定 (catalogue M5): what is not sold, given up, handed on or used again while a lock holds.

A number that is being ported to another operator stays as it is until it has left or stayed; one that has left is not
ours to sell again until it comes back; a court's or a dispute's keeps it too. Source: management-facts 5.3.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, exists, or_, select

from data.choices import choice_name
from data.errors import NotAllowed
from data.message import say
from data.statements import table_name
from data.store import Reading
from data.tables.resource import NumberLock

PORTING, PORTED = "porting", "ported"
_l = NumberLock.table()


def lock_on(reading: Reading, number: str, day: str) -> NumberLock | None:
    """The lock that holds a number on a business date."""
    found = reading.find(NumberLock, number=number, state="active")
    if found is None or found.valid_from > day or (found.valid_to and found.valid_to < day):
        return None
    return found


def must_not_be_locked(reading: Reading, number: str, day: str, but: str = "") -> None:
    """NotAllowed: a lock holds the number, why, and until when. `but`: a cause that does not count."""
    lock = lock_on(reading, number, day)
    if lock is None or lock.cause == but:
        return
    cause = choice_name(table_name(NumberLock), "cause", lock.cause)
    if lock.valid_to:
        raise NotAllowed(
            say("Number {number} is locked until {day}: {why}.", number=number, day=lock.valid_to, why=cause)
        )
    raise NotAllowed(say("Number {number} is locked: {why}.", number=number, why=cause))


def not_locked(number: Any, day: Any) -> ColumnElement[bool]:
    """The condition that no lock holds a number (a column) on a business date (a bind parameter)."""
    holds = select(_l.c.number).where(
        _l.c.number == number,
        _l.c.state == "active",
        _l.c.valid_from <= day,
        or_(_l.c.valid_to == "", _l.c.valid_to >= day),
    )
    return ~exists(holds)
