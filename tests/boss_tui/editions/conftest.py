"""The office of the tests of editions: on SQLite one for all of them, each of whose doings is undone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from data.clock import SeededClock
from data.store import Store
from tests.boss_tui.desk.shop import Parts
from tests.boss_tui.editions.office import Desk
from tests.engines import Engine, Shared, Sqlite, Template
from tests.hall import START


@pytest.fixture(scope="session")
def office_made(shared: Shared) -> Template:
    """An office, made once on each engine."""
    return Template(shared, "office", Desk.make_template)


@pytest.fixture(scope="session")
def office_shared(office_made: Template, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The office that they all begin with."""
    store = Store(office_made.on(Sqlite())(tmp_path_factory.mktemp("office-shared")), clock=SeededClock(START))
    yield store
    store.close()


@pytest.fixture
def office(
    engine: Engine, office_made: Template, office_shared: Store, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Desk]:
    """It, in which nothing was done."""
    if isinstance(engine, Sqlite):
        made = Desk.over(Parts(office_shared, SeededClock(START)))
    else:
        made = Desk(office_made.on(engine)(tmp_path_factory.getbasetemp()))
    yield made
    made.store.close()


@pytest.fixture
def own_office(office_made: Template, tmp_path: Path) -> Iterator[Desk]:
    """One of the test's own, which others may open beside it."""
    made = Desk(office_made.on(Sqlite())(tmp_path))
    yield made
    made.store.close()
