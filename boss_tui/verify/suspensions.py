"""Invariant 5: a line is stopped when, and only when, there is a cause for it.

A suspended subscription with no order under way has a cause that runs; a living one with such a cause is not active.
Source: catalogue C6; design 5.5.
"""

from __future__ import annotations

from sqlalchemy import select

from boss_tui.verify.holders import UNDER_WAY
from boss_tui.verify.rule import Rule, columns_of, exists
from data.message import say
from data.tables.life import Suspension
from data.tables.order import ProductOrder, Subscription

_s, _x, _o = columns_of(Subscription), columns_of(Suspension), columns_of(ProductOrder)
_moving = exists(_o.c.subscription_id == _s.c.id, _o.c.state.in_(UNDER_WAY), _o.c.state != "pending")
"""What waits for its day has not touched the line yet."""

RULES = (
    Rule(
        5,
        "stopped line has a cause",
        Subscription,
        select(_s.c.id.label("key"), _s.c.number.label("number")).where(
            _s.c.state == "suspended", ~_moving, ~exists(_x.c.subscription_id == _s.c.id, _x.c.state == "running")
        ),
        say("The line {number} is suspended, but no cause for that runs."),
    ),
    Rule(
        5,
        "cause stops its line",
        Suspension,
        select(_x.c.id.label("key"), _x.c.cause.label("cause"), _s.c.state.label("state"))
        .select_from(_x.join(_s, _s.c.id == _x.c.subscription_id))
        .where(_x.c.state == "running", _s.c.state == "active", ~_moving),
        say("The cause {cause} runs, but its line is {state}."),
    ),
)
