"""A fresh small hall on SQLite for each test that asks for `store`: a copy of one that is made once."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from data import schema
from data.clock import SeededClock
from data.store import Store
from tests.boss_tui.components import books, loose
from tests.boss_tui.components.loose import Loose
from tests.engines import Shared


@pytest.fixture(scope="session")
def hall(shared: Shared) -> Path:
    """The file of a store with the hall in it, closed."""
    return shared("books", lambda folder: books.make(f"sqlite:///{folder / 'hall.db'}").close()) / "hall.db"


@pytest.fixture
def store(hall: Path, tmp_path: Path) -> Iterator[Store]:
    shutil.copy(hall, tmp_path / "hall.db")
    opened = Store(f"sqlite:///{tmp_path}/hall.db", clock=SeededClock())
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def empty_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store with tables and no rows."""
    made = Store(f"sqlite:///{tmp_path_factory.mktemp('empty')}/empty.db", clock=SeededClock())
    schema.create(made)
    yield made
    made.close()


@pytest.fixture
def tx(empty_store: Store) -> Iterator[Loose]:
    """A unit of work over an empty store: what it writes is given up."""
    with loose.work(empty_store) as begun:
        yield begun
