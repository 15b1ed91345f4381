"""Homes in odd places, on disks that are full, without room for files or read only; what is killed; what is echoed."""

from __future__ import annotations

import json
import logging
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from boss_tui.commands.shared import TOLD, harmless
from boss_tui.home.folder import UNFINISHED, in_the_making, is_made
from boss_tui.home.settings import Home
from boss_tui.start.logs import AGAIN_AFTER, BYTES, FILES, Log, Repeats
from data import engine
from data.engine import connect, file_of
from data.errors import Damaged, Outside
from tests.boss_tui.commands.conftest import Boss

Mount = Callable[[str], Path]


@pytest.fixture
def mount(tmp_path: Path) -> Iterator[Mount]:
    """Mounts a small disk with these options; skipped where that is not allowed."""
    mounted: list[Path] = []

    def small(options: str) -> Path:
        at = tmp_path / f"disk{len(mounted)}"
        at.mkdir()
        if subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(at)], check=False).returncode:
            pytest.skip("no disk can be mounted here")
        mounted.append(at)
        return at

    yield small
    for at in mounted:
        subprocess.run(["umount", "-l", str(at)], check=True)


@pytest.mark.parametrize("name", ["a?b", "a%20b", "a b", "a#b", "a&b=c", "50%", "营业厅", "a?mode=ro", "a;b", "'a'"])
def test_a_home_may_have_any_name(tmp_path: Path, name: str) -> None:
    boss = Boss(tmp_path / name)
    assert boss("init", "--outlet", "HZ02", "--counter", "HZ0201").code == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == [name], "nothing beside it"
    assert (boss.folder / "store.db").stat().st_size > 0
    assert boss("sync", "--status", "--json").json["acknowledged"] == 0
    assert boss("backup", "--json").code == 0
    assert boss("upgrade", "--json").code == 0


def test_the_path_of_a_store_is_taken_as_it_is() -> None:
    assert file_of("sqlite:////a/b?c=d%20#e") == Path("/a/b?c=d%20#e")
    assert file_of("sqlite:///b") == Path("b")


SEVERAL = """
import sys
from boss_tui.cli import main
_, home, *lines = sys.argv
for line in lines:
    sys.argv = ["boss", "--home", home, *line.split()]
    try:
        main()
    except SystemExit as end:
        assert not end.code, line
"""
"""One command after the other, as a program of its own: what it loads, it loads once."""


def test_what_a_home_holds_is_its_owners_alone_whatever_the_umask(tmp_path: Path) -> None:
    home = tmp_path / "home"
    lines = ("init --demo --customers 3", "backup", "matrix", "verify")
    subprocess.run([sys.executable, "-c", SEVERAL, str(home), *lines], check=True, capture_output=True, umask=0)
    modes = {path: path.stat().st_mode & 0o777 for path in [home, *home.rglob("*")]}
    assert all(mode == (0o700 if path.is_dir() else 0o600) for path, mode in modes.items()), modes
    assert len(modes) > 8


def test_a_store_is_made_for_its_owner_alone_by_whoever_makes_it(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        home = Home.make(tmp_path / "home", outlet="HZ02", counter="HZ0201")
        store = home.open_store()
        with store.reading():
            pass
        store.close()
    finally:
        os.umask(before)
    modes = {path.name: path.stat().st_mode & 0o777 for path in home.folder.rglob("*")}
    assert {modes["store.db"], modes["store.key"], modes["settings.toml"]} == {0o600}
    assert {modes["keys"], modes["backups"], modes["log"]} == {0o700}


# a home whose making was killed


def test_a_killed_init_is_told_and_made_again(tmp_path: Path) -> None:
    boss = Boss(tmp_path / "home")
    boss.folder.mkdir()
    (boss.folder / "mine.txt").write_text("was here before")
    with boss.process("init", "--demo", "--customers", "1000000") as process:
        assert process.stderr.readline() == "Making the outlet's customers …\n"  # type: ignore[union-attr]
        process.send_signal(signal.SIGKILL)
    assert (boss.folder / "store.db").exists()
    for line in (("find", "x"), ("verify",), ("do", "C1", "--example"), ("headquarters", "status")):
        ran = boss(*line)
        assert (ran.code, "was broken off: make it again" in ran.err) == (3, True), ran
    again = boss("init", "--demo", "--customers", "5")
    assert again.code == 0, again.err
    assert boss("verify").code == 0
    assert (boss.folder / "mine.txt").exists()
    assert not (boss.folder / UNFINISHED).exists()


def test_what_fails_while_it_is_made_leaves_what_was_there(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()

    def make() -> None:
        with in_the_making(tmp_path):
            (tmp_path / "store.db").touch()
            (tmp_path / "keys").mkdir()
            with in_the_making(tmp_path):  # a part of the same making
                raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        make()
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]
    fresh = tmp_path / "new" / "home"
    with pytest.raises(ZeroDivisionError), in_the_making(fresh):
        raise ZeroDivisionError
    assert not fresh.exists()


def test_a_marker_that_was_cut_short_takes_nothing_of_the_folder_away(tmp_path: Path) -> None:
    (tmp_path / "mine").touch()
    for left in ("", "{", '{"program": 1}'):
        (tmp_path / UNFINISHED).write_text(left)
        assert not is_made(tmp_path)
        with in_the_making(tmp_path):
            (tmp_path / "settings.toml").touch()
        assert is_made(tmp_path)
        assert (tmp_path / "mine").exists()
        (tmp_path / "settings.toml").unlink()


def test_two_programs_don_t_make_one_home(tmp_path: Path) -> None:
    boss = Boss(tmp_path / "home")
    with boss.process("init", "--demo", "--customers", "1000000") as process:
        assert process.stderr.readline() == "Making the outlet's customers …\n"  # type: ignore[union-attr]
        ran = boss("init", "--demo", "--customers", "5")
        assert (ran.code, "Another program is making" in ran.err) == (3, True), ran
        process.send_signal(signal.SIGKILL)


# disks


def test_a_full_disk_is_no_wrong_key(mount: Mount) -> None:
    disk = mount("size=200k")
    boss = Boss(disk / "home")
    ran = boss("init", "--outlet", "HZ02", "--counter", "HZ0201")
    assert ran.code == 3
    assert "disk is full" in ran.err or "No space left" in ran.err, ran
    assert not boss.folder.exists(), "nothing half is left"


def test_a_disk_without_room_for_files_is_no_wrong_key(mount: Mount) -> None:
    disk = mount("size=8m,nr_inodes=8")
    ran = Boss(disk / "home")("init", "--outlet", "HZ02", "--counter", "HZ0201")
    assert ran.code == 3
    assert "key" not in ran.err
    assert any(word in ran.err for word in ("No space left", "no room for more files", "disk is full")), ran


def test_a_disk_that_can_only_be_read_is_no_wrong_key(mount: Mount) -> None:
    disk = mount("size=16m")
    boss = Boss(disk / "home")
    assert boss("init", "--outlet", "HZ02", "--counter", "HZ0201").code == 0
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    for line in (("find", "x", "--operator", "1001"), ("verify",), ("backup",), ("printer", "set", "P80", "file:/x")):
        ran = boss(*line)
        assert ran.code == 3, (line, ran)
        assert "read" in ran.err, (line, ran)
        assert " key" not in ran.err, (line, ran)


@pytest.mark.parametrize(
    ("disk", "said"),
    [
        ({}, None),
        ({"f_flag": os.ST_RDONLY}, "only be read"),
        ({"f_bavail": 0}, "full"),
        ({"f_bavail": 1}, None),
        ({"f_favail": 0}, "no room for more files"),
        ({"f_favail": 0, "f_files": 0}, None),  # a disk that does not count its files
    ],
)
def test_what_is_in_the_way_of_a_store(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, disk: dict[str, int], said: str | None
) -> None:
    facts = {"f_flag": 0, "f_bavail": 9, "f_files": 9, "f_favail": 9, **disk}
    monkeypatch.setattr(os, "statvfs", lambda _: type("Disk", (), facts))
    found = engine._hindrance(tmp_path / "store.db")
    assert (str(found) if found else None) == said or (said is not None and said in str(found))


def test_a_wrong_key_is_one_and_a_folder_is_none(tmp_path: Path) -> None:
    made = connect(tmp_path / "store.db", "00" * 32)
    made.execute("CREATE TABLE t (a)")
    made.close()
    with pytest.raises(Damaged):
        connect(tmp_path / "store.db", "01" * 32)
    with pytest.raises(Outside, match="no folder"):
        connect(tmp_path / "nowhere" / "store.db")
    (tmp_path / "folder").mkdir()
    with pytest.raises(Outside, match="is a folder"):
        connect(tmp_path / "folder")


# what can't be written out


@pytest.mark.parametrize("line", [["do", "C1", "--form", "-"], ["report", "day"]])
def test_what_can_t_be_written_is_no_refusal(boss: Boss, line: list[str]) -> None:
    form = boss.example()
    with Path("/dev/full").open("w") as full:
        process = boss.process(*line, stdout=full, stdin=subprocess.PIPE)
        _, said = process.communicate(form)
    assert process.returncode == 3, said
    assert "disk is full" in said
    assert "Exception ignored" not in said
    if line[0] == "do":
        serial = said.split("order ")[1].split(":")[0]
        assert "don't repeat it" in said
        assert boss("order", serial, "--json").json["serial"] == serial


@pytest.mark.parametrize("line", [["matrix"], ["manage", "--help"]])
def test_a_reader_that_goes_away_is_no_fault_of_ours(boss: Boss, line: list[str]) -> None:
    process = boss.process(*line)
    assert process.stdout is not None
    process.stdout.close()
    said = process.stderr.read() if process.stderr else ""
    assert process.wait() == 0
    assert said == "", "whoever reads a few lines of it wants no more"


# what is echoed


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("plain 王 é", "plain 王 é"),
        ("䶮李\U0002ebf0㛃", "䶮李\U0002ebf0㛃"),
        ("\x1b[31mred", "\\x1b[31mred"),
        ("a\x07\r\nb", "a\\x07\\x0d\\x0ab"),
        ("\u202egnirts", "\\x202egnirts"),
        ("\x9b2J", "\\x9b2J"),
        ("x" * TOLD, "x" * TOLD),
        ("x" * (TOLD + 1), "x" * TOLD + "…"),
    ],
)
def test_what_is_echoed_does_nothing_to_the_terminal(typed: str, shown: str) -> None:
    assert harmless(typed) == shown


@pytest.mark.parametrize(
    "form", [{"na\x1b[2Jme": "x"}, {"name": "\x1b[2J"}, {"x" * 100_000: "y"}, {"plan": "\x9b" * 9}]
)
def test_a_form_that_would_move_the_cursor_is_refused_in_words(boss: Boss, form: dict[str, str]) -> None:
    ran = boss("do", "C1", "--form", "-", typed=json.dumps(form))
    assert ran.code == 2
    assert all(line.isprintable() and len(line) < 2 * TOLD for line in ran.err.splitlines())


@pytest.mark.parametrize("text", ["王" * 50_000, "9" * 100_000, "\x00", "\x1b[31m", "%" * 9, "'" * 9, "*" * 9])
def test_anything_of_any_length_is_answered_in_words(boss: Boss, text: str) -> None:
    for line in (
        ("find", text),
        ("order", text),
        ("do", text, "--example"),
        ("matrix", text),
        ("find", "x", "--operator", text),
    ):
        ran = boss(*line)
        assert ran.code in {0, 1, 2}, (line[0], ran)
        assert "Traceback" not in ran.err
        assert all(each.isprintable() and len(each) < 2 * TOLD for each in (ran.out + ran.err).splitlines()), line[0]


def test_facts_come_as_json_from_do_and_cancel_too(boss: Boss) -> None:
    done = boss("do", "C1", "--form", "-", "--json", typed=boss.example())
    assert done.code == 0, done.err
    assert done.json["serial"]
    assert boss("do", "C1", "--example", "--json").json["plan"]


# the log


def test_what_is_said_again_and_again_stands_in_the_log_once_an_hour() -> None:
    now = [0.0]
    repeats = Repeats(lambda: now[0])

    def said(text: str, level: int = logging.WARNING) -> str | None:
        record = logging.LogRecord("boss", level, "", 0, "%s", (text,), None)
        return record.getMessage() if repeats.filter(record) else None

    assert said("gateway away") == "gateway away"
    assert said("something else") == "something else"
    for second in range(1, 100):
        now[0] = float(second)
        assert said("gateway away") is None
    assert said("gateway away", logging.ERROR) == "gateway away"
    now[0] = AGAIN_AFTER - 0.1
    assert said("gateway away") is None
    now[0] = AGAIN_AFTER
    assert said("gateway away") == "gateway away (100 times more since)"
    assert said("gateway away") is None
    for n in range(1_000):
        assert said(f"line {n}") == f"line {n}"
    assert len(repeats._said) <= 200


def test_a_log_stays_small(tmp_path: Path) -> None:
    log = Log(tmp_path / "boss.log")
    for n in range(9_000):
        log.handle(logging.LogRecord("boss", logging.WARNING, "", 0, f"{n} {'x' * 1000}", None, None))
    log.close()
    files = list(tmp_path.iterdir())
    assert len(files) == FILES
    assert sum(file.stat().st_size for file in files) <= FILES * BYTES
