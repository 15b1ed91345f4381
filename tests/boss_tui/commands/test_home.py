"""Making a home, copying its store, putting a copy back, upgrading, verifying."""

from __future__ import annotations

import json
import stat
from pathlib import Path

from boss_tui.home.settings import Home
from data.journal import Author
from data.tables.finance import RunningTotal
from tests.boss_tui.commands.conftest import Boss


def test_a_real_outlet_begins_empty(tmp_path: Path) -> None:
    boss = Boss(tmp_path / "outlet")
    made = boss("init", "--outlet", "HZ02", "--counter", "HZ0201", "--headquarters", "https://headquarters.example")
    assert made.code == 0, made.err
    home = Home(boss.folder)
    assert (home.settings.outlet, home.settings.counter, home.settings.demo) == ("HZ02", "HZ0201", False)
    key = boss.folder / "keys" / "store.key"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert not (boss.folder / "store.db").read_bytes().startswith(b"SQLite format")
    assert boss("sync", "--status", "--json").json["acknowledged"] == 0
    assert boss("verify").code == 0
    again = boss("init", "--outlet", "HZ02", "--counter", "HZ0201")
    assert (again.code, "home already" in again.err) == (3, True)
    unknown = boss("find", "x", "--operator", "1001")
    assert (unknown.code, unknown.err) == (1, "Staff number or password is wrong.\n")


def test_what_init_refuses(tmp_path: Path) -> None:
    boss = Boss(tmp_path / "outlet")
    for line in (
        ("--outlet", "HZ02"),
        (),
        ("--demo", "--outlet", "HZ02"),
        ("--outlet", "x" * 30, "--counter", "c"),
        ("--outlet", "HZ02", "--counter", "c", "--language", "fr"),
    ):
        ran = boss("init", *line)
        assert ran.code == 2, (line, ran)
        assert not boss.folder.exists()
    nowhere = f"sqlite:///{tmp_path}/no/where/store.db"
    for url in (nowhere, "postgresql+psycopg://127.0.0.1:1/none", "no url at all", "oracle+nothing://x"):
        ran = boss("init", "--outlet", "HZ02", "--counter", "c", "--store", url)
        assert ran.code == 3, (url, ran)
        assert not boss.folder.exists()


def test_two_counters_share_one_store(tmp_path: Path) -> None:
    one, two = Boss(tmp_path / "one"), Boss(tmp_path / "two")
    url = f"sqlite:///{tmp_path}/hall.db"
    for boss, counter in ((one, "HZ0201"), (two, "HZ0202")):
        made = boss("init", "--outlet", "HZ02", "--counter", counter, "--store", url, "--plain")
        assert made.code == 0, made.err
    assert one("printer", "set", "P80", "network:127.0.0.1:9100").code == 0
    assert [line["code"] for line in two("printer", "status", "--json").json] == ["P80"]


def test_a_copy_is_put_back_and_what_it_replaces_is_kept(boss: Boss, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    made = boss("backup", copy, "--json")
    assert made.code == 0, made.err
    done = boss("do", "C1", "--form", "-", typed=boss.example()).json
    back = boss("restore", copy, "--json")
    assert back.code == 0, back.err
    assert back.json["seq"] == made.json["seq"]
    assert Path(back.json["kept"]).exists()
    assert boss("order", done["serial"]).code == 1
    assert boss("backup").code == 0
    assert len(list((boss.folder / "backups").glob("store-*.db"))) == 1


def test_a_damaged_copy_is_refused(boss: Boss, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    boss("backup", copy)
    content = bytearray(copy.read_bytes())
    content[len(content) // 2] ^= 0xFF
    copy.write_bytes(content)
    ran = boss("restore", copy)
    assert ran.code == 3
    assert "copy.db" in ran.err
    assert boss("restore", tmp_path / "none.db").code == 3
    assert boss("matrix").code == 0


def test_an_upgrade_of_a_current_store_does_nothing(boss: Boss) -> None:
    ran = boss("upgrade", "--json")
    assert (ran.code, ran.json["copy"]) == (0, None)
    assert ran.json["before"] == ran.json["after"]


def test_verify_names_what_is_wrong(boss: Boss) -> None:
    boss("do", "C1", "--form", "-", typed=boss.example())
    assert boss("verify", "--json").json["holds"] is True
    home = Home(boss.folder)
    store = home.open_store()
    with store.transaction(Author(home.settings.outlet, "test", "nobody"), journalled=False) as tx:
        total = tx.all(RunningTotal)[0]
        key = {name: getattr(total, name) for name in ("outlet", "business_date", "till", "account")}
        tx.increase(RunningTotal, key, amount=1)
    store.close()
    ran = boss("verify")
    assert ran.code == 1
    assert "running_total" in ran.out
    told = boss("verify", "--json")
    assert (told.code, told.json["holds"], told.json["invariants"]["1"]) == (1, False, 1)
    assert json.dumps(told.json["findings"])
