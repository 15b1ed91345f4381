"""A demonstration home for the journeys: made once a session, copied for each; on PostgreSQL made for each."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import boss_tui.start.app
import boss_tui.start.background
from tests.boss_tui.editions.office import Desk, new_price
from tests.boss_tui.headquarters.conftest import linked_made
from tests.engines import Engine, Shared
from tests.journeys.world import World, make_home
from tests.linked_hall import LinkedHall

__all__ = ["linked_made"]


@pytest.fixture
def linked(linked_made: Path, tmp_path: Path) -> Iterator[LinkedHall]:
    """A hall and its headquarters of the test's own."""
    made = LinkedHall.copied(linked_made, tmp_path)
    yield made
    made.close()


@pytest.fixture(scope="session")
def home_template(shared: Shared) -> Path:
    """A home that nobody has worked in."""
    return shared("home", lambda folder: make_home(folder / "home")) / "home"


@pytest.fixture
def home_folder(request: pytest.FixtureRequest, engine: Engine, tmp_path: Path) -> Path:
    """A home of the test's own."""
    if engine.name == "postgresql":
        return make_home(tmp_path / "home", engine.empty(tmp_path))
    return Path(shutil.copytree(request.getfixturevalue("home_template"), tmp_path / "home"))


@pytest.fixture
def watchful(monkeypatch: pytest.MonkeyPatch) -> None:
    """Screens and chores look more often than a hall needs."""
    monkeypatch.setattr(boss_tui.start.app, "_LOOK", 0.2)
    monkeypatch.setattr(boss_tui.start.background, "PRINT_SECONDS", 0.05)
    monkeypatch.setattr(boss_tui.start.background, "NETWORK_SECONDS", 0.1)


@pytest.fixture
def world(home_folder: Path, watchful: None) -> Iterator[World]:
    """The hall around it, watchful."""
    made = World(home_folder)
    yield made
    made.opened.close()


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Desk]:
    """The office with 62 prices."""
    made = Desk.made(f"sqlite:///{tmp_path / 'store.db'}")
    made.approved(*(new_price(f"R{n:02}", amount=n * 100, rank=n + 1) for n in range(60)))
    yield made
    made.store.close()
