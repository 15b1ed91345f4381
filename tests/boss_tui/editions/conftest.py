"""An office of a test's own, on the engine that it stands on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.boss_tui.editions.office import Desk
from tests.engines import Engine, Template


@pytest.fixture(scope="session")
def office_made(tmp_path_factory: pytest.TempPathFactory) -> Template:
    """An office, made once on each engine."""
    return Template(tmp_path_factory.mktemp("office"), Desk.make_template)


@pytest.fixture
def office(engine: Engine, office_made: Template, tmp_path: Path) -> Iterator[Desk]:
    """A copy of it."""
    made = Desk(office_made.on(engine)(tmp_path))
    yield made
    made.store.close()
