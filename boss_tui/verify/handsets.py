"""Invariant 3: a handset is in one state with its order; only what is in stock is reserved. Source: design 5.3, C10."""

from __future__ import annotations

from sqlalchemy import and_, func, or_, select

from boss_tui.verify.rule import Rule, columns_of
from data.message import say
from data.tables.resource import Reservation
from data.tables.stock import Handset

_p, _r = columns_of(Handset), columns_of(Reservation)

RULES = (
    Rule(
        3,
        "handset fits its order",
        Handset,
        select(_p.c.imei.label("key"), _p.c.state.label("state")).where(
            or_(
                and_(
                    _p.c.state == "in_stock",
                    or_(_p.c.sold_order.is_not(None), _p.c.customer_id.is_not(None), _p.c.subscription_id.is_not(None)),
                ),
                and_(_p.c.state == "sold", or_(_p.c.sold_order.is_(None), _p.c.sold_on == "")),
            )
        ),
        say("The handset is {state}, which is not what its order did."),
    ),
    Rule(
        3,
        "only free handsets are reserved",
        Reservation,
        select(_r.c.id.label("key"), _r.c.resource.label("held"), func.coalesce(_p.c.state, "").label("state"))
        .select_from(_r.outerjoin(_p, _p.c.imei == _r.c.resource))
        .where(_r.c.kind == "handset", _r.c.state == "active", or_(_p.c.imei.is_(None), _p.c.state != "in_stock")),
        say("The handset {held} is reserved, but not in stock ({state})."),
    ),
)
