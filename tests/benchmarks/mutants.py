"""Do the tests notice a small wrong change of a rule? A sample of mutants, each run against the tests of its line.

usage: python -m tests.benchmarks.mutants [PATH ...] [--count N] [--seed N] [--jobs N] [--seconds S] [--list]
       python -m tests.benchmarks.mutants FILE --stale --near tests/FOLDER    while writing new tests

Without a path: one figure over all rules. Which tests reach a line is known of each file of tests, and measured anew
where something of it has changed (see `reaching`); each mutant is then tried in a fork of a process that has everything
loaded (see `trials`): nothing on disk is changed. The test that killed it last comes first, then the quick ones, and
the others for those mutants that they let pass. `make mutants` installs what it needs (`.[mutants]`).
"""

from __future__ import annotations

import argparse
import os
import sys
from collections import Counter
from collections.abc import Iterator, Sequence

from tests.benchmarks.mutations import Mutation, sampled
from tests.benchmarks.reaching import QUICK, REST, ROOT, TESTS, Run, files_of, reached
from tests.benchmarks.trials import KILLED, UNREACHED, Verdict, trials

MUTATED = (
    "boss_tui/components",
    "boss_tui/desk",
    "boss_tui/editions",
    "boss_tui/headquarters",
    "boss_tui/management",
    "boss_tui/transactions",
)


def main() -> int:
    """Run from the command line; 1 when fewer are killed than were asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("paths", nargs="*", default=MUTATED, help="files and folders to change")
    parser.add_argument("--count", type=int, default=200, help="how many mutants")
    parser.add_argument("--seed", type=int, default=4711)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--seconds", type=float, default=60, help="of tests for each mutant, at most")
    parser.add_argument("--list", action="store_true", help="only name the mutants")
    parser.add_argument("--tests", action="append", default=[], help="files and folders of tests, in place of all")
    parser.add_argument("--near", action="append", default=[], help="of tests that aren't quick only those of these")
    parser.add_argument("--quick", action="store_true", help="only by the quick tests")
    parser.add_argument("--stale", action="store_true", help="measure only files of tests that have changed themselves")
    parser.add_argument("--least", type=float, default=90, help="per cent that must be killed")
    asked = parser.parse_args()
    mutants = sampled(files_of(asked.paths), asked.count, asked.seed)
    if asked.list:
        for mutation in mutants:
            print(_told(mutation))
        return 0
    killed: Counter[tuple[str, ...]] = Counter()
    for done, (marks, verdict) in enumerate(_verdicts(mutants, asked), 1):
        if verdict.outcome == KILLED:
            killed[marks] += 1
        else:
            print(f"{verdict.outcome}: {_told(verdict.mutation)}", flush=True)
        print(f"{done} of {len(mutants)}, {killed.total()} killed", file=sys.stderr, end="\r", flush=True)
    share = 100 * killed.total() / max(len(mutants), 1)
    of = f"{killed[QUICK]} of them by the quick tests; seed {asked.seed}"
    print(f"{killed.total()} of {len(mutants)} mutants killed: {share:.1f} % ({of})")
    return int(share < asked.least)


def _verdicts(mutants: Sequence[Mutation], asked: argparse.Namespace) -> Iterator[tuple[tuple[str, ...], Verdict]]:
    """Each mutant's, with the marks of the tests that spoke last: those of a tier try what the tier before let pass."""
    tiers = (QUICK,) if asked.quick else (QUICK, REST)
    passed = dict.fromkeys(mutants, UNREACHED)
    for marks in tiers:
        if not passed:
            return
        paths = asked.near if asked.near and marks == REST else asked.tests or TESTS
        known = reached(Run(tuple(paths), marks), asked.jobs, fresh=not asked.stale)
        for verdict in trials(list(passed), known, asked.jobs, asked.seconds):
            before = passed.pop(verdict.mutation)
            if verdict.by:
                known.note(verdict.mutation.path, verdict.mutation.name, verdict.by)
            outcome = before if verdict.outcome == UNREACHED else verdict.outcome
            if outcome == KILLED or marks == tiers[-1]:
                yield marks, Verdict(verdict.mutation, outcome)
            else:
                passed[verdict.mutation] = outcome


def _told(mutation: Mutation) -> str:
    return f"{mutation.path.relative_to(ROOT)}:{mutation.line} {mutation.operator}\n{mutation.difference()}"


if __name__ == "__main__":
    sys.exit(main())
