"""Opening a database: SQLite through sqlcipher3 (encrypted, WAL, FULL) or PostgreSQL, as one kind of engine.

Transactions are begun and ended by the store in so many words, never by a driver: both drivers are put into autocommit.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.pool import QueuePool

from data.errors import BossError, Damaged, Outside
from data.message import Message, say

APPLICATION_ID = 0x424F5353  # "BOSS", in the header of each SQLite store
OLDEST_SQLITE = (3, 51, 3)  # older ones can corrupt a WAL (the WAL-reset bug)
BUSY_MS = 20_000
CACHE_KIB = 16_000
STATEMENTS = 1_024
"""Statements that a connection keeps prepared: one sale has about a hundred, and the desk some hundreds."""

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
        return _sqlite(file_of(url), key)
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


def file_of(url: str) -> Path:
    """The file of `sqlite:///path`. The path stands there as it is: a ? or %20 in it is a part of a name."""
    return Path(url.removeprefix("sqlite:///"))


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
    # on, connections that other threads are using. The last one that was used is used again: what it has read and
    # deciphered, it still has
    return create_engine(
        "sqlite://",
        module=dbapi2,
        creator=lambda: connect(path, key),
        poolclass=QueuePool,
        pool_size=8,
        pool_use_lifo=True,
        pool_reset_on_return=None,
    )


def connect(path: Path, key: str = "") -> Any:
    """A connection to a SQLite store. Damaged says that it is none of ours, or locked with another key; Outside, that
    it can't be reached or written: the folder, the rights, the disk."""
    from sqlcipher3 import dbapi2

    connection = None
    try:
        _only_for_its_owner(path)
        connection = dbapi2.connect(
            str(path),
            isolation_level=None,
            check_same_thread=False,
            timeout=BUSY_MS / 1000,
            cached_statements=STATEMENTS,
        )
        connection.execute("PRAGMA cipher_log_level=NONE")  # it would write onto the screen; faults are raised anyway
        if key:
            connection.execute(f"PRAGMA key = \"x'{key}'\"")
        for pragma in _PRAGMAS:
            connection.execute(pragma)
    except (dbapi2.DatabaseError, UnicodeDecodeError, OSError) as fault:  # damage may stand in what is said of it
        if connection is not None:
            connection.close()
        raise _unopened(path, fault) from fault
    return connection


def _only_for_its_owner(path: Path) -> None:
    """A new store is made for its owner alone, whatever files are made like otherwise; SQLite's logs follow it."""
    if not path.exists():
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))


def _unopened(path: Path, fault: Exception) -> BossError:
    """What it means that a store could not be opened. Only what the file itself says speaks of another key."""
    told = str(fault)
    if isinstance(fault, UnicodeDecodeError) or "not a database" in told or "malformed" in told:
        return Damaged(say("{path} is not a store that this key opens: {fault}", path=path.name, fault=told))
    why = _hindrance(path)
    if why is None:
        from sqlcipher3 import dbapi2

        from data.driver_faults import in_our_words

        return in_our_words(dbapi2, fault)
    return Outside(say("The store {path} can't be opened: {why}", path=str(path), why=why))


def _hindrance(path: Path) -> Message | None:
    """What around a store's file is in the way; None when nothing is to be seen."""
    folder = path.parent
    if not folder.is_dir():
        return say("there is no folder {folder}.", folder=str(folder))
    disk, there = os.statvfs(folder), path if path.exists() else folder
    hindrances = (
        (path.is_dir(), say("it is a folder.")),
        (disk.f_flag & os.ST_RDONLY, say("the disk can only be read.")),
        (not disk.f_bavail, say("the disk is full: free some space.")),
        (disk.f_files and not disk.f_favail, say("the disk has no room for more files: remove some.")),
        (not os.access(there, os.R_OK | os.W_OK), say("this user may not read and write it.")),
        (not os.access(folder, os.W_OK), say("this user may not write into its folder.")),
    )
    return next((why for stands, why in hindrances if stands), None)
