"""Grading tried: what may be typed, which numbers are looked at, what is counted, and what is told of one number."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from boss_tui.components.resources.porting import PortingCondition
from boss_tui.management.m05 import trial
from boss_tui.management.m05.trial import EXAMPLES, GradingTrialForm
from data.errors import BadForm
from data.message import say
from data.tables.order import Subscription
from data.tables.resource import NumberPattern, NumberSegment
from tests.boss_tui.components.rows import Rows, context, row

PREFIX = "1825748"


@pytest.mark.parametrize(
    ("typed", "taken"),
    [
        ("", True),
        ("1" * 6, False),
        ("1" * 7, True),
        ("1" * 8, False),
        ("1" * 10, False),
        ("1" * 11, True),
        ("182574x", False),
    ],
)
def test_a_segment_a_number_or_nothing_is_typed(typed: str, taken: bool) -> None:
    if taken:
        assert GradingTrialForm.read({"numbers": typed}).numbers == typed
    else:
        with pytest.raises(BadForm):
            GradingTrialForm.read({"numbers": typed})


def test_a_segment_is_looked_at_from_its_first_number_to_its_last() -> None:
    """A number that is not made yet has no grade; one that is not idle keeps what it has."""
    asked = []

    def rows(_: Any, **between: str) -> list[tuple[str, str, str]]:
        asked.append(between)
        return [(f"{PREFIX}0008", "A", "idle"), (f"{PREFIX}0009", "B", "in_use")]

    segment = row(NumberSegment, prefix=PREFIX, first="0007", last="0010")
    reading: Any = SimpleNamespace(find=lambda *_, **__: segment, rows=rows)
    assert list(trial._segment(reading, PREFIX)) == [
        (f"{PREFIX}0007", "", False),
        (f"{PREFIX}0008", "A", False),
        (f"{PREFIX}0009", "B", True),
        (f"{PREFIX}0010", "", False),
    ]
    assert asked == [{"first": f"{PREFIX}0007", "last": f"{PREFIX}0010"}]
    with pytest.raises(BadForm):
        trial._segment(SimpleNamespace(find=lambda *_, **__: None), PREFIX)  # type: ignore[arg-type]


def test_what_is_free_is_looked_at_page_by_page_and_may_change() -> None:
    pages = {"": [("1", "A"), ("2", "")], "2": [("3", "B")], "3": []}
    reading: Any = SimpleNamespace(rows=lambda _, after: pages[after])
    assert list(trial._free(reading)) == [("1", "A", False), ("2", "", False), ("3", "B", False)]


def told(monkeypatch: pytest.MonkeyPatch, numbers: list[tuple[str, str, bool]]) -> list[tuple[str, str]]:
    """What is told of numbers whose last digit is their grade's place in ABC: C is of no pattern."""
    monkeypatch.setattr(trial, "_called", lambda _, code: f"grade {code or '-'}")
    monkeypatch.setattr(trial, "grader", lambda _: lambda number: ("A", "B", "")[int(number[-1])])
    patterns = [row(NumberPattern, code=code, rank=rank, grade=code) for code, rank in (("B", 1), ("A", 2))]
    found = trial._told(context(Rows(*patterns)), iter(numbers))
    return [(str(fact.label), str(fact.value)) for fact in found]


def test_numbers_are_counted_by_grade_and_by_what_would_change(monkeypatch: pytest.MonkeyPatch) -> None:
    """What fits no pattern comes first, then grades as their patterns come; moves by how many they are."""
    of_a = [(f"{n}0", "A", False) for n in range(1, 3 + EXAMPLES)]
    others = [("11", "A", False), ("21", "A", False), ("12", "", False), ("22", "B", False)]
    used = [("31", "A", True), ("41", "B", True)]
    assert told(monkeypatch, [*of_a, *used, *others]) == [
        ("Numbers in all", "9"),
        ("grade -", "2, such as 12, 22"),
        ("grade B", "2, such as 11, 21"),
        ("grade A", "5, such as 10, 20, 30"),
        ("A becomes B", "2, such as 11, 21"),
        ("B becomes -", "1, such as 22"),
        ("In use, kept as sold", "1"),
    ]


def test_what_changes_nothing_says_so_by_silence(monkeypatch: pytest.MonkeyPatch) -> None:
    assert told(monkeypatch, [("10", "A", False), ("30", "A", True)]) == [
        ("Numbers in all", "1"),
        ("grade A", "1, such as 10"),
    ]


@pytest.mark.parametrize(
    ("number", "facts"),
    [
        ("18257480008", [("EIGHT", "fits"), ("Its grade", "grade A")]),
        ("18257480006", [("EIGHT", "does not fit"), ("SIX", "fits"), ("Its grade", "grade B")]),
        (
            "18257480001",
            [("EIGHT", "does not fit"), ("SIX", "does not fit"), ("Its grade", "none: no pattern fits it")],
        ),
    ],
)
def test_of_one_number_each_pattern_is_told_up_to_the_first_that_fits(
    monkeypatch: pytest.MonkeyPatch, number: str, facts: list[tuple[str, str]]
) -> None:
    monkeypatch.setattr(trial, "_called", lambda _, code: f"grade {code}")
    patterns = [
        row(NumberPattern, code="SIX", rank=20, grade="B", pattern="6$"),
        row(NumberPattern, code="EIGHT", rank=10, grade="A", pattern="8$"),
    ]
    found = trial._one(context(Rows(*patterns)), number)
    assert [(str(fact.label), str(fact.value)) for fact in found] == facts


@pytest.mark.parametrize(
    ("state", "told"),
    [
        ("active", {"To be ported: one": "yes", "To be ported: two": "bound"}),
        ("suspended", {"To be ported: one": "yes", "To be ported: two": "bound"}),
        ("terminated", {}),
    ],
)
def test_of_a_number_in_use_it_tells_whether_it_may_leave(
    monkeypatch: pytest.MonkeyPatch, state: str, told: dict[str, str]
) -> None:
    found = (PortingCondition(say("one"), True, say("-")), PortingCondition(say("two"), False, say("bound")))
    monkeypatch.setattr(trial, "conditions", lambda *_: found)
    monkeypatch.setattr(trial, "_graded_by", lambda *_: ())
    at = context(Rows(row(Subscription, number=f"{PREFIX}0001", state=state)))
    assert {str(each.label): str(each.value) for each in trial._one(at, f"{PREFIX}0001")} == told
