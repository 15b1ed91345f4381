"""Small runs of the long simulations; the long ones are commands (see their modules)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.simulation import hall_at_once, kills


@pytest.mark.kills
def test_fifty_kills_lose_nothing_and_leave_nothing_half(hall_template: Path, tmp_path: Path) -> None:
    stored, told = kills.run(hall_template, tmp_path, 50, seed=7)
    assert stored >= told > 0


def test_eight_processes_sell_at_once(hall_template: Path, tmp_path: Path) -> None:
    assert hall_at_once.run(hall_template, tmp_path, seconds=6, processes=8) > 8
