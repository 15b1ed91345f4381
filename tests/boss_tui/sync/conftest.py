"""A world on SQLite, and one on each of both databases."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.boss_tui.sync.world import World


@pytest.fixture(params=["sqlite", "postgresql"])
def world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    """A headquarters on either database."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'headquarters.db'}"
    else:
        url = request.getfixturevalue("postgres_url")
    world = World(url, tmp_path)
    yield world
    world.close()


@pytest.fixture
def small_world(tmp_path: Path) -> Iterator[World]:
    """A headquarters on SQLite."""
    world = World(f"sqlite:///{tmp_path / 'headquarters.db'}", tmp_path)
    yield world
    world.close()
