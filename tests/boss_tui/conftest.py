"""A world on SQLite, and one on each of both databases; a hall and an office whose doings are undone,."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import deepcopy
from pathlib import Path

import pytest

from data import schema
from data.clock import SeededClock
from data.store import Store
from tests.boss_tui.desk.shop import Parts
from tests.boss_tui.sync.world import World
from tests.engines import Databases, Engine, Sqlite, Template
from tests.hall import START, AtWork, Hall, Halls
from tests.head_office import HeadOffice


@pytest.fixture(scope="session")
def postgres_template(postgres_databases: Databases) -> str:
    """The URL of a PostgreSQL database with all tables, to be copied."""

    def make(url: str) -> None:
        store = Store(url)
        schema.create(store)
        store.close()

    return postgres_databases.made("tables", make)


@pytest.fixture(params=["sqlite", "postgresql"])
def world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    """A headquarters on either database."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'headquarters.db'}"
    else:
        databases: Callable[[str], str] = request.getfixturevalue("postgres_databases")
        url = databases(request.getfixturevalue("postgres_template"))
    world = World(url, tmp_path)
    yield world
    world.close()


@pytest.fixture
def small_world(tmp_path: Path) -> Iterator[World]:
    """A headquarters on SQLite."""
    world = World(f"sqlite:///{tmp_path / 'headquarters.db'}", tmp_path)
    yield world
    world.close()


@pytest.fixture(scope="session")
def head_office_shared(head_office_made: Template, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Headquarters' office, as they all begin with it."""
    store = Store(
        head_office_made.on(Sqlite())(tmp_path_factory.mktemp("head-office-shared")), clock=SeededClock(START)
    )
    yield store
    store.close()


@pytest.fixture
def head_office(head_office_shared: Store) -> Iterator[HeadOffice]:
    """It, in which nothing was done."""
    clock = SeededClock(START, 1)
    clock.move(minutes=10)
    made = HeadOffice(Parts(head_office_shared, clock))
    yield made
    made.store.close()


@pytest.fixture(scope="session")
def hall_shared(halls: Halls, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    """A demonstration hall whose shift is open, as they all begin with it."""
    made = halls.copied(Sqlite(), tmp_path_factory.mktemp("hall-shared"))
    yield made
    made.store.close()


@pytest.fixture
def hall(
    request: pytest.FixtureRequest, engine: Engine, halls: Halls, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Hall]:
    """It, in which nothing was done. Of the test's own on PostgreSQL, and where it says that it is a whole one: others
    open its store beside it, or how it commits is what is tried."""
    if isinstance(engine, Sqlite) and request.node.get_closest_marker("whole") is None:
        shared: Hall = request.getfixturevalue("hall_shared")
        clock, operator = deepcopy((shared.clock, shared.desk.seat.operator))
        made: Hall = AtWork(Parts(shared.store, clock), clock)
        made.desk.seat.operator = operator
    else:
        made = halls.copied(engine, tmp_path_factory.mktemp("hall"))
    yield made
    made.store.close()
