"""The simulation of any business (`customers`) as a command: thousands of steps, a table of what was done, and steps to
play a failure again (`playing`).

usage: python -m tests.simulation.any_business [EXAMPLES] [STEPS] [SEED] [--shrink] [--replay FILE]
"""

from __future__ import annotations

from pathlib import Path

from tests.engines import Copy, Sqlite
from tests.hall import make_template
from tests.simulation import playing
from tests.simulation.customers import AnyBusiness
from tests.simulation.tally import Tally

CUSTOMERS = 20
"""A small hall: what is asked after each step is asked of all that is in it."""


def small_hall(folder: Path) -> Copy:
    """A hall with few customers, made in a folder; what copies it."""
    url = f"sqlite:///{folder / 'hall.db'}"
    make_template(url, CUSTOMERS)
    return lambda where: Sqlite().copy(url, where)


def machine(template: Copy, tally: Tally) -> type[AnyBusiness]:
    """The machine over copies of a hall, counting into a tally."""
    return type("AnyBusiness", (AnyBusiness,), {"template": (template,), "tally": tally})


if __name__ == "__main__":
    playing.main("any_business", lambda folder, tally: machine(small_hall(folder), tally))
