"""A world and an office for the tests of headquarters: on SQLite they share its stores, each test's doings undone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from data import schema
from data.store import Store
from tests.boss_tui.editions.conftest import office, office_made, office_shared
from tests.boss_tui.sync.world import Undone, World
from tests.engines import Shared, Sqlite, Template
from tests.linked_hall import LinkedHall, make_template

__all__ = ["office", "office_made", "office_shared"]


@pytest.fixture(scope="session")
def empty_store_of(shared: Shared, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Store]]:
    """A store without a row, by whose it is to be: made once."""
    stores = dict[str, Store]()

    def make(url: str) -> None:
        store = Store(url)
        schema.create(store)
        store.close()

    copy = Template(shared, "empty", make).on(Sqlite())

    def empty(code: str) -> Store:
        if code not in stores:
            stores[code] = Store(copy(tmp_path_factory.mktemp(code)))
        return stores[code]

    yield empty
    for store in stores.values():
        store.close()


@pytest.fixture
def small_world(
    request: pytest.FixtureRequest, empty_store_of: Callable[[str], Store], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    """A headquarters on SQLite."""
    world = _on_sqlite(request, empty_store_of, tmp_path_factory)
    yield world
    world.close()


def _on_sqlite(request: pytest.FixtureRequest, empty: Callable[[str], Store], folders: pytest.TempPathFactory) -> World:
    """Of the test's own where it says that it is a whole one: others open its stores beside it, or it commits."""
    if request.node.get_closest_marker("whole") is None:
        return Undone(empty)
    folder = folders.mktemp("world")
    return World(f"sqlite:///{folder / 'headquarters.db'}", folder)


@pytest.fixture(params=["sqlite", "postgresql"])
def world(
    request: pytest.FixtureRequest, empty_store_of: Callable[[str], Store], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    """A headquarters on either database."""
    if request.param == "sqlite":
        world = _on_sqlite(request, empty_store_of, tmp_path_factory)
    else:
        databases: Callable[[str], str] = request.getfixturevalue("postgres_databases")
        url = databases(request.getfixturevalue("postgres_template"))
        world = World(url, tmp_path_factory.mktemp("outlets"))
    yield world
    world.close()


@pytest.fixture(scope="session")
def linked_made(shared: Shared) -> Path:
    """A hall and its headquarters, made once."""
    return shared("linked", make_template)


@pytest.fixture(scope="session")
def linked_shared(linked_made: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LinkedHall]:
    """The two as they all begin with them."""
    made = LinkedHall.copied(linked_made, tmp_path_factory.mktemp("linked-shared"))
    yield made
    made.close()


@pytest.fixture
def linked(linked_shared: LinkedHall) -> Iterator[LinkedHall]:
    """The two, in which nothing was done."""
    made = linked_shared.undone()
    yield made
    made.close()
