"""What a list shows, as a file that an import takes back: the heading in words, each cell as it is typed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from boss_tui.locale import Words
from boss_tui.management.kit import files
from boss_tui.management.kit.entity import Column, Entity, Values, text_of
from boss_tui.management.kit.listing import walk
from boss_tui.management.kit.stored import ListQuery, Place
from data.store import Reading

STEP = 2_000
"""Rows that are read and written at once."""


def heading(entity: Entity, words: Words) -> tuple[str, ...]:
    """The names of the columns: as they are called in a language."""
    return tuple(words(column.label) for column in entity.columns)


def cells(entity: Entity, row: Values) -> tuple[str, ...]:
    """A row as it is typed."""
    return tuple(entity.typed(row).values())


def rows(reading: Reading, entity: Entity, asked: ListQuery, after: Place | None = None) -> Iterator[Values]:
    """All rows of a list from a place on, in its order."""
    return walk(reading, entity, asked, after, back=False, size=STEP)


def written(entity: Entity, found: Iterable[Values], form: files.Format, words: Words) -> bytes:
    """Rows in a file of this form."""
    if form == "xlsx":
        values = ([_plain(entity.in_row(each, row), row[each.name]) for each in entity.columns] for row in found)
        return files.sheet_bytes(words(entity.says), heading(entity, words), values)
    return files.csv_bytes(_with_heading(entity, found, words), form)


def _with_heading(entity: Entity, found: Iterable[Values], words: Words) -> Iterator[Sequence[str]]:
    yield heading(entity, words)
    yield from (cells(entity, row) for row in found)


def _plain(column: Column, value: Any) -> Any:
    """A value as a spreadsheet holds it."""
    match column.spec.ask.kind:
        case "money" | "rate":
            return Decimal(value) / 100
        case "date" if value:
            return date.fromisoformat(value)
    is_plain = column.is_number and column.spec.ask.kind not in ("flag", "time", "volume")
    return value if is_plain else text_of(column, value)
