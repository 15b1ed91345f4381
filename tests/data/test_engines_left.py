"""A run of tests that is killed leaves its server of PostgreSQL behind; the next run ends it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.engines import SERVERS, left_servers_ended

ENDS_BY_QUIT = """
import signal, time
signal.signal(signal.SIGQUIT, signal.SIG_DFL)  # a run in the background has it ignored
print("ready", flush=True)
time.sleep(60)
"""


def test_only_the_servers_of_runs_that_are_gone_are_ended(tmp_path: Path) -> None:
    over = subprocess.Popen([sys.executable, "-c", ""])
    over.wait()
    left = subprocess.Popen([sys.executable, "-c", ENDS_BY_QUIT], stdout=subprocess.PIPE, text=True)
    assert left.stdout is not None
    assert left.stdout.readline() == "ready\n"
    for owner in (over.pid, os.getpid(), "nobody"):
        folder = tmp_path / f"{SERVERS}{owner}"
        folder.mkdir()
        (folder / "postmaster.pid").write_text(f"{left.pid if owner == over.pid else os.getpid()}\n")
    left_servers_ended(tmp_path)
    assert left.wait(10) != 0
    left.stdout.close()
    assert {folder.name for folder in tmp_path.iterdir()} == {f"{SERVERS}{os.getpid()}", f"{SERVERS}nobody"}
