"""A hall for many tests, each of whose doings is undone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from data.journal import Author
from data.tables.sync import PrintJob
from tests.boss_tui.desk.shop import Shop
from tests.engines import Sqlite, Template
from tests.hall import FACTS, Hall


@pytest.fixture(scope="session")
def shop_made(hall_made: Template, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    """The hall that they all begin with."""
    made = Hall.copied(hall_made.on(Sqlite()), tmp_path_factory.mktemp("shop"))
    with made.store.transaction(Author(FACTS.outlet, "test", "test"), journalled=False) as tx:
        for job in tx.all(PrintJob, state="queued"):  # the slip of the float has come out
            tx.change(job, state="acknowledged", ended_at=tx.now())
    yield made
    made.store.close()


@pytest.fixture
def shop(shop_made: Hall) -> Iterator[Shop]:
    """A hall in which nothing was done but to open a shift."""
    made = Shop(shop_made.store)
    yield made
    made.store.close()
