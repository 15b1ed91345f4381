"""Whether mutants are what they say, and which tests try them: over programs of a few lines, and rows in memory."""

from __future__ import annotations

import json
import sqlite3
from pathlib import PurePosixPath
from typing import Any, ClassVar

import pytest

pytest.importorskip("cosmic_ray", reason="of the extra `mutants`, which `make mutants` installs")

from tests.benchmarks import reaching, trials
from tests.benchmarks.mutations import Mutation, sampled
from tests.benchmarks.reaching import ROOT, SLOW, Reached, Run, rests_on
from tests.benchmarks.trials import SURVIVED, Verdict


class Source(PurePosixPath):
    """A file of the program that says what a test gives it."""

    texts: ClassVar[dict[str, str]] = {}

    def read_text(self, encoding: str) -> str:
        return self.texts[f"{self.name} {encoding}"]


def source(text: str, name: str = "rule") -> Any:
    Source.texts[f"{name} utf-8"] = text
    return Source(name)


def mutants(text: str, operator: str) -> list[str]:
    """The lines that stand in the place of those that an operator changes."""
    path = source(text, f"{operator} {text}")
    found = sorted((each for each in sampled([path], 99, 1) if each.operator == operator), key=lambda m: m.occurrence)
    return [line[1:].strip() for each in found for line in each.difference().splitlines() if line[0] == "+"]


@pytest.mark.parametrize(
    ("text", "operator", "found"),
    [
        ("x = a < b", "ReplaceComparisonOperator_Lt_LtE", ["x = a <= b"]),
        ("x = a and b or c", "DropCondition", ["x = c", "x = a and b", "x = b or c", "x = a or c"]),
        ("x = a and b and c", "DropCondition", ["x = b and c", "x = a and c", "x = a and b"]),
        ("if (a\n    and b):\n    pass", "DropCondition", ["if (b):", "if (a):"]),
        ("x = a in b", "TurnMembership", ["x = a not in b"]),
        ("x = a not in b", "TurnMembership", ["x = a in b"]),
        ("x = a < b", "TurnMembership", []),
        ("x = 3", "Miscount", ["x = 4", "x = 2"]),
        ("x = a[0]", "Miscount", ["x = a[ 1]"]),
        ("x = a[1]", "Miscount", ["x = a[ 2]", "x = a[ 0]"]),
        ("x = a[0:]", "Miscount", ["x = a[ 1:]", "x = a[ -1:]"]),
        ("x = f(0)", "Miscount", ["x = f( 1)", "x = f( -1)"]),
        ("x = [0]", "Miscount", ["x = [ 1]", "x = [ -1]"]),
        ("x = Text(width=3)", "Miscount", []),  # how it looks is no rule
        ("class A(Struct, frozen=True):\n    pass", "ReplaceTrueWithFalse", []),
        ("if TYPE_CHECKING:\n    pass", "AddNot", []),
        ("def f(x: A | None) -> int:\n    return x + 1", "ReplaceBinaryOperator_Add_Sub", ["return x - 1"]),
    ],
)
def test_an_operator_changes_one_place(text: str, operator: str, found: list[str]) -> None:
    assert mutants(text, operator) == found


def test_a_sample_is_the_same_for_its_seed() -> None:
    path = source("def f(a, b):\n    return a < b and a == 3 or b > 5\n", "sample")
    every = sampled([path], 99, 1)
    assert [each.name for each in sampled([path], 3, 1)] == [each.name for each in every[:3]]
    assert {each.name for each in sampled([path], 99, 2)} == {each.name for each in every}
    assert [each.name for each in sampled([path], 99, 2)] != [each.name for each in every]
    assert all(each.code() != path.read_text("utf-8") for each in every)


# what is changed in a program that runs


def swaps(before: str, after: str, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]] | None:
    """The functions that are given other code, by name; None: what an import runs is another."""
    path = source(before, "swapped")
    mutation = Mutation(path, "any", 0, 1)
    monkeypatch.setattr(Mutation, "code", lambda _: after)
    found = trials._swaps(mutation)
    return None if found is None else sorted((old.co_name, new.co_name) for old, new in found.items())


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        (
            "def f():\n    return 1\ndef g():\n    return 2",
            "def f():\n    return 3\ndef g():\n    return 2",
            [("f", "f")],
        ),
        ("class A:\n    def f(self):\n        return 1", "class A:\n    def f(self):\n        return 2", [("f", "f")]),
        (
            "def f():\n    def g():\n        return 1\n    return g",
            "def f():\n    def g():\n        return 2\n    return g",
            [("f", "f"), ("g", "g")],
        ),
        ("N = 1", "N = 2", None),
        ("class A:\n    n = 1", "class A:\n    n = 2", None),
        ("def f(a=1):\n    return a", "def f(a=2):\n    return a", None),
        ("def f():\n    return 1", "def f():\n    return 1", None),
        ("def f(a):\n    return lambda: a", "def f(a):\n    return lambda: 1", None),
    ],
)
def test_a_mutant_is_the_code_of_a_function_or_of_an_import(
    monkeypatch: pytest.MonkeyPatch, before: str, after: str, found: list[tuple[str, str]] | None
) -> None:
    assert swaps(before, after, monkeypatch) == found


def test_tests_that_fail_over_unchanged_code_kill_nothing() -> None:
    mutation = Mutation(source("N = 1", "control"), "any", 0, 1)
    trials._must_survive([Verdict(mutation, SURVIVED)])
    with pytest.raises(SystemExit, match="test_x"):
        trials._must_survive([Verdict(mutation, SURVIVED), Verdict(mutation, "killed", "test_x")])


@pytest.mark.parametrize(("count", "found"), [(10, [0, 3, 6, 9]), (4, [0, 1, 2, 3]), (2, [0, 1])])
def test_controls_are_from_all_over(count: int, found: list[int]) -> None:
    cases: Any = {number: {} for number in range(count)}
    few: Any = trials._few(cases, 3)
    assert list(few) == found


# which tests


class Kept(sqlite3.Connection):
    """Stays open."""

    def close(self) -> None:
        """It goes with the test."""


@pytest.fixture
def reached(monkeypatch: pytest.MonkeyPatch) -> Reached:
    """Two files of tests over a rule of three lines: an import runs the first."""
    kept = sqlite3.connect(":memory:", factory=Kept)
    kept.executescript(reaching._TABLES)
    monkeypatch.setattr(reaching, "_open", lambda _: kept)
    rule = "boss_tui/rule.py"
    cases = {"tests/test_a.py": [["one", 0.01], ["slow", 9 * SLOW]], "tests/test_rule.py": [["two", 0.02]]}
    kept.executemany("INSERT INTO measured VALUES (?, '', '', ?)", [(f, json.dumps(c)) for f, c in cases.items()])
    kept.executemany(
        "INSERT INTO ran VALUES (?, ?, ?)",
        [
            ("", rule, json.dumps({"1": []})),
            ("tests/test_a.py", rule, json.dumps({"2": [0, 1], "3": [1]})),
            ("tests/test_rule.py", rule, json.dumps({"2": [0]})),
            ("tests/test_gone.py", rule, json.dumps({"2": [0]})),
        ],
    )
    monkeypatch.setattr(Run, "files", lambda _: list(cases))
    return Reached(Run())


RULE = ROOT / "boss_tui/rule.py"
ONE, TWO, LONG = "tests/test_a.py::one", "tests/test_rule.py::two", "tests/test_a.py::slow"


def test_a_line_is_tried_by_those_that_run_it_the_likely_first(reached: Reached) -> None:
    assert list(reached.tests(RULE, 2, 60, "m")) == [TWO, ONE, LONG]
    assert list(reached.tests(RULE, 3, 60, "m")) == [LONG]
    assert list(reached.tests(RULE, 2, 0.5, "m")) == [TWO, ONE]
    assert list(reached.tests(RULE, 2, 0, "m")) == [TWO]  # one at least
    assert list(reached.tests(RULE, 9, 60, "m")) == [TWO, ONE, LONG]  # a constant: all of its file
    reached.note(RULE, "other", ONE)
    assert list(reached.tests(RULE, 2, 60, "m")) == [ONE, TWO, LONG]
    reached.note(RULE, "m", LONG)
    assert list(reached.tests(RULE, 2, 60, "m")) == [LONG, ONE, TWO]


# what is measured again


def test_a_file_of_tests_rests_on_what_it_imports_and_on_its_folders() -> None:
    found = {str(path.relative_to(ROOT)) for path in rests_on(ROOT / "tests/boss_tui/network/test_queue.py")}
    assert {"tests/boss_tui/network/outlet.py", "tests/boss_tui/network/conftest.py", "tests/conftest.py"} <= found
    assert {"tests/tiers.py", "tests/engines.py", "tests/boss_tui/conftest.py"} <= found  # by way of those
    assert {"tests/boss_tui/network/sftp_server.py", "tests/boss_tui/network/test_queue.py"}.isdisjoint(found)
    assert "tests/boss_tui/components/loose.py" not in found
