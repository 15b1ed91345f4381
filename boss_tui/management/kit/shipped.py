"""Rows of the program's own 程序自带: each counts while headquarters has published nothing in its place.

They stand in no table, so nobody ends them; who changes one begins a row of headquarters' own with what it says.
Queries only.
"""

from __future__ import annotations

from collections.abc import Iterator

from boss_tui.management.kit.entity import Entity, Key, Values
from data.statements import columns, defaults
from data.store import Reading

NO_REVISION = 0
"""The revision of a row that ships: of those that stand in a table the first is 1."""


def shipped(reading: Reading, entity: Entity, day: str) -> Iterator[Values]:
    """The program's own rows that count on a business date, as the table's columns would hold them."""
    if entity.ships is None:
        return
    empty = {**dict.fromkeys(columns(entity.model)), **defaults(entity.model), "revision": NO_REVISION}
    for row in entity.ships(reading, day):
        yield {**empty, **row}


def shipped_row(reading: Reading, entity: Entity, key: Key, day: str) -> Values | None:
    """One of them; None: there is none of this key, or another row counts in its place."""
    return next((row for row in shipped(reading, entity, day) if entity.key_of(row) == key), None)


def is_shipped(row: Values) -> bool:
    """Whether a row of a list is the program's own."""
    return row.get("revision") == NO_REVISION
