"""A small hall on SQLite for the tests that ask for `store`: made once, each of whose doings is undone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from data import schema
from data.clock import SeededClock
from data.store import Store
from tests.boss_tui.components import books, loose
from tests.boss_tui.components.loose import Loose
from tests.boss_tui.desk.shop import Parts


@pytest.fixture(scope="session")
def books_shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store with the hall in it, as they all begin with it."""
    made = books.make(f"sqlite:///{tmp_path_factory.mktemp('books')}/hall.db")
    yield made
    made.close()


@pytest.fixture
def store(books_shared: Store) -> Iterator[Store]:
    """It, in which nothing was done."""
    made = Parts(books_shared, SeededClock())
    yield made
    made.close()


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
