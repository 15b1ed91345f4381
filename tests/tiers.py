"""The tiers of tests: all of a day (`make test`), the quick ones of them (`make quick`, under a minute on two cores),
and what is tried each night besides (`make nightly`).

A test is quick when it stands on rows in memory, on an empty store, or on the one hall that a worker's tests share and
whose doings are undone after each: it needs no folder and no database of its own, no other process and no screen. What
it stands on is read off its fixtures and its place; a quick test that asks for more fails and says so. A module that
needs more than can be read off it says `pytestmark = pytest.mark.whole`, and why. In a `hall`, and where one is
`linked` to its headquarters, whole businesses are done, which takes most of the time of all tests; in a folder of its
own a test may make a store. They count as quick where they are marked with `pytest.mark.light`, since each does little
there (some 20 ms).

A test that goes the same way once more, in the other language, on the other engine or at another speed of typing, goes
it each night; so do two long days, of slips and of theft. A journey says no more than its languages: which of them is
the day's is drawn by its name, so that each is by day the language of half of them.
"""

from __future__ import annotations

import binascii
import os
import subprocess
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, NoReturn

import pytest
from _pytest.runner import runtestprotocol
from hypothesis import settings
from textual.app import App

QUICK, NIGHTLY, LIGHT = "quick", "nightly", "light"
JOURNEYS = "journeys"
ELSEWHERE = frozenset({"benchmarks", JOURNEYS, "screens", "simulation"})
"""Folders of tests none of which is quick."""
LONG = frozenset({JOURNEYS, "simulation"})
"""Folders whose tests go on for many seconds each."""
LIGHTLY = frozenset({"hall", "linked", "tmp_path"})
"""A hall for whole businesses; one with its headquarters; a folder of the test's own, in which its store or home is."""
COSTLY = LIGHTLY | {"postgres_databases", "demonstration_home"}
"""A server; a home with its machines."""

settings.register_profile(QUICK, deadline=None, max_examples=10, derandomize=True)


def nightly(*values: Any) -> list[Any]:
    """Values of a test's parameter that are tried each night, and not by day."""
    return [pytest.param(*(each if isinstance(each, tuple) else (each,)), marks=pytest.mark.nightly) for each in values]


def some_by_day(values: Iterable[Any], every: int) -> list[Any]:
    """Every so-manieth of a parameter's values by day, and all of them each night: what the others turn on has tests
    that cost less."""
    return [value if not at % every else nightly(value)[0] for at, value in enumerate(values)]


def _asked(config: pytest.Config) -> bool:
    """Whether only the quick tests are run."""
    return bool(config.option.markexpr == QUICK)


@cache
def _place(path: Path) -> str:
    """The folder of tests that a module is in."""
    return path.relative_to(Path(__file__).parent).parts[0]


def is_quick(item: pytest.Item) -> bool:
    """Whether a test is quick, by where it is and what it stands on: no folder, no server."""
    place = _place(item.path)
    costly = COSTLY - LIGHTLY if item.get_closest_marker(LIGHT) else COSTLY
    stands_on = costly.intersection(getattr(item, "fixturenames", ()))
    served = "postgresql" in getattr(getattr(item, "callspec", None), "params", {}).values()
    return place not in ELSEWHERE and not stands_on and not served and item.get_closest_marker("whole") is None


def in_other_languages(items: Iterable[pytest.Item]) -> Iterator[pytest.Item]:
    """Journeys that another one of the day goes in its language."""
    ways = defaultdict[str, list[pytest.Item]](list)
    for item in items:
        given = getattr(getattr(item, "callspec", None), "params", {})
        if _place(item.path) == JOURNEYS and "language" in given and not item.get_closest_marker(NIGHTLY):
            rest = {name: value for name, value in given.items() if name != "language"}
            ways[f"{item.nodeid.partition('[')[0]} {rest}"].append(item)
    for way, goes in ways.items():
        of_day = binascii.crc32(way.encode()) % len(goes)
        yield from goes[:of_day]
        yield from goes[of_day + 1 :]


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Folders without a quick test need not be imported for them."""
    return True if _asked(config) and collection_path.name in ELSEWHERE else None


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Each quick test is marked as one, before tests are chosen by their marks; those of the night are left out where
    they are not asked for. Long ones come first and quick ones last: no worker is left with a whole day when the others
    have done theirs.
    """
    for item in items:
        if is_quick(item):
            item.add_marker(QUICK)
    for item in in_other_languages(items):
        item.add_marker(NIGHTLY)
    if NIGHTLY not in config.option.markexpr:
        left_out = [item for item in items if item.get_closest_marker(NIGHTLY)]
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if not item.get_closest_marker(NIGHTLY)]
    items.sort(key=lambda item: (_place(item.path) not in LONG, item.get_closest_marker(QUICK) is not None))


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> bool | None:
    """A worker tells of a test once: that it was set up and tidied up only where that failed. The rest was a
    seventh of a run of the quick ones."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        return None
    for report in runtestprotocol(item, log=False, nextitem=nextitem):
        if report.when == "call" or not report.passed:
            item.ihook.pytest_runtest_logreport(report=report)
    item.ihook.pytest_runtest_logfinish(nodeid=item.nodeid, location=item.location)
    return True


@pytest.fixture(autouse=True, scope="session")
def quick_tests_stay_quick(request: pytest.FixtureRequest) -> Iterator[None]:
    """Only in a run of quick tests: properties try few examples, and what is not for them is refused."""
    if not _asked(request.config):
        yield
        return
    with pytest.MonkeyPatch.context() as patch:
        for owner, name in ((subprocess, "Popen"), (os, "fork"), (tempfile, "mkdtemp"), (App, "run_test")):
            patch.setattr(owner, name, _refused(name))
        yield


def _refused(name: str) -> Callable[..., NoReturn]:
    def refuse(*_: Any, **__: Any) -> NoReturn:
        raise AssertionError(f"{name}: a quick test needs none; else mark its module with pytest.mark.whole")

    return refuse
