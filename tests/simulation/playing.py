"""Playing a simulation: days of random steps by a seed; the steps of a failure, and playing those again; the command.

A machine has `begin`, one `step(what, seed)`, `all_holds` after each, `teardown`. Hypothesis draws its steps (`run`: a
rule and an invariant of one of its state machines), or they are drawn evenly by a seed for each day (`run_seeds`). Of a
failure fewer steps may be sought that fail (`--shrink`, slow).

usage: python -m tests.simulation.MODULE [EXAMPLES] [STEPS] [SEED] [--shrink] [--replay FILE]
"""

from __future__ import annotations

import argparse
import ast
import random
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeAlias

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.simulation.tally import Tally

ANEW, LONG = 10, 100_000
"""After so many days Hypothesis begins anew with another seed, since it turns to variations of days that it has had."""
STEP = "state."
BEGIN, SEEDS = f"{STEP}begin()", 2**16
NO_STEP = ("state.teardown", "state.all_holds")
Machine: TypeAlias = Any
"""What makes a machine: a class, or one of Hypothesis's state machines."""


def run(machine: Machine, examples: int, steps: int, by_seed: int = 0, *, shrink: bool = True) -> None:
    """Play so many days of so many steps. A failure is raised, with its steps in its notes.

    Without `shrink` they are all steps of that day: a long run would take hours to find fewer.
    """
    for begun in range(0, examples, ANEW):
        seeded = seed(by_seed * LONG + begun)(type(machine.__name__, (machine,), {}))
        run_state_machine_as_test(
            seeded,
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


def run_seeds(machine: Machine, examples: int, steps: int, by_seed: int = 0, *, shrink: bool = True) -> None:
    """`run` of a day for each seed from `by_seed` on, its steps drawn from the machine's `steps`."""
    for seeded in range(by_seed, by_seed + examples):
        chance = random.Random(seeded)
        drawn = [BEGIN] + [
            f"{STEP}step(what={chance.choice(machine().steps)!r}, seed={chance.randrange(SEEDS)})" for _ in range(steps)
        ]
        try:
            replay(machine, drawn)
        except Exception as fault:
            told = _fewer(machine, fault) if shrink else fault
            told.add_note(f"of seed {seeded}")
            raise told from None


def _fewer(machine: Machine, fault: Exception) -> Exception:
    """The same failure after fewer steps: halves, quarters, … are left out as long as it fails in the same place."""
    kept = steps_of(fault)[1:]
    size = len(kept) // 2
    while size:
        for at in range(len(kept) - size, -1, -size):
            other = _failure(machine, [BEGIN, *kept[:at], *kept[at + size :]])
            if other is not None and _place(other) == _place(fault):
                fault, kept = other, steps_of(other)[1:]
        size = min(size, len(kept)) // 2
    return fault


def _failure(machine: Machine, steps: Iterable[str]) -> Exception | None:
    try:
        replay(machine, steps)
    except Exception as fault:
        return fault
    return None


def _place(fault: Exception) -> tuple[type[Exception], int]:
    """What fails, and where: of steps that are left out, other steps do otherwise."""
    return type(fault), traceback.extract_tb(fault.__traceback__)[-1].lineno or 0


def steps_of(fault: BaseException) -> list[str]:
    """The steps that led to a failure, as they are printed with it."""
    told = "\n".join(getattr(fault, "__notes__", ())).splitlines()
    return [line.strip() for line in told if line.strip().startswith(STEP) and not line.strip().startswith(NO_STEP)]


def replay(machine: Machine, steps: Iterable[str]) -> None:
    """Play printed steps once more; what fails then is raised, with the steps up to there in its notes."""
    state, played = machine(), list[str]()
    try:
        try:
            for printed in steps:
                played.append(printed)
                _step(state, printed)
                state.all_holds()
        finally:
            state.teardown()
    except Exception as fault:
        fault.add_note("\n".join(played))
        raise


def _step(state: Machine, printed: str) -> None:
    """One step as it was printed: `state.step(what='C1', seed=7)`."""
    call: Any = ast.parse(printed, mode="eval").body
    getattr(state, call.func.attr)(**{given.arg: ast.literal_eval(given.value) for given in call.keywords})


def _kept(fault: BaseException, module: str) -> str:
    """Where the steps of a failure are kept, and how they are played again."""
    with tempfile.NamedTemporaryFile("w", prefix=f"{module}-", suffix=".steps", delete=False, encoding="utf-8") as kept:
        kept.write("\n".join(steps_of(fault)) + "\n")
    return f"To play it again: python -m tests.simulation.{module} --replay {kept.name}"


def _arguments(module: str) -> argparse.Namespace:
    asked = argparse.ArgumentParser(prog=f"python -m tests.simulation.{module}")
    asked.add_argument("examples", type=int, nargs="?", default=40)
    asked.add_argument("steps", type=int, nargs="?", default=50)
    asked.add_argument("seed", type=int, nargs="?", default=0)
    asked.add_argument("--shrink", action="store_true", help="look for fewer steps that fail (slow)")
    asked.add_argument("--replay", type=Path, metavar="FILE", help="play the steps that a failure printed")
    return asked.parse_args()


def main(module: str, made: Callable[[Path, Tally], Machine], play: Callable[..., None] = run) -> None:
    """Run from the command line. `made`: the machine, over what it makes in a folder, counting into a tally; `play`:
    how its steps are drawn."""
    typed, began = _arguments(module), time.monotonic()

    def told(tally: Tally) -> None:
        spent = time.monotonic() - began
        print(f"day {tally.days}: {tally.steps} steps, {tally.completed()} completed, {spent:.0f} s", file=sys.stderr)

    tally = Tally(told)
    with tempfile.TemporaryDirectory() as folder:
        machine = made(Path(folder), tally)
        try:
            if typed.replay:
                replay(machine, typed.replay.read_text(encoding="utf-8").splitlines())
            else:
                play(machine, typed.examples, typed.steps, typed.seed, shrink=typed.shrink)
        except Exception as fault:
            if not typed.replay:
                fault.add_note(_kept(fault, module))
            raise
        finally:
            print(f"{tally.days} days, {tally.steps} steps (seed {typed.seed})")
            print("\n".join(tally.lines()))
    print("After each step all that always holds held.")
