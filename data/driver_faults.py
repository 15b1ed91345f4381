"""What the drivers of SQLite and PostgreSQL raise, in our words: what it means at a counter, and what to do."""

from __future__ import annotations

from typing import Any

from data.errors import BossError, Conflict, Outside
from data.message import say

_FULL = say("The disk is full: nothing was saved. Free some space and repeat.")
_BUSY = say("The store is busy with another counter: nothing was saved. Repeat.")
_OUTSIDE = (
    ("full", _FULL),
    ("no space left", _FULL),
    ("unable to open", say("The store can't be reached: its disk is full, can only be read, or is gone.")),
    ("locked", _BUSY),
    ("lock timeout", _BUSY),
    ("deadlock", _BUSY),
    ("readonly", say("The store can't be written here: nothing was saved.")),
)
_TAKEN = ("unique", "primary key")
"""What both drivers say of a key that is there already."""


def in_our_words(driver: Any, fault: BaseException) -> BossError:
    """The error to raise for what a driver's module raised: Conflict where a row stands in the way, else Outside."""
    told = str(fault).splitlines()[0] if str(fault) else type(fault).__name__
    if isinstance(fault, driver.IntegrityError):
        taken = any(word in told.lower() for word in _TAKEN)
        words = say("Somebody else has it already: {fault}", fault=told)
        return Conflict(words if taken else say("This can't be stored so: {fault}", fault=told))
    if isinstance(fault, driver.OperationalError):
        return next((Outside(words) for word, words in _OUTSIDE if word in told.lower()), _failed(told))
    return _failed(told)


def _failed(fault: str) -> Outside:
    return Outside(say("The store failed: {fault}", fault=fault))
