"""Completion 竣工: when all work orders of an order are done, the business finishes what waited for the network.

An order is not over before the network holds what the book will say then: what is outstanding becomes work of the
same order first (`network.outstanding`). Run by the program's housekeeping after answers came in; each order is one
transaction, so that a crash between two orders loses nothing and repeats nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import exists, or_, select
from sqlalchemy import text as sql

from boss_tui.business.process import Run
from boss_tui.business.registry import BUSINESSES
from boss_tui.components.base import Context
from boss_tui.network import outstanding, rows
from data.errors import DayClosed
from data.journal import Author
from data.store import Store
from data.tables.finance import BusinessDay
from data.tables.network import WorkOrder
from data.tables.order import IN_PROGRESS, ProductOrder, Subscription

_orders = ProductOrder.table()
_work = WorkOrder.table()

_LEFT = (_work.c.follow_up == 0) & or_(
    _work.c.state.in_(("open", "failed")), (_work.c.kind == "automatic") & (_work.c.state != "done")
)
"""What keeps an order: not a hand task that was withdrawn, since its work was tried again, or given up in words; nor
one that only follows."""

_ALL_DONE = (
    select(_orders.c.id)
    .where(
        sql(IN_PROGRESS),
        ~exists(select(_work.c.id).where(_work.c.order_id == _orders.c.id, _LEFT)),
    )
    .order_by(_orders.c.created_at, _orders.c.id)
    .limit(200)
)


def complete_finished(store: Store, outlet: str) -> list[str]:
    """Complete every order whose work orders are all done. Answers their serials."""
    with store.reading() as reading:
        waiting = [order_id for (order_id,) in reading.rows(_ALL_DONE)]
    return [serial for order_id in waiting if (serial := _complete_or_wait(store, outlet, order_id))]


def _complete_or_wait(store: Store, outlet: str, order_id: str) -> str:
    """What would count on the order's own date, which is closed, waits for the next one to be opened."""
    try:
        return _complete(store, outlet, order_id)
    except DayClosed:
        return ""


def _complete(store: Store, outlet: str, order_id: str) -> str:
    with store.transaction(Author(outlet, "completion", "network")) as tx:
        order = tx.one(ProductOrder, id=order_id)
        if order.state != "inProgress":  # another program of this hall was quicker
            return ""
        day = tx.find(BusinessDay, outlet=outlet, state="open")
        context = Context(
            tx=tx,
            business=order.business,
            outlet=order.outlet,
            counter=order.counter,
            operator=order.operator,
            role="",
            business_date=day.business_date if day else order.business_date,
            order_id=order.id,
            serial=order.serial,
        )
        try:
            with tx.savepoint():
                _finish(Run(context), order)
        except StillMissing as still:
            tx.author.kind, tx.author.serial, tx.author.counter = rows.ANSWER, order.serial, order.counter
            rows.order_more(tx, order, still.acts)
            return ""
        tx.author.kind, tx.author.counter = f"{order.business}.completion", order.counter
        tx.author.serial, tx.author.business_date, tx.author.trail = order.serial, context.business_date, context.trail
        return order.serial


class StillMissing(Exception):
    """The network has yet to be told something before the book may say it."""

    def __init__(self, acts: Sequence[outstanding.Act]) -> None:
        super().__init__(str(acts))
        self.acts = acts


def _finish(run: Run, order: ProductOrder) -> None:
    """The end of an order in the book. StillMissing: the network would not agree with it."""
    tx, business = run.context.tx, BUSINESSES[order.business]
    (business.finish_reversal if order.reverses else business.finish)(run, order)
    if order.subscription_id and tx.all(WorkOrder, order_id=order.id, kind="automatic"):
        acts = outstanding.outstanding(tx, tx.one(Subscription, id=order.subscription_id), order.id)
        if acts:
            raise StillMissing(acts)
    tx.change(order, state="completed", completed_at=tx.now())
    run.processes.record("completion")
