"""Wrong passwords: where a pause begins, how it grows, where it becomes a lock, when it is forgotten."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from boss_tui.components.operators.sign_on_tries import SignOnTries

TRIES = SignOnTries(4, timedelta(minutes=15), 10)
NOW = datetime(2026, 11, 28, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("failed", "minutes"), [(0, 0), (1, 0), (4, 0), (5, 15), (6, 30), (7, 60), (8, 120), (9, 240), (10, 240), (99, 240)]
)
def test_the_pause_grows_from_the_fifth_on(failed: int, minutes: int) -> None:
    assert TRIES.pause(failed) == timedelta(minutes=minutes)


@pytest.mark.parametrize(("failed", "locked"), [(0, False), (9, False), (10, True), (11, True)])
def test_the_tenth_locks(failed: int, locked: bool) -> None:
    assert TRIES.is_locked(failed) is locked


@pytest.mark.parametrize(
    ("failed", "ago", "left"),
    [
        (4, timedelta(), None),
        (5, timedelta(), timedelta(minutes=15)),
        (5, timedelta(minutes=15, microseconds=-1), timedelta(microseconds=1)),
        (5, timedelta(minutes=15), None),
        (6, timedelta(minutes=15), timedelta(minutes=15)),
        (5, timedelta(hours=-2), timedelta(hours=2, minutes=15)),  # the clock went back
    ],
)
def test_a_pause_ends_when_its_time_is_over(failed: int, ago: timedelta, left: timedelta | None) -> None:
    assert TRIES.shut_until(failed, NOW - ago, NOW) == (NOW + left if left is not None else None)


def test_nothing_is_shut_that_was_never_tried() -> None:
    assert TRIES.shut_until(0, None, NOW) is None


@pytest.mark.parametrize(
    ("failed", "ago", "counts"),
    [
        (9, timedelta(days=1, microseconds=-1), 9),
        (9, timedelta(days=1), 0),
        (10, timedelta(days=400), 10),
        (4, timedelta(hours=23), 4),
    ],
)
def test_tries_are_forgotten_after_a_day_but_a_lock_stays(failed: int, ago: timedelta, counts: int) -> None:
    assert TRIES.counted(failed, NOW - ago, NOW) == counts


@pytest.mark.parametrize(
    ("free", "lock", "failed", "minutes"), [(0, 3, 1, 15), (0, 3, 2, 30), (0, 3, 3, 30), (4, 2, 2, 0), (4, 2, 5, 15)]
)
def test_other_numbers_of_managers_hold_too(free: int, lock: int, failed: int, minutes: int) -> None:
    """Also where so many lock that none ever costs a pause."""
    assert SignOnTries(free, timedelta(minutes=15), lock).pause(failed) == timedelta(minutes=minutes)
