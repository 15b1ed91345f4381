"""Homes of demonstrations, made once a run and copied by the tests that work in them; folders of a run."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from pathlib import Path

from boss_tui.start import demonstration
from tests.engines import Shared


def of_this_run(what: str) -> Path:
    """A folder for what a process of the tests makes once; it goes with the process."""
    folder = Path(tempfile.mkdtemp(prefix=f"boss-{what}-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def plain_home(shared: Shared, customers: int) -> Path:
    """One whose store is not encrypted."""

    def make(folder: Path) -> None:
        demonstration.make(folder / "home", customers=customers, encrypted=False)

    return shared(f"plain-home-{customers}", make) / "home"
