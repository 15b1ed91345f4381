"""Steps that wait longer than their order's process lets them: a task for somebody, never a stop (M19).

What a person has to do (a manual work order) has limits of its own (`network.owning`); here is what the network keeps.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy import bindparam, select

from boss_tui.answers.hall import ITEMS_AT_ONCE, QueueItem, Way
from boss_tui.components.processes.kept_process import limit_of
from data.clock import moment
from data.errors import NotAllowed
from data.message import Message, say
from data.states import act_name
from data.store import Reading, UnitOfWork
from data.tables.network import WorkOrder
from data.tables.order import ProductOrder

KIND, TAKE = "late", "take"
_TAKE = Way(TAKE, say("I see to it"))
_w, _o = WorkOrder.table(), ProductOrder.table()
_oldest = (
    select(_w.c.id, _w.c.act, _w.c.created_at, _w.c.assigned, _w.c.order_id)
    .where(_w.c.state == "open", _w.c.kind == "automatic")
    .order_by(_w.c.created_at, _w.c.id)
    .limit(ITEMS_AT_ONCE)
    .subquery()
)
_WAITING = (
    select(_oldest.c.id, _oldest.c.act, _oldest.c.created_at, _oldest.c.assigned, _o.c.serial, _o.c.limits)
    .select_from(_oldest.join(_o, _o.c.id == _oldest.c.order_id))
    .where(_o.c.outlet == bindparam("outlet"))
    .order_by(_oldest.c.created_at, _oldest.c.id)
)
"""Of those of all outlets: a hall's store has no others, and the office, which has, looks through as few."""


def items(reading: Reading, outlet: str) -> Iterator[QueueItem]:
    """What is over its limit, the oldest first; who sees to it already is told."""
    for key, act, created_at, assigned, serial, limits in reading.rows(_WAITING, outlet=outlet):
        minutes, limit = _minutes(reading, created_at), limit_of(limits, act)
        if limit is not None and minutes > limit:
            title = say("{serial} {act}", serial=serial, act=act_name(act))
            over = _overdue(minutes, limit)
            told = say("{over}; {who} sees to it", over=over, who=assigned) if assigned else over
            yield QueueItem(KIND, key, title, "open", told, (_TAKE,), goes_on=bool(assigned))


def of_work(reading: Reading, work: WorkOrder, order: ProductOrder) -> Message | None:
    """By how much an automatic work order is over its limit; None: it is not."""
    limit = limit_of(order.limits, work.act) if work.kind == "automatic" else None
    minutes = _minutes(reading, work.created_at)
    return _overdue(minutes, limit) if limit is not None and minutes > limit else None


def _overdue(minutes: float, limit: int) -> Message:
    from boss_tui.management.m19.times import overdue  # a counter at which nothing is late needs nothing of management

    return overdue(minutes, limit)


def _minutes(reading: Reading, since: str) -> float:
    return (reading.present() - moment(since)) / timedelta(minutes=1)


def count(reading: Reading, outlet: str) -> int:
    """How many nobody sees to yet."""
    return sum(not item.goes_on for item in items(reading, outlet))


def take(tx: UnitOfWork, key: str, staff_no: str) -> None:
    """Somebody sees to it from now on. NotAllowed: it waits no more."""
    work = tx.one(WorkOrder, id=key)
    if work.state != "open":
        raise NotAllowed(say("This is settled already."))
    tx.change(work, assigned=staff_no)
