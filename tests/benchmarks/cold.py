"""Commands from cold, as a script calls them: a new process each, against one that imports the tables' library alone.

Both take turns. The processor's time is what the kernel has counted for the process when it ended.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

from tests.benchmarks.table import Row
from tests.benchmarks.timing import Samples
from tests.hall import FACTS

AIM = 2.0
LIBRARY = ("-c", "import sqlmodel")
WHAT = "from cold / python -c 'import sqlmodel'"


def rows(home: Path, times: int) -> list[Row]:
    """`home`: an outlet's."""
    who = ("--operator", FACTS.clerk, "--home", str(home))
    form = home / "contacts.json"
    form.write_bytes(_run("-m", "boss_tui.cli", "do", "C4.2", "--example", *who))
    asked = {
        "boss find": ("find", json.loads(form.read_bytes())["number"]),
        "boss do C4.2 --quote": ("do", "C4.2", "--quote", "--form", str(form)),
    }
    found = []
    for name, command in asked.items():
        ours, limit = _by_turns(("-m", "boss_tui.cli", *command, *who), times)
        found += [
            Row(f"{name} {WHAT}; median", ours.middle, limit.middle, AIM),
            Row("  processor time, median", ours.middle_cpu, limit.middle_cpu, AIM),
        ]
    return found


def _by_turns(command: tuple[str, ...], times: int) -> tuple[Samples, Samples]:
    ours, limit = Samples(), Samples()
    for turn in range(times + (times > 1)):
        if turn == 1:  # the first turn compiled and cached
            ours.clear()
            limit.clear()
        for arguments, samples in ((LIBRARY, limit), (command, ours)):
            _timed(arguments, samples)
    return ours, limit


def _timed(arguments: tuple[str, ...], into: Samples) -> None:
    began, before = time.perf_counter(), os.times()
    _run(*arguments)
    after = os.times()
    into.wall.append((time.perf_counter() - began) * 1e3)
    spent = after.children_user - before.children_user + after.children_system - before.children_system
    into.cpu.append(spent * 1e3)


def _run(*arguments: str) -> bytes:
    environment = {**os.environ, "BOSS_PASSWORD": FACTS.password}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program is compiled
    return subprocess.run([sys.executable, *arguments], check=True, env=environment, stdout=subprocess.PIPE).stdout
