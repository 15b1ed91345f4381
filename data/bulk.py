"""Many rows at once: imports, demonstration data, the pages of a feed. One statement, run for thousands of rows.

Nothing here is journalled: it is for what stands before a journal begins, and for local copies of what headquarters
wrote. What a business does goes through `Store.transaction()`.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from typing import Any

from sqlalchemy import text

from data import engine
from data.published import count_up
from data.statements import columns, defaults
from data.store import Store
from data.tables.base import Table

BATCH = 5_000
LARGE_CACHE_KIB = 200_000


class Bulk:
    """An open transaction that takes rows by the thousand."""

    def __init__(self, store: Store, cursor: Any) -> None:
        self._store = store
        self._cursor = cursor
        self.inserted = 0
        self.republished = False

    def insert(self, model: type[Table], rows: Iterable[Mapping[str, Any]]) -> int:
        """Insert rows given by their values, defaults filled in; memory holds one batch. Answers how many.

        Conflict (raised at the end of the block) when a key is taken; then nothing of the block is stored.
        """
        prepared = self._store.statements.insert(model)
        standard, names, count = defaults(model), columns(model), 0
        source = iter(rows)
        while batch := [prepared.parameters(_whole(row, standard, len(names))) for row in islice(source, BATCH)]:
            self._cursor.executemany(prepared.sql, batch)
            count += len(batch)
        self.inserted += count
        self.republished |= model.__published__
        return count


def _whole(row: Mapping[str, Any], standard: Mapping[str, Any], width: int) -> dict[str, Any]:
    values = {**standard, **row}
    if len(values) != width:
        raise TypeError(f"{len(values)} values for {width} columns: {sorted(values)}")
    return values


@contextmanager
def bulk(store: Store) -> Iterator[Bulk]:
    """One transaction for many rows, all or nothing. Foreign keys are checked at its end."""
    with store._cursor("BEGIN IMMEDIATE" if store.is_sqlite else "BEGIN") as cursor:
        _cache(store, cursor, LARGE_CACHE_KIB)  # indexes in no order would be read and written again and again
        try:
            rows = Bulk(store, cursor)
            yield rows
            if rows.republished:
                count_up(store.statements, cursor)
        finally:
            _cache(store, cursor, engine.CACHE_KIB)


def _cache(store: Store, cursor: Any, kibibytes: int) -> None:
    if store.is_sqlite:
        cursor.execute(f"PRAGMA cache_size=-{kibibytes}")


class Keys:
    """UUIDv7 texts from a seed: the same seed makes the same keys, wherever and whenever it is run.

    `start_ms` is the first key's time in milliseconds; each key is one later, so that an index grows at its end.
    """

    def __init__(self, seed: int, start_ms: int) -> None:
        self._chance = random.Random(seed)
        self._ms = start_ms

    def __call__(self) -> str:
        """The next key."""
        self._ms += 1
        chance = self._chance.getrandbits(74)
        value = (self._ms << 80) | (0x7 << 76) | ((chance >> 62) << 64) | (0b10 << 62) | (chance & ((1 << 62) - 1))
        digits = f"{value:032x}"
        return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"


_INDEXES = text(
    "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name = :of ORDER BY name"
)


@contextmanager
def without_indexes(store: Store, models: Iterable[type[Table]]) -> Iterator[None]:
    """Take away these tables' indexes and make them anew at the end: sorted once, not written at a million places.

    Keys and UNIQUE constraints stay. For a store that is being made: if it is broken off, the indexes are gone. On
    PostgreSQL nothing is taken away.
    """
    found: list[tuple[Any, ...]] = []
    if store.is_sqlite:
        with store.reading() as reading:
            for model in models:
                found += reading.rows(_INDEXES, of=str(model.__tablename__))
    _run(store, [f'DROP INDEX "{name}"' for name, _ in found])
    yield
    _run(store, [sql for _, sql in found])


def _run(store: Store, statements: list[str]) -> None:
    for statement in statements:
        with bulk(store) as rows:
            rows._cursor.execute(statement)
