"""What M5 asks of segments, grades, patterns and IMSI blocks: that nothing overlaps, that numbers stay within a segment
that serves them, that every number has a grade.

Source: catalogue M5; management-facts 5.1, 5.2.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from sqlalchemy import bindparam, func, select

from boss_tui.components.resources.grading import fits_any, in_order, pattern_fault
from boss_tui.components.resources.number_locks import PORTING
from boss_tui.editions.subjects import Fault, Rehearsal
from boss_tui.management.m05.number_stock import PREFIX, no_segment
from data.characters import is_digits
from data.message import say
from data.statements import table_name
from data.tables.resource import ImsiBlock, NumberGrade, NumberLock, NumberPattern, NumberSegment, PhoneNumber

_n = PhoneNumber.table()
_OUTSIDE = select(func.count()).where(
    _n.c.number >= bindparam("block_first"),
    _n.c.number <= bindparam("block_last"),
    _n.c.state != "withdrawn",
    (_n.c.number < bindparam("first")) | (_n.c.number > bindparam("last")),
)
NOWHERE = (":", "")
"""First and last of a range that no number is in: digits come before a colon."""
_NETWORK = 5
"""The digits of an IMSI that say whose it is: country and network."""


def holds_its_numbers(at: Rehearsal) -> Iterator[Fault]:
    """A segment's first number is not after its last, an element serves it, and no number that is there is left
    outside."""
    for position, _, row in at.rows(NumberSegment):
        if row.first > row.last:
            yield Fault(position, "last", say("{first} is after {last}.", first=row.first, last=row.last))
            continue
        if row.state == "active" and not row.element:
            yield Fault(position, "element", say("Which element serves it? Its numbers can't be opened otherwise."))
        ends = row.state == "ended"
        first, last = NOWHERE if ends else (f"{row.prefix}{row.first}", f"{row.prefix}{row.last}")
        block = {"block_first": f"{row.prefix}0000", "block_last": f"{row.prefix}9999"}
        outside = int(at.reading.scalar(_OUTSIDE, **block, first=first, last=last))
        if outside:
            told = say("{n} {n:number|numbers} of it would be outside: withdraw {n:it|them} first.", n=outside)
            yield Fault(position, "" if ends else "last", told)


def binds_who_spends(at: Rehearsal) -> Iterator[Fault]:
    """Months bind to a minimum spend; such a spend alone holds for ever."""
    for position, _, row in at.rows(NumberGrade):
        if row.contract_months and not row.minimum_spend:
            yield Fault(position, "minimum_spend", say("Bound to which minimum spend? Say it, or 0 months."))


def is_safe(at: Rehearsal) -> Iterator[Fault]:
    """A pattern can be read, takes no long time, and is of a grade that there is."""
    for position, line, row in at.rows(NumberPattern):
        if line.op == "end" or row.state == "ended":
            continue
        told = pattern_fault(row.pattern)
        if told is not None:
            yield Fault(position, "pattern", told)
        strange = [part for part in row.must_contain.split(",") if part and not is_digits(part)]
        if strange:
            yield Fault(position, "must_contain", say("Digits, with commas between; {what} is none.", what=strange[0]))
        grade = at.reading.find(NumberGrade, code=row.grade)
        if grade is not None and grade.state == "ended":
            yield Fault(position, "grade", say("There is no grade {code} any more.", code=row.grade))


def grades_every_number(at: Rehearsal) -> Iterator[Fault]:
    """No two patterns are looked at in one place; the last, and no other, fits whatever is left; no grade ends that a
    pattern is of."""
    of = {table_name(NumberPattern): "rank", table_name(NumberGrade): "state"}
    touched = {line.key[0]: position for position, line in at.lines.items() if line.table in of}
    first = next((position for position, _ in at.of(NumberPattern)), None)
    stand = in_order(at.reading.all(NumberPattern))
    for one, other in pairwise(stand):
        position = touched.get(other.code, touched.get(one.code))
        if position is None:
            continue
        if one.rank == other.rank:
            yield Fault(position, "rank", say("{code} has this rank already.", code=one.code))
        elif fits_any(one):
            told = say("{code} fits any number: {other} is never looked at.", code=one.code, other=other.code)
            yield Fault(position, "rank", told)
    if first is not None and not any(map(fits_any, stand)):
        told = say("The last pattern must fit any number: leave its pattern empty.")
        yield Fault(first, "", told)
    ended = {row.code: position for position, _, row in at.rows(NumberGrade) if row.state == "ended"}
    for row in stand:
        if row.grade in ended:
            yield Fault(ended[row.grade], "", say("Pattern {code} is of this grade: end it first.", code=row.code))


def overlaps_no_block(at: Rehearsal) -> Iterator[Fault]:
    """A block of IMSIs is of one network, in order, and no IMSI is in two of them."""
    for position, _, row in at.rows(ImsiBlock):
        if row.state == "ended":
            continue
        if row.first > row.last:
            yield Fault(position, "last", say("{first} is after {last}.", first=row.first, last=row.last))
        elif row.first[:_NETWORK] != row.last[:_NETWORK]:
            yield Fault(position, "last", say("A block is of one network: its first five digits are the same."))
        else:
            met = next(
                (
                    other
                    for other in at.reading.all(ImsiBlock, state="active", order=("first",))
                    if other.first != row.first and other.first <= row.last and row.first <= other.last
                ),
                None,
            )
            if met is not None:
                told = say("It overlaps the block {first} to {last}.", first=met.first, last=met.last)
                yield Fault(position, "last", told)


def ends_what_passes(at: Rehearsal) -> Iterator[Fault]:
    """A lock of a number that is being ported has an end, and none ends before it begins."""
    for position, _, row in at.rows(NumberLock):
        if row.state == "active" and row.cause == PORTING and not row.valid_to:
            yield Fault(position, "valid_to", say("A porting comes to an end: say the last day of its lock."))
        elif row.valid_to and row.valid_to < row.valid_from:
            yield Fault(position, "valid_to", say("It ends before it begins."))


def locks_what_is_ours(at: Rehearsal) -> Iterator[Fault]:
    """A number that is locked is of a segment of ours: of another operator's there is nothing to keep."""
    for position, _, row in at.rows(NumberLock):
        segment = at.reading.find(NumberSegment, prefix=row.number[:PREFIX])
        if row.state == "active" and segment is None:
            yield Fault(position, "number", no_segment(row.number))


NUMBERING_CHECKS = (
    locks_what_is_ours,
    ends_what_passes,
    holds_its_numbers,
    binds_who_spends,
    is_safe,
    grades_every_number,
    overlaps_no_block,
)
