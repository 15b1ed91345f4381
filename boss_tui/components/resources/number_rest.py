"""How long a number rests once it was given up 冷冻, and what must be gone before somebody else has it (catalogue M5).

A grade says for how many days (0: as the parameter does); longer where whoever had it was stopped for fraud. What
would reach its next holder is gone first: calls of others that are forwarded to it. It rests only when the network has
confirmed that it has forgotten the last one.
Source: management-facts 5.2.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, exists, select

from boss_tui.components.products.suspending import FORWARD_TO
from data.parameters import QUARANTINE_DAYS, QUARANTINE_FRAUD_DAYS
from data.store import Reading
from data.tables.life import ServiceParameter
from data.tables.order import Subscription
from data.tables.resource import NumberGrade

_p, _s = ServiceParameter.table(), Subscription.table()
_ENDED = ("terminated", "cancelled")


def days_of_rest(reading: Reading, grade: str, *, fraud: bool = False) -> int:
    """For how many days a number of a grade rests."""
    row = reading.find(NumberGrade, code=grade)
    days = (row.quarantine_days if row is not None else 0) or QUARANTINE_DAYS.of(reading)
    return max(days, QUARANTINE_FRAUD_DAYS.of(reading)) if fraud else days


def nobody_forwards_to(number: Any) -> ColumnElement[bool]:
    """The condition that no line's calls are forwarded to a number (a column, or a bind parameter)."""
    forwards = select(_p.c.subscription_id).where(
        _p.c.value == number,
        _p.c.name == FORWARD_TO,
        exists(select(_s.c.id).where(_s.c.id == _p.c.subscription_id, _s.c.state.not_in(_ENDED))),
    )
    return ~exists(forwards)
