"""Which numbers are meant, by their first digits, and how they are told (catalogue M5, management-facts 5.2).

A 千号段 is a thousand numbers with the same first eight digits; any number of digits, from the segment's seven to the
number's eleven, says which numbers are meant.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from pydantic import AfterValidator

from boss_tui.components.resources.grading import DIGITS
from boss_tui.forms.typed import wrong
from boss_tui.management.kit.answering import Fact
from boss_tui.management.m05.number_stock import PREFIX
from data.characters import is_digits
from data.message import FIRST, Message, both, first_of, quoted, say
from data.store import Reading
from data.tables.resource import NumberGrade

MOST = 10_000
"""Numbers that one act moves at most: a segment."""


def are_digits(typed: str) -> bool:
    """Whether numbers can begin with these digits, and enough of them are given."""
    return is_digits(typed) and typed[0] == "1" and PREFIX <= len(typed) <= DIGITS


def _digits(typed: str) -> str:
    if typed and not are_digits(typed):
        raise wrong("The first 7 to 11 digits of the numbers.")
    return typed


Digits = Annotated[str, AfterValidator(_digits)]
WHICH = say("The first 7 to 11 digits: 7 are a segment, 8 a thousand numbers.")
NARROWED = {"numbers": "number"}
"""The field of an act that takes over what the list is narrowed to, by the column that says it."""


def between(digits: str) -> tuple[str, str]:
    """The first and the last number that begin with these digits."""
    rest = DIGITS - len(digits)
    return digits + "0" * rest, digits + "9" * rest


def told_of(numbers: Sequence[str]) -> Fact:
    """The first numbers that something is done to."""
    return Fact(say("Which numbers"), first_of([quoted(number) for number in numbers[:FIRST]], len(numbers)))


def grade_called(reading: Reading, code: str) -> Message:
    """A grade by its code and name."""
    row = reading.find(NumberGrade, code=code)
    return say("{code} {name}", code=code, name=both(row.name_zh, row.name_en) if row else "-")
