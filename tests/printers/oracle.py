"""Finds or makes the environment in which emupos, a printer simulator that is not ours, can run.

emupos needs Python 3.13, this project does not: where no such Python is, or its package can't be had, the tests that
need it are skipped and say why. The environment is kept in the user's cache and made once.
"""

from __future__ import annotations

import base64
import fcntl
import io
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import zxingcpp
from PIL import Image

from printers.charset import fold
from printers.escpos import preview
from printers.layout import PrintLine

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


def as_named_there(line: str) -> str:
    """Our name of a symbol, and the data beneath it, are one line there: compared apart."""
    return re.sub(r"\s", "", line)


def agrees(found: dict[str, Any], lines: Sequence[PrintLine]) -> None:
    """What emupos printed says what these lines do, and nothing was unknown to it."""
    assert not [event for event in found["events"] if "unknown" in event or "unsupported" in event]
    assert bytes.fromhex(found["answers"]) == b"\x00"
    text = "".join(receipt["text"] for receipt in found["receipts"])
    for line in lines:
        if line.kind == "text" and line.scale == 1 and line.text:
            assert fold(line.text) in text.splitlines()  # what the printer lacks, and no font draws, is 〓 on paper
        elif line.kind == "text":
            assert as_named_there(fold(line.text)) in as_named_there(text)
    plain = re.sub(r"\[(qr|barcode CODE128|image)[^\]]*\]", "", text)
    ours = "".join(preview(tuple(line for line in lines if line.kind == "text")))
    assert as_named_there(plain) == as_named_there(fold(ours))


def read(found: dict[str, Any]) -> set[str]:
    """What a barcode reader that is not ours reads in the pictures of what emupos printed."""
    pictures = (Image.open(io.BytesIO(base64.b64decode(receipt["png"]))) for receipt in found["receipts"])
    return {symbol.text for picture in pictures for symbol in zxingcpp.read_barcodes(picture.convert("L"))}
