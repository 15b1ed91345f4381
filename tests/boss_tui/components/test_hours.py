"""When something holds: weekdays, times of day past midnight, and the hours of a role."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from boss_tui.components.hours import in_times, in_weekdays
from boss_tui.components.operators.grades import grade_of
from boss_tui.components.operators.operators import Operators
from data.clock import SeededClock
from data.tables.organisation import Role, RoleRight
from tests.boss_tui.components.rows import Rows, context, row

MONDAY = "2026-11-23"


@pytest.mark.parametrize(("weekdays", "holds"), [("", True), ("1", True), ("17", True), ("2", False), ("67", False)])
def test_a_business_date_is_one_of_the_weekdays(weekdays: str, holds: bool) -> None:
    assert in_weekdays(weekdays, MONDAY) is holds


@pytest.mark.parametrize(
    ("first", "last", "time", "holds"),
    [
        ("", "", "00:00", True),
        ("08:00", "20:00", "07:59", False),
        ("08:00", "20:00", "08:00", True),
        ("08:00", "20:00", "19:59", True),
        ("08:00", "20:00", "20:00", False),
        ("08:00", "", "23:59", True),
        ("", "20:00", "00:00", True),
        ("22:00", "06:00", "21:59", False),
        ("22:00", "06:00", "22:00", True),
        ("22:00", "06:00", "05:59", True),
        ("22:00", "06:00", "06:00", False),
        ("08:00", "08:00", "03:00", True),  # round the clock
    ],
)
def test_a_time_is_from_the_first_minute_on_before_the_last(first: str, last: str, time: str, holds: bool) -> None:
    assert in_times(first, last, time) is holds


def at_wall(hour: int, minute: int, *rows: Any) -> Rows:
    """Rows at a time on the wall of a hall in China."""
    made = Rows(row(RoleRight, role="clerk", business="C1"), *rows)
    made.clock = SeededClock(datetime(2026, 11, 23, hour - 8, minute, tzinfo=UTC))
    return made


def role(**hours: str) -> Any:
    return row(Role, code="clerk", name_zh="营业员", **hours)


@pytest.mark.parametrize(
    ("hours", "at", "rules"),
    [
        ({}, (21, 0), []),
        ({"from_time": "09:00", "to_time": "18:00"}, (8, 59), ["hours"]),
        ({"from_time": "09:00", "to_time": "18:00"}, (9, 0), []),
        ({"from_time": "09:00", "to_time": "18:00"}, (17, 59), []),
        ({"from_time": "09:00", "to_time": "18:00"}, (18, 0), ["hours"]),
        ({"weekdays": "12345"}, (21, 0), []),
        ({"weekdays": "67"}, (10, 0), ["hours"]),
    ],
)
def test_a_role_does_its_business_at_its_hours(hours: dict[str, str], at: tuple[int, int], rules: list[str]) -> None:
    reasons = Operators(context(at_wall(*at, role(**hours)))).may()
    assert [(reason.rule, reason.verdict) for reason in reasons] == [(rule, "override") for rule in rules]


def test_no_hour_gives_a_right_that_the_role_lacks() -> None:
    rows = at_wall(10, 0, role(from_time="09:00", to_time="18:00"))
    assert [reason.verdict for reason in Operators(context(rows, business="C2")).may()] == ["no"]


def test_hours_and_amount_are_told_both() -> None:
    rows = at_wall(20, 0, role(to_time="18:00"), row(RoleRight, role="clerk", business="C5", amount_limit=100))
    told = Operators(context(rows, business="C5")).may(101)
    assert [reason.rule for reason in told] == ["amount", "hours"]
    assert str(told[1].message) == "Your role works from 00:00 until 18:00: a supervisor must allow it now."


@pytest.mark.parametrize(
    ("code", "grade"), [("clerk", "clerk"), ("manager", "manager"), ("cashier", "supervisor"), ("unknown", "clerk")]
)
def test_a_role_has_the_grade_of_its_row(code: str, grade: str) -> None:
    rows = Rows(row(Role, code="cashier", name_zh="收费员", grade="supervisor"))
    assert grade_of(rows, code) == grade  # type: ignore[arg-type]
