"""Whole journeys by real processes: as a script would do them, and beside a hall that runs in another process."""

from __future__ import annotations

import json
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.boss_tui.commands.conftest import Boss

PATIENCE = 60.0


def until(holds: Callable[[], bool]) -> None:
    """Wait for something that another process does."""
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.3)


@pytest.fixture
def hall(boss: Boss) -> Iterator[dict[str, Any]]:
    """`boss demo --headless` in a process of its own; ended as Ctrl-C would, and in order."""
    process = boss.process("demo", "--headless")
    assert process.stdout is not None
    told = ""
    while not told.endswith("}\n"):
        line = process.stdout.readline()
        assert line, process.communicate()
        told += line
    yield json.loads(told)
    process.send_signal(signal.SIGINT)
    try:
        _, err = process.communicate(timeout=PATIENCE)
    finally:
        process.kill()  # one that does not end is not left to whatever runs next
    assert process.returncode == 0, err


def test_from_nothing_to_a_customer_by_a_pipe(tmp_path: Path) -> None:
    boss = Boss(tmp_path / "home")
    made = boss.process("init", "--demo", "--customers", "1")
    out, err = made.communicate(timeout=PATIENCE)
    assert (made.returncode, out.strip()) == (0, str(boss.folder)), err
    example = boss.process("do", "C1", "--example")
    done = boss.process("do", "C1", "--form", "-", stdin=example.stdout)
    out, err = done.communicate(timeout=PATIENCE)
    assert (done.returncode, example.wait()) == (0, 0), err
    assert json.loads(out)["state"] == "inProgress"
    broken = boss.process("do", "C1", "--form", "-", stdin=subprocess.PIPE)
    out, err = broken.communicate('{\n"name":\n"x",\n"plan":\n"P58"\n,\n}', timeout=PATIENCE)
    assert (broken.returncode, out) == (2, "")
    assert "line 7" in err


def test_all_of_it_beside_a_hall_in_another_process(boss: Boss, hall: dict[str, Any]) -> None:
    ran = boss("demo", "--headless")
    assert (ran.code, "already" in ran.err) == (1, True)
    done = boss("do", "C1", "--form", "-", typed=boss.example()).json
    assert boss("sync").code == 0
    until(lambda: boss("order", done["serial"], "--json").json["state"] == "completed")  # one entry more, to be sent
    until(lambda: boss("order", done["serial"], "--json").json["outbox"] == "acknowledged")
    until(lambda: boss("print", "list", "--json").json == [])
    assert boss("printer", "status", "--json").json[0]["address"] == hall["printer"]
    assert boss("printer", "test").code == 0
    number = str(done["facts"]["number"])
    assert boss("network", "reconcile", "HLR01", "--number", number).code == 0
    assert boss("headquarters", "status", "--json").json["outlets"][0]["received"] > 0
    assert boss("backup").code == 0
    checked = boss("verify")
    assert checked.code == 0, checked.out


def test_a_demonstration_that_does_not_run_is_told(boss: Boss) -> None:
    ran = boss("sync")
    assert (ran.code, "boss demo --headless" in ran.err) == (3, True)
    settings = boss.folder / "settings.toml"
    settings.write_text(settings.read_text().replace("demo = true", "demo = false"))
    assert boss("demo", "--headless").code == 1


def test_headquarters_is_served_until_it_is_told_to_stop(boss: Boss) -> None:
    serving = boss.process("headquarters", "serve", "--port", "0")
    assert serving.stdout is not None
    line = serving.stdout.readline()
    url = line.split()[-1]
    taken = boss("headquarters", "serve", "--port", url.rpartition(":")[2])
    assert (taken.code, "can't be served" in taken.err) == (3, True)
    code = boss("headquarters", "code", "HZ01").out.strip()
    assert boss("headquarters", "enrol", code, "--url", url).code == 0
    serving.send_signal(signal.SIGTERM)
    _, err = serving.communicate(timeout=PATIENCE)
    assert serving.returncode == 0, err


def test_syncing_forever_ends_when_it_is_told_to(boss: Boss, hall: dict[str, Any]) -> None:
    syncing = boss.process("sync", "--forever")
    assert syncing.stderr is not None
    assert hall["headquarters"] in syncing.stderr.readline()
    syncing.send_signal(signal.SIGINT)
    syncing.communicate(timeout=PATIENCE)
    assert syncing.returncode == 0
