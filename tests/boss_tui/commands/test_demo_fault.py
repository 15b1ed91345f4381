"""Faults of the simulated machines by command: told by one program and obeyed by the one that runs them, until they are
mended; also over its end."""

from __future__ import annotations

import fcntl
import socket
from urllib.parse import urlsplit

import pytest

from boss_tui.home import machine_faults
from boss_tui.home.settings import Home
from boss_tui.start.demonstration import LOCK_FILE, Simulated
from data.errors import Outside
from tests.boss_tui.commands.conftest import Boss

AT_ONCE, LATER = "Done: it counts from now on.", "Noted. No program runs the machines now"


def is_reached(machines: Simulated) -> bool:
    """Whether somebody listens where headquarters is."""
    where = urlsplit(machines.headquarters_url)
    with socket.socket() as line:
        return line.connect_ex((where.hostname, where.port)) == 0


def test_it_counts_at_once_and_over_the_end_of_who_runs_them(boss: Boss) -> None:
    home = Home(boss.folder)
    store = home.open_store()
    try:
        with Simulated(home, store) as machines:
            assert is_reached(machines)
            wrong = (("link", "cut"), ("printer", "cover-open", "off"), ("element", "lose", "cut"), ("sms", "down"))
            for line in wrong:
                ran = boss("demo", "fault", *line)
                assert (ran.code, AT_ONCE in ran.err) == (0, True), ran
            assert not is_reached(machines)
            assert not machines.printer.online
            assert (machines.faults.lose, machines.faults.cut, machines.sms_centre.faults.off) == (-1, -1, True)
        with Simulated(home, store) as machines:
            assert not is_reached(machines)
            assert not machines.printer.online
            (told,) = boss("demo", "fault", "printer", "ok", "--json").json
            assert (told["code"], told["now"]) == ("printer", [])
            assert machines.printer.online
            assert not is_reached(machines)
            ran = boss("demo", "fault", "ok")
            assert AT_ONCE in ran.err
            assert is_reached(machines)
            assert (machines.faults.lose, machines.sms_centre.faults.off) == (0, False)
    finally:
        store.close()


def test_who_finds_them_starting_waits_until_they_run(boss: Boss, monkeypatch: pytest.MonkeyPatch) -> None:
    home = Home(boss.folder)
    store = home.open_store()
    url = "http://127.0.0.1:1"
    slept: list[float] = []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        if len(slept) == 2:
            machine_faults.note_running(boss.folder, url, {})

    monkeypatch.setattr("time.sleep", sleep)
    with (boss.folder / LOCK_FILE).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with Simulated(home, store) as machines:
            assert (machines.own, machines.headquarters_url, len(slept)) == (False, url, 2)
        machine_faults.note_running(boss.folder, "", {})
        monkeypatch.setattr(machine_faults, "START_PATIENCE", 0.0)
        with pytest.raises(Outside):
            Simulated(home, store).start()
    store.close()


def test_what_no_program_runs_is_noted(boss: Boss) -> None:
    ran = boss("demo", "fault", "link", "cut")
    assert (ran.code, LATER in ran.err) == (0, True)
    assert {each["code"] for each in boss("demo", "fault", "--json").json if each["now"]} == {"link"}
    assert boss("demo", "fault", "ok").code == 0
    assert not [each for each in boss("demo", "fault", "--json").json if each["now"]]


@pytest.mark.parametrize("line", [("nobody",), ("nobody", "cut"), ("link", "upside")])
def test_what_there_is_not_is_refused_in_words(boss: Boss, line: tuple[str, ...]) -> None:
    ran = boss("demo", "fault", *line)
    assert (ran.code, bool(ran.err)) == (2, True)


def test_a_real_hall_has_none(boss: Boss) -> None:
    settings = boss.folder / "settings.toml"
    settings.write_text(settings.read_text().replace("demo = true", "demo = false"))
    ran = boss("demo", "fault", "link", "cut")
    assert ran.code == 1
    assert "not a demonstration" in ran.err
