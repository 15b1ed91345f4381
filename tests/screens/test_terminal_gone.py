"""A terminal that goes away: the desk ends in order, however it was started, and whoever comes next is told."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from boss_tui.home.machine_faults import RUNNING_FILE
from boss_tui.home.presence import FOLDER
from boss_tui.home.settings import Home
from boss_tui.start import demonstration
from boss_tui.start.demonstration import LOCK_FILE
from data.demo_staff import CLERKS, PASSWORD
from data.tables.order import Draft
from tests.engines import Shared
from tests.screens.terminal_process import F, TerminalProcess
from tests.tiers import nightly

pytestmark = pytest.mark.pty

PROGRAM = "boss_tui.cli"
SIGN_ON = f"{CLERKS[0]}\r{PASSWORD}\r".encode()
ENGLISH = {"BOSS_LANGUAGE": "en"}
HOME = "What is to be done"
DEAF = ("sh", "-c", "trap '' HUP; \"$@\"; exit $?", "sh")
"""A shell whose programs get no hang-up signal, as one that `make` or `nohup` starts."""
FIRST = ("sh", "-c", '"$@"; exit $?', "sh")
"""The first program of the terminal is another one, which waits for the desk."""


@pytest.fixture(scope="module")
def made(shared: Shared) -> Path:
    return shared("gone", lambda folder: demonstration.make(folder / "home", customers=10)) / "home"


@pytest.fixture
def home(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "home"))


def counter_file(home: Path) -> Path:
    return home / FOLDER / f"{Home(home).settings.counter}.json"


def log_of(home: Path) -> str:
    path = home / "log" / "boss.log"
    return path.read_text() if path.exists() else ""


def typed(home: Path) -> list[str]:
    store = Home(home).open_store()
    with store.reading() as reading:
        found = [draft.values_json for draft in reading.all(Draft, state="open")]
    store.close()
    return found


def free(path: Path) -> bool:
    with path.open("r+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
    return True


def wait_for(so: Callable[[], bool], seconds: float = 60.0) -> None:
    """Wait until something is so."""
    end = time.monotonic() + seconds
    while not so():
        assert time.monotonic() < end
        time.sleep(0.02)


def in_a_form(terminal: TerminalProcess) -> None:
    """Signed on, a form open, something typed that was not left yet."""
    terminal.wait(lambda: terminal.shows("Staff number"))
    terminal.send(SIGN_ON)
    terminal.wait(lambda: terminal.shows(HOME), 60)
    terminal.send(b"C4.2\r")
    terminal.wait(lambda: terminal.shows("C4.2 Change contacts"))
    terminal.send(b"1395700")
    terminal.wait(lambda: terminal.shows("1395700"))
    assert terminal.settings() != terminal.at_first


def closed(terminal: TerminalProcess) -> None:
    terminal.close()


def told(number: int) -> Callable[[TerminalProcess], None]:
    return lambda terminal: os.kill(terminal.pid, number)


def deaf(terminal: TerminalProcess) -> None:
    """Nothing is read any more, while keys make the desk go on drawing."""
    for _ in range(400):
        terminal.send(b"1\x7f" * 10)


WAYS: dict[str, tuple[tuple[str, ...], bool, Callable[[TerminalProcess], None], int | None, str]] = {
    # a hang-up and the end of input race for the first word, and for the exit code
    "closed": ((), True, closed, None, "the desk ends: the terminal"),
    "closed, first program is a shell": (FIRST, True, closed, None, "the desk ends: the terminal"),
    "closed, hang-up is ignored": (DEAF, True, closed, 3, "the desk ends: the terminal"),
    "closed, not its own terminal": ((), False, closed, 3, "the desk ends: the terminal"),
    "told to end": ((), True, told(signal.SIGTERM), 128 + signal.SIGTERM, "SIGTERM"),
    "hung up": ((), True, told(signal.SIGHUP), 128 + signal.SIGHUP, "hang-up"),
    "takes nothing": ((), True, deaf, 3, "takes nothing any more"),
}


BY_DAY = ("closed", "closed, hang-up is ignored", "told to end")


@pytest.mark.parametrize("way", [*BY_DAY, *nightly(*(way for way in WAYS if way not in BY_DAY))])
def test_the_desk_ends_in_order(home: Path, way: str) -> None:
    before, owned, goes, code, words = WAYS[way]
    with TerminalProcess(
        PROGRAM, "demo", "--home", str(home), before=before, owned=owned, environment=ENGLISH
    ) as terminal:
        in_a_form(terminal)
        assert json.loads(counter_file(home).read_text())["terminal"]
        goes(terminal)
        if goes not in {closed, deaf}:
            given_back(terminal)
        ended = terminal.code(reading=goes is not deaf)
        assert ended != 0
        assert code in {ended, None}
    wait_for(lambda: free(counter_file(home)))  # a shell that is hung up ends before its program
    assert words in log_of(home)
    assert "did not end in order" not in log_of(home)
    assert any("1395700" in values for values in typed(home))
    assert counter_file(home).read_text() == ""
    assert free(home / LOCK_FILE)
    assert not (home / RUNNING_FILE).exists()


def given_back(terminal: TerminalProcess) -> None:
    """A terminal that is still there has its screen back: no customer is left on it, what is typed next is seen."""
    terminal.wait(terminal.ended)
    terminal.read(0.2)
    left = terminal.bytes.rpartition(b"\x1b[?1049h")[2]
    assert b"\x1b[?1049l" in left, "the other screen is left"
    assert b"\x1b[?25h" in left, "the cursor is shown"
    assert b"\x1b[?1000l" in left, "the mouse is the terminal's again"
    assert terminal.settings() == terminal.at_first


@pytest.mark.nightly
def test_an_interrupted_desk_without_machines_ends_too(home: Path) -> None:
    with TerminalProcess(PROGRAM, "--home", str(home), environment=ENGLISH) as terminal:
        in_a_form(terminal)
        os.kill(terminal.pid, signal.SIGINT)
        given_back(terminal)
        assert terminal.code() == 128 + signal.SIGINT


@pytest.mark.nightly
def test_one_that_ends_before_the_desk_was_there_ends_too(home: Path) -> None:
    with TerminalProcess(PROGRAM, "--home", str(home), owned=False, environment=ENGLISH) as terminal:
        terminal.wait(lambda: terminal.shows("Staff number"))
        terminal.close()
        assert terminal.code() == 3
    assert "the desk ends: the terminal" in log_of(home)


def test_without_any_terminal_there_is_no_desk(home: Path) -> None:
    nothing = ("sh", "-c", '"$@" < /dev/null', "sh")
    with TerminalProcess(PROGRAM, "--home", str(home), before=nothing, environment=ENGLISH) as terminal:
        assert terminal.code() == 2
        terminal.read(0.2)
        assert terminal.shows("The desk needs a terminal")


@pytest.fixture
def first(home: Path) -> Iterator[TerminalProcess]:
    with TerminalProcess(PROGRAM, "--home", str(home), environment=ENGLISH) as terminal:
        in_a_form(terminal)
        yield terminal


def test_a_second_desk_is_told_whose_the_first_is_and_may_end_it_and_take_its_place(
    home: Path, first: TerminalProcess
) -> None:
    with TerminalProcess(PROGRAM, "--home", str(home), environment=ENGLISH) as second:
        second.wait(lambda: second.shows("Another desk of this counter is open"))
        second.wait(lambda: second.shows(f"process {first.pid}"))  # the box is painted in pieces
        second.send(b"\x1b")
        assert second.code() == 1
    assert not first.ended()
    first.send(b"9")
    first.wait(lambda: first.shows("13957009"))
    with TerminalProcess(PROGRAM, "--home", str(home), environment=ENGLISH) as second:
        second.wait(lambda: second.shows("Another desk of this counter is open"))
        second.read(0.4)  # what is typed ahead is no answer
        second.send(F[10])
        assert first.code() == 128 + signal.SIGTERM
        second.read(0.5)
        second.send(SIGN_ON)
        second.wait(lambda: second.shows(HOME))
    assert any("1395700" in values for values in typed(home))


@pytest.mark.nightly
def test_a_desk_of_another_counter_is_no_hindrance(home: Path, first: TerminalProcess) -> None:
    other = {**ENGLISH, "BOSS_COUNTER": "HZ0103"}
    with TerminalProcess(PROGRAM, "--home", str(home), environment=other) as second:
        second.wait(lambda: second.shows("Staff number"))
        second.send(f"{CLERKS[1]}\r{PASSWORD}\r".encode())
        second.wait(lambda: second.shows(HOME))
    assert not first.ended()


def test_who_comes_after_one_that_was_killed_is_told(home: Path, first: TerminalProcess) -> None:
    os.kill(first.pid, signal.SIGKILL)
    first.code()
    with TerminalProcess(PROGRAM, "--home", str(home), environment=ENGLISH) as second:
        second.wait(lambda: second.shows("was left without being closed"))
        second.send(SIGN_ON)
        second.wait(lambda: second.shows(HOME))
    assert "was left without being closed" in log_of(home)


@pytest.mark.nightly
def test_one_that_ended_in_order_leaves_nothing_to_say(home: Path) -> None:
    for _ in range(2):
        with TerminalProcess(PROGRAM, "--home", str(home), environment=ENGLISH) as terminal:
            terminal.wait(lambda: terminal.shows("Sign on as clerk"))
            assert not terminal.shows("was left without")
            terminal.send(b"\x11")
            assert terminal.code() == 0
