"""Finds or makes the environment in which emupos, a printer simulator that is not ours, can run.

emupos needs Python 3.13, this project does not: where no such Python is, or its package can't be had, the tests that
need it are skipped and say why. The environment is kept in the user's cache and made once.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

PACKAGE = "emupos==0.4.0"
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "boss-tui-tests"


class NoOracle(Exception):
    """Why emupos cannot be run here."""


def _pythons() -> Iterator[str]:
    yield sys.executable
    yield from filter(None, (shutil.which(f"python3.{minor}") for minor in (13, 14, 15)))
    versions = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv") / "versions"
    yield from (str(path) for path in sorted(versions.glob("3.1[3-9]*/bin/python")))


def _recent_enough(python: str) -> bool:
    check = [python, "-c", "import sys; sys.exit(sys.version_info < (3, 13))"]
    return subprocess.run(check, capture_output=True, check=False).returncode == 0


def environment() -> Path:
    """The interpreter that has emupos. NoOracle if there can be none."""
    home = CACHE / PACKAGE.replace("==", "-")
    CACHE.mkdir(parents=True, exist_ok=True)
    with (CACHE / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # several test processes ask at once
        if not (home / "ready").exists():
            _make(home)
    return home / "bin" / "python"


def _make(home: Path) -> None:
    python = next(filter(_recent_enough, _pythons()), None)
    if python is None:
        raise NoOracle("emupos needs Python 3.13 or later, and none was found")
    shutil.rmtree(home, ignore_errors=True)
    steps = [
        [python, "-m", "venv", str(home)],
        [str(home / "bin" / "python"), "-m", "pip", "install", "-q", "--retries", "1", PACKAGE],
    ]
    for step in steps:
        done = subprocess.run(step, capture_output=True, text=True, check=False)
        if done.returncode:
            raise NoOracle(f"{PACKAGE} could not be installed: {done.stderr.strip()[-300:]}")
    (home / "ready").touch()


def run(jobs: Sequence[tuple[int, bytes]]) -> list[dict[str, Any]]:
    """What emupos makes of the jobs, each with the dots of its paper."""
    asked = json.dumps([{"dots": dots, "job": job.hex()} for dots, job in jobs])
    script = Path(__file__).with_name("emupos_run.py")
    done = subprocess.run(
        [str(environment()), str(script)], input=asked, capture_output=True, text=True, check=True, encoding="utf-8"
    )
    answers: list[dict[str, Any]] = json.loads(done.stdout)
    return answers
