"""What a service refused after a business was done, since it could not be asked then (catalogue F1).

It is a task for somebody, until they have stopped the line, taken the order back, or found that it stands.
"""

from __future__ import annotations

from sqlalchemy import bindparam, select, text

from data.statements import counting
from data.states import MOST
from data.store import Reading
from data.tables.eligibility import REFUSED_LATER, WAITS_FOR_ANSWER, InterfaceAnswer

AT_ONCE = 500
_a = InterfaceAnswer.table()
_is_refused = (_a.c.outlet == bindparam("outlet"), text(f"({REFUSED_LATER})"))
_REFUSED = select(*_a.c).where(*_is_refused).order_by(_a.c.later_at, _a.c.id).limit(bindparam("most"))
_COUNT = counting(_a, *_is_refused, most=MOST)
_DUE = (
    select(*_a.c)
    .where(_a.c.outlet == bindparam("outlet"), text(f"({WAITS_FOR_ANSWER})"))
    .order_by(_a.c.asked_at, _a.c.id)
    .limit(AT_ONCE)
)


def refused(reading: Reading, outlet: str, most: int = AT_ONCE) -> list[InterfaceAnswer]:
    """What somebody must see to, the oldest first."""
    return reading.models(InterfaceAnswer, _REFUSED, outlet=outlet, most=most)


def count(reading: Reading, outlet: str) -> int:
    """How many that are, as far as `MOST`."""
    return int(reading.scalar(_COUNT, outlet=outlet))


def to_ask(reading: Reading, outlet: str) -> list[InterfaceAnswer]:
    """What is to be asked again, the oldest first."""
    return reading.models(InterfaceAnswer, _DUE, outlet=outlet)
