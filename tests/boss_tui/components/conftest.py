"""A fresh small hall on SQLite for each test that asks for `store`: a copy of one that is made once."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from data.clock import SeededClock
from data.store import Store
from tests.boss_tui.components import books


@pytest.fixture(scope="session")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a store with the hall in it, closed."""
    path = tmp_path_factory.mktemp("hall") / "hall.db"
    made = books.make(f"sqlite:///{path}")
    made.close()
    return path


@pytest.fixture
def store(hall: Path, tmp_path: Path) -> Iterator[Store]:
    shutil.copy(hall, tmp_path / "hall.db")
    opened = Store(f"sqlite:///{tmp_path}/hall.db", clock=SeededClock())
    yield opened
    opened.close()
