"""What the office does to numbers: a block made of a segment 放号段, leased to an outlet (`m05.number_leases`),
withdrawn for good, let go when they have rested (catalogue M5, management-facts 5.2)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Annotated, Any

from sqlalchemy import bindparam, func, select

from boss_tui.components.resources.grading import DIGITS, grader
from boss_tui.components.resources.number_locks import not_locked
from boss_tui.components.resources.number_rest import nobody_forwards_to
from boss_tui.forms.fields import Ask
from boss_tui.forms.form import Form
from boss_tui.management.kit import stock_jobs
from boss_tui.management.kit.acts import At, OfficeAct
from boss_tui.management.kit.answering import Fact
from boss_tui.management.m05.meant import MOST, NARROWED, WHICH, Digits, between, grade_called, told_of
from boss_tui.management.m05.number_leases import LEASE_ACTS
from boss_tui.management.m05.number_moves import MOVE_ACTS
from boss_tui.management.m05.number_stock import NUMBERS, PREFIX, add_numbers, no_segment
from boss_tui.management.stock_events import events
from data.clock import new_key
from data.errors import BadForm
from data.message import say
from data.statements import table_name
from data.store import Reading
from data.tables.resource import NumberSegment, PhoneNumber

SEGMENT = table_name(NumberSegment)
_n = PhoneNumber.table()
_THERE = select(_n.c.number).where(_n.c.number >= bindparam("first"), _n.c.number <= bindparam("last"))
_OURS = (
    select(*_n.c)
    .where(_n.c.outlet == "", _n.c.state == bindparam("state"))
    .where(_n.c.number >= bindparam("first"), _n.c.number <= bindparam("last"))
    .order_by(_n.c.number)
    .limit(MOST)
)
_RESTED = _OURS.where(
    _n.c.quarantine_until <= bindparam("day"),
    nobody_forwards_to(_n.c.number),
    not_locked(_n.c.number, bindparam("day")),
)
_RESTING = select(func.count()).where(
    _n.c.outlet == "",
    _n.c.state == "quarantined",
    _n.c.number >= bindparam("first"),
    _n.c.number <= bindparam("last"),
)
_OVER = _RESTING.where(_n.c.quarantine_until <= bindparam("day"))
_AT_OUTLETS = select(func.count(), func.min(_n.c.quarantine_until)).where(
    _n.c.outlet != "",
    _n.c.state == "quarantined",
    _n.c.number >= bindparam("first"),
    _n.c.number <= bindparam("last"),
)


WHY = say("It is kept with the numbers.")


class BlockForm(Form):
    """Of which numbers a block is made."""

    numbers: Annotated[Digits, Ask(say("Which numbers"), "digits", help=WHICH, length=DIGITS)]


class WithdrawForm(Form):
    """Which numbers are withdrawn, and why."""

    numbers: Annotated[Digits, Ask(say("Which numbers"), "digits", help=WHICH, length=DIGITS)]
    reason: Annotated[str, Ask(say("Reason"), help=WHY, length=60)]


class ReleaseForm(Form):
    """Which numbers may be sold again."""

    numbers: Annotated[
        Digits, Ask(say("Which numbers"), "digits", help=say("Their first 7 to 11 digits; empty: all."), length=DIGITS)
    ] = ""


def make(at: At, form: BlockForm) -> Iterator[Fact]:
    """The numbers that begin so, as far as their segment has them and they are not there already: free, graded by the
    patterns. BadForm: no segment has them, all are there, or no pattern fits one."""
    tx = at.context.tx
    stock_jobs.must_be_alone(tx, NUMBERS)
    first, last = _of_segment(tx, form.numbers)
    there = {number for (number,) in tx.rows(_THERE, first=first, last=last)}
    made = [number for n in range(int(first), int(last) + 1) if (number := str(n)) not in there]
    if not made:
        raise BadForm({"numbers": say("All of them are there already.")})
    grade_of = grader(tx)
    graded = [(number, grade_of(number)) for number in made]
    if not all(grade for _, grade in graded):
        raise BadForm({"numbers": say("No pattern fits some of them: the last pattern must fit any number.")})
    key = new_key(tx.clock)
    stock_jobs.batch(at.context, key, "number", "made", form.numbers, pieces=len(made))
    with tx.received():
        add_numbers(tx, graded, key)
    yield Fact(say("Made"), f"{len(made):,}", say("To be made"))
    yield told_of(made)
    if there:
        yield Fact(say("There before"), f"{len(there):,}")
    for grade, n in Counter(grade for _, grade in graded).most_common():
        yield Fact(grade_called(tx, grade), f"{n:,}")


def _of_segment(reading: Reading, digits: str) -> tuple[str, str]:
    segment = reading.find(NumberSegment, prefix=digits[:PREFIX])
    if segment is None or segment.state != "active":
        raise BadForm({"numbers": no_segment(digits)})
    first, last = between(digits)
    first, last = max(first, segment.prefix + segment.first), min(last, segment.prefix + segment.last)
    if first > last:
        told = say("The segment has {first} to {last}.", first=segment.first, last=segment.last)
        raise BadForm({"numbers": told})
    return first, last


def withdraw(at: At, form: WithdrawForm) -> Iterator[Fact]:
    """Free numbers that nobody holds are sold no more: given back, or never to be used."""
    first, last = between(form.numbers)
    found = at.context.tx.models(PhoneNumber, _OURS, state="idle", first=first, last=last)
    if not found:
        raise BadForm({"numbers": say("None of them is free here: ask leases back first.")})
    _moved(at, found, "withdrawn", "withdrawn", form.reason)
    yield Fact(say("Withdrawn"), f"{len(found):,}", say("To be withdrawn"))
    yield told_of([row.number for row in found])


def release(at: At, form: ReleaseForm) -> Iterator[Fact]:
    """Numbers that nobody holds and that have rested long enough are free again; those of outlets are let go there."""
    first, last = between(form.numbers) if form.numbers else ("", "~")
    tx, day = at.context.tx, at.context.business_date
    free = tx.models(PhoneNumber, _RESTED, state="quarantined", first=first, last=last, day=day)
    if free:
        _moved(at, free, "idle", "released", "")
    yield Fact(say("Let go"), f"{len(free):,}", say("To be let go"))
    if free:
        yield told_of([row.number for row in free])
    resting, over = (int(tx.scalar(each, first=first, last=last, day=day)) for each in (_RESTING, _OVER))
    if over:
        yield Fact(
            say("Kept"), say("{n}: locked, or others' calls are forwarded to them, or there are more", n=f"{over:,}")
        )
    if resting > over:
        yield Fact(say("Still resting"), f"{resting - over:,}")
    for n, until in tx.rows(_AT_OUTLETS, first=first, last=last):
        if n:
            told = say("{n}: each is let go there by itself, the first on {day}", n=f"{n:,}", day=until)
            yield Fact(say("At outlets"), told)


def _moved(at: At, rows: list[PhoneNumber], state: str, act: str, reason: str) -> None:
    tx = at.context.tx
    with tx.received():
        tx.change_alike(rows, state=state, quarantine_until="")
    events(tx, "number", act, [(row.number, row.state, state) for row in rows], reason)


def _segment_of(_: Reading, row: Mapping[str, Any] | None) -> dict[str, str]:
    return {"numbers": str(row["number"])[:PREFIX]} if row else {}


def _made_of(reading: Reading, row: Mapping[str, Any] | None) -> dict[str, str]:
    return {"numbers": str(row["prefix"])} if row and "prefix" in row else _segment_of(reading, row)


def _is_left(reading: Reading, row: Mapping[str, Any]) -> bool:
    """Whether a segment has numbers that are not made yet."""
    first, last = (str(row["prefix"]) + str(row[end]) for end in ("first", "last"))
    return len(reading.rows(_THERE, first=first, last=last)) <= int(last) - int(first)


NUMBER_ACTS = (
    OfficeAct(
        "block",
        say("Make numbers of a segment"),
        NUMBERS.name,
        BlockForm,
        make,
        _made_of,
        also=("number_segment",),
        many=True,
        narrowed=NARROWED,
        is_left=_is_left,
        then="lease",
    ),
    *LEASE_ACTS,
    *MOVE_ACTS,
    OfficeAct(
        "withdraw",
        say("Withdraw free numbers"),
        NUMBERS.name,
        WithdrawForm,
        withdraw,
        _segment_of,
        many=True,
        is_careful=True,
        narrowed=NARROWED,
    ),
    OfficeAct(
        "release", say("Let rested numbers go"), NUMBERS.name, ReleaseForm, release, many=True, narrowed=NARROWED
    ),
)
