"""Invariant 7: every order is where its work orders say.

A completed order has no work order that is open or failed, but for what only follows (`follow_up`), and a time of
completion; one that has not ended has none.
One in progress has work orders, and some of them are not done: when all are, the program completes it within minutes.
Work orders of an order that was called off are not open. A subscription that waits for the network has an order under
way, one that is being closed at least its day; one that a completed opening made is activated. An order that names a
subscription names its customer too, and an opening names both. Every order that the journal tells of has its trail; one
that is cancelled, and no other, has that of its cancellation too, and the subscription that it opened is cancelled.
Source: design 3 and 5.7; catalogue C1, F14.
"""

from __future__ import annotations

from sqlalchemy import bindparam, func, or_, select

from boss_tui.verify.holders import under_way
from boss_tui.verify.own_orders import journalled
from boss_tui.verify.rule import Rule, columns_of, exists
from data.message import say
from data.tables.life import ScheduledAct
from data.tables.network import WorkOrder
from data.tables.order import ProductOrder, Subscription, Trail

_o, _w, _s, _t = columns_of(ProductOrder), columns_of(WorkOrder), columns_of(Subscription), columns_of(Trail)
_a = columns_of(ScheduledAct)

_order = (_o.c.id.label("key"), _o.c.serial.label("serial"))
_open = exists(_w.c.order_id == _o.c.id, _w.c.state.in_(("open", "failed")), _w.c.follow_up == 0)
_last_done = select(func.max(_w.c.done_at)).where(_w.c.order_id == _o.c.id).scalar_subquery()
OPENING, CLOSING = "C1", "C9"

RULES = (
    Rule(
        7,
        "completed order has no open work",
        ProductOrder,
        select(*_order).where(_o.c.state == "completed", _open),
        say("Order {serial} is completed, but work orders of it are not done."),
    ),
    Rule(
        7,
        "order in progress has open work",
        ProductOrder,
        select(*_order).where(
            _o.c.state == "inProgress", ~_open, or_(_last_done.is_(None), _last_done < bindparam("recent"))
        ),
        say("Order {serial} is in progress, but no work order of it is open: it should be completed."),
    ),
    Rule(
        7,
        "called-off order has no open work",
        ProductOrder,
        select(*_order, _o.c.state.label("state")).where(
            _o.c.state.in_(("cancelled", "rejected")), exists(_w.c.order_id == _o.c.id, _w.c.state == "open")
        ),
        say("Order {serial} is {state}, but work orders of it are open."),
    ),
    Rule(
        7,
        "completion has its time",
        ProductOrder,
        select(*_order, _o.c.state.label("state")).where(
            or_(
                (_o.c.state == "completed") & (_o.c.completed_at == ""),
                _o.c.state.in_(("acknowledged", "inProgress", "held", "pending")) & (_o.c.completed_at != ""),
            )
        ),
        say("Order {serial} is {state}, which its time of completion does not fit."),
    ),
    Rule(
        7,
        "work order is done at a time",
        WorkOrder,
        select(_w.c.id.label("key"), _w.c.state.label("state")).where(
            or_((_w.c.state == "done") & (_w.c.done_at == ""), (_w.c.state == "open") & (_w.c.done_at != ""))
        ),
        say("The work order is {state}, which its time does not fit."),
    ),
    Rule(
        7,
        "waiting subscription has its order",
        Subscription,
        select(_s.c.id.label("key"), _s.c.state.label("state")).where(
            _s.c.state.in_(("pendingActive", "pendingTerminate")),
            ~under_way,
            or_(
                _s.c.state == "pendingActive",
                ~exists(_a.c.subscription_id == _s.c.id, _a.c.business == CLOSING, _a.c.state == "waiting"),
            ),
        ),
        say("The subscription is {state}, but no order on it is under way, and nothing is set for it."),
    ),
    Rule(
        7,
        "completed opening is activated",
        ProductOrder,
        select(*_order, _s.c.state.label("state"))
        .select_from(_o.join(_s, _s.c.id == _o.c.subscription_id))
        .where(
            _o.c.business == OPENING,
            _o.c.reverses.is_(None),
            or_(
                (_o.c.state == "completed") & or_(_s.c.state == "pendingActive", _s.c.activated_at == ""),
                (_o.c.state == "inProgress") & (_s.c.state != "pendingActive"),
                (_o.c.state == "cancelled") & (_s.c.state != "cancelled"),
            ),
        ),
        say("Order {serial} opened a subscription that is {state}, which does not fit the order."),
    ),
    Rule(
        7,
        "opening that was taken back is no more",
        ProductOrder,
        select(*_order, _s.c.state.label("state"))
        .select_from(_o.join(_s, _s.c.id == _o.c.subscription_id))
        .where(
            _o.c.business == OPENING,
            _o.c.reverses.is_not(None),
            (_o.c.state == "completed") != (_s.c.state == "cancelled"),
        ),
        say("Order {serial} takes an opening back; its subscription is {state}, which does not fit the order."),
    ),
    Rule(
        7,
        "order has its customer",
        ProductOrder,
        select(*_order).where(
            or_(
                _o.c.subscription_id.is_not(None) & _o.c.customer_id.is_(None),
                (_o.c.business == OPENING)
                & _o.c.state.not_in(("rejected", "cancelled", "failed"))
                & or_(_o.c.subscription_id.is_(None), _o.c.customer_id.is_(None)),
            )
        ),
        say("Order {serial} does not name its customer and subscription."),
    ),
    Rule(
        7,
        "order has its trail",
        ProductOrder,
        select(*_order).where(journalled(_o), ~exists(_t.c.order_id == _o.c.id, _t.c.step == "acceptance")),
        say("Order {serial} has no trail of its acceptance."),
    ),
    Rule(
        7,
        "cancelled order has its trail",
        ProductOrder,
        select(*_order).where(
            (_o.c.state == "cancelled") != exists(_t.c.order_id == _o.c.id, _t.c.step == "cancellation")
        ),
        say("Order {serial} and the trail of its cancellation do not agree."),
    ),
)
