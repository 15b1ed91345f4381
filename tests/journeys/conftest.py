"""A demonstration home for the journeys: made once a session, copied for each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import boss_tui.app
import boss_tui.background
from tests.journeys.world import World, make_template


@pytest.fixture(scope="session")
def home_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home that nobody has worked in."""
    return make_template(tmp_path_factory.mktemp("journeys") / "home")


@pytest.fixture
def world(home_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """A home of the test's own; screens and chores look more often than a hall needs."""
    monkeypatch.setattr(boss_tui.app, "_LOOK", 0.2)
    monkeypatch.setattr(boss_tui.background, "PRINT_SECONDS", 0.05)
    monkeypatch.setattr(boss_tui.background, "NETWORK_SECONDS", 0.1)
    made = World(home_template, tmp_path / "home")
    yield made
    made.opened.close()
