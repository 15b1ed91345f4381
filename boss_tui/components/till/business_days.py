"""The open business day of an outlet, and the shift that somebody sells in: what everything at a counter is done on and
in. Both are opened and closed in `till`."""

from __future__ import annotations

from data.store import Reading
from data.tables.finance import BusinessDay, Shift


def today(reading: Reading, outlet: str) -> BusinessDay | None:
    """The outlet's open business date, if any."""
    return reading.find(BusinessDay, outlet=outlet, state="open")


def own_shift(reading: Reading, till: str, operator: str) -> Shift | None:
    """The shift that somebody sells in at a till: their own, open there. Nobody sells into another's drawer, not even a
    supervisor: who counts it would answer for what others took."""
    return reading.find(Shift, till=till, operator=operator, state="open")
