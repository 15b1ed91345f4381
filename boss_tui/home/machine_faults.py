"""What is to go wrong at the simulated machines of a demonstration's home, and what does by now.

Any program of the home says the first (`want`), and it stands until it is said otherwise, also over the programs' ends.
The one that runs the machines obeys within a moment, and notes the second beside where they are (`note_running`).
"""

from __future__ import annotations

import fcntl
import json
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from data.errors import Outside
from data.message import say

WANTED_FILE, RUNNING_FILE = "faults.json", "simulated.json"
LOOK_SECONDS = 0.1
"""Between two looks of the program that runs the machines at what is wanted."""
PATIENCE = 3.0
"""Seconds after which a program that has not obeyed is taken for one that was killed."""
START_PATIENCE = 30.0
"""Seconds that a program may take to start them."""


Faults = Mapping[str, Sequence[str]]
"""What goes wrong at machines: by a machine's code the codes of its faults."""


def wanted(home: Path) -> dict[str, tuple[str, ...]]:
    """The faults of each machine that is to have any."""
    return {machine: tuple(str(faults).split()) for machine, faults in _read(home / WANTED_FILE).items()}


def want(home: Path, faults: Faults) -> None:
    """Let these machines have these faults from now on; without any: it is in order."""
    path = home / WANTED_FILE
    with path.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # of two who say something at once, both are heard
        part = path.with_suffix(".part")
        part.write_text(json.dumps(_written({**wanted(home), **faults})))
        part.replace(path)


def note_running(home: Path, headquarters: str, faults: Faults) -> None:
    """The machines run, headquarters at that URL, with these faults. An empty URL: they run no more."""
    path = home / RUNNING_FILE
    if headquarters:
        part = path.with_suffix(".part")
        part.write_text(json.dumps({"headquarters": headquarters, "faults": _written(faults)}))
        part.replace(path)
    else:
        path.unlink(missing_ok=True)


def running_headquarters(home: Path) -> str:
    """Where headquarters answers, while the machines run; else empty."""
    return str(_read(home / RUNNING_FILE).get("headquarters", ""))


def awaited_headquarters(home: Path) -> str:
    """The same, where another program has begun to run them. Outside: they do not come up there."""
    until = time.monotonic() + START_PATIENCE
    while not (found := running_headquarters(home)):
        if time.monotonic() >= until:
            raise Outside(say("The simulated machines do not come up in the program that runs them."))
        time.sleep(LOOK_SECONDS)
    return found


def is_obeyed(home: Path) -> bool:
    """Whether the machines run and are as is wanted, within a moment."""
    until = time.monotonic() + PATIENCE
    while running_headquarters(home) and time.monotonic() < until:
        if _read(home / RUNNING_FILE).get("faults") == _read(home / WANTED_FILE):
            return True
        time.sleep(LOOK_SECONDS / 2)
    return False


def _written(faults: Faults) -> dict[str, str]:
    """As the files have it: those of a machine with a space between."""
    return {machine: " ".join(each) for machine, each in faults.items() if each}


def _read(path: Path) -> dict[str, Any]:
    """What stands in a file of the home; nothing where there is none."""
    try:
        told: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    return told
