"""What headquarters publishes, as it stands: the rows of one part after another, and how far outlets have read it."""

from __future__ import annotations

from typing import Any

from boss_tui.sync.items import TABLES_OF_PART
from boss_tui.sync.rows import shared_table
from data.statements import keys
from data.store import Reading


def snapshot(reading: Reading, part: str) -> dict[str, list[dict[str, Any]]]:
    """All rows of a part of what is published, by table, in the order of their keys."""
    found = {}
    for name in TABLES_OF_PART[part]:
        model = shared_table(name)
        found[name] = [dict(row.__dict__) for row in reading.all(model, order=keys(model))]
    return found
