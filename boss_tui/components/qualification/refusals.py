"""What a service refused after a business was done, since it could not be asked then (catalogue F1).

It is a task for somebody, until they have stopped the line, taken the order back, or found that it stands.
"""

from __future__ import annotations

from sqlalchemy import bindparam, func, select, text

from data.store import Reading
from data.tables.eligibility import REFUSED_LATER, WAITS_FOR_ANSWER, InterfaceAnswer

_a = InterfaceAnswer.table()
_REFUSED = (
    select(*_a.c).where(_a.c.outlet == bindparam("outlet"), text(f"({REFUSED_LATER})")).order_by(_a.c.later_at, _a.c.id)
)
_COUNT = select(func.count()).select_from(_a).where(_a.c.outlet == bindparam("outlet"), text(f"({REFUSED_LATER})"))
_DUE = (
    select(*_a.c)
    .where(_a.c.outlet == bindparam("outlet"), text(f"({WAITS_FOR_ANSWER})"))
    .order_by(_a.c.asked_at, _a.c.id)
    .limit(500)
)


def refused(reading: Reading, outlet: str) -> list[InterfaceAnswer]:
    """What somebody must see to, the oldest first."""
    return reading.models(InterfaceAnswer, _REFUSED, outlet=outlet)


def count(reading: Reading, outlet: str) -> int:
    """How many that are."""
    return int(reading.scalar(_COUNT, outlet=outlet))


def to_ask(reading: Reading, outlet: str) -> list[InterfaceAnswer]:
    """What is to be asked again, the oldest first."""
    return reading.models(InterfaceAnswer, _DUE, outlet=outlet)
