"""Locks on numbers 号码锁定 (catalogue M5): what is not sold, given up, handed on or used again while a lock holds.

A number that is being ported to another operator stays as it is until it has left or stayed; one that has left is not
ours to sell again until it comes back; a court's or a dispute's keeps it too. Source: management-facts 5.3.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_, select

from data.choices import choice_name
from data.clock import on_the_wall, stamp
from data.errors import NotAllowed
from data.message import Message, say
from data.statements import table_name
from data.store import Reading
from data.tables.porting import NumberPorting
from data.tables.resource import NumberLock

PORTING, PORTED = "porting", "ported"
_l, _p = NumberLock.table(), NumberPorting.table()


def lock_on(reading: Reading, number: str, day: str) -> NumberLock | None:
    """The lock that holds a number on a business date."""
    found = reading.find(NumberLock, number=number, state="active")
    if found is None or found.valid_from > day or (found.valid_to and found.valid_to < day):
        return None
    return found


def porting_of(reading: Reading, number: str) -> NumberPorting | None:
    """Its way to another operator: the code that counts now, or that it has left."""
    rows = reading.all(NumberPorting, number=number)
    now = stamp(reading.present()) if rows else ""
    counts = (row for row in rows if row.state == "authorised" and row.until > now)
    return next((row for row in rows if row.state == "left"), None) or next(counts, None)


def must_not_be_locked(reading: Reading, number: str, day: str, but: str = "") -> None:
    """NotAllowed: a lock holds the number, or it is being ported, why, and until when. `but`: a cause that does not
    count."""
    moving = porting_of(reading, number)
    if moving is not None and moving.state == "left" and but != PORTED:
        raise NotAllowed(
            say("Number {number} is with another operator since {day}.", number=number, day=moving.left_on)
        )
    _must_stay(moving)
    lock = lock_on(reading, number, day)
    if lock is None or lock.cause == but:
        return
    cause = choice_name(table_name(NumberLock), "cause", lock.cause)
    if lock.valid_to:
        raise NotAllowed(
            say("Number {number} is locked until {day}: {why}.", number=number, day=lock.valid_to, why=cause)
        )
    raise NotAllowed(say("Number {number} is locked: {why}.", number=number, why=cause))


def must_stay(reading: Reading, number: str) -> None:
    """NotAllowed: an authorisation code was given for the number and counts: what it was given on (it works, all is
    paid, no contract runs) is not changed meanwhile. What protects the owner is possible all the same."""
    _must_stay(porting_of(reading, number))


def _must_stay(moving: NumberPorting | None) -> None:
    if moving is not None and moving.state == "authorised":
        when = on_the_wall(moving.until, "%H:%M")
        told = say("Number {number} is being ported: its authorisation code counts until {when}.")
        raise NotAllowed(Message(told.template, {"number": moving.number, "when": when}))


def not_locked(number: Any, day: Any) -> ColumnElement[bool]:
    """The condition that no lock holds a number (a column) on a business date (a bind parameter)."""
    holds = select(_l.c.number).where(
        _l.c.number == number,
        _l.c.state == "active",
        _l.c.valid_from <= day,
        or_(_l.c.valid_to == "", _l.c.valid_to >= day),
    )
    gone = select(_p.c.number).where(_p.c.number == number, _p.c.state == "left")
    return and_(~exists(holds), ~exists(gone))
