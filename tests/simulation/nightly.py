"""The nightly run: random businesses of seeds that nobody has tried, drawn anew each time.

usage: python -m tests.simulation.nightly [SEEDS] [EXAMPLES] [STEPS] [--draw NUMBER]

Each seed is a run of its own of `any_business`, one after the other, and is printed before it begins: what fails is
played again with `python -m tests.simulation.any_business EXAMPLES STEPS SEED`, or from the steps that it leaves. All
seeds are run, whichever fail; it ends with 1 when one did. `--draw` draws the seeds of an earlier night again.
"""

from __future__ import annotations

import argparse
import random
import secrets
import subprocess
import sys

SEEDS, EXAMPLES, STEPS = 20, 4, 300
LARGEST = 2**31


def drawn(number: int, count: int) -> list[int]:
    """So many seeds, none twice; the same for the same number."""
    return random.Random(number).sample(range(1, LARGEST), count)


def run_one(seed: int, examples: int, steps: int) -> bool:
    """Whether all held in the days of one seed."""
    print(f"seed {seed}", flush=True)
    asked = [sys.executable, "-m", "tests.simulation.any_business", str(examples), str(steps), str(seed)]
    return subprocess.run(asked, check=False).returncode == 0


def main() -> int:
    """Run from the command line."""
    asked = argparse.ArgumentParser(prog="python -m tests.simulation.nightly")
    asked.add_argument("seeds", type=int, nargs="?", default=SEEDS)
    asked.add_argument("examples", type=int, nargs="?", default=EXAMPLES)
    asked.add_argument("steps", type=int, nargs="?", default=STEPS)
    asked.add_argument("--draw", type=int, default=None, metavar="NUMBER", help="draw the seeds of an earlier night")
    typed = asked.parse_args()
    draw = secrets.randbelow(LARGEST) if typed.draw is None else typed.draw
    print(f"drawn by {draw}", flush=True)
    failed = [seed for seed in drawn(draw, typed.seeds) if not run_one(seed, typed.examples, typed.steps)]
    print(f"{typed.seeds - len(failed)} of {typed.seeds} seeds hold" + (f"; failed: {failed}" if failed else ""))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
