"""Which tests run a line: measured once for a state of the tree, kept in `.mutants/`, and asked for each mutant.

As a plugin (`pytest -p tests.benchmarks.reaching`, with BOSS_REACHED naming the file) it measures a run: coverage with
each test as a context of its own, and the processor time that each took. What runs while modules are imported and
tests collected has no context.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

import pytest
from coverage import Coverage, CoverageData

ROOT = Path(__file__).resolve().parents[2]
CACHE = ROOT / ".mutants"
FILE = "BOSS_REACHED"
MEASURED = ("boss_tui", "data", "printers")
"""The packages whose lines are asked for."""
TESTS = tuple(f"tests/{package}" for package in MEASURED)
QUICK = ("-m", "quick", "-k", "not postgresql")
REST = ("-m", "not quick and not kills and not pty", "-k", "not postgresql")
"""The others that stay in this process: what a fork of it can run."""
CONSTANTS = (
    "tests/boss_tui/management/test_fields_of_forms.py",
    "tests/boss_tui/components/test_figures_of_rules.py",
    "tests/boss_tui/test_figures_of_the_house.py",
    "tests/boss_tui/transactions/test_forms_edges.py",
    "tests/boss_tui/transactions/test_terms_edges.py",
)
"""Hold figures, and the fields and terms of each business, against their sources: no line of theirs runs while they
do."""
PLUGINS = ("-q", "-p", "tests.benchmarks.reaching", "-p", "no:xdist", "-p", "no:cacheprovider")
SLOW = 0.1
"""Seconds of a case that is no quick one."""


@dataclass(frozen=True, slots=True)
class Run:
    """Which tests are asked: of these files and folders those with these marks (options of pytest)."""

    paths: tuple[str, ...] = TESTS
    marks: tuple[str, ...] = QUICK

    @property
    def name(self) -> str:
        """Of the file that keeps what they reach."""
        return hashlib.sha256(repr(self).encode()).hexdigest()[:8]


@dataclass(frozen=True, slots=True)
class Reached:
    """Which tests run a line of a file, and how long each takes (seconds of processor time).

    Attributes:
        run: of which tests this is known.
        by_line: of each file (relative), the cases that run a line; "": it runs while modules are imported.
        seconds: of each case.
        also: files of tests that are run for each mutant, before the others: written since this was measured.
    """

    run: Run
    by_line: dict[str, dict[int, set[str]]]
    seconds: dict[str, float]
    also: tuple[str, ...] = ()

    def at_import(self, path: Path, line: int) -> bool:
        """Whether a line runs before any test does."""
        return "" in self._of(path).get(line, {""})

    def tests(self, path: Path, line: int, limit: float) -> list[str]:
        """The cases for a mutant, quick ones first, then those named like its module, up to so many seconds.

        A line that only an import runs (a constant) has the tests of its whole file.
        """
        lines = self._of(path)
        found = lines.get(line, set()) - {""} or set().union(*lines.values()) - {""}
        stem = path.stem.split("_", 1)[0] if path.stem[0] in "cm" and path.stem[1:3].isdigit() else path.stem
        chosen: list[str] = []
        spent = 0.0
        for test in sorted(found, key=lambda test: self._turn(test, stem)):
            spent += self.seconds.get(test, 1.0)
            if chosen and spent > limit:
                break
            chosen.append(test)
        return chosen

    def _of(self, path: Path) -> dict[int, set[str]]:
        return self.by_line.get(str(path.relative_to(ROOT)), {})

    def _turn(self, test: str, stem: str) -> tuple[bool, bool, float, str]:
        spent = self.seconds.get(test, 1.0)
        return spent > SLOW, f"test_{stem}" not in test, spent, test


def reached(run: Run, jobs: int, *, fresh: bool = True, also: Sequence[str] = ()) -> Reached:
    """What the tests reach, measured now unless that was done for this state of the tree, or any (`fresh` False)."""
    CACHE.mkdir(exist_ok=True)
    kept = sorted(CACHE.glob(f"*-{run.name}.coverage"), key=lambda path: path.stat().st_mtime)
    data = CACHE / f"{_state_of_tree()}-{run.name}.coverage"
    if not data.exists():
        if kept and not fresh:
            data = kept[-1]
        else:
            _measure(data, run, jobs)
    stored = CoverageData(str(data))
    stored.read()
    by_line = {
        str(Path(file).relative_to(ROOT)): {
            line: set(contexts) for line, contexts in stored.contexts_by_lineno(file).items()
        }
        for file in stored.measured_files()
    }
    seconds = json.loads(data.with_suffix(".json").read_text(encoding="utf-8"))
    return Reached(run, by_line, seconds, tuple(also))


def _state_of_tree() -> str:
    """A name for what is measured: every file of the program and of its tests."""
    digest = hashlib.sha256()
    for folder in (*MEASURED, "tests"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _measure(data: Path, run: Run, jobs: int) -> None:
    """Run the tests with coverage, their files dealt out to so many processes."""
    print("measuring which tests reach which line …", file=sys.stderr, flush=True)
    files = [str(file) for file in files_of(run.paths) if file.name.startswith("test_")]
    parts = [data.with_name(f"{data.stem}.{part}") for part in range(jobs)]
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "pytest", *PLUGINS, *run.marks, *files[place::jobs]],
            cwd=ROOT,
            stdout=sys.stderr,
            env={**os.environ, FILE: str(part)},
        )
        for place, part in enumerate(parts)
    ]
    codes = [process.wait() for process in running]
    if any(codes):
        raise SystemExit("the tests don't pass")
    whole, seconds = CoverageData(f"{data}.partial"), {}
    for part in parts:
        stored = CoverageData(str(part))
        stored.read()
        whole.update(stored)
        seconds.update(json.loads(part.with_name(f"{part.name}.json").read_text(encoding="utf-8")))
    whole.write()
    data.with_suffix(".json").write_text(json.dumps(seconds), encoding="utf-8")
    Path(f"{data}.partial").rename(data)


def files_of(paths: Sequence[str]) -> list[Path]:
    """The Python files that are named, and those of the folders that are."""
    found = [ROOT / path for path in paths]
    return [file for path in found for file in (sorted(path.rglob("*.py")) if path.is_dir() else [path])]


class _Measuring:
    """The plugin: switched on before the program is imported."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._seconds: dict[str, float] = {}
        source = [str(ROOT / package) for package in MEASURED]
        self._coverage = Coverage(data_file=str(file), source=source, config_file=False)
        self._coverage.start()

    def pytest_sessionstart(self) -> None:
        """Every rule is imported before the first test: what an import runs is no test's own, whoever imports first."""
        for file in files_of(MEASURED[:1]):
            if file.stem != "__main__":
                import_module(".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"))

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        """One test: a context, and its time."""
        began = time.process_time()
        self._coverage.switch_context(item.nodeid)
        try:
            return (yield)
        finally:
            self._coverage.switch_context("")
            self._seconds[item.nodeid] = round(time.process_time() - began, 4)

    def pytest_sessionfinish(self) -> None:
        """All is written down."""
        self._coverage.stop()
        self._coverage.save()
        self._file.with_name(f"{self._file.name}.json").write_text(json.dumps(self._seconds), encoding="utf-8")


def pytest_configure(config: pytest.Config) -> None:
    """As a plugin."""
    if FILE in os.environ and not config.pluginmanager.has_plugin("measuring"):
        config.pluginmanager.register(_measuring, "measuring")


if FILE in os.environ:
    _measuring = _Measuring(Path(os.environ[FILE]))
