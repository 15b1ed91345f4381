"""A fresh small hall on SQLite for each test that asks for `store`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from data.store import Store
from tests.boss_tui.components import books


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = books.make(f"sqlite:///{tmp_path}/hall.db")
    yield made
    made.close()
