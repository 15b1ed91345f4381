"""Homes whose store is on PostgreSQL: made, sold from, verified; what it can't do here is said, and not begun."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from boss_tui.home.settings import Home
from data.store import Store
from tests.boss_tui.commands.conftest import Boss
from tests.engines import Databases


def files(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}


@pytest.fixture(scope="module")
def hall(postgres_databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Boss:
    """A demonstration hall on PostgreSQL, for all tests here."""
    boss = Boss(tmp_path_factory.mktemp("postgresql") / "home")
    made = boss("init", "--demo", "--customers", "10", "--store", postgres_databases())
    assert made.code == 0, made.err
    return boss


def test_a_real_outlet_begins_empty_and_its_counters_share_it(tmp_path: Path, postgres_url: str) -> None:
    one, two = Boss(tmp_path / "one"), Boss(tmp_path / "two")
    url = postgres_url.replace("postgresql+psycopg://", "postgresql://")  # as people write it
    for boss, counter in ((one, "HZ0201"), (two, "HZ0202")):
        made = boss("init", "--outlet", "HZ02", "--counter", counter, "--store", url)
        assert made.code == 0, made.err
    home = Home(one.folder)
    assert (home.store_url, home.store_key) == (url, "")
    noted = {"journal-head.json", "keys/device.key"}  # where the journal ended, sealed
    assert files(one.folder) == {"settings.toml", "keys", "backups", "log"} | noted  # no file, and no key of one
    assert stat.S_IMODE((one.folder / "settings.toml").stat().st_mode) == 0o600  # the URL may hold a password
    assert one("printer", "set", "P80", "network:127.0.0.1:9100").code == 0
    assert [line["code"] for line in two("printer", "status", "--json").json] == ["P80"]
    assert two("verify").code == 0


def test_a_database_that_holds_something_else_is_left_alone(tmp_path: Path, postgres_url: str) -> None:
    store = Store(postgres_url)
    with store.engine.connect() as connection:
        connection.exec_driver_sql("CREATE TABLE customer (name text)")
    for line in (("--demo",), ("--outlet", "HZ02", "--counter", "HZ0201")):
        ran = Boss(tmp_path / "home")("init", *line, "--store", postgres_url)
        assert (ran.code, "a store needs an empty one" in ran.err) == (3, True), ran
        assert not (tmp_path / "home").exists()
    with store.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").scalar() == 1
    store.close()


def test_the_hall_sells_and_finds_and_holds(hall: Boss) -> None:
    done = hall("do", "C1", "--form", "-", typed=hall.example(name="欧阳若云"))
    assert (done.code, done.err) == (0, "")
    order = hall("order", done.json["serial"], "--json").json
    assert (order["state"], order["outbox"]) == ("inProgress", "pending")
    found = hall("find", "若云", "--operator", "1004", "--json").json
    assert [line["title"] for line in found] == ["欧阳若云"]
    refused = hall("do", "C1", "--form", "-", typed=hall.example(number="\\"))
    assert refused.code in {1, 2}, refused
    assert hall("verify").code == 0
    assert hall("matrix", "C1", "--json").code == 0
    assert hall("report", "x", "--operator", "1004", "--counter", "HZ0104").code == 0


def test_an_upgrade_of_a_current_store_does_nothing(hall: Boss) -> None:
    ran = hall("upgrade", "--json")
    assert (ran.code, ran.json["copy"], ran.json["before"]) == (0, None, ran.json["after"])


def test_copies_are_for_its_own_tools_which_is_said_before_anything_is_done(hall: Boss, tmp_path: Path) -> None:
    before = files(hall.folder)
    calls: tuple[tuple[str | Path, ...], ...] = (("backup",), ("backup", tmp_path / "copy.db"))
    for line in calls:
        ran = hall(*line)
        assert (ran.code, "pg_dump" in ran.err) == (3, True), ran
    assert files(hall.folder) == before
    assert not list(tmp_path.iterdir())
    (tmp_path / "copy.db").write_bytes(b"any")
    ran = hall("restore", tmp_path / "copy.db")
    assert (ran.code, "boss restore --done" in ran.err) == (3, True), ran
    assert files(hall.folder) == before
    calls = (("restore",), ("restore", tmp_path / "copy.db", "--done"))
    for line in calls:
        assert hall(*line).code == 2


def test_put_back_by_its_own_tools_it_sells_nothing_before_a_new_epoch(hall: Boss) -> None:
    form = hall.example()
    marked = hall("restore", "--done", "--json")
    assert (marked.code, marked.json["outlet"], marked.json["kept"]) == (0, "HZ01", None)
    refused = hall("do", "C1", "--form", "-", typed=form)
    assert (refused.code, "restored from a copy" in refused.err) == (1, True), refused
    with hall.reading() as reading:
        from data.restored import is_restored

        assert is_restored(reading)
