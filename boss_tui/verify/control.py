"""Invariants 5 and 8 of credit control: what was done is what headquarters told that outlet; a run has a line once.

Source: catalogue M8; management-facts 4.
"""

from __future__ import annotations

from sqlalchemy import or_, select

from boss_tui.verify.rule import Rule, columns_of, exists
from data.message import say
from data.tables.credit_control import ControlDone, ControlOrder
from data.tables.order import ProductOrder

_told, _done, _o = columns_of(ControlOrder), columns_of(ControlDone), columns_of(ProductOrder)
_other = _told.alias()

RULES = (
    Rule(
        8,
        "done as it was told",
        ControlDone,
        select(_done.c.control_order.label("key"), _told.c.number.label("number"))
        .select_from(_done.join(_told, _told.c.id == _done.c.control_order))
        .outerjoin(_o, _o.c.id == _done.c.order_id)
        .where(
            or_(
                _done.c.outlet != _told.c.outlet,
                (_done.c.order_id.is_not(None)) & (_o.c.subscription_id != _told.c.subscription_id),
            )
        ),
        say("What was done of {number} by credit control is not what headquarters told its outlet."),
    ),
    Rule(
        5,
        "one order of a run",
        ControlOrder,
        select(_told.c.id.label("key"), _told.c.number.label("number"), _told.c.run.label("run")).where(
            _told.c.run != "",
            _told.c.state == "active",
            exists(
                _other.c.run == _told.c.run,
                _other.c.subscription_id == _told.c.subscription_id,
                _other.c.state == "active",
                _other.c.id < _told.c.id,
            ),
        ),
        say("The line {number} has more than one order of the run {run}."),
    ),
)
