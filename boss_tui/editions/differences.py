"""Differences, field by field: what an edition changes, and what changed between two business dates."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from msgspec import Struct

from boss_tui.editions.lines import Key, Values, as_of, published_table, row_on, touched
from boss_tui.editions.rehearsal import has_ended
from boss_tui.editions.standing import day_of, line, rows_of
from data.statements import columns, defaults, keys
from data.store import Reading
from data.tables.base import Table
from data.tables.edition import Edition, EditionLine


class Difference(Struct, frozen=True):
    """A field that differs. `op`: what happens to its row (add, change, end). Of a row that is not there: None.

    `stands`: what stands there now, on the date from which an edition counts: where it is not `before`, it has moved.
    """

    table: str
    key: Key
    op: str
    column: str
    before: Any
    after: Any
    stands: Any
    position: int = -1


HASHED = "***"
"""What is shown in place of the hash of a password, whatever it is."""


def _shown(model: type[Table], column: str, before: Any, after: Any, stands: Any) -> tuple[Any, Any, Any]:
    if column not in model.__hashed__:
        return before, after, stands
    first, then, now = (HASHED if value else value for value in (before, after, stands))
    return first, then, now


def of_edition(reading: Reading, edition: Edition, today: str) -> list[Difference]:
    """What an edition changes, in the order of its lines."""
    day = day_of(edition, today)
    return [each for row in rows_of(reading, edition.id) for each in _of_line(reading, row, day, edition.scope)]


def _of_line(reading: Reading, row: EditionLine, day: str, scope: str) -> Iterator[Difference]:
    told, before = line(row), json.loads(row.before)
    model = published_table(told.table)
    stands = row_on(reading, told.table, told.key, day, scope) or {}
    after: Mapping[str, Any] = told.values
    if told.op == "add":
        after = {**defaults(model), **told.values}
    elif told.op == "end":
        after = model.__ended__ or dict.fromkeys(before)
    for column in columns(model):
        if column in after and column not in {*keys(model), "revision"}:
            of = _shown(model, column, before.get(column), after[column], stands.get(column))
            yield Difference(told.table, told.key, told.op, column, *of, row.position)


def between(reading: Reading, first: str, last: str, tables: Iterable[str] = ()) -> list[Difference]:
    """What is other on a business date than on an earlier one, of these tables (empty: all that are published)."""
    wanted = set(tables)
    places = sorted(place for place in touched(reading, first, last) if not wanted or place[0] in wanted)
    return [
        each
        for table, row_key in places
        for each in of_rows(table, row_key, as_of(reading, table, row_key, first), as_of(reading, table, row_key, last))
    ]


def of_rows(table: str, row_key: Key, before: Values | None, after: Values | None) -> Iterator[Difference]:
    """What differs between two states of a row."""
    model = published_table(table)
    op = _happened(model, before, after)
    for column in columns(model):
        old, new = (before or {}).get(column), (after or {}).get(column)
        if old != new and column not in {*keys(model), "revision"}:
            yield Difference(table, row_key, op, column, *_shown(model, column, old, new, new))


def _happened(model: Any, before: Values | None, after: Values | None) -> str:
    stood, stands = (row is not None and not has_ended(model, row) for row in (before, after))
    return "change" if stood == stands else "add" if stands else "end"
