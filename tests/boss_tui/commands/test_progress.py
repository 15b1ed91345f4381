"""What long work shows: on a terminal, in a pipe, and when it is stopped."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from boss_tui.commands.progress import PATIENCE, QUIET, ShownProgress, duration, waited, worked
from boss_tui.home.settings import Home
from data.backup import backup
from data.journal import Author
from data.message import Message, say
from data.progress import Report
from data.statements import keys
from data.tables.finance import RunningTotal
from tests.boss_tui.commands.conftest import Boss
from tests.hall import Hall
from tests.tiers import nightly

STEP, NEXT = say("Adding up"), say("Making the indexes")


class Terminal(io.StringIO):
    """A stream that is a terminal, or is not."""

    def __init__(self, *, is_terminal: bool) -> None:
        super().__init__()
        self._is_terminal = is_terminal

    def isatty(self) -> bool:
        return self._is_terminal


class Time:
    """A clock that stands until it is set."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOSS_LANGUAGE", "en")


@pytest.mark.parametrize(
    ("seconds", "told"),
    [(0, "0 s"), (59.4, "59 s"), (59.6, "1:00"), (61, "1:01"), (3599, "59:59"), (3600, "1:00:00"), (7384, "2:03:04")],
)
def test_a_time_as_a_person_reads_it(seconds: float, told: str) -> None:
    assert duration(seconds) == told


@pytest.mark.parametrize(
    ("after", "done", "of", "told"),
    [
        (10, 0, 0, "Adding up  10 s so far"),
        (10, 0, 1000, "Adding up  0/1,000  10 s so far"),
        (10, 19, 1000, "Adding up  19/1,000  10 s so far"),
        (10, 20, 1000, "Adding up  20/1,000  10 s so far  about 8:10 left"),
        (10, 500, 1000, "Adding up  500/1,000  10 s so far  about 10 s left"),
        (10, 1000, 1000, "Adding up  1,000/1,000  10 s so far"),
    ],
)
def test_a_line_says_what_how_far_and_how_long_still(after: float, done: int, of: int, told: str) -> None:
    now = Time()
    shown = ShownProgress(Terminal(is_terminal=True), now)
    shown(STEP, 0, of)
    now.now += after
    shown(STEP, done, of)
    assert shown.line() == told


def test_the_time_of_each_step_is_its_own() -> None:
    now = Time()
    shown = ShownProgress(Terminal(is_terminal=True), now)
    shown(STEP)
    now.now += 50
    shown(NEXT, 5, 10)
    now.now += 2
    assert shown.line() == "Making the indexes  5/10  2 s so far  about 2 s left"


@pytest.mark.parametrize("is_terminal", [True, False])
def test_what_is_over_within_a_second_says_nothing(is_terminal: bool) -> None:
    now, stream = Time(), Terminal(is_terminal=is_terminal)
    shown = ShownProgress(stream, now)
    shown(STEP, 1, 2)
    now.now += QUIET - 0.01
    shown.draw()
    assert stream.getvalue() == ""
    now.now += 0.02
    shown.draw()
    assert "Adding up" in stream.getvalue()


def test_in_a_pipe_each_step_is_one_line() -> None:
    now, stream = Time(), Terminal(is_terminal=False)
    shown = ShownProgress(stream, now)
    for step in (STEP, NEXT):
        for done in range(5):
            now.now += 1
            shown(step, done, 5)
            shown.draw()
    assert stream.getvalue() == "Adding up …\nMaking the indexes …\n"


def test_on_a_terminal_the_line_is_drawn_over_and_gone_at_the_end() -> None:
    now, stream = Time(), Terminal(is_terminal=True)
    with ShownProgress(stream, now) as shown:
        shown(say("Making the outlet's customers"), 1, 9)
        now.now += 2
        shown.draw()
        shown(STEP)
        shown.draw()
    first, second, blank, end = stream.getvalue().split("\r")[1:]
    assert first.startswith("Making the outlet's customers")
    assert len(second) >= len(first)
    assert second.startswith("Adding up")
    assert (blank.strip(), end) == ("", "")


def test_work_answers_what_it_made_and_raises_what_it_raised() -> None:

    def seven(tell: Report) -> int:
        tell(STEP, 1, 2)
        return 7

    assert worked(seven) == 7
    assert waited(STEP, lambda: "x") == "x"
    with pytest.raises(ZeroDivisionError):
        worked(lambda _tell: 1 // 0)


def test_ctrl_c_stops_the_work_where_it_next_tells_how_far_it_is() -> None:
    begun, cleaned = threading.Event(), threading.Event()

    def work(tell: Report) -> None:
        try:
            while True:
                tell(STEP, 0, 0)
                begun.set()
                time.sleep(0.01)
        finally:
            cleaned.set()

    def interrupt() -> None:
        begun.wait()
        os.kill(os.getpid(), signal.SIGINT)

    threading.Thread(target=interrupt).start()
    began = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        worked(work)
    assert cleaned.is_set()
    assert time.monotonic() - began < PATIENCE, "it was not waited for in vain"


@pytest.mark.parametrize("how", [signal.SIGINT, *nightly(signal.SIGTERM)])
def test_a_hall_whose_making_is_stopped_leaves_nothing(tmp_path: Path, how: signal.Signals) -> None:
    home = tmp_path / "home"
    command = [sys.executable, "-m", "boss_tui.cli", "init", "--demo", "--customers", "2000000", "--home", str(home)]
    process = subprocess.Popen(
        command, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env={**os.environ, "BOSS_LANGUAGE": "en"}
    )
    assert process.stderr is not None
    assert process.stderr.readline() == "Making the outlet's customers …\n"
    process.send_signal(how)
    _, said = process.communicate(timeout=60)
    assert (process.returncode, said) == (130, "Stopped. Nothing half is left.\n")
    assert not home.exists()


def test_rules_are_asked_by_a_part_of_their_name_and_timed(boss: Boss) -> None:
    ran = boss("verify", "--rule", "posting balances", "--rule", "CHAIN", "--rule", "head", "--json")
    assert ran.code == 2, "no rule is called chain"
    assert "posting balances; posting has lines" in ran.err
    ran = boss("verify", "--rule", "posting balances", "--rule", "HEAD", "--json")
    assert ran.code == 0, ran.err
    assert {"posting balances", "journal is whole"} <= set(ran.json["seconds"])
    shown = boss("verify", "--rule", "posting balances", "--times").out.splitlines()
    assert shown[0] == "[posting balances] holds"
    assert shown[1].startswith("1 rule in 0.")
    assert len(shown) == 3
    assert len(boss("verify", "--json").json["seconds"]) > 100


def test_a_rule_that_was_not_asked_finds_nothing(boss: Boss) -> None:
    store = Home(boss.folder).open_store()
    with store.transaction(Author("HZ01", "damage", "1001"), journalled=False) as tx:
        total = tx.all(RunningTotal)[0]
        key = {name: getattr(total, name) for name in keys(RunningTotal)}
        tx.increase(RunningTotal, key, amount=1)
    store.close()
    assert boss("verify", "--rule", "posting balances").code == 0
    found = boss("verify", "--rule", "running total")
    assert (found.code, found.out.splitlines()[0]) == (1, "[running total is the sum] 1 found")


def test_a_copy_tells_how_far_it_is_and_clears_what_a_killed_one_left(hall: Hall, tmp_path: Path) -> None:
    told: list[tuple[Message, int, int]] = []
    for name in ("store-20260101T000000Z.db.part", "before-upgrade-from-1-x.db.part", "somebody-elses.part"):
        (tmp_path / name).write_bytes(b"left")
    backup(hall.store, tmp_path / "store-20260102T000000Z.db", tell=lambda *step: told.append(step))
    assert [str(what) for what, _, _ in told][-1] == "Checking the copy"
    copied = [(done, of) for what, done, of in told if what == say("Copying the store, MB")]
    assert copied
    assert all(0 <= done <= of for done, of in copied)
    left = sorted(path.name for path in tmp_path.glob("*.part"))
    assert left == ["somebody-elses.part"], "what is not ours stays"
