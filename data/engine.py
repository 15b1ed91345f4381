"""Opening a database: SQLite through sqlcipher3 (encrypted, WAL, FULL) or PostgreSQL, as one kind of engine.

Transactions are begun and ended by the store in so many words, never by a driver: both drivers are put into autocommit.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.pool import QueuePool

from data.errors import Damaged, Outside
from data.message import say

APPLICATION_ID = 0x424F5353  # "BOSS", in the header of each SQLite store
OLDEST_SQLITE = (3, 51, 3)  # older ones can corrupt a WAL (the WAL-reset bug)
BUSY_MS = 20_000
CACHE_KIB = 16_000

_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    f"PRAGMA busy_timeout={BUSY_MS}",
    "PRAGMA wal_autocheckpoint=1000",
    "PRAGMA journal_size_limit=67108864",
    "PRAGMA trusted_schema=OFF",
    "PRAGMA cell_size_check=ON",
    "PRAGMA mmap_size=0",
    "PRAGMA temp_store=MEMORY",
    f"PRAGMA cache_size=-{CACHE_KIB}",
)


def make_engine(url: str, key: str = "") -> Engine:
    """An engine for `sqlite:///path` (with `key`: 64 hex digits, encrypted) or `postgresql://…`.

    Outside when its driver is not installed.
    """
    if url.startswith("sqlite"):
        return _sqlite(Path(make_url(url).database or ""), key)
    at = make_url(url)
    if at.drivername in {"postgresql", "postgres"}:
        at = at.set(drivername="postgresql+psycopg")
    try:
        engine = create_engine(at, pool_pre_ping=True, pool_size=8)
    except ImportError as fault:
        raise Outside(
            say("This store's driver is missing: install boss-tui[headquarters] ({fault}).", fault=str(fault))
        ) from fault
    event.listen(engine, "connect", _prepared)
    return engine


def _prepared(connection: Any, _record: Any) -> None:
    """What waits for a lock waits as long as it would on SQLite."""
    connection.autocommit = True
    connection.execute(f"SET lock_timeout = {BUSY_MS}")


def _sqlite(path: Path, key: str) -> Engine:
    from sqlcipher3 import dbapi2

    if dbapi2.sqlite_version_info < OLDEST_SQLITE:
        raise Outside(
            say("SQLite {version} is too old; install sqlcipher3 0.6.4 or later.", version=dbapi2.sqlite_version)
        )
    # named, since SQLAlchemy takes this URL for a database in memory: its pool for those closes, from the ninth thread
    # on, connections that other threads are using
    return create_engine(
        "sqlite://", module=dbapi2, creator=lambda: connect(path, key), poolclass=QueuePool, pool_size=8
    )


def connect(path: Path, key: str = "") -> Any:
    """A connection to a SQLite store. Damaged says that it is none of ours, or locked with another key."""
    from sqlcipher3 import dbapi2

    connection = dbapi2.connect(str(path), isolation_level=None, check_same_thread=False, timeout=BUSY_MS / 1000)
    try:
        connection.execute("PRAGMA cipher_log_level=NONE")  # it would write onto the screen; faults are raised anyway
        if key:
            connection.execute(f"PRAGMA key = \"x'{key}'\"")
        for pragma in _PRAGMAS:
            connection.execute(pragma)
    except dbapi2.DatabaseError as fault:
        connection.close()
        raise Damaged(
            say("{path} is not a store that this key opens: {fault}", path=path.name, fault=str(fault))
        ) from fault
    return connection
