"""Rows that come from the other side, written here: by revision, in bulk, with their references checked.

Used by the outlet for feed items and history, and by headquarters for what outlets push. Rows written so are not told
by this store's own journal (`UnitOfWork.received`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from msgspec import Struct
from sqlalchemy import BigInteger, Integer, bindparam, select
from sqlalchemy.sql import ClauseElement

from boss_tui.editions.lines import Unfit
from data.message import Message, say
from data.references import references_of, references_to
from data.statements import columns, keys
from data.store import KeyedChange, Reading, UnitOfWork
from data.table_words import row_words, table_word
from data.tables import all_tables
from data.tables.base import Table

__all__ = [
    "Differing",
    "Unfit",
    "dangling",
    "fitting",
    "holds",
    "key_of",
    "put_rows",
    "shared_table",
    "shared_tables",
    "still_named",
]

_NEITHER_HOLDS = re.compile("[\x00\ud800-\udfff]")
"""A zero byte, or half of a surrogate pair."""


@cache
def shared_tables() -> dict[str, type[Table]]:
    """The tables that travel: all but local ones."""
    return {name: table for name, table in all_tables().items() if not table.__local__}


def shared_table(name: str) -> type[Table]:
    """A table that travels, by name; Unfit when there is none."""
    model = shared_tables().get(name)
    if model is None:
        raise Unfit(say("There is no shared table {table}.", table=name))
    return model


@cache
def _bounds(model: type[Table]) -> dict[str, tuple[int, bool]]:
    """Of each column, below how much its whole numbers are (0: it holds text), and whether it may be empty. SQLite
    alone would hold larger ones, and a number as text."""
    return {
        column.name: (
            2**63 if isinstance(column.type, BigInteger) else 2**31 if isinstance(column.type, Integer) else 0,
            bool(column.nullable),
        )
        for column in model.table().columns
    }


def measures(model: type[Table]) -> set[str]:
    """The columns of a table that can be added to: its amounts and counts."""
    others = {*keys(model), "revision"}
    return {name for name, (below, empty) in _bounds(model).items() if below and not empty and name not in others}


def fitting(model: type[Table], values: Any) -> dict[str, Any]:
    """Values whose names are the table's columns, each of its column's type; else Unfit."""
    bounds = _bounds(model)
    if not isinstance(values, dict) or not values.keys() <= bounds.keys():
        raise Unfit(say("{table} has other columns.", table=table_word(model)))
    for name, value in values.items():
        if not _fits(value, *bounds[name]):
            raise Unfit(say("{table} can't hold this value.", table=table_word(model)))
    return values


def _fits(value: Any, below: int, empty: bool) -> bool:
    if type(value) is str:
        return not below and holds(value)
    if value is None:
        return empty
    return type(value) is int and -below <= value < below


def holds(value: Any) -> bool:
    """Whether a column of either database can hold this text or whole number."""
    if isinstance(value, str):
        return value.isprintable() or _NEITHER_HOLDS.search(value) is None  # what is printable is quickly seen
    return type(value) is int and -(2**63) <= value < 2**63


def key_of(model: type[Table], row: Mapping[str, Any]) -> tuple[Any, ...]:
    """A row's key; Unfit when a part is missing."""
    try:
        return tuple(row[name] for name in keys(model))
    except KeyError as fault:
        raise Unfit(say("{table} has other columns.", table=table_word(model))) from fault


class Differing(Struct, frozen=True):
    """A row that had another content here under the same revision. `replaced`: what was told stands now; else what
    stood here does."""

    table: str
    key: tuple[Any, ...]
    replaced: bool


def put_rows(
    tx: UnitOfWork, told: Mapping[str, Sequence[Mapping[str, Any]]], *, by_author: bool = False
) -> list[Differing]:
    """Write whole rows by table: new ones are added, older revisions replaced, same and newer ones left as they are.

    `by_author`: headquarters itself tells them, so that where it alone writes its row stands also against another
    content under the same revision. Answers those that had another: somebody altered them here, or, where both sides
    write, both changed them at once.
    """
    found: list[Differing] = []
    with tx.received():
        for name in sorted(told):
            model = shared_table(name)
            its_own = by_author and model.__owner__.kind == "headquarters"
            differing = _put_table(tx, model, [fitting(model, dict(row)) for row in told[name]], its_own)
            found += [Differing(name, key, its_own) for key in differing]
    return found


def _put_table(tx: UnitOfWork, model: type[Table], rows: list[dict[str, Any]], its_own: bool) -> list[tuple[Any, ...]]:
    added, changed, differing = [], [], []
    for row in rows:
        key = key_of(model, row)
        if len(row) != len(columns(model)) or "revision" not in row:
            raise Unfit(say("{table} has other columns.", table=table_word(model)))
        here: Any = tx.find(model, **dict(zip(keys(model), key, strict=True)))
        if here is None:
            added.append(row)
            continue
        values = _told(model, row)
        differs = here.revision == row["revision"] and any(here.__dict__[n] != v for n, v in values.items())
        if differs:
            differing.append(key)
        if here.revision < row["revision"] or (differs and its_own):
            changed.append((key, here.revision, values))
    if added:
        tx.add_many(model, added)
    for group in _alike(changed):
        tx.change_many(model, group)
    return differing


def _told(model: type[Table], row: Mapping[str, Any]) -> dict[str, Any]:
    """What a row that is handed down says of one that is here: nothing of what headquarters keeps to itself, nor of a
    secret that did not come with it."""
    untold = {*keys(model), *model.__secret__, *(name for name in model.__enciphered__ if not row[name])}
    return {name: value for name, value in row.items() if name not in untold}


def _alike(changed: Iterable[KeyedChange]) -> Iterable[list[KeyedChange]]:
    """Changes of the same columns, together."""
    grouped: dict[tuple[str, ...], list[KeyedChange]] = {}
    for change in changed:
        grouped.setdefault(tuple(change[2]), []).append(change)
    return grouped.values()


@cache
def _references(model: type[Table]) -> tuple[tuple[str, type[Table], ClauseElement], ...]:
    """Each referring column, the table that it names a row of, and the statement that looks for that."""
    return tuple(
        (reference.column, target, _look(target, key))
        for reference in references_of(model)
        if reference.enforced
        for target, key in reference.targets
    )


class Dangling(Struct, frozen=True):
    """A reference that leads nowhere: the column `column` of a row of `table` names a `value` that `target` has not."""

    table: type[Table]
    column: str
    target: type[Table]
    value: Any

    @property
    def message(self) -> Message:
        """It, in words."""
        return say(
            "{table} names {row}, which there is not.",
            table=table_word(self.table),
            row=row_words(self.target, (self.value,)),
        )


def dangling(reading: Reading, written: Iterable[tuple[type[Table], Mapping[str, Any]]]) -> Dangling | None:
    """The first reference of written rows that leads nowhere.

    The databases check references at the commit, which is too late to put one entry aside and keep the others.
    """
    for model, row in written:
        for column, target, statement in _references(model):
            value = row.get(column)
            if value is not None and reading.scalar(statement, named=value) is None:
                return Dangling(model, column, target, value)
    return None


@cache
def _named_by(model: type[Table]) -> tuple[tuple[type[Table], str, ClauseElement], ...]:
    """Whatever refers to this table's rows: the other table, the column that is named, and a look for one."""
    return tuple(
        (reference.model, dict(reference.targets)[model], _look(reference.model, reference.column))
        for reference in references_to(model)
        if reference.enforced
    )


def _look(model: type[Table], column: str) -> ClauseElement:
    named = model.table().c[column]
    return select(named).where(named == bindparam("named")).limit(1)


def still_named(reading: Reading, model: type[Table], key: Sequence[Any]) -> type[Table] | None:
    """A table with a row that names one which is gone, if there is any."""
    parts = dict(zip(keys(model), key, strict=True))
    for other, column, statement in _named_by(model):
        if column in parts and reading.scalar(statement, named=parts[column]) is not None:
            return other
    return None
