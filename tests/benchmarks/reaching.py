"""Which tests run a line: measured for each file of tests, kept in `.mutants/`, and asked for each mutant.

A file of tests is measured again when it has become another, or a helper of the tests that it imports (or a conftest of
its folders does) has, or a file of the program of which its tests ran a line. As a plugin (`pytest -p
tests.benchmarks.reaching`, with BOSS_REACHED naming the file) it measures a run: coverage with each test as a context
of its own, and the processor time that each took. What runs while modules are imported and tests collected has none.
"""

from __future__ import annotations

import ast
import hashlib
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest
from coverage import Coverage, CoverageData
from msgspec import Struct

ROOT = Path(__file__).resolve().parents[2]
TESTED = ROOT / "tests"
CACHE = ROOT / ".mutants"
FILE = "BOSS_REACHED"
MEASURED = ("boss_tui", "data", "printers")
"""The packages whose lines are asked for."""
TESTS = tuple(f"tests/{package}" for package in MEASURED)
QUICK = ("-m", "quick", "-k", "not postgresql")
REST = ("-m", "not quick and not kills and not pty", "-k", "not postgresql")
"""The others that stay in this process: what a fork of it can run."""
CONSTANTS = {
    "tests/boss_tui/management/test_fields_of_forms.py": "boss_tui/management",
    "tests/boss_tui/components/test_figures_of_rules.py": "",
    "tests/boss_tui/test_figures_of_the_house.py": "",
    "tests/boss_tui/desk/test_vault_edges.py": "boss_tui/desk/station",
    "tests/boss_tui/management/test_m08_stages.py": "boss_tui/components/credit/control_stages",
    "tests/boss_tui/sync/test_shapes_edges.py": "boss_tui/sync/shapes",
    "tests/data/test_models.py": "data/tables",
    "tests/data/test_parameters.py": "data/parameters",
    "tests/data/test_standard.py": "data",
    "tests/boss_tui/transactions/test_forms_edges.py": "boss_tui/transactions",
    "tests/boss_tui/transactions/test_terms_edges.py": "boss_tui/transactions",
}
"""Hold figures, the fields and terms of each business, tables and shapes against their sources: no line of theirs runs
while they do.
Of which part of the program each is."""
PLUGINS = ("-q", "-p", "tests.benchmarks.reaching", "-p", "no:xdist", "-p", "no:cacheprovider")
SLOW = 0.1
"""Seconds of a case that is no quick one."""
NOTHING_ASKED = 5
"""What pytest ends with when none of the tests has the marks."""
_TABLES = """
CREATE TABLE IF NOT EXISTS measured (file TEXT PRIMARY KEY, own TEXT, whole TEXT, cases TEXT);
CREATE TABLE IF NOT EXISTS ran (file TEXT, path TEXT, lines TEXT, PRIMARY KEY (path, file)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS ran_of ON ran (file);
CREATE TABLE IF NOT EXISTS killed (mutant TEXT PRIMARY KEY, path TEXT, test TEXT);
"""
"""Of a file of tests: its print alone and with all that it rests on, its cases as [name, seconds]; of each file of the
program, by line, which of those cases run it (what an import runs is of the file ''). Which case killed a mutant."""


class Run(Struct, frozen=True):
    """Which tests are asked: of these files and folders those with these marks (options of pytest)."""

    paths: tuple[str, ...] = TESTS
    marks: tuple[str, ...] = QUICK

    @property
    def kept(self) -> Path:
        """The database of what the tests with these marks reach."""
        return CACHE / f"{hashlib.sha256(repr(self.marks).encode()).hexdigest()[:8]}.db"

    def files(self) -> list[str]:
        """The files of tests."""
        return [_name(file) for file in files_of(self.paths) if file.name.startswith("test_")]


class Reached:
    """Which tests of a run reach a line of a file, how long each takes (seconds of processor time), and which of them
    killed a mutant before."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self._files = frozenset(run.files())
        self._seconds: dict[str, float] = {}
        self._by_line: dict[Path, dict[int, set[str]]] = {}

    def at_import(self, path: Path, line: int) -> bool:
        """Whether a line runs before any test does."""
        return "" in self._of(path).get(line, {""})

    def tests(self, path: Path, line: int, limit: float, mutant: str) -> dict[str, float]:
        """The cases for a mutant with their seconds, up to so many of them: what killed it last, quick ones, those that
        killed most in this file, those named like its module.

        A line that only an import runs (a constant) has the tests of its whole file.
        """
        lines = self._of(path)
        found = lines.get(line, set()) - {""} or set().union(*lines.values()) - {""}
        stem = path.stem.split("_", 1)[0] if path.stem[0] in "cm" and path.stem[1:3].isdigit() else path.stem
        with closing(_open(self.run)) as kept:
            killed = kept.execute("SELECT mutant, test FROM killed WHERE path = ?", (_name(path),)).fetchall()
        last, kills = dict(killed).get(mutant), Counter(test for _, test in killed)

        def turn(test: str) -> tuple[bool, bool, int, bool, float, str]:
            spent = self._seconds[test]
            return test != last, spent > SLOW, -kills[test], f"test_{stem}" not in test, spent, test

        chosen: dict[str, float] = {}
        for test in sorted(found, key=turn):
            if chosen and sum(chosen.values()) + self._seconds[test] > limit:
                break
            chosen[test] = self._seconds[test]
        return chosen

    def note(self, path: Path, mutant: str, test: str) -> None:
        """A case killed a mutant: it is the first that is asked the next time."""
        with closing(_open(self.run)) as kept, kept:
            kept.execute("INSERT OR REPLACE INTO killed VALUES (?, ?, ?)", (mutant, _name(path), test))

    def _of(self, path: Path) -> dict[int, set[str]]:
        """The cases by line; '': an import runs it."""
        if path not in self._by_line:
            by_line: defaultdict[int, set[str]] = defaultdict(set)
            with closing(_open(self.run)) as kept:
                of = "SELECT file, lines, cases FROM ran LEFT JOIN measured USING (file) WHERE path = ?"
                for file, lines, cases in kept.execute(of, (_name(path),)):
                    if file in self._files or not file:
                        names = [f"{file}::{name}" for name, _ in json.loads(cases)] if file else [""]
                        self._seconds |= {f"{file}::{name}": spent for name, spent in json.loads(cases or "[]")}
                        for line, numbers in json.loads(lines).items():
                            by_line[int(line)].update(names[number] for number in numbers)
            self._by_line[path] = by_line
        return self._by_line[path]


def reached(run: Run, jobs: int, *, fresh: bool = True) -> Reached:
    """What the tests reach: those files of tests are measured now that are not known as they are. `fresh` False: a
    change of the program or of the tests' helpers is no reason to."""
    CACHE.mkdir(exist_ok=True)
    with closing(_open(run)) as kept:
        known = {file: (own, whole) for file, own, whole in kept.execute("SELECT file, own, whole FROM measured")}
        ran: defaultdict[str, list[str]] = defaultdict(list)
        for file, path in kept.execute("SELECT file, path FROM ran"):
            ran[file].append(path)
    changed = [file for file in run.files() if known.get(file, ("", ""))[0] != _print(file)]
    if fresh:
        rests = (file for file in run.files() if file not in changed)
        changed += [file for file in rests if known[file][1] != _whole(file, ran[file])]
    if changed:
        _measure(run, changed, jobs)
    return Reached(run)


def _open(run: Run) -> sqlite3.Connection:
    kept = sqlite3.connect(run.kept)
    kept.executescript(_TABLES)
    return kept


@cache
def _print(file: str) -> str:
    """Of what a file holds now."""
    path = ROOT / file
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16] if path.exists() else ""


@cache
def _helpers(file: Path) -> frozenset[Path]:
    """The modules of the tests that a module of theirs imports itself, wherever in it."""
    found: set[Path] = set()
    for node in ast.walk(ast.parse(file.read_bytes())):
        if isinstance(node, ast.ImportFrom):
            above = ".".join(file.relative_to(ROOT).parts[: -node.level]) if node.level else ""
            base = ".".join(part for part in (above, node.module) if part)
            found |= {_module(base), *(_module(f"{base}.{name.name}") for name in node.names)}
        elif isinstance(node, ast.Import):
            found |= {_module(name.name) for name in node.names}
    return frozenset(path for path in found if path.is_relative_to(TESTED) and path.exists())


def _module(dotted: str) -> Path:
    """The file that a module would be in."""
    path = ROOT.joinpath(*dotted.split("."))
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")


def rests_on(file: Path) -> list[Path]:
    """All helpers of the tests that a file of tests rests on, also by what its folders share."""
    left = [file, *(folder / "conftest.py" for folder in file.parents if folder.is_relative_to(TESTED))]
    known: set[Path] = set()
    while left:
        path = left.pop()
        if path not in known and path.exists():
            known.add(path)
            left += _helpers(path)
    return sorted(known - {file})


def _whole(file: str, ran: Iterable[str]) -> str:
    """Of a file of tests, the helpers that it rests on, and what it ran of the program."""
    helpers = (_name(path) for path in rests_on(ROOT / file)) if (ROOT / file).exists() else ()
    return hashlib.sha256("".join(map(_print, [file, *helpers, *sorted(ran)])).encode()).hexdigest()[:16]


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def _measure(run: Run, files: Sequence[str], jobs: int) -> None:
    """Run files of tests with coverage, dealt out to so many processes."""
    print(f"measuring which lines {len(files)} files of tests reach …", file=sys.stderr, flush=True)
    with tempfile.TemporaryDirectory() as folder:
        parts = [Path(folder, str(part)) for part in range(min(jobs, len(files)))]
        running = [
            subprocess.Popen(
                [sys.executable, "-m", "pytest", *PLUGINS, *run.marks, *files[place :: len(parts)]],
                cwd=ROOT,
                stdout=sys.stderr,
                env={**os.environ, FILE: str(part)},
            )
            for place, part in enumerate(parts)
        ]
        passed = [process.wait() in {0, NOTHING_ASKED} for process in running]
        for place, part in enumerate(parts):
            if passed[place]:  # what has been measured need not be again once the others pass
                _keep(run, files[place :: len(parts)], part)
    if not all(passed):
        raise SystemExit("the tests don't pass")


def _keep(run: Run, files: Sequence[str], part: Path) -> None:
    """What one process has measured, in place of what was known of these files."""
    seconds: dict[str, float] = json.loads(part.with_name(f"{part.name}.json").read_text(encoding="utf-8"))
    cases: dict[str, list[tuple[str, float]]] = {file: [] for file in files}
    number: dict[str, tuple[str, int]] = {"": ("", 0)}
    for test, spent in seconds.items():
        file, _, name = test.partition("::")
        number[test] = (file, len(cases[file]))
        cases[file].append((name, spent))
    stored = CoverageData(str(part))
    stored.read()
    rows: list[tuple[str, str, str]] = []
    for path in stored.measured_files():
        ran: defaultdict[str, defaultdict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
        for line, tests in stored.contexts_by_lineno(path).items():
            for file, case in map(number.__getitem__, tests):
                ran[file][line].append(case)
        rows += [(file, _name(Path(path)), json.dumps(lines)) for file, lines in ran.items()]
    reach: defaultdict[str, list[str]] = defaultdict(list)
    for file, path, _ in rows:
        reach[file].append(path)
    with closing(_open(run)) as kept, kept:
        kept.executemany("DELETE FROM ran WHERE file = ?", [("",), *((file,) for file in files)])
        kept.executemany("INSERT INTO ran VALUES (?, ?, ?)", rows)
        kept.executemany(
            "INSERT OR REPLACE INTO measured VALUES (?, ?, ?, ?)",
            [(file, _print(file), _whole(file, reach[file]), json.dumps(cases[file])) for file in files],
        )


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
