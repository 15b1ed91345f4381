"""What is due on a business date: acts that orders have set for it, numbers whose rest is over.

Run by the program's housekeeping while a business day is open. What fell due while nobody worked is done on the first
day that is open after it; what is due on a line waits for an order under way that touches the same, since the network
may have refused a part of that (a closing's bar, before its end). Each act is one transaction: a crash between two of
them loses nothing and repeats nothing.
"""

from __future__ import annotations

from sqlalchemy import and_, bindparam, or_, select

from boss_tui.business.process import Run
from boss_tui.business.registry import BUSINESSES
from boss_tui.components.base import Context
from boss_tui.components.numbering import next_serial
from boss_tui.components.processes import touching
from boss_tui.components.processes.kept_process import begun_now
from boss_tui.components.resources.number_locks import not_locked
from boss_tui.components.resources.number_rest import nobody_forwards_to
from boss_tui.components.till.business_days import today
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

_acts = ScheduledAct.table()
_numbers = PhoneNumber.table()
_orders = ProductOrder.table()
_DUE = (
    select(_acts.c.id, _acts.c.due_on)
    .where(
        _acts.c.state == "waiting",
        _acts.c.outlet == bindparam("outlet"),
        _acts.c.due_on <= bindparam("day"),
        or_(
            _acts.c.due_on > bindparam("after_day"),
            and_(_acts.c.due_on == bindparam("after_day"), _acts.c.id > bindparam("after")),
        ),
    )
    .order_by(_acts.c.due_on, _acts.c.id)
    .limit(AT_ONCE)
)
_UNDER_WAY = select(_orders.c.touches).where(
    _orders.c.subscription_id == bindparam("of_subscription"), _orders.c.state == "inProgress"
)
_RESTED = (
    select(*_numbers.c)
    .where(
        _numbers.c.outlet == bindparam("outlet"),
        _numbers.c.state == "quarantined",
        _numbers.c.quarantine_until <= bindparam("day"),
        nobody_forwards_to(_numbers.c.number),
        not_locked(_numbers.c.number, bindparam("day")),
    )
    .order_by(_numbers.c.number)
    .limit(AT_ONCE)
)


def perform_due(store: Store, outlet: str) -> int:
    """Do what is due at an outlet on its open business date; answers how many acts and numbers that were."""
    with store.reading() as reading:
        day = today(reading, outlet)
        if day is None:
            return 0
        rested = reading.models(PhoneNumber, _RESTED, outlet=outlet, day=day.business_date)
    done = _perform_all(store, outlet, day.business_date)
    if rested:
        _free(store, outlet, day.business_date)
    return done + len(rested)


def _perform_all(store: Store, outlet: str, business_date: str) -> int:
    """Every act that is due, the oldest first; those that wait for an order are passed over. How many were done."""
    done, after = 0, ("", "")
    while True:
        with store.reading() as reading:
            found = reading.rows(_DUE, outlet=outlet, day=business_date, after_day=after[1], after=after[0])
        for act_id, due_on in found:
            done += _perform(store, outlet, act_id)
            after = (act_id, due_on)
        if len(found) < AT_ONCE:
            return done


def _free(store: Store, outlet: str, business_date: str) -> None:
    author = Author(outlet, "quarantine.end", SCHEDULER, business_date=business_date)
    with store.transaction(author) as tx:
        for number in tx.models(PhoneNumber, _RESTED, outlet=outlet, day=business_date):
            tx.change(number, state="idle", quarantine_until="")


def _perform(store: Store, outlet: str, act_id: str) -> bool:
    """One act: the order that waits for it goes on, or an order of its own is made. Whether it could be looked at."""
    with store.transaction(Author(outlet, "due", SCHEDULER)) as tx:
        act, day = tx.one(ScheduledAct, id=act_id), today(tx, outlet)
        if act.state != "waiting" or day is None:  # another program of this hall was quicker, or the day was closed
            return False
        under_way = [touching.read(words) for (words,) in tx.rows(_UNDER_WAY, of_subscription=act.subscription_id)]
        if any(touching.meet(touching.read(act.touches), words) for words in under_way):
            return False
        wants = tx.one(ProductOrder, id=act.order_id)
        try:
            with tx.savepoint():
                order = _follow(tx, act, wants, day.business_date) if act.follows else wants
                run = Run(_context(tx, act, order, day.business_date))
                _go_on(run, act, order)
        except BossError as refusal:
            _refuse(tx, act, wants, refusal.message)
            return True
        tx.author.kind, tx.author.counter, tx.author.serial = f"{act.business}.due", order.counter, order.serial
        tx.author.business_date, tx.author.trail = day.business_date, run.context.trail
        return True


def _follow(tx: UnitOfWork, act: ScheduledAct, wants: ProductOrder, business_date: str) -> ProductOrder:
    """The order that an act becomes."""
    return tx.add(
        ProductOrder,
        id=new_key(tx.clock),
        serial=next_serial(tx, wants.counter, business_date),
        outlet=wants.outlet,
        counter=wants.counter,
        operator=SCHEDULER,
        business=act.business,
        business_date=business_date,
        state="inProgress",
        draft_id=new_key(tx.clock),
        customer_id=wants.customer_id,
        subscription_id=act.subscription_id,
        form_json=act.parameters,
        touches=act.touches,
        created_at=tx.now(),
        **begun_now(tx, act.business),
    )


def _context(tx: UnitOfWork, act: ScheduledAct, order: ProductOrder, business_date: str) -> Context:
    return Context(
        tx=tx,
        business=act.business,
        outlet=order.outlet,
        counter=order.counter,
        operator=SCHEDULER,
        role="",
        business_date=business_date,
        draft_id=order.draft_id,
        order_id=order.id,
        serial=order.serial,
    )


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
