"""What an outlet must have of headquarters' rows, reckoned from headquarters' published lines alone, by other code than
the program's: those that it has read, in its scopes, that count on its business date.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from boss_tui.editions.rows_date import stands_on
from data.statements import columns, defaults, keys
from data.store import Reading, Store
from data.tables import all_tables
from data.tables.edition import PublishedLine

PUBLISHED = {name: model for name, model in all_tables().items() if model.__owner__.part}
Place = tuple[str, str]
Row = dict[str, Any]


@dataclass
class Book:
    """The lines that headquarters has published, each read once."""

    lines: list[PublishedLine] = field(default_factory=list)

    def read(self, reading: Reading) -> None:
        """Take in what was published since."""
        self.lines = reading.all(PublishedLine, order=("effective_from", "number", "position"))

    def last(self) -> int:
        """The number of the last item."""
        return max(line.number for line in self.lines)

    def rows(self, through: int, scopes: Iterable[str], day: str) -> dict[Place, Row]:
        """The rows that an outlet has, by table and key."""
        here = frozenset(scopes)
        found: defaultdict[Place, list[PublishedLine]] = defaultdict(list)
        undone: set[tuple[Place, int]] = set()
        for line in self.lines:
            if line.number <= through and line.scope in here and (line.at_once or line.effective_from <= day):
                found[line.table_name, line.row_key].append(line)
                if line.op == "undo":
                    undone.add(((line.table_name, line.row_key), json.loads(line.content)["item"]))
        rows = {}
        for place, lines in found.items():
            row = _row(place, [line for line in lines if (place, line.number) not in undone])
            if row is not None:
                rows[place] = row
        return rows


def _row(place: Place, lines: Iterable[PublishedLine]) -> Row | None:
    model = PUBLISHED[place[0]]
    row: Row | None = None
    for line in lines:
        told = json.loads(line.content)
        if line.op == "add":
            row = {**defaults(model), **dict(zip(keys(model), json.loads(place[1]), strict=True)), **told}
            row.pop("revision")
        elif row is not None and line.op == "change":
            row |= told
        elif row is not None and line.op == "end":
            row = {**row, **model.__ended__} if model.__ended__ else None
    return row


def rows_of(store: Store) -> dict[Place, Row]:
    """The rows of headquarters' that a store has; how often they were written is its own."""
    with store.reading() as reading:
        return {
            (name, json.dumps([getattr(row, key) for key in keys(model)], ensure_ascii=False, separators=(",", ":"))): {
                column: getattr(row, column) for column in columns(model) if column != "revision"
            }
            for name, model in PUBLISHED.items()
            for row in reading.all(model)
        }


def differences(book: Book, store: Store, through: int, scopes: Iterable[str]) -> list[str]:
    """Where an outlet's rows are not what headquarters says, in words; empty: nowhere."""
    with store.reading() as reading:
        day = stands_on(reading)
    wanted = {
        place: {k: v for k, v in row.items() if k != "revision"}
        for place, row in book.rows(through, scopes, day).items()
    }
    here = rows_of(store)
    return [
        f"{place} on {day}: headquarters {wanted.get(place)}, here {here.get(place)}"
        for place in sorted(wanted.keys() | here.keys())
        if wanted.get(place) != here.get(place)
    ]
