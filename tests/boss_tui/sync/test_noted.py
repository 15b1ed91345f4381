"""Where the journal ended, noted outside of the store: an older store, a lost log, another journal, another key."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from boss_tui.commands.verifying import checked
from boss_tui.desk import Desk, Station
from boss_tui.home.settings import Home
from boss_tui.start.home_files import compare_head, home_key, note_head, renew_head
from boss_tui.sync.noted import FILE, disagreement, read
from boss_tui.verify import noted as rule
from data.errors import Damaged
from data.message import Message
from data.restored import is_restored
from data.store import Store
from tests.engines import Shared
from tests.homes import plain_home


@pytest.fixture(scope="module")
def made(shared: Shared) -> Path:
    return plain_home(shared, customers=6)


@pytest.fixture
def home(made: Path, tmp_path: Path) -> Home:
    return Home(Path(shutil.copytree(made, tmp_path / "home")))


@pytest.fixture
def store(home: Home) -> Iterator[Store]:
    opened = home.open_store()
    yield opened
    opened.close()


def work(store: Store, times: int = 1) -> None:
    """So many entries of the journal."""
    for _ in range(times):
        Desk(store, Station("HZ01", "HZ0102")).signing.sign_on("1002", "demo-1234")


def wrong(home: Home, store: Store) -> str:
    told = disagreement_of(home, store)
    return str(told) if told else ""


def disagreement_of(home: Home, store: Store) -> Message | None:
    with store.reading() as reading:
        return disagreement(reading, read(home.folder, "HZ01", home_key(home)))


def test_the_note_follows_the_journal_and_may_lag(home: Home, store: Store) -> None:
    assert not note_head(home, store)  # as it was made
    work(store, 3)
    assert wrong(home, store) == ""  # the journal went on: the note only lags
    assert note_head(home, store)
    assert not note_head(home, store)
    assert (home.folder / FILE).stat().st_mode & 0o777 == 0o600
    assert checked(home) == []


def put_back(home: Home, store: Store) -> Store:
    """Sales, then the store's file of before, by hand."""
    store.close()
    path = home.folder / "store.db"
    copy = home.folder / "copy.db"
    shutil.copy(path, copy)
    opened = home.open_store()
    work(opened, 5)
    note_head(home, opened)
    opened.close()
    for left in home.folder.glob("store.db-*"):
        left.unlink()
    shutil.copy(copy, path)
    return home.open_store()


def test_an_older_store_put_in_its_place_is_found(home: Home, store: Store) -> None:
    old = put_back(home, store)
    assert "An older store was put in its place" in wrong(home, old)
    assert [f.rule for f in checked(home)][:1] == [rule.NOTED]
    with pytest.raises(Damaged):
        note_head(home, old)  # and the note is left as it was
    work(old, 9)
    assert "this is another store" in wrong(home, old)  # also when it has become longer than it was
    with pytest.raises(Damaged):
        note_head(home, old)
    old.close()


def test_nothing_is_sold_on_it_until_headquarters_has_brought_it_up(home: Home, store: Store) -> None:
    old = put_back(home, store)
    assert compare_head(home, old) is not None
    with old.reading() as reading:
        assert is_restored(reading)
    renew_head(home, old)
    assert compare_head(home, old) is None
    old.close()


def test_a_lost_write_ahead_log_is_found(home: Home, store: Store) -> None:
    work(store, 3)
    with store.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    work(store, 5)
    note_head(home, store)
    folder = home.folder / "crashed"
    folder.mkdir()
    shutil.copy(home.folder / "store.db", folder / "store.db")  # without the -wal beside it
    crashed = Store(f"sqlite:///{folder / 'store.db'}")
    told = wrong(home, crashed)
    assert "its write-ahead log was lost" in told
    crashed.close()


@pytest.mark.parametrize("field", ["outlet", "epoch", "seq", "hash", "headquarters", "noted_at", "seal"])
def test_a_note_that_was_altered_is_no_note(home: Home, store: Store, field: str) -> None:
    path = home.folder / FILE
    told = json.loads(path.read_text())
    told[field] = told[field] + 1 if isinstance(told[field], int) else f"{told[field]}x"
    path.write_text(json.dumps(told))
    with pytest.raises(Damaged):
        read(home.folder, "HZ01", home_key(home))
    assert [f.rule for f in checked(home)] == [rule.NOTED]


@pytest.mark.parametrize("content", [None, "", "{", "[]", "{}", '{"seal": 1}'])
def test_a_note_that_is_gone_or_torn_is_not_made_anew(home: Home, store: Store, content: str | None) -> None:
    path = home.folder / FILE
    path.unlink()
    if content is not None:
        path.write_text(content)
    work(store)
    with pytest.raises(Damaged):
        note_head(home, store)
    assert [f.rule for f in checked(home)] == [rule.NOTED]


def test_a_journal_that_was_cut_is_found_though_its_head_was_set_back(home: Home, store: Store) -> None:
    work(store, 4)
    note_head(home, store)
    with store.engine.connect() as connection:
        for statement in (
            "DROP TRIGGER journal_no_delete",
            "DELETE FROM journal WHERE seq > 3",
            "UPDATE journal_head SET seq = 3, hash = (SELECT hash FROM journal WHERE seq = 3)",
        ):
            connection.exec_driver_sql(statement)
    assert rule.NOTED in {finding.rule for finding in checked(home)}


def test_no_part_of_a_note_is_left_beside_it(home: Home, store: Store) -> None:
    work(store)
    note_head(home, store)
    assert [name for name in os.listdir(home.folder) if name.startswith(FILE)] == [FILE]
