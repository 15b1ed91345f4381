"""The founding of a headquarters 建局: what it publishes before anybody works there who could approve it.

It is recorded as that, approved by nobody, and only then: once two managers and a counter of its own station were
published, or any edition that was decided, every change is an edition that another person approves.
"""

from __future__ import annotations

from sqlalchemy import func, select

from boss_tui.components.operators import grade_of
from boss_tui.editions.scope import OFFICE
from boss_tui.editions.subjects import FOUNDING
from data.store import Reading
from data.tables.edition import Edition
from data.tables.organisation import Counter, Operator
from data.tables.sync import Setting

MANAGERS = 2
"""Who makes a change, and who approves it."""

_edition = Edition.table()
DECIDED = ("approved", "in_force", "failed")
"""The states of editions that were published."""
_OTHERS = select(func.count()).where(_edition.c.subject != FOUNDING, _edition.c.state.in_(DECIDED))


def is_being_founded(reading: Reading) -> bool:
    """Whether nobody could approve an edition here as yet."""
    own = reading.find(Setting, name=OFFICE)
    if own is None:
        return not reading.scalar(_OTHERS)
    managers = [each for each in reading.all(Operator, outlet=own.value) if grade_of(reading, each.role) == "manager"]
    manned = len(managers) >= MANAGERS and reading.find(Counter, outlet=own.value) is not None
    return not manned and not reading.scalar(_OTHERS)
