"""Manual work orders 人工工单 as somebody's work (catalogue M10): taken, handed over, put off, late, and who did what.

Each has a time limit by its kind (a parameter), whose clock stands still while it is put off; over it, it is the
supervisor's, over twice it headquarters'. That is worked out whenever it is looked at: what a manager changes of a
limit counts at once. What is done about one is within the caller's transaction, whose author is the person. Done or
given up is said in `manual`.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any, Literal

from msgspec import Struct
from sqlalchemy import Select, bindparam, select

from boss_tui.answers.hall import WORK_AT_ONCE
from boss_tui.components.operators.grades import supervises
from data.clock import moment, new_key, stamp
from data.errors import NotAllowed
from data.message import Message, say
from data.parameters import MANUAL_HOLD_DAYS, MANUAL_NETWORK_HOURS, MANUAL_OTHER_HOURS, MANUAL_PARTNER_HOURS, Declared
from data.statements import any_of
from data.store import Reading, UnitOfWork
from data.tables.network import WorkOrder, WorkStep
from data.tables.order import ProductOrder
from data.tables.organisation import Operator

Kind = Literal["network", "partner", "other"]
Step = Literal["taken", "handed", "held", "resumed", "done", "given_up"]

KINDS: Mapping[str, Message] = {"network": say("network"), "partner": say("partner"), "other": say("other")}
LIMITS: Mapping[Kind, Declared] = {
    "network": MANUAL_NETWORK_HOURS,
    "partner": MANUAL_PARTNER_HOURS,
    "other": MANUAL_OTHER_HOURS,
}
LEVELS: tuple[Message, ...] = (Message(""), say("OVERDUE: the supervisor"), say("OVERDUE: headquarters"))
"""Whose a manual work order is by how late it is: its owner's, a supervisor's, headquarters'."""
STEPS: Mapping[str, Message] = {
    "taken": say("taken"),
    "handed": say("handed over"),
    "held": say("put off"),
    "resumed": say("taken up again"),
    "done": say("done"),
    "given_up": say("failed, given up"),
}

_w, _o = WorkOrder.table(), ProductOrder.table()
_OF_ALL = (
    select(*_w.c)
    .where(_w.c.state == "open", _w.c.kind == "manual")
    .order_by(_w.c.created_at, _w.c.id)
    .limit(bindparam("most"))
)
_OF_ONE = _OF_ALL.join(_o, _o.c.id == _w.c.order_id).where(_o.c.outlet == bindparam("outlet"))


class Assigned(Struct, frozen=True):
    """A manual work order that is open, as somebody's work.

    Attributes:
        work, order: the row, and the order that it is of.
        kind: by which its time is limited.
        due, limit: until when it should be done; how long such work may take.
        level: how late it is: 0 in time, 1 over its time, 2 over twice its time (`LEVELS`).
        held: whether it is put off now.
        steps: what was done about it, in order.
    """

    work: WorkOrder
    order: ProductOrder
    kind: Kind
    due: datetime
    limit: timedelta
    level: int
    held: bool
    steps: tuple[WorkStep, ...]

    @property
    def escalated(self) -> list[tuple[int, str]]:
        """When it went to the supervisor, and to headquarters: level and stored time of each."""
        return [(level, stamp(self.due + (level - 1) * self.limit)) for level in range(1, self.level + 1)]


def kind_of(work: WorkOrder) -> Kind:
    """What kind of work it is: in place of an element's command, at a partner's, any other."""
    try:
        told = json.loads(work.parameters)
    except ValueError:
        return "other"
    if not isinstance(told, dict):
        return "other"
    if told.get("instead_of"):
        return "network"
    return "partner" if told.get("task") == "provider" else "other"


def waiting(reading: Reading, outlet: str = "", most: int = WORK_AT_ONCE) -> list[Assigned]:
    """The open ones of an outlet (empty: of all), the latest over their time first, then by when they are due: of very
    many the `most` that are open longest."""
    here = reading.models(WorkOrder, _OF_ONE if outlet else _OF_ALL, outlet=outlet, most=most)
    orders = reading.several(ProductOrder, ((work.order_id,) for work in here))
    steps = defaultdict[str, list[WorkStep]](list)
    for step in reading.models_among(WorkStep, _steps, (work.id for work in here)):
        steps[step.work_order_id].append(step)
    found = [_assigned(reading, work, orders[work.order_id,], steps[work.id]) for work in here]
    return sorted(found, key=lambda each: (-each.level, each.due))


@cache
def _steps(most: int) -> Select[Any]:
    """What was done about so many, in order."""
    table = WorkStep.table()
    return select(*table.c).where(any_of(table.c.work_order_id, most)).order_by(table.c.at, table.c.id)


def assigned(reading: Reading, work: WorkOrder) -> Assigned:
    """One of them, with how it stands now."""
    steps = reading.all(WorkStep, work_order_id=work.id, order=("at", "id"))
    return _assigned(reading, work, reading.one(ProductOrder, id=work.order_id), steps)


def _assigned(reading: Reading, work: WorkOrder, order: ProductOrder, steps: Sequence[WorkStep]) -> Assigned:
    kind, now = kind_of(work), reading.present()
    limit = timedelta(hours=LIMITS[kind].of(reading, order.business))
    due = moment(work.created_at) + limit + _put_off(steps)
    held = bool(work.held_until) and moment(work.held_until) > now
    late = 0 if held or now <= due else 1 if now <= due + limit else 2
    return Assigned(work, order, kind, due, limit, late, held, tuple(steps))


def _put_off(steps: Iterable[WorkStep]) -> timedelta:
    """For how long it was put off, or is: until it was taken up again, at the latest until when that was to be."""
    total, since, until = timedelta(), None, None
    for step in steps:
        if since is not None and until is not None:  # whatever is done about it ends that
            total += min(moment(step.at), until) - since
            since = until = None
        if step.act == "held":
            since, until = moment(step.at), moment(step.until)
    return total + (until - since if since is not None and until is not None else timedelta())


def take(tx: UnitOfWork, key: str, operator: str) -> WorkOrder:
    """Somebody makes it their own. NotAllowed: it is settled, or another's."""
    work = _open(tx, key)
    if work.assigned == operator:
        raise NotAllowed(say("It is yours already."))
    must_be_theirs(tx, work, operator)
    _note(tx, work, "taken", operator)
    return tx.change(work, assigned=operator, held_until="")


def hand(tx: UnitOfWork, key: str, operator: str, to: str, words: str) -> WorkOrder:
    """Give it to another person of the outlet, with what they must know: its owner does, or a supervisor.

    NotAllowed names the field: `to`, `words`."""
    work = _open(tx, key)
    must_be_theirs(tx, work, operator)
    person = tx.find(Operator, staff_no=to, outlet=tx.author.outlet)
    if person is None or person.state != "active":
        raise NotAllowed(say("Nobody here has the staff number {staff_no}.", staff_no=to), field="to")
    if to == work.assigned:
        raise NotAllowed(say("It is theirs already."), field="to")
    _must_say(words, "words")
    _note(tx, work, "handed", operator, to=to, words=words.strip())
    return tx.change(work, assigned=to, held_until="")


def hold(tx: UnitOfWork, key: str, operator: str, until: datetime, words: str) -> WorkOrder:
    """Put it off until a time, for a reason; its time limit stands still meanwhile. NotAllowed: `until`, `words`."""
    work, now = _open(tx, key), tx.present()
    must_be_theirs(tx, work, operator)
    most = MANUAL_HOLD_DAYS.of(tx)
    if until <= now:
        raise NotAllowed(say("A time to come."), field="until")
    if until > now + timedelta(days=most):
        raise NotAllowed(say("Within {n} {n:day|days}.", n=most), field="until")
    _must_say(words, "words")
    _note(tx, work, "held", operator, words=words.strip(), until=stamp(until))
    return tx.change(work, assigned=work.assigned or operator, held_until=stamp(until))


def resume(tx: UnitOfWork, key: str, operator: str) -> WorkOrder:
    """Take it up again before that time. NotAllowed: it is not put off."""
    work = _open(tx, key)
    must_be_theirs(tx, work, operator)
    if not work.held_until or moment(work.held_until) <= tx.present():
        raise NotAllowed(say("It is not put off."))
    _note(tx, work, "resumed", operator)
    return tx.change(work, held_until="")


def settled(tx: UnitOfWork, work: WorkOrder, operator: str, act: Step, words: str) -> None:
    """Note that it is done, or given up. NotAllowed: it is another's."""
    must_be_theirs(tx, work, operator)
    _note(tx, work, act, operator, words=words.strip())


def must_be_theirs(reading: Reading, work: WorkOrder, operator: str) -> None:
    """NotAllowed for work that is another's, but for a supervisor."""
    if work.assigned in ("", operator):
        return
    person = reading.find(Operator, staff_no=operator)
    if person is None or not supervises(reading, person):
        told = say("{staff_no} has it: they hand it over, or a supervisor does.", staff_no=work.assigned)
        raise NotAllowed(told)


def _open(reading: Reading, key: str) -> WorkOrder:
    work = reading.one(WorkOrder, id=key)
    if work.kind != "manual" or work.state != "open":
        raise NotAllowed(say("This is not an open manual work order."))
    return work


def _must_say(words: str, field: str) -> None:
    if not words.strip():
        raise NotAllowed(say("Say why."), field=field)


def _note(
    tx: UnitOfWork, work: WorkOrder, act: Step, operator: str, *, to: str = "", words: str = "", until: str = ""
) -> None:
    tx.add(
        WorkStep,
        id=new_key(tx.clock),
        work_order_id=work.id,
        outlet=tx.author.outlet,
        at=tx.now(),
        act=act,
        operator=operator,
        to=to,
        words=words,
        until=until,
    )
