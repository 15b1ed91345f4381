"""Which grade a number is of 靓号分级: the first pattern by rank that fits it (catalogue M5, management-facts 5.1).

A pattern is a regular expression in a small safe form: digits, any digit (\\d or .), sets of digits, groups, references
back, choices, both ends, how often. No loop stands within a loop and no choice within one, so that none takes long.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from msgspec import Struct

from data.message import Message, say
from data.store import Reading
from data.tables.resource import NumberPattern

DIGITS = 11
"""Digits of a number."""
MOST_LOOPS = 3
LONGEST = 200

_PART = re.compile(
    r"(?P<atom>\\d|\\[1-9]|[0-9.]|\[\^?(?:[0-9](?:-[0-9])?)+\])"
    r"|(?P<open>\((?:\?[:=!])?)|(?P<close>\))|(?P<choice>\|)|(?P<end>[\^$])"
    r"|(?P<times>\{[0-9]{1,2}\})|(?P<loop>[+*?]|\{[0-9]{1,2},(?:[0-9]{1,2})?\})",
    re.ASCII,
)
Grader = Callable[[str], str]
"""The code of a number's grade; empty: no pattern fits it."""


def pattern_fault(pattern: str) -> Message | None:
    """What is wrong with a pattern; None: it is one."""
    if len(pattern) > LONGEST:
        return say("At most {n} characters.", n=LONGEST)
    return _unsafe(pattern) or _unreadable(pattern)


def _unsafe(pattern: str) -> Message | None:
    """What is in it that no pattern may have."""
    at, loops, last, closed = 0, 0, "", False
    inside = [False]  # of each open group: whether a loop or a choice is in it
    while at < len(pattern):
        part = _PART.match(pattern, at)
        if part is None:
            return say(
                "{what} can't be in a pattern: digits, \\d, [0-9], ( ), |, ^, $, \\1; after one of them {n}, +, * or ?",
                n="{3}",
                what=pattern[at],
            )
        kind, at = str(part.lastgroup), part.end()
        if kind in ("loop", "times") and last not in ("atom", "close"):
            return say("{what} says how often, of nothing.", what=part[0])
        if kind == "open":
            inside.append(False)
        elif kind == "close":
            closed = inside.pop() if len(inside) > 1 else False
            inside[-1] = inside[-1] or closed
        elif kind == "choice":
            inside[-1] = True
        elif kind in ("loop", "times"):
            if last == "close" and closed:
                return say("No loop and no choice stands within a loop: such a pattern may never end.")
            loops += kind == "loop"
            inside[-1] = inside[-1] or kind == "loop"
        last = kind
    return say("At most {n} loops.", n=MOST_LOOPS) if loops > MOST_LOOPS else None


def _unreadable(pattern: str) -> Message | None:
    try:
        re.compile(pattern, re.ASCII)
    except re.error as fault:
        return say("It can't be read as a pattern: {fault}", fault=fault.msg)
    return None


class Fitting(Struct, frozen=True):
    """A pattern, ready: its code and grade, and what tells whether it fits a number."""

    code: str
    grade: str
    fits: Callable[[str], object]


def fitting(row: NumberPattern) -> Fitting:
    """A pattern, ready."""
    searching, wanted = re.compile(row.pattern, re.ASCII), tuple(filter(None, row.must_contain.split(",")))
    if not row.forbids_four and not wanted:
        return Fitting(row.code, row.grade, searching.search)

    def fits(number: str) -> bool:
        found = (each.group() for each in searching.finditer(number)) if row.pattern else (number,)
        return any(_suits(part, bool(row.forbids_four), wanted) for part in found)

    return Fitting(row.code, row.grade, fits)


def _suits(found: str, forbids_four: bool, wanted: tuple[str, ...]) -> bool:
    return not (forbids_four and "4" in found) and (not wanted or any(part in found for part in wanted))


def fits_any(row: NumberPattern) -> bool:
    """Whether a pattern fits whatever number: those after it are never looked at."""
    return not row.pattern and not row.forbids_four and not row.must_contain


def in_order(rows: Iterable[NumberPattern]) -> list[NumberPattern]:
    """Patterns in the order in which they are looked at; those that have ended are not."""
    return sorted((row for row in rows if row.state == "active"), key=lambda row: (row.rank, row.code))


def fittings(reading: Reading) -> list[Fitting]:
    """The patterns that stand, in their order."""
    return [fitting(row) for row in in_order(reading.all(NumberPattern))]


def grades_all(reading: Reading) -> bool:
    """Whether some pattern fits whatever number."""
    return any(map(fits_any, in_order(reading.all(NumberPattern))))


def grader(reading: Reading) -> Grader:
    """What tells a number's grade, by the patterns that stand."""
    patterns = [(each.fits, each.grade) for each in fittings(reading)]

    def grade_of(number: str) -> str:
        for fits, grade in patterns:
            if fits(number):
                return grade
        return ""

    return grade_of
