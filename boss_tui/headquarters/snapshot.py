"""What headquarters publishes, as it stands: the rows of one part after another, and how far outlets have read it."""

from __future__ import annotations

from typing import Any

from boss_tui.sync.items import TABLES_OF_PART
from boss_tui.sync.rows import shared_table
from data.statements import keys
from data.store import Reading


def snapshot(reading: Reading, part: str) -> dict[str, list[dict[str, Any]]]:
    """All rows of a part of what is published, by table, in the order of their keys; without secrets, also where they
    are hashed or enciphered: who loads them again leaves what stands there."""
    found = {}
    for name in TABLES_OF_PART[part]:
        model = shared_table(name)
        secret = {*model.__hashed__, *model.__secret__, *model.__enciphered__}
        rows = reading.all(model, order=keys(model))
        found[name] = [
            {column: value for column, value in row.__dict__.items() if column not in secret} for row in rows
        ]
    return found
