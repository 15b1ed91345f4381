"""Small runs of the long simulations; the long ones are commands (see their modules), which `make nightly` runs."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.engines import Copy, Engine
from tests.simulation import hall_at_once, kills
from tests.tiers import NIGHTLY

pytestmark = pytest.mark.both_engines(NIGHTLY)


@pytest.mark.kills
def test_kills_lose_nothing_and_leave_nothing_half(hall_template: Copy, engine: Engine, tmp_path: Path) -> None:
    stored, told = kills.run(hall_template(tmp_path), 10, seed=7)
    assert stored >= told > 0


def test_several_processes_sell_at_once(hall_template: Copy, engine: Engine, tmp_path: Path) -> None:
    assert hall_at_once.run(hall_template(tmp_path), seconds=1, processes=4) >= 4  # each sells once at least
