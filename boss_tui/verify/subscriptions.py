"""Invariant 5: an active subscription has one number, one SIM, one IMSI, and what it is made of.

A living subscription has a number of 11 digits, a card, an IMSI of 15 digits, and a plan that is published as a
plan. One that is active, with no order under way, has that plan among its products. Its account is open and its owner's
own. Numbers and cards it points at are held by invariant 3. One that was cancelled, because the network never had it,
is charged nothing and has no products left; nor has one that was closed, which is bound by no contract, barred for
nothing and waits for no day. One that is being closed is barred for that, and no other is. Source: design 5.5;
catalogue C1, process 3.
"""

from __future__ import annotations

from sqlalchemy import func, or_, select

from boss_tui.verify.holders import living, under_way
from boss_tui.verify.rule import Rule, columns_of, exists
from data.message import say
from data.tables.account import BillingAccount
from data.tables.life import Agreement, ScheduledAct, Suspension
from data.tables.order import Subscription, SubscriptionProduct
from data.tables.product import Product
from data.tables.service import ChargeSchedule

_s, _sp = columns_of(Subscription), columns_of(SubscriptionProduct)
_g, _x, _w = columns_of(Agreement), columns_of(Suspension), columns_of(ScheduledAct)
_p, _a, _c = columns_of(Product), columns_of(BillingAccount), columns_of(ChargeSchedule)

RULES = (
    Rule(
        5,
        "subscription has number, card and IMSI",
        Subscription,
        select(
            _s.c.id.label("key"), _s.c.number.label("number"), _s.c.iccid.label("iccid"), _s.c.imsi.label("imsi")
        ).where(living, or_(func.length(_s.c.number) != 11, func.length(_s.c.imsi) != 15, _s.c.iccid == "")),
        say("The subscription has the number {number}, card {iccid}, IMSI {imsi}."),
    ),
    Rule(
        5,
        "subscription has its plan",
        Subscription,
        select(_s.c.id.label("key"), _s.c.plan.label("plan")).where(
            living, ~exists(_p.c.code == _s.c.plan, _p.c.kind == "plan")
        ),
        say("The subscription's plan {plan} is no published plan."),
    ),
    Rule(
        5,
        "plan is among the products",
        Subscription,
        select(_s.c.id.label("key"), _s.c.plan.label("plan")).where(
            _s.c.state == "active",
            ~under_way,
            ~exists(_sp.c.subscription_id == _s.c.id, _sp.c.product == _s.c.plan, _sp.c.state == "active"),
        ),
        say("The subscription is active, but its plan {plan} is not among its active products."),
    ),
    Rule(
        5,
        "subscription has an open account",
        Subscription,
        select(_s.c.id.label("key"), _a.c.number.label("account"))
        .select_from(_s.outerjoin(_a, _a.c.id == _s.c.account_id))
        .where(living, or_(_a.c.id.is_(None), _a.c.state != "active")),
        say("The subscription's account {account} is closed, or not there."),
    ),
    Rule(
        5,
        "subscription is charged to its owner",
        Subscription,
        select(_s.c.id.label("key"), _a.c.number.label("account"))
        .select_from(_s.join(_a, _a.c.id == _s.c.account_id))
        .where(living, _a.c.customer_id != _s.c.customer_id),
        say("The subscription is charged to account {account}, which is another customer's."),
    ),
    Rule(
        5,
        "cancelled subscription has nothing left",
        Subscription,
        select(_s.c.id.label("key")).where(
            _s.c.state == "cancelled",
            or_(
                exists(_c.c.subscription_id == _s.c.id, _c.c.state != "ended"),
                exists(_sp.c.subscription_id == _s.c.id, _sp.c.state != "ended"),
            ),
        ),
        say("The subscription was cancelled, but it is still charged or has products."),
    ),
    Rule(
        5,
        "closed subscription has nothing left",
        Subscription,
        select(_s.c.id.label("key"), _s.c.number.label("number")).where(
            _s.c.state == "terminated",
            or_(
                exists(_c.c.subscription_id == _s.c.id, _c.c.state != "ended"),
                exists(_sp.c.subscription_id == _s.c.id, _sp.c.state != "ended"),
                exists(_g.c.subscription_id == _s.c.id, _g.c.state == "active"),
                exists(_x.c.subscription_id == _s.c.id, _x.c.state.in_(("planned", "running"))),
                exists(_w.c.subscription_id == _s.c.id, _w.c.state == "waiting"),
            ),
        ),
        say("The subscription of {number} was closed, but it is still charged, bound, barred, or waits for a day."),
    ),
    Rule(
        5,
        "line that is being closed is barred for it",
        Subscription,
        select(_s.c.id.label("key"), _s.c.number.label("number"), _s.c.state.label("state")).where(
            ~under_way,
            (_s.c.state == "pendingTerminate")
            != exists(_x.c.subscription_id == _s.c.id, _x.c.cause == "closing", _x.c.state == "running"),
        ),
        say("The subscription of {number} is {state}, which its bar for closing does not fit."),
    ),
)
