"""Rows in memory as headquarters' rules ask for them, with what was published of them, and entries told to it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from types import SimpleNamespace
from typing import Any

from boss_tui.editions.lines import RowEdit, stored
from boss_tui.headquarters.absence import Absence
from boss_tui.headquarters.rules.claim import Claim, Known
from data.journal import Change
from data.statements import keys
from data.tables.edition import PublishedLine
from data.tables.order import ProductOrder
from tests.boss_tui.components.rows import DAY, Rows, row

MADE = "2026-11-23T01:00:00.000000Z"
"""09:00 on the hall's wall."""
Fact = tuple[Any, dict[str, Any]]


class Stored(Rows):
    """A reading of rows, and of the lines that were published of them."""

    def models(self, model: Any, _statement: Any, *, of_table: str = "", of_key: str = "", **_: Any) -> list[Any]:
        return self._lines(model, of_table, [of_key]) if of_table else self.all(model)

    def models_among(self, model: Any, _of: Any, texts: Iterable[str], *, of_table: str, day: str) -> list[Any]:
        found = self._lines(model, of_table, list(texts))
        return [line for line in found if line.effective_from <= day or line.at_once]

    def scalar(self, *_: Any, **__: Any) -> Any:
        return self.scalars.pop(0) if self.scalars else 0

    def _lines(self, model: Any, table: str, wanted: Sequence[str]) -> list[Any]:
        found = self.all(model, table_name=table, order=("effective_from", "number", "position"))
        return [line for line in found if line.row_key in wanted]


def published(number: int, table: str, key: Sequence[Any], day: str, op: Any = "change", **values: Any) -> Any:
    """A line of headquarters' that counts from a business date on."""
    return row(PublishedLine, **stored(RowEdit(table, tuple(key), op, values), number, 0, day, at_once=False))


def known(*rows: Any, scalars: Sequence[Any] = (), absence: Absence | None = None) -> Known:
    """What headquarters has; `scalars`: what its sums come to."""
    reading: Any = Stored(*rows, scalars=scalars)
    return Known(reading) if absence is None else Known(reading, absence)


def claim(*new: Fact, changed: Sequence[Change] = (), body: str = "{}", **entry: Any) -> Claim:
    """An entry with these new rows and changes."""
    standard = {
        "outlet": "HZ01",
        "epoch": 1,
        "seq": 9,
        "prev_hash": "h",
        "kind": "C12",
        "operator": "1001",
        "counter": "HZ0101",
        "made_at": MADE,
        "business_date": DAY,
        "body": body,
    }
    told: Any = SimpleNamespace(**{**standard, **entry})
    added = []
    for model, values in new:
        made = dict(row(model, **values).__dict__)
        key = tuple(made[name] for name in keys(model))
        added.append(Change(str(model.__tablename__), "add", key, 0, made))
    return Claim(told, [*added, *changed])


def order(business: str = "C12", **values: Any) -> Fact:
    """An order of a clerk's."""
    standard = {
        "id": "o1",
        "serial": "S1",
        "outlet": "HZ01",
        "operator": "1001",
        "business": business,
        "business_date": DAY,
        "state": "completed",
        "created_at": MADE,
    }
    return ProductOrder, {**standard, **values}


def change(table: str, key: str, base: int = 1, **values: Any) -> Change:
    """A change of a row with one column as its key."""
    return Change(table, "change", (key,), base, values)


def told(faults: Iterable[Any]) -> list[tuple[str, bool]]:
    """The reasons, and which of them are but notes."""
    return [(fault.reason, fault.note) for fault in faults]


def form(**values: Any) -> str:
    """What was typed, as an order keeps it."""
    return json.dumps(values)
