"""An honest outlet is believed: a few random days, told to a headquarters. Longer ones: `HONEST_DAYS=50`."""

from __future__ import annotations

import os
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.engines import Copy, Sqlite
from tests.simulation.any_business import small_hall
from tests.simulation.honest import Honest, make_headquarters
from tests.simulation.tally import Tally

DAYS, STEPS = int(os.environ.get("HONEST_DAYS", "3")), 30


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[Copy, Copy]:
    """A hall with few customers, and its headquarters."""
    folder = tmp_path_factory.mktemp("honest")
    url = f"sqlite:///{folder / 'headquarters.db'}"
    make_headquarters(url)
    return small_hall(folder), lambda where: Sqlite().copy(url, where)


def test_nothing_of_an_honest_outlet_is_put_aside_or_noted(both: tuple[Copy, Copy]) -> None:
    hall, headquarters = both
    told: list[str] = []
    tally = Tally()
    of = {"template": (hall,), "headquarters": (headquarters,), "told": told, "tally": tally}
    machine: Any = seed(4)(type("Days", (Honest,), of))
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=DAYS,
            stateful_step_count=STEPS,
            deadline=None,
            phases=(Phase.generate,),
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert told == []
    assert tally.completed() > 10
