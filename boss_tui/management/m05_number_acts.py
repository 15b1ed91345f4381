"""What the office does to numbers: a block made of a segment 放号段, leased to an outlet by a 千号段 or as many as are
wanted, asked back, withdrawn for good, let go when they have rested (catalogue M5, management-facts 5.2).

A 千号段 is a thousand numbers with the same first eight digits; any number of digits, from the segment's seven to the
number's eleven, says which numbers are meant.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Annotated, Any

from pydantic import AfterValidator, Field
from sqlalchemy import bindparam, func, select

from boss_tui.components.resources.grading import DIGITS, grader
from boss_tui.components.resources.leases import Block
from boss_tui.components.resources.number_locks import not_locked
from boss_tui.components.resources.number_rest import nobody_forwards_to
from boss_tui.forms.fields import Ask
from boss_tui.forms.form import Form
from boss_tui.forms.typed import Whole, wrong
from boss_tui.management.kit import stock_jobs
from boss_tui.management.kit.acts import At, OfficeAct
from boss_tui.management.kit.answering import Fact
from boss_tui.management.m05_number_stock import NUMBERS, PREFIX, add_numbers, no_segment
from boss_tui.management.stock_events import events
from data.characters import is_digits
from data.clock import new_key, stamp, wall_day
from data.errors import BadForm, OutOfStock
from data.message import FIRST, Message, both, first_of, quoted, say
from data.parameters import LEASE_DAYS
from data.statements import table_name
from data.store import Reading
from data.tables.organisation import Outlet
from data.tables.resource import NumberGrade, NumberSegment, PhoneNumber
from data.tables.sync import Lease

SEGMENT = table_name(NumberSegment)
MOST = 10_000
"""Numbers that one act moves at most: a segment."""

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
_IN_LEASE = (
    select(_n.c.grade, func.count(), func.min(_n.c.number), func.max(_n.c.number))
    .where(_n.c.lease_id == bindparam("lease"))
    .group_by(_n.c.grade)
    .order_by(_n.c.grade)
)
_FIRST_IN_LEASE = select(_n.c.number).where(_n.c.lease_id == bindparam("lease")).order_by(_n.c.number)
_RESTING = select(func.count()).where(
    _n.c.outlet == "",
    _n.c.state == "quarantined",
    _n.c.number >= bindparam("first"),
    _n.c.number <= bindparam("last"),
)
_FREE = select(func.count()).where(
    _n.c.outlet == "", _n.c.state == "idle", _n.c.number >= bindparam("first"), _n.c.number <= bindparam("last")
)
_OVER = _RESTING.where(_n.c.quarantine_until <= bindparam("day"))


def _digits(typed: str) -> str:
    if typed and not (is_digits(typed) and typed[0] == "1" and PREFIX <= len(typed) <= DIGITS):
        raise wrong("The first 7 to 11 digits of the numbers.")
    return typed


Digits = Annotated[str, AfterValidator(_digits)]
WHICH = say("The first 7 to 11 digits: 7 are a segment, 8 a thousand numbers.")
WHY = say("It is kept with the numbers.")


class BlockForm(Form):
    """Of which numbers a block is made."""

    numbers: Annotated[Digits, Ask(say("Which numbers"), "digits", help=WHICH, length=DIGITS)]


class LeaseForm(Form):
    """Which numbers are leased to whom."""

    outlet: Annotated[str, Ask(say("Outlet"), "code", choices="outlet", length=20)]
    numbers: Annotated[
        Digits, Ask(say("Which numbers"), "digits", help=say("Their first 7 to 11 digits; empty: any."), length=DIGITS)
    ] = ""
    grade: Annotated[
        str,
        Ask(say("Grade"), "code", choices="number_grade", help=say("Empty: any, the cheapest first."), length=20),
    ] = ""
    pieces: Annotated[
        Whole, Ask(say("How many"), "digits", help=say("Fewer, where no more are free.")), Field(ge=1, le=MOST)
    ] = 1_000
    days: Annotated[
        Whole | None,
        Ask(say("Days to sell"), "digits", help=say("Empty: as long as what an outlet asks for by itself.")),
        Field(ge=1, le=3_650),
    ] = None


class OfLeaseForm(Form):
    """A lease."""

    lease: Annotated[str, Ask(say("Lease"), help=say("As it stands with each of its numbers."), length=60)]


class WithdrawForm(Form):
    """Which numbers are withdrawn, and why."""

    numbers: Annotated[Digits, Ask(say("Which numbers"), "digits", help=WHICH, length=DIGITS)]
    reason: Annotated[str, Ask(say("Reason"), help=WHY, length=60)]


class ReleaseForm(Form):
    """Which numbers may be sold again."""

    numbers: Annotated[
        Digits, Ask(say("Which numbers"), "digits", help=say("Their first 7 to 11 digits; empty: all."), length=DIGITS)
    ] = ""


def between(digits: str) -> tuple[str, str]:
    """The first and the last number that begin with these digits."""
    rest = DIGITS - len(digits)
    return digits + "0" * rest, digits + "9" * rest


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
    yield Fact(say("Made"), f"{len(made):,}")
    yield _which(made)
    if there:
        yield Fact(say("There before"), f"{len(there):,}")
    for grade, n in Counter(grade for _, grade in graded).most_common():
        yield Fact(grade_called(tx, grade), f"{n:,}")


def _which(numbers: Sequence[str]) -> Fact:
    """The first numbers that something is done to."""
    return Fact(say("Which numbers"), first_of([quoted(number) for number in numbers[:FIRST]], len(numbers)))


def grade_called(reading: Reading, code: str) -> Message:
    """A grade by its code and name."""
    row = reading.find(NumberGrade, code=code)
    return say("{code} {name}", code=code, name=both(row.name_zh, row.name_en) if row else "-")


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


def lease(at: At, form: LeaseForm) -> Iterator[Fact]:
    """A block of free numbers to an outlet. BadForm: there is no such outlet or grade, or nothing of it is free."""
    tx = at.context.tx
    outlet = tx.find(Outlet, code=form.outlet)
    if form.outlet == at.context.outlet:
        raise BadForm({"outlet": say("The office sells nothing: lease to a hall.")})
    if outlet is None or outlet.state != "active":
        raise BadForm({"outlet": say("There is no outlet {code}.", code=form.outlet)})
    if form.grade and tx.find(NumberGrade, code=form.grade) is None:
        raise BadForm({"grade": say("There is no grade {code}.", code=form.grade)})
    first, last = between(form.numbers) if form.numbers else ("", "")
    until = stamp(tx.clock.now() + timedelta(days=form.days or LEASE_DAYS.of(tx)))
    try:
        made = at.leasing.hand(tx, Block(form.outlet, "number", form.pieces, until, form.grade, first, last))
    except OutOfStock as fault:
        raise BadForm({"numbers": fault.message}) from fault
    all_of_them = f"{made.pieces:,}"
    fewer = say("{n} of {wanted}: no more of them are free", n=all_of_them, wanted=f"{form.pieces:,}")
    yield Fact(say("Leased"), fewer if made.pieces < form.pieces else all_of_them)
    yield Fact(say("Outlet"), say("{code} {name}", code=outlet.code, name=both(outlet.name_zh, outlet.name_en)))
    for grade, n, lowest, highest in tx.rows(_IN_LEASE, lease=made.id):
        told = say("{n}, from {first} to {last}", n=f"{n:,}", first=lowest, last=highest)
        yield Fact(grade_called(tx, grade), told)
    yield Fact(say("Sold until"), wall_day(made.sell_until))
    yield Fact(say("Lease"), made.id)


def recall(at: At, form: OfLeaseForm) -> Iterator[Fact]:
    """A block asked for back: what is left of it is free once its outlet has heard."""
    found = _lease(at, form)
    yield _in(at, found)
    made = at.leasing.recall(at.context.tx, found.id)
    yield Fact(say("Asked back"), say("{n} {n:piece|pieces} of {outlet}", n=f"{made.pieces:,}", outlet=made.outlet))


def take_back(at: At, form: OfLeaseForm) -> Iterator[Fact]:
    """What is unsold of a block is taken back without its outlet's word: it rests."""
    found = _lease(at, form)
    yield _in(at, found)
    made = at.leasing.reclaim(at.context.tx, found.id, at.context.operator)
    yield Fact(
        say("Taken back"), say("what was unsold of {n}, from {outlet}", n=f"{made.pieces:,}", outlet=made.outlet)
    )


def _in(at: At, lease: Lease) -> Fact:
    return _which([str(number) for (number,) in at.context.tx.rows(_FIRST_IN_LEASE, lease=lease.id)])


def _lease(at: At, form: OfLeaseForm) -> Lease:
    found = at.context.tx.find(Lease, id=form.lease)
    if found is None or found.kind != "number":
        raise BadForm({"lease": say("There is no such lease of numbers.")})
    return found


def withdraw(at: At, form: WithdrawForm) -> Iterator[Fact]:
    """Free numbers that nobody holds are sold no more: given back, or never to be used."""
    first, last = between(form.numbers)
    found = at.context.tx.models(PhoneNumber, _OURS, state="idle", first=first, last=last)
    if not found:
        raise BadForm({"numbers": say("None of them is free here: ask leases back first.")})
    _moved(at, found, "withdrawn", "withdrawn", form.reason)
    yield Fact(say("Withdrawn"), f"{len(found):,}")
    yield _which([row.number for row in found])


def release(at: At, form: ReleaseForm) -> Iterator[Fact]:
    """Numbers that nobody holds and that have rested long enough are free again; those of outlets are let go there."""
    first, last = between(form.numbers) if form.numbers else ("", "~")
    tx, day = at.context.tx, at.context.business_date
    free = tx.models(PhoneNumber, _RESTED, state="quarantined", first=first, last=last, day=day)
    if free:
        _moved(at, free, "idle", "released", "")
    yield Fact(say("Let go"), f"{len(free):,}")
    if free:
        yield _which([row.number for row in free])
    resting, over = (int(tx.scalar(each, first=first, last=last, day=day)) for each in (_RESTING, _OVER))
    if over:
        yield Fact(
            say("Kept"), say("{n}: locked, or others' calls are forwarded to them, or there are more", n=f"{over:,}")
        )
    if resting > over:
        yield Fact(say("Still resting"), f"{resting - over:,}")


def _moved(at: At, rows: list[PhoneNumber], state: str, act: str, reason: str) -> None:
    tx = at.context.tx
    with tx.received():
        tx.change_alike(rows, state=state, quarantine_until="")
    events(at.context, "number", act, [(row.number, row.state, state) for row in rows], reason)


def _of_row(_: Reading, row: Mapping[str, Any] | None) -> dict[str, str]:
    return {"lease": str(row["lease_id"])} if row else {}


def _segment_of(_: Reading, row: Mapping[str, Any] | None) -> dict[str, str]:
    return {"numbers": str(row["number"])[:PREFIX]} if row else {}


def _made_of(reading: Reading, row: Mapping[str, Any] | None) -> dict[str, str]:
    return {"numbers": str(row["prefix"])} if row and "prefix" in row else _segment_of(reading, row)


def _is_left(reading: Reading, row: Mapping[str, Any]) -> bool:
    """Whether a segment has numbers that are not made yet."""
    first, last = (str(row["prefix"]) + str(row[end]) for end in ("first", "last"))
    return len(reading.rows(_THERE, first=first, last=last)) <= int(last) - int(first)


def _leased_of(reading: Reading, row: Mapping[str, Any] | None) -> dict[str, str]:
    """All of a segment that is free."""
    if row is None or "prefix" not in row:
        return {}
    free = _free_of(reading, row)
    return {"numbers": str(row["prefix"]), **({"pieces": str(free)} if free else {})}


def _free_of(reading: Reading, row: Mapping[str, Any]) -> int:
    first, last = between(str(row["prefix"]))
    return int(reading.scalar(_FREE, first=first, last=last))


def _has_free(reading: Reading, row: Mapping[str, Any]) -> bool:
    """Whether numbers of a segment wait for an outlet."""
    return _free_of(reading, row) > 0


_NARROWED = {"numbers": "number"}
NUMBER_ACTS = (
    OfficeAct(
        "block",
        say("Make numbers of a segment"),
        NUMBERS.name,
        BlockForm,
        make,
        _made_of,
        also="number_segment",
        many=True,
        narrowed=_NARROWED,
        is_left=_is_left,
        then="lease",
    ),
    OfficeAct(
        "lease",
        say("Lease numbers to an outlet"),
        NUMBERS.name,
        LeaseForm,
        lease,
        _leased_of,
        also="number_segment",
        many=True,
        narrowed={**_NARROWED, "grade": "grade"},
        counted="pieces",
        among="state:idle outlet:-",
        is_left=_has_free,
    ),
    OfficeAct("recall", say("Ask a lease back"), NUMBERS.name, OfLeaseForm, recall, _of_row, many=True),
    OfficeAct("take_back", say("Take a lease back"), NUMBERS.name, OfLeaseForm, take_back, _of_row, many=True),
    OfficeAct(
        "withdraw",
        say("Withdraw free numbers"),
        NUMBERS.name,
        WithdrawForm,
        withdraw,
        _segment_of,
        many=True,
        narrowed=_NARROWED,
    ),
    OfficeAct(
        "release", say("Let rested numbers go"), NUMBERS.name, ReleaseForm, release, many=True, narrowed=_NARROWED
    ),
)
