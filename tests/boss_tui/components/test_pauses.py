"""Wrong tries at a secret cost time, more with each, and are told at every fifth."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from boss_tui.components.operators.pauses import FORGOTTEN, is_alarming, must_wait, pause, shut_until, still_counted

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
LEAST = timedelta(microseconds=1)


WAITS = {0: 0, 1: 0, 4: 0, 5: 15, 6: 30, 7: 60, 8: 120, 9: 240, 10: 480, 11: 900, 12: 900, 10**9: 900}
"""Seconds after so many wrong tries."""


@pytest.mark.parametrize(("tries", "seconds"), WAITS.items())
def test_each_wrong_try_costs_twice_the_one_before(tries: int, seconds: int) -> None:
    """Four are free; nobody waits more than a quarter of an hour."""
    assert pause(tries) == timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("after", "shut"), [(timedelta(), True), (timedelta(seconds=15) - LEAST, True), (timedelta(seconds=15), False)]
)
def test_a_try_is_taken_when_the_pause_is_over(after: timedelta, shut: bool) -> None:
    """Not a moment earlier, and at the moment that was told."""
    until = shut_until(5, NOW, NOW + after)
    assert (until == NOW + timedelta(seconds=15)) if shut else (until is None)


def test_who_never_tried_waits_for_nothing() -> None:
    """Whatever the count says."""
    assert shut_until(0, None, NOW) is None
    assert shut_until(9, None, NOW) is None
    assert still_counted(9, None, NOW) == 0


@pytest.mark.parametrize(("after", "counted"), [(FORGOTTEN - LEAST, 7), (FORGOTTEN, 0)])
def test_a_quiet_day_forgets_them(after: timedelta, counted: int) -> None:
    """A slip each morning never adds up."""
    assert still_counted(7, NOW, NOW + after) == counted


@pytest.mark.parametrize(
    ("tries", "told"), [(0, False), (1, False), (4, False), (5, True), (6, False), (9, False), (10, True), (15, True)]
)
def test_every_fifth_is_told(tries: int, told: bool) -> None:
    """So that one who goes on is not told of once only."""
    assert is_alarming(tries) is told


def test_the_wait_is_told_by_the_hall_s_clock() -> None:
    """Beside the field that the secret was typed into."""
    refusal = must_wait(NOW + timedelta(seconds=30), "staff_no")
    assert refusal.field == "staff_no"
    assert "09:00:30" in str(refusal)
