"""What tests of every room may ask for."""

from __future__ import annotations

import gc
import os
import shutil
import signal
import tempfile
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from hypothesis import settings

from boss_tui.components.documents import paper_content
from boss_tui.components.operators import passwords
from boss_tui.editions.lines import Values, published_table
from boss_tui.verify import damage, handed
from boss_tui.verify.finding import Finding
from data import journal
from data.demo.hall import OFFICE
from data.journal import Author, Change
from data.store import Reading
from data.tables.sync import FeedItem
from tests import head_office as offices
from tests.engines import (
    ENGINES,
    Copy,
    Databases,
    Engine,
    Postgresql,
    Shared,
    Sqlite,
    Template,
    left_servers_ended,
    server_ended,
    server_folder,
)
from tests.hall import Hall, Halls, make_template
from tests.head_office import HeadOffice
from tests.tiers import (
    NIGHTLY,
    nightly,
    pytest_collection_modifyitems,
    pytest_ignore_collect,
    pytest_runtest_protocol,
    quick_tests_stay_quick,
)
from tests.written import unbelieved

__all__ = [
    "pytest_collection_modifyitems",
    "pytest_ignore_collect",
    "pytest_runtest_protocol",
    "quick_tests_stay_quick",
]

settings.register_profile("boss", deadline=None, max_examples=24)
settings.register_profile("nightly", deadline=None, max_examples=500)
settings.load_profile("boss")  # judged by what they find, not by how long a busy machine takes over one example

DEAR = passwords._hasher
GARBAGE = 10_000
"""Objects made before the collector looks for rings among the newest: tests drop whole halls and screens at once."""
IN_MEMORY, ROOM = Path("/dev/shm"), 4 << 30


def pytest_configure() -> None:
    """Folders of tests are in memory where there is room: no test pulls the plug of the machine. What TMPDIR names is
    kept.

    Tests send Ctrl-C to programs they start; a shell that runs the tests in the background has it ignored, in these
    too.
    """
    if "TMPDIR" not in os.environ and IN_MEMORY.is_dir() and shutil.disk_usage(IN_MEMORY).free > ROOM:
        os.environ["TMPDIR"] = str(IN_MEMORY)
        tempfile.tempdir = None  # as it is found out anew
    if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_unconfigure(config: pytest.Config) -> None:
    """The run is over, and with it the server of all its workers."""
    if not hasattr(config, "workerinput"):
        server_ended(server_folder(Path(tempfile.gettempdir())))


def pytest_collectstart() -> None:
    """What is imported and collected from now on stays: the collector need not walk over it again and again."""
    gc.disable()


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """Nor while tests run, which leave rings behind."""
    gc.freeze()
    gc.set_threshold(GARBAGE)
    gc.enable()


@pytest.fixture(autouse=True, scope="session")
def cheap_passwords() -> Iterator[None]:
    """No test waits for the passwords of its people; how dear they are has a test of its own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_hasher", cache(lambda: PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)))
        yield


@pytest.fixture(autouse=True, scope="session")
def what_a_text_says_is_read_once() -> Iterator[None]:
    """Each world of a test holds the demonstration's papers, items of the stream and rows of headquarters', and most
    are verified. What one text says, and whether rows are what these lines come to, is worked out once in a process: it
    hangs on nothing else."""
    told: dict[tuple[str, int, str], list[Values]] = {}

    def told_by(item: FeedItem, read: Callable[[FeedItem], list[Values]] = handed._told_by) -> list[Values]:
        key = (item.body, item.number, item.scope)
        return told[key] if key in told else told.setdefault(key, read(item))

    right = set[Any]()

    def table(reading: Reading, name: str, *asked: Any, check: Any = handed._table) -> Iterator[Finding]:
        rows = reading.rows(handed._every(published_table(name)))
        lines = reading.rows(handed._OF_TABLE, of_table=name, day=asked[-1])
        read = (name, *asked, tuple(rows), tuple(lines))
        if read not in right:
            found = list(check(reading, name, *asked))
            yield from found
            if not found:
                right.add(read)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(handed, "_told_by", told_by)
        patch.setattr(handed, "_table", table)
        patch.setattr(paper_content, "says_otherwise", cache(paper_content.says_otherwise))
        yield


@pytest.fixture(autouse=True, scope="session")
def what_a_hall_writes_is_believed() -> Iterator[None]:
    """Whatever a test has the program write at an outlet, headquarters lets some act of the entry write: nothing that
    is honest would be put aside for a word that its table lacks."""
    body_of = journal.body_of

    def believed(changes: Iterable[Change], author: Author, more: dict[str, Any]) -> str:
        listed = list(changes)
        wrong = {} if author.outlet == OFFICE else unbelieved(author.kind, listed)
        assert not wrong, f"boss_tui/headquarters/rules/writes.py lets none of these acts write that: {wrong}"
        return body_of(listed, author, more)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(journal, "body_of", believed)
        yield


WHOLE = damage._damage


@pytest.fixture(autouse=True, scope="session")
def files_are_whole() -> Iterator[None]:
    """Most tests end with a verification: the database is not asked to read its whole file each time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(damage, "_damage", lambda _reading: [])
        yield


@pytest.fixture
def files_may_be_damaged(monkeypatch: pytest.MonkeyPatch) -> None:
    """The database is asked what is wrong with its file."""
    monkeypatch.setattr(damage, "_damage", WHOLE)


@pytest.fixture
def dear_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passwords cost what they do at a counter."""
    monkeypatch.setattr(passwords, "_hasher", DEAR)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Tests that are marked run on each engine."""
    asked = metafunc.definition.get_closest_marker("both_engines")
    if "engine" in metafunc.fixturenames and asked is not None:
        first, *others = ENGINES
        metafunc.parametrize("engine", [first, *(nightly(*others) if NIGHTLY in asked.args else others)], indirect=True)


@pytest.fixture(scope="session")
def postgres_databases(shared: Shared) -> Iterator[Databases]:
    """Makes fresh databases on a PostgreSQL of the tests' own, from templates.

    Its folder is not pytest's: root's server runs as another user, whom another session of pytest would shut out there.
    """
    parent = Path(tempfile.gettempdir())
    left_servers_ended(parent)
    databases = Databases(server_folder(parent), shared)
    yield databases
    databases.stop()


@pytest.fixture
def postgres_url(postgres_databases: Databases) -> str:
    """The URL of a fresh, empty PostgreSQL database."""
    return postgres_databases()


@pytest.fixture
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """SQLite, or what the test is run on."""
    if getattr(request, "param", "sqlite") == "sqlite":
        yield Sqlite()
    else:
        postgresql = Postgresql(request.getfixturevalue("postgres_databases"))
        yield postgresql
        postgresql.drop()


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Shared:
    """Makes what all workers copy."""
    return Shared(tmp_path_factory)


@pytest.fixture(scope="session")
def hall_made(shared: Shared) -> Template:
    """A store with a demonstration hall in it, made once on each engine."""
    return Template(shared, "hall", make_template)


@pytest.fixture
def hall_template(engine: Engine, hall_made: Template) -> Copy:
    """Makes copies of the demonstration hall."""
    return hall_made.on(engine)


@pytest.fixture(scope="session")
def halls(hall_made: Template, tmp_path_factory: pytest.TempPathFactory) -> Halls:
    """Demonstration halls whose shift is open."""
    return Halls(tmp_path_factory.mktemp("halls"), hall_made)


@pytest.fixture
def hall(engine: Engine, halls: Halls, tmp_path: Path) -> Iterator[Hall]:
    """A demonstration hall of the test's own."""
    made = halls.copied(engine, tmp_path)
    yield made
    made.store.close()


@pytest.fixture(scope="session")
def head_office_made(shared: Shared) -> Template:
    """The demonstration's headquarters, made once on each engine."""
    return Template(shared, "head-office", offices.make_template)


@pytest.fixture
def head_office(engine: Engine, head_office_made: Template, tmp_path: Path) -> Iterator[HeadOffice]:
    """Headquarters' office, of the test's own."""
    made = HeadOffice.copied(head_office_made.on(engine), tmp_path)
    yield made
    made.store.close()
