"""What headquarters' credit control tells this outlet to do (M8), done here: each order of it becomes orders of C6.

The outlet looks again before it does anything: who has paid here meanwhile, or is spared, is not stopped, linked or
not. What is done, is done in the order resume, remind, stop; by night and on public holidays only high spend is
stopped. Taken back within its day, it is undone. Each is one transaction: a kill between two loses and repeats nothing.
Sources: catalogue M8, C6; management-facts 4.
"""

from __future__ import annotations

from sqlalchemy import and_, bindparam, exists, or_, select

from boss_tui.business.process import Run
from boss_tui.chores.scheduling import SCHEDULER
from boss_tui.components.base import Context
from boss_tui.components.credit.credit_control import CreditControl, is_rest
from boss_tui.components.numbering import next_serial
from boss_tui.components.processes import touching
from boss_tui.components.processes.kept_process import begun_now
from boss_tui.components.till.business_days import today
from boss_tui.transactions.c06.by_rule import CAUSE_OF, lift, stop
from boss_tui.transactions.c09.by_rule import close
from data.clock import new_key
from data.journal import Author, canonical
from data.message import Message, listed, say
from data.store import Store, UnitOfWork
from data.tables.credit import ACTS
from data.tables.credit_control import ORDERED, ControlDone, ControlOrder
from data.tables.life import Suspension
from data.tables.order import ProductOrder, Subscription

AT_ONCE = 200
STOPS, CLOSES = "C6", "C9"
OVER = ("pendingTerminate", "terminated", "cancelled")

_told, _done = ControlOrder.table(), ControlDone.table()
_orders = ProductOrder.table()
_HAS_COME = exists().where(_done.c.control_order == _told.c.id)
_IS_DONE = _HAS_COME.where(_done.c.outcome == "done", _done.c.undone_at == "")
_WAITING = (
    select(_told.c.id, _told.c.act, _told.c.any_time, _told.c.state)
    .where(
        _told.c.outlet == bindparam("outlet"),
        _told.c.made_on <= bindparam("day"),
        or_(and_(_told.c.state == "active", ~_HAS_COME), and_(_told.c.state == "undone", _IS_DONE)),
    )
    .order_by(_told.c.made_on, _told.c.id)
    .limit(AT_ONCE)
)
_UNDER_WAY = select(_orders.c.touches).where(
    _orders.c.subscription_id == bindparam("of_subscription"), _orders.c.state == "inProgress"
)


def perform_orders(store: Store, outlet: str, counter: str) -> int:
    """Do what waits and may be done now, or take it back; answers how many orders came to something."""
    with store.reading() as reading:
        day = today(reading, outlet)
        if day is None:
            return 0
        waiting = reading.rows(_WAITING, outlet=outlet, day=day.business_date)
        rests = is_rest(reading, reading.present())
    found = sorted(waiting, key=lambda row: (row[3] == "active", ORDERED.index(row[1])))
    may = [
        (key, state)
        for key, act, any_time, state in found
        if not rests or any_time or act == "resume" or state == "undone"
    ]
    return sum((_perform if state == "active" else _undo)(store, outlet, counter, key) for key, state in may)


def _perform(store: Store, outlet: str, counter: str, key: str) -> bool:
    """One order of headquarters'. Whether something came of it."""
    with store.transaction(Author(outlet, "control", SCHEDULER, counter)) as tx:
        told, day = tx.one(ControlOrder, id=key), today(tx, outlet)
        if told.state != "active" or day is None or tx.find(ControlDone, control_order=key) is not None:
            return False
        tx.author.business_date = day.business_date
        line = tx.find(Subscription, id=told.subscription_id)
        if line is None or line.state in OVER:
            _came(tx, told, "refused", say("The line is no more."))
        elif told.act == "resume":
            return _resume(tx, told, line)
        else:
            return _do(tx, told, line)
        return True


def _do(tx: UnitOfWork, told: ControlOrder, line: Subscription) -> bool:
    """A stage, unless it is not due any more, or something spares the line by now."""
    verdict = CreditControl(_context(tx, told, "M8")).judge(line, but=told.id)
    due = verdict.due
    if told.act in CAUSE_OF and any(ACTS.index(act) >= ACTS.index(told.act) for act in verdict.money.since):
        _came(tx, told, "not_needed", say("It is stopped already."))
    elif due is None or ACTS.index(due.stage.row.act) < ACTS.index(told.act):
        _came(tx, told, "not_needed", say("It is not due any more: it was paid."))
    elif verdict.spared and told.act in CAUSE_OF:
        _came(tx, told, "spared", listed(spared.in_words for spared in verdict.spared))
    elif told.act in CAUSE_OF:
        return _stop(tx, told, line)
    elif told.act == "cancel":
        return _close(tx, told, line)
    else:
        if told.act == "call":
            Run(_context(tx, told, "M8")).service.call_back(line.customer_id, 0, "M8")
        _came(tx, told, "done", Message(""))
    return True


def _stop(tx: UnitOfWork, told: ControlOrder, line: Subscription) -> bool:
    cause = CAUSE_OF[told.act]
    if _is_busy(tx, line, cause):
        return False
    form = {"number": line.number, "action": "suspend", "cause": cause}
    run, order = _order(tx, told, line, STOPS, form, f"stop:{cause}")
    stop(run, line, cause, told.stage)
    _end(run, order)
    _came(tx, told, "done", Message(""), order)
    return True


def _close(tx: UnitOfWork, told: ControlOrder, line: Subscription) -> bool:
    """The final bill now, closed for good on the 1st of next month, as C9 does; what is owed stays owed."""
    if _is_busy(tx, line, touching.LINE):
        return False
    form = {"number": line.number, "action": "close", "points": "lose"}
    run, order = _order(tx, told, line, CLOSES, form, touching.LINE)
    close(run, line)
    _end(run, order)
    _came(tx, told, "done", Message(""), order)
    return True


def _resume(tx: UnitOfWork, told: ControlOrder, line: Subscription) -> bool:
    """The stops for arrears that what is paid lifts; the last stage first."""
    control = CreditControl(_context(tx, told, "M8"))
    stops = [cause for cause in reversed(list(CAUSE_OF.values())) if _running(tx, line, cause) is not None]
    lifted = [cause for cause in stops if control.may_lift(line, cause)]
    if any(_is_busy(tx, line, cause) for cause in lifted):
        return False
    order = _lifted(tx, told, line, *lifted) if lifted else None
    _came(tx, told, "done" if lifted else "not_needed", Message("") if lifted else say("It is not paid."), order)
    return True


def _undo(store: Store, outlet: str, counter: str, key: str) -> bool:
    """Headquarters has taken back what was done within its day: what that stopped works again."""
    with store.transaction(Author(outlet, "control", SCHEDULER, counter)) as tx:
        told, done, day = tx.one(ControlOrder, id=key), tx.one(ControlDone, control_order=key), today(tx, outlet)
        if told.state != "undone" or done.undone_at or day is None:
            return False
        tx.author.business_date = day.business_date
        line, cause = tx.one(Subscription, id=told.subscription_id), CAUSE_OF.get(told.act, "")
        known = tx.find(Suspension, order_id=done.order_id, state="running") if done.order_id else None
        if known is not None and _is_busy(tx, line, cause):
            return False
        order = _lifted(tx, told, line, cause) if known is not None else None
        tx.change(done, undone_at=tx.now(), undone_order=order.id if order else None)
        return True


def _lifted(tx: UnitOfWork, told: ControlOrder, line: Subscription, cause: str, *then: str) -> ProductOrder:
    """The order that lifts a cause; `then`: what the dated acts of today lift after it."""
    known = _running(tx, line, cause)
    form = {"number": line.number, "action": "resume", "cause": cause}
    run, order = _order(tx, told, line, STOPS, form, f"stop:{cause}")
    if known is not None:
        lift(run, line, known)
    for other in then:
        run.processes.schedule(line.id, run.context.today, {**form, "cause": other})
    _end(run, order)
    return order


def _running(tx: UnitOfWork, line: Subscription, cause: str) -> Suspension | None:
    return tx.find(Suspension, subscription_id=line.id, cause=cause, state="running")


def _is_busy(tx: UnitOfWork, line: Subscription, cause: str) -> bool:
    """Whether an order under way touches the same: this one waits for it."""
    under_way = (touching.read(words) for (words,) in tx.rows(_UNDER_WAY, of_subscription=line.id))
    wanted = {cause if cause == touching.LINE else f"stop:{cause}"}
    return any(touching.meet(wanted, words) for words in under_way)


def _order(
    tx: UnitOfWork, told: ControlOrder, line: Subscription, business: str, form: dict[str, str], touches: str
) -> tuple[Run, ProductOrder]:
    """An order of a business's own, and a step of it."""
    context = _context(tx, told, business)
    order = tx.add(
        ProductOrder,
        id=new_key(tx.clock),
        serial=next_serial(tx, context.counter, context.business_date),
        outlet=context.outlet,
        counter=context.counter,
        operator=SCHEDULER,
        business=business,
        business_date=context.business_date,
        state="inProgress",
        draft_id=new_key(tx.clock),
        customer_id=line.customer_id,
        subscription_id=line.id,
        form_json=canonical(form),
        touches=touching.stored({touches}),
        created_at=tx.now(),
        **begun_now(tx, business),
    )
    run = Run(context.but(draft_id=order.draft_id, order_id=order.id, serial=order.serial))
    run.statistics.count("accepted", 0)
    tx.author.kind, tx.author.serial, tx.author.trail = f"{business}.control", order.serial, run.context.trail
    return run, order


def _end(run: Run, order: ProductOrder) -> None:
    """The order waits for the network; where that has nothing to do, it is over."""
    from boss_tui.business.registry import BUSINESSES

    if not run.network.ordered():
        BUSINESSES[order.business].finish(run, order)
        run.context.tx.change(order, state="completed", completed_at=run.context.tx.now())
    run.processes.record("acceptance")


def _context(tx: UnitOfWork, told: ControlOrder, business: str) -> Context:
    return Context(
        tx=tx,
        business=business,
        outlet=told.outlet,
        counter=tx.author.counter,
        operator=SCHEDULER,
        role="",
        business_date=tx.author.business_date,
    )


def _came(tx: UnitOfWork, told: ControlOrder, outcome: str, words: Message, order: ProductOrder | None = None) -> None:
    tx.add(
        ControlDone,
        control_order=told.id,
        outlet=told.outlet,
        outcome=outcome,
        order_id=order.id if order else None,
        words=canonical(words.as_json()) if words != Message("") else "",
        business_date=tx.author.business_date,
        done_at=tx.now(),
    )
