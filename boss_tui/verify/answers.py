"""Invariant 7: what services answered to an order is told as it was, and what was done about a refusal was really done.

An answer has its verdict, or the rule that counted without one; what was let pass without an answer is asked again, but
where its rule says that it need not be. Who stopped a line for it has stopped it, who took the order back has done so.
Source: catalogue F1, M2.1; design 5.7.
"""

from __future__ import annotations

from sqlalchemy import and_, or_, select

from boss_tui.verify.rule import Rule, columns_of, exists
from data.message import say
from data.tables.eligibility import InterfaceAnswer
from data.tables.life import Suspension
from data.tables.order import ProductOrder

_a, _o, _s = columns_of(InterfaceAnswer), columns_of(ProductOrder), columns_of(Suspension)
_r = _o.alias("reversing")
_LATER = ("waiting", "confirmed", "refused", "settled")

RULES = (
    Rule(
        7,
        "answer of a service is whole",
        InterfaceAnswer,
        select(_a.c.id.label("key"), _a.c.interface.label("interface"), _a.c.state.label("state")).where(
            or_(
                (_a.c.verdict != "") != (_a.c.state == "answered"),
                (_a.c.verdict != "") != (_a.c.offline == ""),
                and_(_a.c.state == "unasked", _a.c.offline != "yes"),
                and_(_a.c.state.in_(_LATER), _a.c.offline.not_in(("later", "override", "rule"))),
                and_(_a.c.state.in_(("confirmed", "refused")), _a.c.later_at == ""),
                and_(_a.c.state == "settled", or_(_a.c.way.in_(("", "call_in")), _a.c.settled_at == "")),
                and_(_a.c.way.not_in(("", "call_in")), _a.c.state != "settled"),
            )
        ),
        say("The answer of {interface} is {state}, and the rest of it tells otherwise."),
    ),
    Rule(
        7,
        "refusal of a service was seen to",
        InterfaceAnswer,
        select(_a.c.id.label("key"), _a.c.interface.label("interface"), _o.c.serial.label("serial"))
        .select_from(_a.join(_o, _o.c.id == _a.c.order_id))
        .where(
            or_(
                and_(
                    _a.c.way == "stop",
                    ~exists(_s.c.subscription_id == _o.c.subscription_id, _s.c.cause == "identity"),
                ),
                and_(_a.c.way == "undo", _o.c.state != "cancelled", ~exists(_r.c.reverses == _o.c.id)),
            )
        ),
        say("Order {serial} counts as stopped or taken back for {interface}; it is not."),
    ),
)
