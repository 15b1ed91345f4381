"""Invariant 7: what waits for a date is known to wait; invariant 5: a line is charged for the plan that it has.

An order that is pending has an act before it that it waits for, and an act that an order itself waits for has that
order pending. A living subscription with no order under way is charged no monthly fee of a plan that is not its own,
and each of its products is charged once. Source: catalogue C6, C8, B1; design 5.7.
"""

from __future__ import annotations

from sqlalchemy import func, select

from boss_tui.verify.holders import living, under_way
from boss_tui.verify.rule import Rule, columns_of, exists
from data.message import say
from data.tables.life import ScheduledAct
from data.tables.order import ProductOrder, Subscription
from data.tables.service import ChargeSchedule

_o, _a, _s, _c = (columns_of(model) for model in (ProductOrder, ScheduledAct, Subscription, ChargeSchedule))
_waits = (_a.c.order_id == _o.c.id) & (_a.c.state == "waiting") & (_a.c.follows == 0)

RULES = (
    Rule(
        7,
        "pending order waits for its day",
        ProductOrder,
        select(_o.c.id.label("key"), _o.c.serial.label("serial")).where(_o.c.state == "pending", ~exists(_waits)),
        say("Order {serial} is pending, but nothing is set for it."),
    ),
    Rule(
        7,
        "act that is waited for has its order pending",
        ScheduledAct,
        select(_a.c.id.label("key"), _o.c.serial.label("serial"), _o.c.state.label("state"))
        .select_from(_a.join(_o, _o.c.id == _a.c.order_id))
        .where(_waits, _o.c.state != "pending"),
        say("An act waits for its day, but its order {serial} is {state}."),
    ),
    Rule(
        5,
        "monthly fee is of the plan in force",
        ChargeSchedule,
        select(_c.c.id.label("key"), _c.c.product.label("product"), _s.c.plan.label("plan"))
        .select_from(_c.join(_s, _s.c.id == _c.c.subscription_id))
        .where(_c.c.item == "monthly_fee", _c.c.state == "running", living, ~under_way, _c.c.product != _s.c.plan),
        say("A monthly fee of {product} is charged; the plan is {plan}."),
    ),
    Rule(
        5,
        "product is charged once a month",
        ChargeSchedule,
        select(
            _c.c.subscription_id.label("key_subscription"),
            _c.c.product.label("key_product"),
            func.count().label("times"),
        )
        .where(_c.c.state == "running", _c.c.item.in_(("monthly_fee", "value_added_fee")))
        .group_by(_c.c.subscription_id, _c.c.product, _c.c.item)
        .having(func.count() > 1),
        say("The product is charged {times} times a month."),
    ),
)
