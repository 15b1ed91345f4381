"""Homes of demonstrations, made once a run and copied by the tests that work in them."""

from __future__ import annotations

from pathlib import Path

from boss_tui.start import demonstration
from tests.engines import Shared


def plain_home(shared: Shared, customers: int) -> Path:
    """One whose store is not encrypted."""

    def make(folder: Path) -> None:
        demonstration.make(folder / "home", customers=customers, encrypted=False)

    return shared(f"plain-home-{customers}", make) / "home"
