"""Rows in memory that answer as a unit of work does: for rules that need rows, and no database.

What is looked up by a query (counts over many rows) is given by `scalars`, in the order in which it is asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from boss_tui.components.base import Context
from boss_tui.editions.lines import RowEdit
from boss_tui.editions.subjects import Rehearsal
from data.clock import SeededClock, stamp
from data.errors import NotFound
from data.message import say
from data.statements import instance, keys, row_values
from data.store import UnitOfWork

DAY = "2026-11-23"
NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


class Rows:
    """A unit of work over lists."""

    def __init__(self, *rows: Any, scalars: Sequence[Any] = ()) -> None:
        self.rows, self.scalars = list(rows), list(scalars)
        self.clock = SeededClock(NOW)

    def all(self, model: Any, *, order: Sequence[str] = (), **where: Any) -> list[Any]:
        found = [
            row
            for row in self.rows
            if isinstance(row, model) and all(getattr(row, name) == value for name, value in where.items())
        ]
        for name in reversed(order):
            found.sort(key=lambda row: getattr(row, name.lstrip("-")), reverse=name.startswith("-"))
        return found

    def few(self, model: Any, most: int, *, order: Sequence[str] = (), **where: Any) -> list[Any]:
        return self.all(model, order=order, **where)[:most]

    def find(self, model: Any, **where: Any) -> Any:
        return next(iter(self.all(model, **where)), None)

    def one(self, model: Any, **where: Any) -> Any:
        found = self.find(model, **where)
        if found is None:
            raise NotFound(say("There is none."))
        return found

    def several(self, model: Any, wanted: Iterable[tuple[Any, ...]]) -> dict[tuple[Any, ...], Any]:
        by_key = {tuple(getattr(row, name) for name in keys(model)): row for row in self.all(model)}
        return {key: by_key[key] for key in wanted if key in by_key}

    def add(self, model: Any, /, **values: Any) -> Any:
        self.rows.append(row(model, **values))
        return self.rows[-1]

    def add_many(self, model: Any, rows: Sequence[Any]) -> None:
        for values in rows:
            self.add(model, **values)

    def change(self, old: Any, **values: Any) -> Any:
        place = next(n for n, each in enumerate(self.rows) if each is old)
        self.rows[place] = instance(old.__class__, {**old.__dict__, **values})
        return self.rows[place]

    def worked_out(self, _name: str, of: Callable[[], Any]) -> Any:
        return of()

    def scalar(self, *_: Any, **__: Any) -> Any:
        return self.scalars.pop(0)

    def present(self) -> datetime:
        return self.clock.now()

    def now(self) -> str:
        return stamp(self.clock.now())


def row(model: Any, /, **values: Any) -> Any:
    """A row with the defaults of its table; what must be said and is not, is empty or 0."""
    empty = {name: field.annotation() for name, field in model.model_fields.items() if field.is_required()}
    return instance(model, row_values(model, {**empty, **values}))


def context(rows: Rows | UnitOfWork, **values: Any) -> Context:
    """A step of C1 by a clerk."""
    standard = {
        "business": "C1",
        "outlet": "HZ01",
        "counter": "HZ0101",
        "operator": "1001",
        "role": "clerk",
        "business_date": DAY,
        "order_id": "order",
    }
    return Context(**{"tx": rows, **standard, **values})


def rehearsal(rows: Rows | UnitOfWork, lines: Mapping[int, RowEdit], day: str) -> Rehearsal:
    """Lines of an edition in these rows."""
    return Rehearsal(rows, lines, day)  # type: ignore[arg-type]
