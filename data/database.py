"""A database of this program, open: SQLite file or PostgreSQL. What is read and written there is the store's."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from sqlalchemy import PoolProxiedConnection
from sqlalchemy.exc import DBAPIError

from data.clock import Clock, SystemClock
from data.driver_faults import in_our_words
from data.engine import make_engine
from data.errors import Outside
from data.message import say
from data.published import Published
from data.statements import statements


class Database:
    """Its engine, its compiled statements, what is known of its published rows, and the clock that it goes by."""

    def __init__(self, url: str, key: str = "", clock: Clock | None = None) -> None:
        self.url = url
        self.clock: Clock = clock or SystemClock()
        self.engine = make_engine(url, key)
        self.is_sqlite = self.engine.dialect.name == "sqlite"
        self.statements = statements(self.engine.dialect)
        self.published = Published()
        self._free: list[PoolProxiedConnection] = []
        """Connections of a SQLite store that nobody uses just now; the one that was used last is used next."""

    @contextmanager
    def _cursor(self, begin: str) -> Iterator[Any]:
        """A cursor inside a transaction that is committed at the end, or rolled back whole."""
        with self._understood():
            try:
                held = self._free.pop()
            except IndexError:
                held = self.engine.raw_connection()
            cursor: Any = None
            try:
                cursor = held.cursor()
                cursor.execute(begin)
                yield cursor
                cursor.execute("COMMIT")
                if not self.is_sqlite and cursor.statusmessage != "COMMIT":
                    raise Outside(say("The store gave up what was begun: nothing was saved. Repeat."))
            except BaseException:
                if cursor is not None:
                    with suppress(Exception):  # the fault that brought us here is the one to tell
                        cursor.execute("ROLLBACK")
                if self._is_spoilt(held.driver_connection):
                    held.invalidate()  # nobody is given it again
                held.close()
                raise
            if self.is_sqlite:  # a server's may be gone by the next time: its pool looks whether it is
                self._free.append(held)
            else:
                held.close()

    def _is_spoilt(self, connection: Any) -> bool:
        """Whether a connection is of no more use: it is gone, or what was begun on it could not be ended."""
        if connection is None:
            return False
        return bool(connection.in_transaction if self.is_sqlite else connection.closed)

    @contextmanager
    def _understood(self) -> Iterator[None]:
        """A driver's errors in the words of ours."""
        driver: Any = self.engine.dialect.dbapi
        try:
            yield
        except DBAPIError as fault:  # of a statement that SQLAlchemy ran
            raise in_our_words(driver, fault.orig or fault) from fault
        except driver.DatabaseError as fault:
            raise in_our_words(driver, fault) from fault

    def close(self) -> None:
        """Let go of all connections."""
        while self._free:
            self._free.pop().close()
        self.engine.dispose()
