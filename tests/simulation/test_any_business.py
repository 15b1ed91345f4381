"""A small run of random customers in random businesses; the long one is a command (see the module)."""

from __future__ import annotations

from tests.engines import Copy
from tests.simulation import any_business


def test_all_that_always_holds_holds(hall_template: Copy) -> None:
    done = any_business.run(hall_template, examples=12, steps=20)
    assert sum(done.values()) > 5
