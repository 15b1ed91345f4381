"""A real unit of work whose rows need no others, and whose work is given up: for rules that ask by SQL.

Keys of other rows are not followed, and what a row doesn't say is empty or 0: a test says what its rule turns on.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from data.clock import SeededClock
from data.journal import Author
from data.store import Store, UnitOfWork
from tests.boss_tui.components.rows import DAY, NOW, row

UNIQUE = ("serial", "draft_id", "number")
"""Columns in which, where nothing is said, a row has its key."""


class Loose(UnitOfWork):
    """Writes what a test says, and what the rules write; nothing is kept."""

    def put(self, *rows: Any) -> None:
        """Rows as `row` makes them."""
        for one in rows:
            model, values = one.__class__, dict(one.__dict__)
            key = str(values.get("id", ""))
            for name in UNIQUE:
                if key and values.get(name) == "":
                    values[name] = key
            self.add_many(model, [{name: value for name, value in values.items() if name in model.model_fields}])

    def told(self, model: Any, *names: str, order: tuple[str, ...] = (), **where: Any) -> list[Any]:
        """These columns of the rows of a table, as they stand now: a value each where one column is asked for."""
        found = [tuple(getattr(one, name) for name in names) for one in self.all(model, order=order, **where)]
        return [one[0] for one in found] if len(names) == 1 else found


class OneWork:
    """A store whose every look and every transaction is one and the same unit of work; one that fails is undone."""

    def __init__(self, tx: Loose) -> None:
        self.tx, self.clock, self.engine = tx, tx.clock, tx.store.engine
        self.authors: list[Author] = []

    @contextmanager
    def reading(self) -> Iterator[Loose]:
        yield self.tx

    @contextmanager
    def transaction(self, author: Author, **_: Any) -> Iterator[Loose]:
        self.authors.append(author)
        with self.tx.savepoint():
            yield self.tx

    def present(self) -> datetime:
        return self.clock.now()


@contextmanager
def work(store: Store) -> Iterator[Loose]:
    """A unit of work over an empty store; given up at the end."""
    store.clock = SeededClock(NOW)
    held: Any = store.engine.raw_connection()
    cursor = held.cursor()
    try:
        cursor.execute("PRAGMA foreign_keys=OFF")
        cursor.execute("PRAGMA ignore_check_constraints=ON")
        cursor.execute("BEGIN")
        yield Loose(store, cursor, Author("HZ01", "test", "1001", "HZ0101", "", DAY))
    finally:
        cursor.execute("ROLLBACK")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.execute("PRAGMA ignore_check_constraints=OFF")
        held.close()


__all__ = ["Loose", "OneWork", "row", "work"]
