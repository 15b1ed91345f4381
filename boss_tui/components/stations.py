"""Where one is: at an outlet, or at headquarters' own station, the office."""

from __future__ import annotations

from data.store import Reading
from data.tables.sync import Setting

OFFICE = "office"
"""The setting that says which outlet code is headquarters' own station."""


def is_office(reading: Reading, outlet: str) -> bool:
    """Whether an outlet is headquarters' own station, which sells nothing and pushes to nobody."""
    office = reading.find(Setting, name=OFFICE)
    return office is not None and office.value == outlet


def shelf(reading: Reading, outlet: str) -> str:
    """Whose stock lies at a station: an outlet's own, or headquarters', which nobody holds (empty)."""
    return "" if is_office(reading, outlet) else outlet
