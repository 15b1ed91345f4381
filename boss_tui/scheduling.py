"""What is due on a business date: acts that orders have set for it, numbers whose rest is over.

Run by the program's housekeeping while a business day is open. What fell due while nobody worked is done on the first
day that is open after it; what is due on a line that an order is under way on waits for that order, since the network
may have refused a part of it (a closing's bar, before its end). Each act is one transaction: a crash between two of
them loses nothing and repeats nothing.
"""

from __future__ import annotations

from sqlalchemy import bindparam, exists, select

import boss_tui.transactions  # noqa: F401 (fills the table of businesses)
from boss_tui.components.base import Context
from boss_tui.components.numbering import next_serial
from boss_tui.components.till import today
from boss_tui.process import BUSINESSES, Run
from data.clock import new_key
from data.errors import BossError
from data.journal import Author, canonical
from data.message import Message
from data.store import Store, UnitOfWork
from data.tables.life import ScheduledAct
from data.tables.order import ProductOrder
from data.tables.resource import PhoneNumber

SCHEDULER = "scheduler"
"""Who does what is due: no person."""
AT_ONCE = 200

_acts = ScheduledAct.__table__  # type: ignore[attr-defined]
_numbers = PhoneNumber.__table__  # type: ignore[attr-defined]
_orders = ProductOrder.__table__  # type: ignore[attr-defined]
_BUSY = exists(
    select(_orders.c.id).where(_orders.c.subscription_id == _acts.c.subscription_id, _orders.c.state == "inProgress")
)
_DUE = (
    select(_acts.c.id)
    .where(
        _acts.c.state == "waiting", _acts.c.outlet == bindparam("outlet"), _acts.c.due_on <= bindparam("day"), ~_BUSY
    )
    .order_by(_acts.c.due_on, _acts.c.id)
    .limit(AT_ONCE)
)
_BUSY_NOW = select(_acts.c.id).where(_acts.c.id == bindparam("act"), _BUSY)
_RESTED = (
    select(*_numbers.c)
    .where(
        _numbers.c.outlet == bindparam("outlet"), _numbers.c.state == "quarantined",
        _numbers.c.quarantine_until <= bindparam("day"),
    )
    .order_by(_numbers.c.number)
    .limit(AT_ONCE)
)  # fmt: skip


def perform_due(store: Store, outlet: str) -> int:
    """Do what is due at an outlet on its open business date; answers how many acts and numbers that were."""
    with store.reading() as reading:
        day = today(reading, outlet)
        if day is None:
            return 0
        due = [act_id for (act_id,) in reading.rows(_DUE, outlet=outlet, day=day.business_date)]
        rested = reading.models(PhoneNumber, _RESTED, outlet=outlet, day=day.business_date)
    for act_id in due:
        _perform(store, outlet, act_id)
    if rested:
        _free(store, outlet, day.business_date)
    return len(due) + len(rested)


def _free(store: Store, outlet: str, business_date: str) -> None:
    author = Author(outlet, "quarantine.end", SCHEDULER, business_date=business_date)
    with store.transaction(author) as tx:
        for number in tx.models(PhoneNumber, _RESTED, outlet=outlet, day=business_date):
            tx.change(number, state="idle", quarantine_until="")


def _perform(store: Store, outlet: str, act_id: str) -> None:
    """One act: the order that waits for it goes on, or an order of its own is made."""
    with store.transaction(Author(outlet, "due", SCHEDULER)) as tx:
        act, day = tx.one(ScheduledAct, id=act_id), today(tx, outlet)
        if act.state != "waiting" or day is None:  # another program of this hall was quicker, or the day was closed
            return
        if tx.rows(_BUSY_NOW, act=act.id):  # by an act before it
            return
        wants = tx.one(ProductOrder, id=act.order_id)
        try:
            with tx.savepoint():
                order = _follow(tx, act, wants, day.business_date) if act.follows else wants
                run = Run(_context(tx, act, order, day.business_date))
                _go_on(run, act, order)
        except BossError as refusal:
            _refuse(tx, act, wants, refusal.message)
            return
        tx.author.kind, tx.author.counter, tx.author.serial = f"{act.business}.due", order.counter, order.serial
        tx.author.business_date, tx.author.trail = day.business_date, run.context.trail


def _follow(tx: UnitOfWork, act: ScheduledAct, wants: ProductOrder, business_date: str) -> ProductOrder:
    """The order that an act becomes."""
    return tx.add(
        ProductOrder, id=new_key(tx.clock), serial=next_serial(tx, wants.counter, business_date), outlet=wants.outlet,
        counter=wants.counter, operator=SCHEDULER, business=act.business, business_date=business_date,
        state="inProgress", draft_id=new_key(tx.clock), customer_id=wants.customer_id,
        subscription_id=act.subscription_id, form_json=act.parameters, created_at=tx.now(),
    )  # fmt: skip


def _context(tx: UnitOfWork, act: ScheduledAct, order: ProductOrder, business_date: str) -> Context:
    return Context(
        tx=tx, business=act.business, outlet=order.outlet, counter=order.counter, operator=SCHEDULER, role="",
        business_date=business_date, draft_id=order.draft_id, order_id=order.id, serial=order.serial,
    )  # fmt: skip


def _go_on(run: Run, act: ScheduledAct, order: ProductOrder) -> None:
    """Let the business do it, and put order and act where that leads."""
    tx, business = run.context.tx, BUSINESSES[act.business]
    if act.follows:
        run.statistics.count("accepted", order.amount)
    works = business.due(run, order)
    if not works:
        business.finish(run, order)
    ended = {"state": "inProgress"} if works else {"state": "completed", "completed_at": tx.now()}
    tx.change(order, **ended)
    tx.change(act, state="done", done_order_id=order.id, done_at=tx.now())
    run.processes.record("acceptance" if act.follows else "due")


def _refuse(tx: UnitOfWork, act: ScheduledAct, wants: ProductOrder, why: Message) -> None:
    """What can't be done is told to people; an order that waited for it has failed."""
    tx.change(act, state="failed", reason=canonical(why.as_json()), done_at=tx.now())
    if not act.follows and wants.state == "pending":
        tx.change(wants, state="failed")
    tx.author.serial = wants.serial
