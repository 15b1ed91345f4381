"""A small run of random customers in random businesses; the long one is a command (see the module)."""

from __future__ import annotations

from tests.engines import Copy
from tests.simulation import any_business
from tests.simulation.tally import Tally


def test_all_that_always_holds_holds(hall_template: Copy) -> None:
    tally = Tally()
    any_business.run(hall_template, examples=8, steps=20, tally=tally)
    assert tally.completed() > 20
