"""Grading tried over a segment, or over the free stock 试分级: how many numbers come to each grade, such as which, and
which change theirs; of one number, which patterns it goes through. Source: management-facts 5.1.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Annotated

from pydantic import AfterValidator
from sqlalchemy import bindparam, select

from boss_tui.components.base import Context
from boss_tui.components.resources.grading import DIGITS, fittings, grader
from boss_tui.components.resources.porting import conditions
from boss_tui.components.tariff.tariff import OPENING, PriceQuery, Tariff
from boss_tui.forms.fields import Ask
from boss_tui.forms.form import Form
from boss_tui.forms.typed import wrong, yuan
from boss_tui.management.kit.subject import Fact
from data.characters import is_digits
from data.errors import BadForm
from data.message import Message, both, say
from data.store import Reading
from data.tables.order import Subscription
from data.tables.resource import NumberGrade, NumberPattern, NumberSegment, PhoneNumber

PREFIX = 7
"""Digits of a segment's prefix."""
PAGE = 10_000
EXAMPLES = 3

_n = PhoneNumber.table()
_FREE = (
    select(_n.c.number, _n.c.grade)
    .where(_n.c.state == "idle", _n.c.number > bindparam("after"))
    .order_by(_n.c.number)
    .limit(PAGE)
)
_OF_SEGMENT = select(_n.c.number, _n.c.grade, _n.c.state).where(
    _n.c.number >= bindparam("first"), _n.c.number <= bindparam("last")
)


def _which(typed: str) -> str:
    if typed and (not is_digits(typed) or len(typed) not in (PREFIX, DIGITS)):
        raise wrong("The 7 digits of a segment, the 11 of a number, or nothing.")
    return typed


class GradingTrialForm(Form):
    """Of which numbers the grading is tried."""

    numbers: Annotated[
        str,
        Ask(
            say("Which numbers"),
            "digits",
            help=say("A segment's 7 digits, or one number; empty: all that are free."),
            length=DIGITS,
        ),
        AfterValidator(_which),
    ] = ""


def graded(at: Context, asked: GradingTrialForm) -> Iterator[Fact]:
    """What comes of grading. BadForm: there is no such segment."""
    at.use_rows(NumberPattern)
    if len(asked.numbers) == DIGITS:
        return _one(at, asked.numbers)
    found = _segment(at.tx, asked.numbers) if asked.numbers else _free(at.tx)
    return _told(at, found)


def _one(at: Context, number: str) -> Iterator[Fact]:
    """Each pattern in its order, up to the first that fits; of a number in use, whether it may be ported."""
    yield from _graded_by(at, number)
    line = at.tx.find(Subscription, number=number, state="active") or at.tx.find(
        Subscription, number=number, state="suspended"
    )
    for each in conditions(at.tx, line, at.business_date) if line is not None else ():
        yield Fact(say("To be ported: {asked}", asked=each.asked), say("yes") if each.holds else each.against)


def _graded_by(at: Context, number: str) -> Iterator[Fact]:
    for pattern in fittings(at.tx):
        fits = bool(pattern.fits(number))
        yield Fact(Message("{pattern}", {"pattern": pattern.code}), say("fits") if fits else say("does not fit"))
        if fits:
            yield Fact(say("Its grade"), _called(at, pattern.grade))
            return
    yield Fact(say("Its grade"), say("none: no pattern fits it"))


Graded = tuple[str, str, bool]
"""A number, the grade that it has by now (empty: it is not made yet), whether it keeps that: it is in use."""


def _free(reading: Reading) -> Iterator[Graded]:
    after = ""
    while found := reading.rows(_FREE, after=after):
        yield from ((number, grade, False) for number, grade in found)
        after = found[-1][0]


def _segment(reading: Reading, prefix: str) -> Iterator[Graded]:
    row = reading.find(NumberSegment, prefix=prefix)
    if row is None:
        raise BadForm({"numbers": say("There is no segment {prefix} on that date.", prefix=prefix)})
    first, last = int(row.prefix + row.first), int(row.prefix + row.last)
    made = {
        number: (grade, state != "idle")
        for number, grade, state in reading.rows(_OF_SEGMENT, first=str(first), last=str(last))
    }
    return ((number, *made.get(number, ("", False))) for number in map(str, range(first, last + 1)))


def _told(at: Context, numbers: Iterator[Graded]) -> Iterator[Fact]:
    grade_of, counts, kept = grader(at.tx), Counter[str](), 0
    examples: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    moves = Counter[tuple[str, str]]()
    for number, has, stays in numbers:
        grade = grade_of(number)
        if stays:
            kept += has != grade
            continue
        counts[grade] += 1
        if has and has != grade:
            moves[has, grade] += 1
            _keep(examples[has, grade], number)
        _keep(examples["", grade], number)
    yield Fact(say("Numbers in all"), f"{sum(counts.values()):,}")
    order = {pattern.grade: at_ for at_, pattern in reversed(list(enumerate(fittings(at.tx))))}
    for grade in sorted(counts, key=lambda each: order.get(each, -1)):
        yield Fact(_called(at, grade), _count(counts[grade], examples["", grade]))
    for (has, grade), n in sorted(moves.items(), key=lambda each: -each[1]):
        yield Fact(say("{before} becomes {after}", before=has, after=grade or "-"), _count(n, examples[has, grade]))
    if kept:
        yield Fact(say("In use, kept as sold"), f"{kept:,}")


def _keep(some: list[str], number: str) -> None:
    if len(some) < EXAMPLES:
        some.append(number)


def _count(n: int, some: list[str]) -> Message:
    return say("{n}, such as {numbers}", n=f"{n:,}", numbers=", ".join(some))


def _called(at: Context, code: str) -> Message:
    """A grade, and what a number of it costs when it is opened today."""
    row = at.tx.find(NumberGrade, code=code) if code else None
    if row is None:
        return say("none")
    trying = at.trying(OPENING, at.outlet)
    quote = Tariff(trying).price(PriceQuery((), "ordinary", row))
    fee = sum(line.amount for line in quote.lines if line.item == "number_fee")
    return say(
        "{code} {grade}, {fee} yuan, {spend} a month",
        code=code,
        grade=both(row.name_zh, row.name_en),
        fee=yuan(fee),
        spend=yuan(row.minimum_spend),
    )
