"""A store with all its tables and one outlet's journal: on SQLite plain and encrypted, and on PostgreSQL."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from data import schema
from data.bulk import bulk
from data.clock import SeededClock
from data.journal import Author
from data.store import Store
from data.tables.sync import JournalHead

KEY = "5f" * 32
OUTLET = "HZ01"
ENGINES = ("plain", "encrypted", "postgresql")


def author(kind: str = "C1", **more: str) -> Author:
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
def postgres_made(postgres_databases: Callable[[str], str]) -> str:
    """The name of a PostgreSQL database with the tables, to be copied."""
    url = postgres_databases("template1")
    with_journal(Store(url))
    return url.split("?")[0].rsplit("/", 1)[1]


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
