"""Real processes in a real pseudo-terminal, timed: start to first frame, key to screen, key to frame, memory.

The bare Textual application and the desk take turns. The processor's time is what the kernel has counted for all
threads of the process until the bytes were there.
"""

from __future__ import annotations

import os
import select
import shutil
import time
from pathlib import Path

from msgspec import Struct, field

from boss_tui.home.folder import FILE
from boss_tui.start import demonstration
from boss_tui.transactions.c01.form import OpenAccountForm
from tests.benchmarks.table import Row
from tests.benchmarks.timing import Samples
from tests.hall import FACTS
from tests.screens.terminal_process import F, TerminalProcess

BARE = "tests.benchmarks.bare"
DESK = "boss_tui.cli"
SIGN_ON, AT_HOME, C1_OPEN = "工号", "请输入业务", "证件号码"
TYPED = f"{FACTS.clerk}\r{FACTS.password}\r".encode()
REST = 0.25  # seconds in which nothing is sent, so that the gate takes what follows for a new key
KEY_TIME = 0.12  # seconds from one key to the next of somebody who types fast
AIM_FIRST, AIM_HOME, AIM_SCREEN, AIM_KEY = 1.3, 3.0, 1.5, 1.25
FIELDS = sum(spec.ask.asked(lambda _: "") for spec in OpenAccountForm.fields())


class Timed(TerminalProcess):
    """A process whose output is awaited as bytes: reading it as a screen would take longer than making it."""

    def __init__(self, module: str, *arguments: str) -> None:
        self.began = time.perf_counter()
        super().__init__(module, *arguments)

    def until(self, text: str, seconds: float = 60.0) -> None:
        """Wait for a text. AssertionError when it does not come."""
        wanted, seen, end = text.encode(), b"", time.perf_counter() + seconds
        while wanted not in seen:
            assert time.perf_counter() < end, f"{text!r} did not come: {seen[-2000:]!r}"
            seen += self.some(0.5)

    def some(self, seconds: float) -> bytes:
        """What comes next, if anything does."""
        if select.select([self._fd], [], [], seconds)[0]:
            return os.read(self._fd, 65536)
        return b""

    def rest(self, seconds: float = REST) -> None:
        """Let it finish what it does."""
        end = time.perf_counter() + seconds
        while (left := end - time.perf_counter()) > 0:
            self.some(left)

    def processor(self) -> float:
        """The processor's time of all its threads so far, in ms."""
        return (
            sum(int(task.read_text().split()[0]) for task in Path(f"/proc/{self.pid}/task").glob("*/schedstat")) / 1e6
        )

    def resident(self) -> float:
        """Memory that it holds, in MB."""
        line = next(x for x in Path(f"/proc/{self.pid}/status").read_text().splitlines() if x.startswith("VmRSS"))
        return int(line.split()[1]) / 1024

    def timed(self, keys: bytes, text: str, into: Samples) -> None:
        """From these keys to a text; an empty text: to the first bytes."""
        cpu, wall = self.processor(), time.perf_counter()
        self.send(keys)
        if text:
            self.until(text)
        else:
            self.some(5.0)
        into.wall.append((time.perf_counter() - wall) * 1e3)
        into.cpu.append(self.processor() - cpu)

    def since_start(self, into: Samples, text: str = "") -> None:
        """From the process's start to a text; without one: until now."""
        if text:
            self.until(text)
        into.wall.append((time.perf_counter() - self.began) * 1e3)
        into.cpu.append(self.processor())


def homes(folder: Path, customers: int) -> tuple[Path, Path]:
    """A demonstration's home, and the same as an outlet's, with no simulated machines in the program."""
    demo, outlet = folder / "demo", folder / "outlet"
    demonstration.make(demo, customers=customers)
    shutil.copytree(demo, outlet)
    settings = outlet / FILE
    settings.write_text(settings.read_text().replace("demo = true", "demo = false"))
    return demo, outlet


class Starts(Struct, frozen=True):
    """What starts of one home took: to the first frame; from there to home, and from the start to home, with the
    sign-on typed at once; from the sign-on's last Enter to home, with the keys typed one after the other."""

    frame: Samples = field(default_factory=Samples)
    at_once: Samples = field(default_factory=Samples)
    home: Samples = field(default_factory=Samples)
    accepted: Samples = field(default_factory=Samples)

    def take(self, home: Path) -> None:
        """Start it twice: for somebody whose keys come all at once, and for somebody who types them."""
        with Timed(DESK, "--home", str(home)) as program:
            program.since_start(self.frame, SIGN_ON)
            program.timed(TYPED, AT_HOME, self.at_once)
            program.since_start(self.home)
        with Timed(DESK, "--home", str(home)) as program:
            program.until(SIGN_ON)
            for key in TYPED[:-1]:
                program.send(bytes((key,)))
                program.rest(KEY_TIME)
            program.timed(TYPED[-1:], AT_HOME, self.accepted)


def start_rows(demo: Path, outlet: Path, times: int = 5) -> list[Row]:
    """Process start to the first frame, which is the sign-on; from there, and from the sign-on's Enter, to home."""
    bare, ours, theirs = Samples(), Starts(), Starts()
    for turn in range(times + (times > 1)):
        if turn == 1:  # the first turn compiled and cached
            bare, ours, theirs = Samples(), Starts(), Starts()
        with Timed(BARE, str(FIELDS)) as program:
            program.since_start(bare, "Bare")
        for home, starts in ((outlet, ours), (demo, theirs)):
            starts.take(home)
    start, at_home = bare.middle, "→ home / a bare app's start"
    return [
        Row(
            "process start → sign-on, the first frame / a bare Textual app's; best",
            ours.frame.best,
            bare.best,
            AIM_FIRST,
        ),
        Row("  median", ours.frame.middle, start, AIM_FIRST),
        Row("  processor time, median", ours.frame.middle_cpu, bare.middle_cpu, AIM_FIRST),
        Row(f"sign-on typed by a person, its last Enter {at_home}; median", ours.accepted.middle, start, AIM_HOME),
        Row("  in a demonstration, with its machines in the program", theirs.accepted.middle, start, AIM_HOME),
        Row(f"sign-on typed at once at the first frame {at_home}; median", ours.at_once.middle, start, AIM_HOME),
        Row("  processor time, median", ours.at_once.middle_cpu, bare.middle_cpu, AIM_HOME),
        Row("  → with the process's start, median", ours.home.middle, start),
        Row("  → the same, a demonstration with its machines in it, median", theirs.home.middle, start),
    ]


def screen_rows(outlet: Path, times: int = 10, keys: int = 20) -> list[Row]:
    """C1 opens; a key in one of its fields; memory; each against the bare application's screen of as many fields."""
    opening, bare_opening, key, bare_key = (Samples() for _ in range(4))
    with Timed(BARE, str(FIELDS)) as bare, Timed(DESK, "--home", str(outlet)) as desk:
        bare.until("Bare")
        desk.until(SIGN_ON)
        desk.rest(1.0)
        desk.send(TYPED)
        desk.until(AT_HOME)
        memory = _turns(bare, desk, times, (opening, bare_opening))
        _typing(bare, desk, keys, (key, bare_key))
    what = f"C1's screen opens, Enter → {FIELDS} fields and their notices painted (pty, the draft is in the store)"
    return [
        Row(f"{what} / a bare screen of {FIELDS} Label + Input; best", opening.best, bare_opening.best, AIM_SCREEN),
        Row("  median", opening.middle, bare_opening.middle, AIM_SCREEN),
        Row("  processor time, median", opening.middle_cpu, bare_opening.middle_cpu, AIM_SCREEN),
        Row("key → frame in a field of C1 (pty) / in the bare screen; best", key.best, bare_key.best, AIM_KEY),
        Row("  median", key.middle, bare_key.middle, AIM_KEY),
        Row("memory with C1 open / the bare screen open", *memory, unit="MB"),
    ]


def _turns(bare: Timed, desk: Timed, times: int, into: tuple[Samples, Samples]) -> tuple[float, float]:
    """Open and leave, by turns; open both at the end. Answers what they hold in memory then."""
    for turn in range(times + 2):
        mine, its = into if turn >= 2 else (Samples(), Samples())
        for program in (bare, desk):
            program.rest()
        bare.timed(b"o", f"Field {min(FIELDS, 20) - 1}", its)
        desk.send(b"c1")
        desk.rest()
        desk.timed(b"\r", C1_OPEN, mine)
        if turn < times + 1:
            bare.send(b"\x1b")
            bare.rest(0.4)
            desk.send(F[3])
            desk.until(AT_HOME)
    return desk.resident(), bare.resident()


def _typing(bare: Timed, desk: Timed, keys: int, into: tuple[Samples, Samples]) -> None:
    """Keys into the second field of C1 (its document number), and into the bare screen's."""
    desk.send(b"\r")
    bare.send(b"\t")
    desk.rest(1.0)
    bare.rest(0.5)
    for turn in range(keys):
        for program, samples in ((bare, into[1]), (desk, into[0])):
            program.rest(0.1)
            program.timed(b"\x7f" if turn % 12 == 11 else b"7", "", samples)


def rows(demo: Path, outlet: Path, starts: int = 5, opens: int = 10, keys: int = 20) -> list[Row]:
    """All rows of this module."""
    return [*start_rows(demo, outlet, starts), *screen_rows(outlet, opens, keys)]
