"""A store with all its tables and one outlet's journal: on SQLite plain and encrypted, and on PostgreSQL."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from data import schema
from data.bulk import bulk
from data.clock import SeededClock
from data.journal import Author
from data.store import Store
from data.tables.sync import JournalHead
from tests.engines import Databases, with_tables

KEY = "5f" * 32
OUTLET = "HZ01"
ENGINES = ("plain", "encrypted", "postgresql")


def author(kind: str = "C1", **more: Any) -> Author:
    return Author(outlet=OUTLET, kind=kind, operator="1001", **more)


@pytest.fixture
def clock() -> SeededClock:
    return SeededClock()


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Empty SQLite stores, made once and copied for each test."""
    folder, found = tmp_path_factory.mktemp("made"), {}
    for name, key in (("plain", ""), ("encrypted", KEY)):
        found[name] = folder / f"{name}.db"
        with_journal(Store(f"sqlite:///{found[name]}", key))
    return found


@pytest.fixture(scope="session")
def postgres_made(postgres_databases: Databases) -> str:
    """The URL of a PostgreSQL database with the tables, to be copied."""
    return postgres_databases.made("journal", lambda url: with_journal(Store(url)))


def with_journal(store: Store) -> None:
    schema.create(store)
    with bulk(store) as rows:
        rows.insert(JournalHead, [{"outlet": OUTLET}])
    store.close()


@pytest.fixture(params=ENGINES)
def store(request: pytest.FixtureRequest, tmp_path: Path, clock: SeededClock) -> Iterator[Store]:
    """A store, on each engine in turn."""
    if request.param == "postgresql":
        databases: Callable[[str], str] = request.getfixturevalue("postgres_databases")
        opened = Store(databases(request.getfixturevalue("postgres_made")), clock=clock)
    else:
        path = tmp_path / "store.db"
        shutil.copy(request.getfixturevalue("made")[request.param], path)
        opened = Store(f"sqlite:///{path}", KEY if request.param == "encrypted" else "", clock)
    yield opened
    opened.close()


@pytest.fixture
def sqlite_store(made: dict[str, Path], tmp_path: Path, clock: SeededClock) -> Iterator[Store]:
    """An encrypted SQLite store."""
    path = tmp_path / "store.db"
    shutil.copy(made["encrypted"], path)
    opened = Store(f"sqlite:///{path}", KEY, clock)
    yield opened
    opened.close()


def sqlite_schema(store: Store) -> set[tuple[str, str, str]]:
    """What a SQLite store is made of, blanks evened out and each table's parts in no order."""
    with store.engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    return {(kind, name, re.sub(r"\s*([(),])\s*", r"\1", re.sub(r"\s+", " ", sql)).strip()) for kind, name, sql in rows}


@pytest.fixture
def sqlite_bare(tmp_path: Path) -> Iterator[Store]:
    """An encrypted SQLite store with its tables and nothing in them."""
    opened = Store(with_tables(tmp_path / "sqlite-bare.db", KEY), KEY)
    yield opened
    opened.close()


@pytest.fixture
def other_bare_store(tmp_path: Path) -> Iterator[Store]:
    """Another one."""
    opened = Store(with_tables(tmp_path / "other.db"))
    yield opened
    opened.close()
