"""Numbers leased to outlets 号段下放: handed out, asked back, taken back (catalogue M5, management-facts 5.2)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from functools import cache, partial
from typing import Annotated, Any

from pydantic import Field
from sqlalchemy import bindparam, func, select

from boss_tui.components.resources.grading import DIGITS
from boss_tui.components.resources.leases import Block
from boss_tui.components.stock.stock_book import place
from boss_tui.forms.fields import Ask, Choice
from boss_tui.forms.form import Form
from boss_tui.forms.typed import Whole
from boss_tui.management.choosing import CHOICES
from boss_tui.management.kit.acts import At, OfficeAct
from boss_tui.management.kit.answering import Fact
from boss_tui.management.m05.meant import MOST, NARROWED, Digits, between, grade_called, told_of
from boss_tui.management.m05.number_stock import NUMBERS
from data.clock import stamp, wall_day
from data.errors import BadForm, OutOfStock
from data.message import say
from data.parameters import LEASE_DAYS
from data.store import Reading
from data.tables.organisation import Outlet
from data.tables.resource import NumberGrade, PhoneNumber
from data.tables.sync import Lease

_n, _l = PhoneNumber.table(), Lease.table()

_IN_LEASE = (
    select(_n.c.grade, func.count(), func.min(_n.c.number), func.max(_n.c.number))
    .where(_n.c.lease_id == bindparam("lease"))
    .group_by(_n.c.grade)
    .order_by(_n.c.grade)
)
_FIRST = select(func.min(_n.c.number)).where(_n.c.lease_id == bindparam("lease"))
_LEFT = select(_n.c.number).where(_n.c.lease_id == bindparam("lease"), _n.c.state == "idle").order_by(_n.c.number)
_HOW_MANY_LEFT = select(func.count()).where(_n.c.lease_id == bindparam("lease"), _n.c.state == "idle")
_LEASES = (
    select(_l.c.id, _l.c.outlet, _l.c.pieces, _l.c.handed_at)
    .where(_l.c.kind == "number", _l.c.state.in_(("handed", "running")), _l.c.recalled_at <= bindparam("recalled"))
    .order_by(_l.c.outlet, _l.c.handed_at.desc())
    .limit(CHOICES)
)
_FREE = select(func.count()).where(
    _n.c.outlet == "", _n.c.state == "idle", _n.c.number >= bindparam("first"), _n.c.number <= bindparam("last")
)


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

    lease: Annotated[str, Ask(say("Lease"), help=say("Any number of it, or its key; F4 lists them."), length=60)]


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
    yield Fact(say("Leased"), fewer if made.pieces < form.pieces else all_of_them, say("To be leased"))
    yield Fact(say("Outlet"), place(tx, outlet.code))
    for grade, n, lowest, highest in tx.rows(_IN_LEASE, lease=made.id):
        told = say("{n}, from {first} to {last}", n=f"{n:,}", first=lowest, last=highest)
        yield Fact(grade_called(tx, grade), told)
    yield Fact(say("Sold until"), wall_day(made.sell_until))
    yield Fact(say("Lease"), made.id)


def recall(at: At, form: OfLeaseForm) -> Iterator[Fact]:
    """A block asked for back: what is left of it is free once its outlet has heard."""
    found = _lease(at, form)
    yield from _left(at, found)
    made = at.leasing.recall(at.context.tx, found.id)
    yield Fact(
        say("Asked back"),
        say("what {outlet} has not sold when it hears of it is free here then", outlet=made.outlet),
        say("To be asked back"),
    )


def take_back(at: At, form: OfLeaseForm) -> Iterator[Fact]:
    """What is unsold of a block is taken back without its outlet's word: it rests."""
    found = _lease(at, form)
    yield from _left(at, found)
    made = at.leasing.reclaim(at.context.tx, found.id, at.context.operator)
    told = say("without the word of {outlet}: they rest first", outlet=made.outlet)
    yield Fact(say("Taken back"), told, say("To be taken back"))


def _left(at: At, lease: Lease) -> Iterator[Fact]:
    """What is left of a block, as far as is known here."""
    numbers = [str(number) for (number,) in at.context.tx.rows(_LEFT, lease=lease.id)]
    yield Fact(say("Outlet"), place(at.context.tx, lease.outlet))
    yield Fact(say("Left of it"), say("{left} of {n}", left=f"{len(numbers):,}", n=f"{lease.pieces:,}"))
    if numbers:
        yield told_of(numbers)


def _lease(at: At, form: OfLeaseForm) -> Lease:
    number = at.context.tx.find(PhoneNumber, number=form.lease)
    found = at.context.tx.find(Lease, id=number.lease_id if number is not None else form.lease)
    if found is None or found.kind != "number":
        raise BadForm({"lease": say("There is no such lease of numbers.")})
    return found


def _of_row(_: Reading, row: Mapping[str, Any] | None) -> dict[str, str]:
    return {"lease": str(row["number"])} if row and row["lease_id"] else {}


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


def _asked_back(reading: Reading, _: str) -> Iterator[Choice]:
    """Leases that can be asked back."""
    return _leases(reading, recalled="")


def _taken_back(reading: Reading, _: str) -> Iterator[Choice]:
    """Leases that have not ended, also those that were asked back in vain."""
    return _leases(reading, recalled="~")


def _leases(reading: Reading, recalled: str) -> Iterator[Choice]:
    """By outlets, the latest first; `recalled`: asked back until then."""
    called = cache(partial(place, reading))
    for key, outlet, pieces, handed_at in reading.rows(_LEASES, recalled=recalled):
        left = int(reading.scalar(_HOW_MANY_LEFT, lease=key))
        told = {"outlet": called(outlet), "left": f"{left:,}", "n": f"{pieces:,}", "day": wall_day(handed_at)}
        label = say("{outlet} {day}: {left} of {n}", **told)
        yield Choice(str(reading.scalar(_FIRST, lease=key) or key), label)


LEASE_ACTS = (
    OfficeAct(
        "lease",
        say("Lease numbers to an outlet"),
        NUMBERS.name,
        LeaseForm,
        lease,
        _leased_of,
        also=("number_segment",),
        many=True,
        narrowed={**NARROWED, "grade": "grade"},
        counted="pieces",
        among="state:idle outlet:-",
        is_left=_has_free,
    ),
    OfficeAct(
        "recall",
        say("Ask a lease back"),
        NUMBERS.name,
        OfLeaseForm,
        recall,
        _of_row,
        choices={"lease": _asked_back},
        many=True,
    ),
    OfficeAct(
        "take_back",
        say("Take a lease back"),
        NUMBERS.name,
        OfLeaseForm,
        take_back,
        _of_row,
        choices={"lease": _taken_back},
        many=True,
        is_careful=True,
    ),
)
