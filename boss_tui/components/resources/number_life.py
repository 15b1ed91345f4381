"""What became of a number since it was made 号码生命周期 (catalogue M5): batch, leases, who had it, rests.

As far as this store knows: headquarters has what outlets pushed.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from boss_tui.components.resources.leases import RECLAIMED, RETURNED
from data.choices import choice_name
from data.clock import on_the_wall, wall_day
from data.message import Message, say
from data.statements import table_name
from data.states import state_name
from data.store import Reading
from data.tables.life import ValueChange
from data.tables.order import ProductOrder, Subscription
from data.tables.porting import NumberPorting
from data.tables.resource import NumberLock, PhoneNumber
from data.tables.stockroom import StockBatch, StockEvent
from data.tables.sync import Lease

EVENTS = {
    "released": say("had rested, free again"),
    "graded": say("graded anew: {before} becomes {after}"),
    "withdrawn": say("withdrawn: {reason}"),
}
"""What was done to a number at the office, in words."""
UNSOLD = {RETURNED: say("came back from {outlet} unsold"), RECLAIMED: say("taken back without the word of {outlet}")}
"""How a piece left a block of an outlet's."""


class LifeLine(Struct, frozen=True):
    """Something that became of a piece: when (as shown; empty: it stands so now), what, by whom or where."""

    when: str
    what: Message
    who: str = ""


def life_of(reading: Reading, number: str) -> list[LifeLine]:
    """Its life, the earliest first; how it stands now comes last. NotFound: there is no such number."""
    row = reading.one(PhoneNumber, number=number)
    parts = (*_made(reading, row), *leased(reading, "number", number, row.lease_id), *_had(reading, row))
    told = sorted((*parts, *_done(reading, row), *_locked(reading, row), *_ported(reading, row)), key=_when)
    lock = reading.find(NumberLock, number=number, state="active", valid_from="")
    return [*told, *([LifeLine("", _by_lock(lock))] if lock is not None else ()), _now(row)]


def _when(line: LifeLine) -> str:
    return line.when


def _made(reading: Reading, row: PhoneNumber) -> Iterator[LifeLine]:
    batch = reading.find(StockBatch, id=row.batch_id) if row.batch_id else None
    if batch is None:
        return
    told = {
        "file": say("came into stock with {file}", file=batch.name),
        "made": say("made of {name}", name=batch.name),
    }
    yield LifeLine(on_the_wall(batch.made_at), told[batch.how], batch.operator)


def leased(reading: Reading, kind: str, piece: str, lease_id: str) -> Iterator[LifeLine]:
    """The blocks that a piece was in, each with how it left; `lease_id`: of the one that it is in, or was last."""
    left = [event for event in reading.all(StockEvent, piece=piece, order=("id",)) if event.act in UNSOLD]
    left = [event for event in left if event.kind == kind]
    for key in dict.fromkeys([*(event.reason for event in left), lease_id]):
        lease = reading.find(Lease, id=key) if key else None
        if lease is not None:
            until, outlet = wall_day(lease.sell_until), lease.outlet
            yield LifeLine(
                on_the_wall(lease.handed_at), say("leased to {outlet}, until {day}", outlet=outlet, day=until), outlet
            )
            if lease.recalled_at:
                yield LifeLine(on_the_wall(lease.recalled_at), say("the lease was asked back"), outlet)
            elif lease.part_first <= piece <= lease.part_last:
                yield LifeLine(on_the_wall(lease.part_asked_at), say("asked back, with others of the lease"), outlet)
            for event in left:
                if event.reason == key:
                    told = Message(UNSOLD[event.act].template, {"outlet": outlet})
                    yield LifeLine(on_the_wall(event.made_at), told, outlet)


def _had(reading: Reading, row: PhoneNumber) -> Iterator[LifeLine]:
    """Each line that has it or had it: since when, until when."""
    lines = {line.id: line for line in reading.all(Subscription, number=row.number)}
    for change in reading.all(ValueChange, field="number", before=row.number, order=("made_at",)):
        told = say("given up for {number}", number=change.after)
        yield LifeLine(on_the_wall(change.made_at), told, _serial(reading, change.order_id))
        lines.setdefault(change.subject, reading.one(Subscription, id=change.subject))
    for line in lines.values():
        taken = reading.all(ValueChange, subject=line.id, field="number", order=("made_at",))
        came = next((each for each in taken if each.after == row.number), None)
        if came is not None:
            yield LifeLine(on_the_wall(came.made_at), say("taken by a line, in place of its own"), line.outlet)
        else:
            when, serial = opened(reading, line)
            yield LifeLine(when, say("opened, at {outlet}", outlet=line.outlet), serial)
        if line.number == row.number and line.state in ("terminated", "cancelled"):
            last = reading.all(ProductOrder, subscription_id=line.id, order=("-created_at",))
            when = on_the_wall(last[0].created_at) if last else line.opened_on
            yield LifeLine(
                when, say("the line is {state}", state=state_name(line.state)), last[0].serial if last else ""
            )


def opened(reading: Reading, line: Subscription) -> tuple[str, str]:
    """When a line was opened, as shown, and the serial of the order; where that is not known here, the business date
    alone."""
    first = next(iter(reading.all(ProductOrder, subscription_id=line.id, business="C1")), None)
    return (on_the_wall(first.created_at), first.serial) if first is not None else (line.opened_on, "")


def _serial(reading: Reading, order_id: str) -> str:
    order = reading.find(ProductOrder, id=order_id)
    return order.serial if order is not None else ""


def _done(reading: Reading, row: PhoneNumber) -> Iterator[LifeLine]:
    for event in reading.all(StockEvent, piece=row.number, order=("id",)):
        if event.kind == "number" and event.act in EVENTS:
            said = {"before": event.before, "after": event.after, "reason": event.reason}
            told = EVENTS[event.act]
            yield LifeLine(on_the_wall(event.made_at), Message(told.template, said), event.operator)


def _locked(reading: Reading, row: PhoneNumber) -> Iterator[LifeLine]:
    """The lock that managers put on it, where it says from when; one from ever stands beside how it is now."""
    lock = reading.find(NumberLock, number=row.number)
    if lock is not None and lock.valid_from:
        yield LifeLine(lock.valid_from, _by_lock(lock))
    if lock is not None and lock.valid_to:
        yield LifeLine(lock.valid_to, say("the lock ends"))


def _by_lock(lock: NumberLock) -> Message:
    cause = choice_name(table_name(NumberLock), "cause", lock.cause)
    return say("locked: {cause}, {reason}", cause=cause, reason=lock.reason)


def _ported(reading: Reading, row: PhoneNumber) -> Iterator[LifeLine]:
    """Each time that somebody wanted to leave with it."""
    for asked in reading.all(NumberPorting, number=row.number, order=("made_at", "id")):
        until = on_the_wall(asked.until, "%m-%d %H:%M") if asked.until else ""
        told = (
            say("refused to leave: {why}", why=asked.reason)
            if asked.state == "refused"
            else say("a code to leave was given, until {when}", when=until)
        )
        yield LifeLine(on_the_wall(asked.made_at), told, asked.operator)
        if asked.left_on:
            yield LifeLine(asked.left_on, say("left for another operator"), asked.outlet)
        if asked.back_on:
            yield LifeLine(asked.back_on, say("came back from another operator"), asked.outlet)


def _now(row: PhoneNumber) -> LifeLine:
    state = state_name(row.state)
    if row.state == "quarantined" and row.quarantine_until:
        told = say("{state}, until {day}", state=state, day=row.quarantine_until)
    else:
        told = say("{state}, grade {grade}", state=state, grade=row.grade)
    return LifeLine("", told, row.outlet)
