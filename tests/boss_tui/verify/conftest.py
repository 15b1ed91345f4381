"""The hall with its history, made once for each engine and copied for each test."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from data.store import Store
from tests.boss_tui.verify import history
from tests.engines import Databases, Shared


@pytest.fixture(scope="session")
def made(shared: Shared) -> Path:
    """The store's file."""
    return shared("history", lambda folder: history.make_hall(f"sqlite:///{folder / 'hall.db'}").close()) / "hall.db"


@pytest.fixture
def store(made: Path, tmp_path: Path) -> Iterator[Store]:
    """A copy of the hall, some minutes later."""
    path = tmp_path / "hall.db"
    shutil.copy(made, path)
    opened = Store(f"sqlite:///{path}", clock=history.later())
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def postgres_made(postgres_databases: Databases) -> str:
    """The URL of a PostgreSQL database with the hall in it, to be copied."""
    return postgres_databases.made("history", lambda url: history.make_hall(url).close())


@pytest.fixture
def postgres_store(postgres_databases: Callable[[str], str], postgres_made: str) -> Iterator[Store]:
    """A copy of the hall on PostgreSQL, some minutes later."""
    opened = Store(postgres_databases(postgres_made), clock=history.later())
    yield opened
    opened.close()
