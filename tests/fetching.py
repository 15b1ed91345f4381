"""What a list costs of the store, counted: statements, rows that come back, and steps of SQLite's machine, by which it
shows what is gone through without coming back. A list of many rows costs what a list of few does."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch

from data.store import Store

_EACH = 10
"""Steps that are counted at once."""


@dataclass
class Fetched:
    """What was asked, and what it took."""

    statements: int = 0
    rows: int = 0
    steps: int = 0


class _Counting:
    """A cursor whose answers are counted."""

    def __init__(self, cursor: Any, fetched: Fetched) -> None:
        self._cursor, self._fetched = cursor, fetched

    def execute(self, sql: str, parameters: Any = ()) -> Any:
        self._fetched.statements += 1
        return self._cursor.execute(sql, parameters)

    def fetchall(self) -> list[Any]:
        found: list[Any] = self._cursor.fetchall()
        self._fetched.rows += len(found)
        return found

    def __getattr__(self, name: str) -> Any:
        return getattr(self._cursor, name)


@contextmanager
def fetching(store: Store) -> Iterator[Fetched]:
    """Whatever is read of a store meanwhile."""
    fetched, plain = Fetched(), store._cursor

    def step() -> int:
        fetched.steps += _EACH
        return 0

    @contextmanager
    def cursor(begin: str) -> Iterator[Any]:
        with plain(begin) as own:
            if store.is_sqlite:
                own.connection.set_progress_handler(step, _EACH)
            try:
                yield _Counting(own, fetched)
            finally:
                if store.is_sqlite:
                    own.connection.set_progress_handler(None, _EACH)

    with patch.object(store, "_cursor", cursor):
        yield fetched
