"""Invariant 7: no reservation outlives its time, and every draft that was completed became one order.

A completed draft names its order, and the order names the draft; an order made here has its draft, completed. A draft
whose time is over has expired, at the latest when the program next looks (minutes). An active reservation belongs to a
draft that is open or held and in its time; past its own time it counts for nothing and is cleared away by whoever next
asks for the resource, so that only one that is past by a day is told. Source: design 3 and 5.7; catalogue C1-F5, M4.
"""

from __future__ import annotations

from sqlalchemy import bindparam, or_, select

from boss_tui.verify.own_orders import made_here
from boss_tui.verify.rule import Rule, columns_of, exists
from data.message import say
from data.tables.order import Draft, ProductOrder
from data.tables.resource import Reservation

_d, _o, _r = columns_of(Draft), columns_of(ProductOrder), columns_of(Reservation)
_AT_WORK = ("open", "held")

RULES = (
    Rule(
        7,
        "completed draft has its order",
        Draft,
        select(_d.c.id.label("key"), _d.c.number.label("number"))
        .select_from(_d.outerjoin(_o, _o.c.id == _d.c.order_id))
        .where(_d.c.state == "completed", or_(_o.c.id.is_(None), _o.c.draft_id != _d.c.id)),
        say("Form {number} is completed, but there is no order of it."),
    ),
    Rule(
        7,
        "order has its draft",
        ProductOrder,
        select(_o.c.id.label("key"), _o.c.serial.label("serial")).where(
            made_here(_o),
            ~exists(_d.c.id == _o.c.draft_id, _d.c.order_id == _o.c.id, _d.c.state == "completed"),
        ),
        say("Order {serial} has no completed form."),
    ),
    Rule(
        7,
        "draft that has not ended has no order",
        Draft,
        select(_d.c.id.label("key"), _d.c.number.label("number"), _d.c.state.label("state")).where(
            _d.c.state != "completed", or_(_d.c.order_id.is_not(None), exists(_o.c.draft_id == _d.c.id))
        ),
        say("Form {number} is {state}, but there is an order of it."),
    ),
    Rule(
        7,
        "draft ends with its time",
        Draft,
        select(_d.c.id.label("key"), _d.c.number.label("number"), _d.c.expires_at.label("until")).where(
            _d.c.state.in_(_AT_WORK), _d.c.expires_at < bindparam("recent")
        ),
        say("Form {number} is past its time, {until}, and still open."),
    ),
    Rule(
        7,
        "reservation ends with its draft",
        Reservation,
        select(_r.c.id.label("key"), _r.c.kind.label("kind"), _r.c.resource.label("resource"))
        .select_from(_r.outerjoin(_d, _d.c.id == _r.c.draft_id))
        .where(
            _r.c.state == "active",
            or_(
                _d.c.id.is_(None),
                _d.c.state.not_in(_AT_WORK),
                (_d.c.expires_at < bindparam("recent")) & (_r.c.until < bindparam("recent")),
            ),
        ),
        say("The {kind} {resource} is held by a form that has ended, or is not there."),
    ),
    Rule(
        7,
        "reservation ends with its time",
        Reservation,
        select(
            _r.c.id.label("key"), _r.c.kind.label("kind"), _r.c.resource.label("resource"), _r.c.until.label("until")
        ).where(_r.c.state == "active", _r.c.until < bindparam("long_ago")),
        say("The {kind} {resource} is held past its time, {until}."),
    ),
)
