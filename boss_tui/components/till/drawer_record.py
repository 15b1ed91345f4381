"""What is on record of a shift's drawer: each time that it was opened without a sale, and where it stood. Read only."""

from __future__ import annotations

from data.store import Reading
from data.tables.finance import DrawerMove, Shift
from data.tables.sync import AccessLog

OPENED = "drawer.open"
"""The act on record when a drawer was opened without a sale; its subject is the shift."""


def openings(reading: Reading, shift: Shift) -> list[AccessLog]:
    """Each time that the drawer of a shift was opened without a sale."""
    return reading.all(AccessLog, act=OPENED, subject=shift.id, order=("made_at",))


def tills_of(reading: Reading, shift: Shift) -> list[str]:
    """Every till that a shift stood at, the last one last."""
    left = [move.till for move in reading.all(DrawerMove, shift_id=shift.id, act="suspended", order=("made_at",))]
    return [*(till for till in dict.fromkeys(left) if till != shift.till), shift.till]
