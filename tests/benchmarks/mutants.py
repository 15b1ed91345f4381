"""Do the tests notice a small wrong change of a rule? A sample of mutants, each run against the tests of its line.

usage: python -m tests.benchmarks.mutants [PATH ...] [--count N] [--seed N] [--jobs N] [--seconds S] [--list]
       python -m tests.benchmarks.mutants FILE --stale --also tests/…/test_new.py    while writing new tests

Which tests reach a line is measured once for a state of the tree (coverage by test), and kept in `.mutants/`. A mutant
is tried in a process of its own, forked from one that has loaded the libraries: nothing on disk is changed. `make
mutants` installs what it needs (`.[mutants]`).
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import importlib.abc
import importlib.util
import os
import signal
import subprocess
import sys
import time
import xml.etree.ElementTree as Xml
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import NoReturn

from tests.benchmarks.mutations import Mutation, sampled

ROOT = Path(__file__).resolve().parents[2]
CACHE = ROOT / ".mutants"
MUTATED = ("boss_tui/components", "boss_tui/desk", "boss_tui/transactions")
TESTS = (
    "tests/boss_tui/components",
    "tests/boss_tui/desk",
    "tests/boss_tui/transactions",
    "tests/boss_tui/reports",
    "tests/boss_tui/verify",
    "tests/boss_tui/commands",
    "tests/boss_tui/test_amounts.py",
    "tests/boss_tui/test_choosing.py",
    "tests/boss_tui/test_days.py",
    "tests/boss_tui/test_every_business.py",
    "tests/boss_tui/test_fields.py",
)
CONSTANTS = (
    "tests/boss_tui/components/test_figures_of_rules.py",
    "tests/boss_tui/transactions/test_forms_edges.py",
    "tests/boss_tui/transactions/test_terms_edges.py",
)
"""Hold figures, and the fields and terms of each business, against their sources: no line of theirs runs while they
do."""
LIBRARIES = ("pytest", "hypothesis", "sqlmodel", "sqlcipher3", "pydantic", "alembic", "typer", "argon2")
GRACE = 60
QUICK = 0.5
"""Seconds of a test over rows in memory, all its cases together; one of a hall takes longer."""
CONTROLS = 3
"""So many mutants' tests are run over unchanged code first."""


@dataclass(frozen=True, slots=True)
class Reached:
    """Which tests run a line of a file, and how long each takes (seconds)."""

    by_line: dict[str, dict[int, set[str]]]
    seconds: dict[str, float]
    also: tuple[str, ...] = ()
    """Run for each mutant, before the others: tests written since this was measured."""

    def tests(self, mutation: Mutation, limit: float) -> list[str]:
        """The tests of a mutant, the quick ones first, then those named like its module, up to so many seconds.

        A line that only an import runs (a constant) has the tests of its whole file, and those of constants.
        """
        lines = self.by_line.get(str(mutation.path.relative_to(ROOT)), {})
        reached = lines.get(mutation.line, set())
        found = reached or set().union(*lines.values())
        stem = mutation.path.stem.split("_", 1)[0] if mutation.path.stem[0] == "c" else mutation.path.stem
        ordered = sorted(found, key=lambda test: self._turn(test, stem))
        chosen = [*self.also, *([] if reached else CONSTANTS)]
        spent = 0.0
        for test in ordered:
            spent += self.seconds.get(test, 1.0)
            if chosen and spent > limit:
                break
            chosen.append(test)
        return chosen

    def _turn(self, test: str, stem: str) -> tuple[bool, bool, float]:
        spent = self.seconds.get(test, 1.0)
        return spent > QUICK, f"test_{stem}" not in test, spent


def _state_of_tree() -> str:
    """A name for what is measured: every file of the program and of its tests."""
    digest = hashlib.sha256()
    for folder in ("boss_tui", "data", "printers", "tests"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def reached(jobs: int, *, fresh: bool = True, also: Sequence[str] = ()) -> Reached:
    """What the tests reach, measured now unless that was done for this state of the tree, or any (`fresh` False)."""
    from coverage import CoverageData

    CACHE.mkdir(exist_ok=True)
    kept = sorted(CACHE.glob("*.coverage"), key=lambda path: path.stat().st_mtime)
    data = CACHE / f"{_state_of_tree()}.coverage"
    if not data.exists():
        if kept and not fresh:
            data = kept[-1]
        else:
            _measure(data, jobs)
    stored = CoverageData(str(data))
    stored.read()
    by_line = {
        str(Path(file).relative_to(ROOT)): {
            line: {_node(context) for context in contexts if context.startswith("tests.")}
            for line, contexts in stored.contexts_by_lineno(file).items()
        }
        for file in stored.measured_files()
    }
    durations = [_durations(report) for report in CACHE.glob(f"{data.stem}.*.xml")]
    return Reached(by_line, {test: spent for part in durations for test, spent in part.items()}, tuple(also))


def _measure(data: Path, jobs: int) -> None:
    """Run the tests with coverage, their files dealt out to so many processes."""
    from coverage import CoverageData

    settings = data.with_suffix(".rc")
    settings.write_text("[run]\ndynamic_context = test_function\nsource = boss_tui\n", encoding="utf-8")
    print("measuring which tests reach which line …", file=sys.stderr, flush=True)
    files = sorted(file for file in _files(TESTS) if file.name.startswith("test_"))
    parts = [data.with_suffix(f".{part}") for part in range(jobs)]
    running = [
        subprocess.Popen(
            [
                sys.executable,
                "-m",
                "coverage",
                "run",
                f"--data-file={part}.partial",
                f"--rcfile={settings}",
                "-m",
                "pytest",
                "-q",
                "-p",
                "no:xdist",
                "-p",
                "no:cacheprovider",
                f"--junitxml={part}.xml",
                *map(str, files[place::jobs]),
            ],
            cwd=ROOT,
            stdout=sys.stderr,
        )
        for place, part in enumerate(parts)
    ]
    codes = [process.wait() for process in running]
    if any(codes):
        raise SystemExit("the tests don't pass")
    whole = CoverageData(f"{data}.partial")
    for part in parts:
        stored = CoverageData(f"{part}.partial")
        stored.read()
        whole.update(stored)
    whole.write()
    Path(f"{data}.partial").rename(data)


def _node(context: str) -> str:
    """tests.boss_tui.desk.test_basket.test_x is tests/boss_tui/desk/test_basket.py::test_x."""
    parts = context.split(".")
    module = next(place for place, part in enumerate(parts) if part.startswith("test_"))
    return f"{'/'.join(parts[: module + 1])}.py::{'::'.join(parts[module + 1 :])}"


def _durations(report: Path) -> dict[str, float]:
    seconds: dict[str, float] = defaultdict(float)
    for case in Xml.parse(report).iter("testcase"):
        name = case.attrib["name"].split("[")[0]
        seconds[_node(f"{case.attrib['classname']}.{name}")] += float(case.attrib["time"])
    return dict(seconds)


class _Changed(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Imports one module from other text than its file's."""

    def __init__(self, path: Path, code: str) -> None:
        self._path, self._code = path, code
        self._name = ".".join(path.relative_to(ROOT).with_suffix("").parts)

    def find_spec(
        self, name: str, _path: Sequence[str] | None, _target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        """Only for that module."""
        return importlib.util.spec_from_file_location(name, self._path, loader=self) if name == self._name else None

    def exec_module(self, module: ModuleType) -> None:
        """Run the changed text in it."""
        exec(compile(self._code, str(self._path), "exec"), module.__dict__)


def _try(path: Path, code: str, tests: list[str]) -> NoReturn:
    """In a forked process: run the tests over the changed module; 0 is the exit code when none noticed."""
    os.setpgid(0, 0)
    quiet = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(quiet, stream)
    sys.meta_path.insert(0, _Changed(path, code))
    import pytest

    loaded = "ignore::pytest.PytestAssertRewriteWarning"  # the libraries are there already
    options = ("-x", "-q", "-p", "no:xdist", "-p", "no:cacheprovider", "--hypothesis-seed=0", "-W", loaded)
    os._exit(int(pytest.main([*options, *tests])))


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a mutant: killed, survived, or reached by no test."""

    mutation: Mutation
    outcome: str


def _must_pass_unchanged(mutation: Mutation, tests: list[str]) -> None:
    """The same way of running, with nothing changed, must find nothing: else every mutant would seem to be noticed."""
    child = os.fork()
    if not child:
        _try(mutation.path, mutation.path.read_text(encoding="utf-8"), tests)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if code:
        raise SystemExit(f"the tests don't pass over the unchanged {mutation.path.name} (pytest ended with {code})")


def trials(mutants: Sequence[Mutation], known: Reached, jobs: int, limit: float) -> Iterator[Verdict]:
    """Try each, several at a time; one whose tests never end counts as killed."""
    for library in LIBRARIES:
        importlib.import_module(library)
    reached_ones = [mutation for mutation in mutants if known.tests(mutation, limit)]
    for mutation in reached_ones[:: max(1, len(reached_ones) // CONTROLS)]:
        _must_pass_unchanged(mutation, known.tests(mutation, limit / 4))
    waiting = list(reversed(mutants))
    running: dict[int, tuple[Mutation, float]] = {}
    while waiting or running:
        while waiting and len(running) < jobs:
            mutation = waiting.pop()
            tests = known.tests(mutation, limit)
            if not tests:
                yield Verdict(mutation, "unreached")
                continue
            child = os.fork()
            if not child:
                _try(mutation.path, mutation.code(), tests)
            running[child] = (mutation, time.monotonic() + 3 * limit + GRACE)
        yield from _ended(running)
        time.sleep(0.05)


def _ended(running: dict[int, tuple[Mutation, float]]) -> Iterator[Verdict]:
    for child, (mutation, until) in list(running.items()):
        ended, status = os.waitpid(child, os.WNOHANG)
        if not ended and time.monotonic() < until:
            continue
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child, signal.SIGKILL)
        if not ended:
            os.waitpid(child, 0)
        del running[child]
        code = os.waitstatus_to_exitcode(status) if ended else 1
        yield Verdict(mutation, "killed" if code else "survived")


def _files(paths: Sequence[str]) -> list[Path]:
    found = [ROOT / path for path in paths]
    return [file for path in found for file in (sorted(path.rglob("*.py")) if path.is_dir() else [path])]


def main() -> int:
    """Run from the command line; 1 when fewer are killed than were asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("paths", nargs="*", default=MUTATED, help="files and folders to change")
    parser.add_argument("--count", type=int, default=200, help="how many mutants")
    parser.add_argument("--seed", type=int, default=4711)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--seconds", type=float, default=60, help="of tests for each mutant, at most")
    parser.add_argument("--list", action="store_true", help="only name the mutants")
    parser.add_argument("--stale", action="store_true", help="take what an earlier state of the tree reached")
    parser.add_argument("--also", action="append", default=[], help="tests to run for each mutant in any case")
    parser.add_argument("--least", type=float, default=85, help="per cent that must be killed")
    asked = parser.parse_args()
    mutants = sampled(_files(asked.paths), asked.count, asked.seed)
    if asked.list:
        for mutation in mutants:
            print(_told(mutation))
        return 0
    known = reached(asked.jobs, fresh=not asked.stale, also=asked.also)
    killed = 0
    for done, verdict in enumerate(trials(mutants, known, asked.jobs, asked.seconds), 1):
        killed += verdict.outcome == "killed"
        if verdict.outcome != "killed":
            print(f"{verdict.outcome}: {_told(verdict.mutation)}", flush=True)
        print(f"{done} of {len(mutants)}, {killed} killed", file=sys.stderr, end="\r", flush=True)
    share = 100 * killed / max(len(mutants), 1)
    print(f"{killed} of {len(mutants)} mutants killed: {share:.1f} % (seed {asked.seed})")
    return int(share < asked.least)


def _told(mutation: Mutation) -> str:
    return f"{mutation.path.relative_to(ROOT)}:{mutation.line} {mutation.operator}\n{mutation.difference()}"


if __name__ == "__main__":
    sys.exit(main())
