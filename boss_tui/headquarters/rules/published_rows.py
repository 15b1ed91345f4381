"""What was published of headquarters' rows: how each stood by its lines, and how an outlet may have had it."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import cached_property
from typing import Any, TypeVar

from boss_tui.editions.lines import Key, Values, folded, folded_in, history, line_of, rows_in, told_apart
from boss_tui.editions.scope import OUTLET, scopes_by, scopes_here, scopes_of
from data.statements import table_name
from data.store import Reading
from data.tables.base import Table
from data.tables.edition import PublishedLine
from data.tables.organisation import Outlet

R = TypeVar("R")


class PublishedRows:
    """The published lines of headquarters' rows. What is published to some outlets only is as `outlet` has it; of
    none, as headquarters itself."""

    def __init__(self, reading: Reading, outlet: str) -> None:
        self.reading, self._outlet = reading, outlet
        self._said: dict[Hashable, Any] = {}

    @cached_property
    def views(self) -> tuple[frozenset[str] | None, ...]:
        """The scopes that the outlet is in, and those that it was in before it was moved. None: headquarters' own."""
        return self.reading.worked_out(("views", self._outlet), self._views) if self._outlet else (None,)

    def _views(self) -> tuple[frozenset[str] | None, ...]:
        told = [line_of(line) for line in history(self.reading, table_name(Outlet), (self._outlet,))]
        rows = (folded(Outlet, (self._outlet,), told[:upto]) for upto in range(1, len(told) + 1))
        before = (frozenset(scopes_by(row)) for row in rows if row is not None)
        return tuple(dict.fromkeys([frozenset(scopes_of(self.reading, self._outlet)), *before]))

    def apart(self, model: type[Table]) -> frozenset[Key]:
        """The rows of a table that outlets may have otherwise than headquarters."""
        if not (self._outlet and model.__owner__.part and model.__scope__ != OUTLET):
            return frozenset()
        table = table_name(model)
        return self.reading.worked_out(("apart", table), lambda: frozenset(told_apart(self.reading, table)))

    def _by_lines(self, of: Callable[[], R], model: type[Table], key: Key, *asked: Hashable) -> R:
        """What a row's published lines alone say: made once for all batches, until something is published; of rows
        that are as many as people are, once for this one."""
        place = (table_name(model), key, *asked, self.views if key in self.apart(model) else ())
        if model.__published__:
            return self.reading.worked_out(place, of)
        said: R = self._said[place] if place in self._said else self._said.setdefault(place, of())
        return said

    def on(self, model: type[Table], key: Key, day: str, view: int = 0) -> Values | None:
        """A row as it stood, stands or will stand on a business date, in one of the `views`."""

        def stands() -> Values | None:
            return rows_in(self.reading, self._scopes(model, key, view), table_name(model), [key], day).get(key)

        return self._by_lines(stands, model, key, "on", day, view)

    def read_to(self, number: int, model: type[Table], key: Key, day: str, view: int = 0) -> Values | None:
        """As `on`, for an outlet that had read the stream up to the item of a number and no further."""

        def stands() -> Values | None:
            lines = history(self.reading, table_name(model), key)
            there = [line for line in lines if line.number <= number and (line.at_once or line.effective_from <= day)]
            return folded_in(self._scopes(model, key, view), table_name(model), key, there)

        return self._by_lines(stands, model, key, "read_to", number, day, view)

    def _scopes(self, model: type[Table], key: Key, view: int) -> frozenset[str] | None:
        return self.views[view] if key in self.apart(model) else scopes_here(self.reading)

    def history(self, model: type[Table], key: Key) -> list[PublishedLine]:
        """Every line of a row that the outlet has been or will be told, in the order in which they count."""

        def told() -> list[PublishedLine]:
            lines, told_all = history(self.reading, table_name(model), key), key not in self.apart(model)
            return [
                line for line in lines if told_all or any(view is None or line.scope in view for view in self.views)
            ]

        return self._by_lines(told, model, key, "history")

    def otherwise(self, model: type[Table], key: Key, day: str) -> list[Values]:
        """A row in each way in which its lines left it, and in which an outlet that had read some of them had it."""

        def ways() -> list[Values]:
            lines = self.history(model, key)
            told = [line_of(line) for line in lines]
            found = [folded(model, key, told[:upto]) for upto in range(1, len(told) + 1)]
            found += [
                self.read_to(number, model, key, day, view)
                for number in sorted({line.number for line in lines})
                for view in range(len(self.views))
            ]
            return [row for at, row in enumerate(found) if row is not None and row not in found[:at]]

        return self._by_lines(ways, model, key, "otherwise", day)
