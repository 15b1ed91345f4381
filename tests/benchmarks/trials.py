"""Mutants tried: each in a fork of a process that has imported the program and collected the tests.

A mutant of a function's body is that function's code, put in the place of the old one wherever the function is known
by: no module is imported again, and a trial costs what its tests cost. A mutant of what runs while modules are imported
(constants, tables, signatures) is tried in a fork of a process that has imported libraries alone.
"""

from __future__ import annotations

import contextlib
import gc
import importlib.abc
import importlib.util
import os
import resource
import signal
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from inspect import CO_NEWLOCALS
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import NoReturn

import pytest
from msgspec import Struct

from tests.benchmarks.mutations import Mutation
from tests.benchmarks.reaching import CONSTANTS, MEASURED, NOTHING_ASKED, ROOT, Reached, Run

LIBRARIES = ("pytest", "hypothesis", "sqlmodel", "sqlcipher3", "pydantic", "alembic", "typer", "argon2")
SLOWER, GRACE, ANEW = 3, 10, 60
"""A mutant's tests may take so many times what they took; and so many seconds more, or where all is imported anew."""
STUCK = 4
"""So many times its seconds is a mutant waited for that no longer works: it waits for itself."""
KILLED, SURVIVED, UNREACHED = "killed", "survived", "unreached"
UNKNOWN = "unknown"
"""A function that nobody holds once all is imported."""
CONTROLS = 3
"""So many mutants' tests are run over unchanged code first."""
LOADED = "ignore::pytest.PytestAssertRewriteWarning"
"""The libraries are there already."""
OPTIONS = ("-q", "-p", "no:xdist", "-p", "no:cacheprovider", "--hypothesis-seed=0", "-W", LOADED)


class Verdict(Struct, frozen=True):
    """What became of a mutant: killed (by which test, where one failed), survived, or reached by no test."""

    mutation: Mutation
    outcome: str
    by: str = ""


Cases = Mapping[Mutation, Mapping[str, float]]
"""The tests of each mutant, in their order, with the seconds that each takes."""


def trials(mutants: Sequence[Mutation], known: Reached, jobs: int, limit: float) -> Iterator[Verdict]:
    """Try each, several at a time; one whose tests never end counts as killed. `limit`: seconds of tests for each."""
    for library in LIBRARIES:
        importlib.import_module(library)
    cases = {each: known.tests(each.path, each.line, limit, each.name) for each in mutants}
    warm: list[Mutation] = []
    cold: list[Mutation] = []
    for mutation in mutants:
        of_a_module = _swaps(mutation) is None  # those have the tests of CONSTANTS, whatever else there is
        if not of_a_module and not cases[mutation]:
            yield Verdict(mutation, UNREACHED)
        else:
            of = cold if of_a_module or known.at_import(mutation.path, mutation.line) else warm
            of.append(mutation)
    for verdict in _in_a_child({each: cases[each] for each in warm}, known.run, jobs):
        if verdict.outcome == UNKNOWN:
            cold.append(verdict.mutation)
        else:
            yield verdict
    yield from _anew({each: cases[each] for each in cold}, known.run, jobs)


# side by side


class _Watch:
    """The plugin that ends a fork at the first test that fails, and tells its name."""

    def __init__(self, tell: int) -> None:
        self._tell = tell

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """A part of a test has ended."""
        if report.failed:
            os.write(self._tell, report.nodeid.encode())
            os._exit(1)


Child = Callable[[Mutation, _Watch], NoReturn]


def _tried(cases: Cases, jobs: int, child: Child, grace: int = GRACE) -> Iterator[Verdict]:
    """Each in a fork, which ends with 0 when no test noticed. Its time is the processor's, whatever else runs here: so
    many times what its tests take (`SLOWER`), and a grace."""
    waiting = list(reversed(list(cases)))
    running: dict[int, _Running] = {}
    while waiting or running:
        while waiting and len(running) < jobs:
            mutation = waiting.pop()
            seconds = round(SLOWER * sum(cases[mutation].values())) + grace
            hear, tell = os.pipe()
            pid = os.fork()
            if not pid:
                _quietly(lambda: child(mutation, _Watch(tell)), seconds)  # noqa: B023 (the fork ends within it)
            os.close(tell)
            running[pid] = _Running(mutation, hear, time.monotonic() + STUCK * seconds)
        yield from _ended(running)
        time.sleep(0.02)


class _Running(Struct, frozen=True):
    """A fork: its mutant, what it tells, and when it is waited for no longer."""

    mutation: Mutation
    hear: int
    until: float


def _quietly(child: Callable[[], NoReturn], seconds: int) -> NoReturn:
    """A fork in a group of its own, without a word, that ends after so much work; a fault of it counts as noticed."""
    try:
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        os.setpgid(0, 0)
        quiet = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(quiet, stream)
        child()
    finally:
        os._exit(1)


def _ended(running: dict[int, _Running]) -> Iterator[Verdict]:
    for child, one in list(running.items()):
        ended, status = os.waitpid(child, os.WNOHANG)
        if not ended and time.monotonic() < one.until:
            continue
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child, signal.SIGKILL)
        if not ended:
            os.waitpid(child, 0)
        del running[child]
        code = os.waitstatus_to_exitcode(status) if ended else 1
        with os.fdopen(one.hear) as told:
            yield Verdict(one.mutation, KILLED if code else SURVIVED, told.read())


# in a process that has everything


def _in_a_child(cases: Cases, run: Run, jobs: int) -> Iterator[Verdict]:
    """The verdicts of a process that collects the tests once; this one stays as it is, for the others."""
    if not cases:
        return
    mutants = list(cases)
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        with os.fdopen(writing, "w") as out:
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            session = _Session(cases, jobs, lambda *told: print(*told, file=out, flush=True))
            files = sorted({_file(case) for named in cases.values() for case in named})
            ended = pytest.main([*OPTIONS, *run.marks, *files], plugins=[session])
        os._exit(int(ended))
    os.close(writing)
    told = 0
    with os.fdopen(reading) as lines:
        for line in lines:
            at, outcome, by = line.rstrip("\n").split(" ", 2)
            told += 1
            yield Verdict(mutants[int(at)], outcome, by)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if told < len(mutants):
        raise SystemExit(f"the tests could not be tried (pytest ended with {code})")


def _few(cases: Cases, count: int) -> Cases:
    """Some of the mutants, from all over."""
    return {each: cases[each] for each in list(cases)[:: max(1, len(cases) // count)]}


def _must_survive(controls: Iterable[Verdict]) -> None:
    """Tests that fail over unchanged code kill nothing."""
    for verdict in controls:
        if verdict.outcome != SURVIVED:
            raise SystemExit(f"{verdict.by or 'a test'} does not pass over the unchanged {verdict.mutation.path.name}")


def _file(case: str) -> str:
    return case.partition("::")[0]


class _Session:
    """The plugin that tries mutants in the place of running tests."""

    def __init__(self, cases: Cases, jobs: int, tell: Callable[[int, str, str], None]) -> None:
        self._cases, self._jobs, self._tell = cases, jobs, tell

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """All of them, each in a fork."""
        items = {item.nodeid: item for item in session.items}
        functions = _functions()
        swaps = {mutation: _swaps(mutation) or {} for mutation in self._cases}
        held = {each: self._cases[each] for each in self._cases if not functions.keys().isdisjoint(swaps[each])}
        gc.collect()
        gc.freeze()

        def unchanged(mutation: Mutation, watch: _Watch) -> NoReturn:
            _run([items[name] for name in self._cases[mutation] if name in items], watch)

        def changed(mutation: Mutation, watch: _Watch) -> NoReturn:
            for old, new in swaps[mutation].items():
                for function in functions.get(old, ()):
                    function.__code__ = new
            unchanged(mutation, watch)

        try:
            _must_survive(_tried(_few(held, CONTROLS), self._jobs, unchanged))
        except SystemExit as fault:
            print(fault, file=sys.stderr, flush=True)  # pytest keeps why to itself
            raise
        at = {mutation: number for number, mutation in enumerate(self._cases)}
        for mutation in self._cases:
            if mutation not in held:
                self._tell(at[mutation], UNKNOWN, "")
        for verdict in _tried(held, self._jobs, changed):
            self._tell(at[verdict.mutation], verdict.outcome, verdict.by)
        return True


def _run(items: Sequence[pytest.Item], watch: _Watch) -> NoReturn:
    """The tests, until one fails; 0 when none does."""
    if not items:
        os._exit(0)
    items[0].config.pluginmanager.register(watch)
    for item, following in zip(items, [*items[1:], None], strict=True):
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
    os._exit(0)


def _functions() -> dict[CodeType, list[FunctionType]]:
    """Every function of the program, by its code."""
    found: dict[CodeType, list[FunctionType]] = {}
    packages = tuple(str(ROOT / package) for package in MEASURED)
    gc.unfreeze()  # what is frozen is not told
    for thing in gc.get_objects():
        if type(thing) is FunctionType and thing.__code__.co_filename.startswith(packages):
            found.setdefault(thing.__code__, []).append(thing)
    return found


def _swaps(mutation: Mutation) -> dict[CodeType, CodeType] | None:
    """The functions that a mutant changes, with their code before and after; None where it changes what an import
    runs."""
    source, name = mutation.path.read_text(encoding="utf-8"), str(mutation.path)
    swaps: dict[CodeType, CodeType] = {}
    pairs = [(compile(source, name, "exec"), compile(mutation.code(), name, "exec"))]
    while pairs:
        old, new = pairs.pop()
        nested = [[part for part in code.co_consts if isinstance(part, CodeType)] for code in (old, new)]
        if not old.co_flags & CO_NEWLOCALS:  # a module, or a class
            if _own(old) != _own(new) or [part.co_name for part in nested[0]] != [part.co_name for part in nested[1]]:
                return None
            pairs += zip(*nested, strict=True)
        elif old != new:
            if len(old.co_freevars) != len(new.co_freevars):
                return None
            swaps[old] = new
            if [part.co_name for part in nested[0]] == [part.co_name for part in nested[1]]:
                pairs += zip(*nested, strict=True)  # some of them may live on their own
    return swaps or None


def _own(code: CodeType) -> tuple[object, ...]:
    """What a module or class itself runs, without the functions in it."""
    return (
        code.co_code,
        code.co_names,
        tuple(repr(part) for part in code.co_consts if not isinstance(part, CodeType)),
    )


# in a process that has libraries alone


class _Changed(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Imports one module from other text than its file's."""

    def __init__(self, path: Path, code: str) -> None:
        self._path, self._code = path, code
        self._name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")

    def find_spec(
        self, name: str, _path: Sequence[str] | None, _target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        """Only for that module."""
        return importlib.util.spec_from_file_location(name, self._path, loader=self) if name == self._name else None

    def exec_module(self, module: ModuleType) -> None:
        """Run the changed text in it."""
        exec(compile(self._code, str(self._path), "exec"), module.__dict__)


def _anew(cases: Cases, run: Run, jobs: int) -> Iterator[Verdict]:
    """The verdicts on mutants of what an import runs."""

    def unchanged(mutation: Mutation, watch: _Watch) -> NoReturn:
        named = dict.fromkeys(case.partition("[")[0] for case in cases[mutation])
        path = str(mutation.path.relative_to(ROOT))
        constants = [file for file, of in CONSTANTS.items() if path.startswith(of)]
        ended = int(pytest.main([*OPTIONS, *run.marks, *named, *constants], plugins=[watch]))
        os._exit(0 if ended == NOTHING_ASKED else ended)

    def changed(mutation: Mutation, watch: _Watch) -> NoReturn:
        sys.meta_path.insert(0, _Changed(mutation.path, mutation.code()))
        unchanged(mutation, watch)

    _must_survive(_tried(_few(cases, 1), jobs, unchanged, ANEW))
    yield from _tried(cases, jobs, changed, ANEW)
