"""The simulation of any business (`customers`) as a command: thousands of steps, a table of what was done, and steps to
play a failure again.

usage: python -m tests.simulation.any_business [EXAMPLES] [STEPS] [SEED] [--shrink] [--replay FILE]
"""

from __future__ import annotations

import argparse
import ast
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.engines import Copy, Sqlite
from tests.hall import make_template
from tests.simulation.customers import AnyBusiness
from tests.simulation.tally import Tally

CUSTOMERS = 20
"""A small hall: what is asked after each step is asked of all that is in it."""
ANEW, LONG = 10, 100_000
"""After so many days Hypothesis begins anew with another seed, since it turns to variations of days that it has had."""
STEP = "state."
NO_STEP = ("state.teardown", "state.all_holds")


def small_hall(folder: Path) -> Copy:
    """A hall with few customers, made in a folder; what copies it."""
    url = f"sqlite:///{folder / 'hall.db'}"
    make_template(url, CUSTOMERS)
    return lambda where: Sqlite().copy(url, where)


def _of(template: Copy, tally: Tally) -> type[AnyBusiness]:
    """The machine over copies of a hall, counting into a tally."""
    return type("AnyBusiness", (AnyBusiness,), {"template": (template,), "tally": tally})


def run(template: Copy, examples: int, steps: int, by_seed: int = 0, *, tally: Tally, shrink: bool = True) -> None:
    """Play so many days of so many steps, counting what is done. A failure is raised, with its steps in its notes.

    Without `shrink` they are all steps of that day: a long run would take hours to find fewer.
    """
    for begun in range(0, examples, ANEW):
        machine: Any = seed(by_seed * LONG + begun)(_of(template, tally))
        run_state_machine_as_test(
            machine,
            settings=settings(
                max_examples=min(ANEW, examples - begun),
                stateful_step_count=steps,
                deadline=None,
                phases=(Phase.generate, Phase.shrink) if shrink else (Phase.generate,),
                suppress_health_check=list(HealthCheck),
                print_blob=False,
                database=None,
            ),
        )


def steps_of(fault: BaseException) -> list[str]:
    """The steps that led to a failure, as they are printed with it."""
    told = "\n".join(getattr(fault, "__notes__", ())).splitlines()
    return [line.strip() for line in told if line.strip().startswith(STEP) and not line.strip().startswith(NO_STEP)]


def replay(template: Copy, steps: Iterable[str], tally: Tally) -> None:
    """Play printed steps once more; what fails then is raised."""
    state = _of(template, tally)()
    try:
        for printed in steps:
            _step(state, printed)
            state.all_holds()
    finally:
        state.teardown()


def _step(state: AnyBusiness, printed: str) -> None:
    """One step as it was printed: `state.step(what='C1', seed=7)`."""
    call: Any = ast.parse(printed, mode="eval").body
    getattr(state, call.func.attr)(**{given.arg: ast.literal_eval(given.value) for given in call.keywords})


def _kept(fault: BaseException) -> str:
    """Where the steps of a failure are kept, and how they are played again."""
    with tempfile.NamedTemporaryFile(
        "w", prefix="any-business-", suffix=".steps", delete=False, encoding="utf-8"
    ) as kept:
        kept.write("\n".join(steps_of(fault)) + "\n")
    return f"To play it again: python -m tests.simulation.any_business --replay {kept.name}"


def _arguments() -> argparse.Namespace:
    asked = argparse.ArgumentParser(prog="python -m tests.simulation.any_business")
    asked.add_argument("examples", type=int, nargs="?", default=40)
    asked.add_argument("steps", type=int, nargs="?", default=50)
    asked.add_argument("seed", type=int, nargs="?", default=0)
    asked.add_argument("--shrink", action="store_true", help="look for fewer steps that fail (slow)")
    asked.add_argument("--replay", type=Path, metavar="FILE", help="play the steps that a failure printed")
    return asked.parse_args()


def main() -> None:
    """Run from the command line."""
    typed, began = _arguments(), time.monotonic()

    def told(tally: Tally) -> None:
        spent = time.monotonic() - began
        print(f"day {tally.days}: {tally.steps} steps, {tally.completed()} completed, {spent:.0f} s", file=sys.stderr)

    tally = Tally(told)
    with tempfile.TemporaryDirectory() as folder:
        template = small_hall(Path(folder))
        try:
            if typed.replay:
                replay(template, typed.replay.read_text(encoding="utf-8").splitlines(), tally)
            else:
                run(template, typed.examples, typed.steps, typed.seed, tally=tally, shrink=typed.shrink)
        except Exception as fault:
            if not typed.replay:
                fault.add_note(_kept(fault))
            raise
        finally:
            print(f"{tally.days} days, {tally.steps} steps (seed {typed.seed})")
            print("\n".join(tally.lines()))
    print("After each step all that always holds held.")


if __name__ == "__main__":
    main()
