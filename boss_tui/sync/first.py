"""The first edition: all that a store is made with of what headquarters publishes, by the thousand.

What a new hall or a new headquarters begins with (the demonstration, a hall to learn in, tests) was published like
everything after it: items of the stream, the lines that they hold, and the rows that these make, written at once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from boss_tui.editions.lines import RowEdit, stored
from boss_tui.editions.rows_date import STANDS_ON
from boss_tui.editions.scope import ALL, HERE, OUTLET, home_of
from boss_tui.sync.dates import STREAM
from boss_tui.sync.edition_items import KIND, KIND_VERSION, About, parted
from boss_tui.sync.shapes import Item
from data.bulk import Bulk
from data.journal import canonical
from data.statements import keys, table_name
from data.tables.base import Table
from data.tables.edition import PublishedLine
from data.tables.sync import FeedItem, Setting

COUNTS_FROM = "2000-01-01"
"""The business date from which it counts: before any that a store is in."""
MADE_AT = "2000-01-01T00:00:00.000000Z"

Rows = Sequence[tuple[type[Table], Sequence[Mapping[str, Any]]]]


def unsigned(_text: bytes) -> str:
    """No signature: of a store that knows no headquarters."""
    return ""


@dataclass
class FirstEdition:
    """Publishes rows as the first edition, alike into each store that it is called for. `sign`: by its key."""

    sign: Callable[[bytes], str] = unsigned
    _items: list[tuple[Item, tuple[RowEdit, ...]]] = field(default_factory=list)

    def __call__(self, into: Bulk, rows: Rows, day: str, scopes: Sequence[str] = ()) -> int:
        """Write rows that count from the beginning into a store on a business date; the number of the last item.

        `scopes`: those that the store is in, an outlet's; none for headquarters.
        """
        self._items = self._items or list(self._made(rows))
        own = [(item, lines) for item, lines in self._items if not scopes or item.scope in scopes]
        for model, told in rows:
            into.insert(model, [row for row in told if not scopes or _scope(model, row) in scopes])
        into.insert(FeedItem, [{"outlet": STREAM, **item.model_dump()} for item, _ in own])
        into.insert(
            PublishedLine,
            [
                stored(line, item.number, at, COUNTS_FROM, at_once=False, scope=item.scope)
                for item, lines in own
                for at, line in enumerate(lines)
            ],
        )
        into.insert(Setting, [{"name": STANDS_ON, "value": day}])
        if scopes:
            into.insert(Setting, [{"name": HERE, "value": canonical(sorted(scopes))}])
        return len(self._items)

    def _made(self, rows: Rows) -> list[tuple[Item, tuple[RowEdit, ...]]]:
        by_scope: dict[str, list[RowEdit]] = {ALL: []}
        for model, told in rows:
            for row in told:
                by_scope.setdefault(_scope(model, row), []).append(_line(model, row))
        made: list[tuple[Item, tuple[RowEdit, ...]]] = []
        about = About("first", 0, "load", "The first edition", STREAM, STREAM, COUNTS_FROM, False)
        for scope, lines in by_scope.items():
            for part in parted(about, lines):
                item = Item(
                    number=len(made) + 1,
                    kind=KIND,
                    kind_version=KIND_VERSION,
                    body=part.body(),
                    made_at=MADE_AT,
                    signature="",
                    scope=scope,
                )
                signature = self.sign(item.signed_text(STREAM))
                made.append((item.model_copy(update={"signature": signature}), part.lines))
        return made


def _scope(model: type[Table], row: Mapping[str, Any]) -> str:
    return home_of(row) if model.__scope__ == OUTLET else ALL


def _line(model: type[Table], row: Mapping[str, Any]) -> RowEdit:
    names = keys(model)
    values = {name: value for name, value in row.items() if name not in names}
    return RowEdit(table_name(model), tuple(row[name] for name in names), "add", values)
