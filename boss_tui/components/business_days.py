"""The open business day of an outlet: what everything at a counter is done on. It is opened and closed in `till`."""

from __future__ import annotations

from data.store import Reading
from data.tables.finance import BusinessDay


def today(reading: Reading, outlet: str) -> BusinessDay | None:
    """The outlet's open business date, if any."""
    return reading.find(BusinessDay, outlet=outlet, state="open")
