"""Invariant 7: an order was approved by another person, who is on it, and who put their word to what was shown; what is
allowed in advance is used up when nothing of it is left. Source: design 3, catalogue F7."""

from __future__ import annotations

from sqlalchemy import and_, or_, select

from boss_tui.desk.cancelling import STEP
from boss_tui.verify.rule import Rule, columns_of
from data.message import say
from data.tables.order import ProductOrder
from data.tables.organisation import Authority, Grant

_g, _o, _a = columns_of(Grant), columns_of(ProductOrder), columns_of(Authority)

RULES = (
    Rule(
        7,
        "an approval is another person's",
        Grant,
        select(_g.c.id.label("key"), _o.c.serial.label("serial"), _g.c.supervisor.label("supervisor"))
        .select_from(_g.join(_o, _o.c.id == _g.c.used_order))
        .where(
            or_(
                and_(_g.c.supervisor == _o.c.operator, _g.c.rule != STEP),
                and_(_g.c.on_behalf_of == _o.c.operator, _g.c.rule != STEP),
                _g.c.shown == "",
                _o.c.approved_by.not_like("%" + _g.c.supervisor + "%"),
            )
        ),
        say("Order {serial} was not approved by {supervisor}, another person who saw what it does."),
    ),
    Rule(
        7,
        "authorities count their uses",
        Authority,
        select(_a.c.id.label("key"), _a.c.number.label("number"), _a.c.uses_left.label("uses")).where(
            or_(
                _a.c.uses_left < 0,
                and_(_a.c.state == "active", _a.c.uses_left == 0),
                and_(_a.c.state == "used_up", _a.c.uses_left > 0),
            )
        ),
        say("Authority No. {number} has {uses} {uses:use|uses} left, which is not what its state says."),
    ),
)
