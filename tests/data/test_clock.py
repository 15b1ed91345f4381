"""What is known to be right of a clock, and by what time rights end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import RFC_4122, UUID

import pytest

from data.bulk import Keys
from data.clock import (
    AHEAD,
    BACK,
    SeededClock,
    astray,
    day_after,
    first_key,
    from_the_wall,
    is_made_key,
    made_at,
    moment,
    new_key,
    stamp,
    wall_date,
    wall_day,
    wall_midnight,
)
from data.journal import Author
from data.store import Store
from data.tables.sync import JournalEntry, JournalHead
from tests.engines import with_tables
from tests.hall import Hall

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
LEAST = timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("step", "wrong"),
    [(-BACK, False), (-BACK - LEAST, True), (timedelta(), False), (AHEAD, False), (AHEAD + LEAST, True)],
)
def test_a_clock_may_stand_a_little_before_and_some_days_after(step: timedelta, wrong: bool) -> None:
    """Five minutes back, three days ahead: the last that pass, and the first that don't."""
    assert astray(NOW + step, NOW) == (step if wrong else timedelta())


@pytest.mark.parametrize(
    ("stored", "day"),
    [
        ("2026-11-22T15:59:59.999999Z", "2026-11-22"),
        ("2026-11-22T16:00:00.000000Z", "2026-11-23"),
        ("2026-11-22T23:59:59.999999Z", "2026-11-23"),
        ("2026-11-23T15:59:59.999999Z", "2026-11-23"),
        ("2026-12-31T16:00:00.000000Z", "2027-01-01"),
    ],
)
def test_a_day_begins_at_midnight_by_the_hall_s_calendar(stored: str, day: str) -> None:
    assert (wall_day(stored), wall_date(moment(stored)).isoformat()) == (day, day)
    assert wall_midnight(day) <= stored
    assert wall_day("") == ""


def test_nothing_is_known_of_a_clock_that_wrote_nothing() -> None:
    """The first entry of a journal has whatever time it has."""
    assert astray(NOW, None) == timedelta()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A store with a journal."""
    made = Store(with_tables(tmp_path / "store.db"), clock=SeededClock(NOW))
    with made.transaction(Author("HZ01", "test", "nobody"), journalled=False) as tx:
        tx.add(JournalHead, outlet="HZ01")
    yield made
    made.close()


def write(store: Store, **step: float) -> tuple[datetime, JournalEntry]:
    """Move the clock, write an entry; what time it is after that, and the entry."""
    assert isinstance(store.clock, SeededClock)
    store.clock.move(**step)
    with store.transaction(Author("HZ01", "test", "nobody")) as tx:
        tx.more["told"] = 1
    with store.reading() as reading:
        return reading.present(), reading.all(JournalEntry, order=("seq",))[-1]


def test_time_does_not_go_back_with_the_clock(store: Store) -> None:
    """Whatever is written meanwhile: an entry with an early time teaches nothing."""
    before, _ = write(store)
    for step in ({"days": -3}, {"minutes": 1}):
        now, entry = write(store, **step)
        assert abs(now - before) < timedelta(seconds=1)
        assert "clock_went_back_seconds" in entry.body


def test_a_clock_far_ahead_teaches_no_time(store: Store) -> None:
    """It is noted; and when it is set right, so is the time that rights end by."""
    before, _ = write(store)
    now, entry = write(store, days=90)
    assert "clock_ran_ahead_seconds" in entry.body
    assert now - before > timedelta(days=89)  # while it stands so, rights end by it
    after, entry = write(store, days=-90, minutes=1)
    assert "clock_" not in entry.body
    assert timedelta() < after - before < timedelta(minutes=2)


def test_small_steps_are_no_fault(store: Store) -> None:
    """A minute back and a weekend on: the entries say nothing, and the time is the latest that was known."""
    before, _ = write(store)
    now, entry = write(store, minutes=-4)
    assert "clock_" not in entry.body
    assert stamp(now + timedelta(seconds=1)) > stamp(before) > entry.made_at
    _, entry = write(store, days=2)
    assert "clock_" not in entry.body


def test_the_journal_of_a_hall_knows_its_time(hall: Hall) -> None:
    """A hall that has worked is not asked what time it was."""
    with hall.store.reading() as reading:
        assert reading.present() <= hall.clock.now()
    hall.clock.move(days=-1)
    with hall.store.reading() as reading:
        assert reading.present() > hall.clock.now()


@pytest.mark.parametrize(
    ("day", "days", "then"),
    [
        ("2026-12-31", 1, "2027-01-01"),
        ("2028-02-28", 1, "2028-02-29"),
        ("2026-11-23", 0, "2026-11-23"),
        ("2027-01-01", -1, "2026-12-31"),
    ],
)
def test_the_day_so_many_days_after(day: str, days: int, then: str) -> None:
    assert day_after(day, days) == then


def test_a_key_says_its_millisecond_and_sorts_by_it() -> None:
    clock = SeededClock(NOW)
    keys = []
    for _ in range(3):
        keys.append(new_key(clock))
        clock.move(milliseconds=1)
    assert keys == sorted(keys)
    assert [made_at(key) for key in keys] == [NOW + timedelta(milliseconds=n) for n in range(3)]
    assert first_key(NOW) <= keys[0] < first_key(NOW + timedelta(milliseconds=1)) <= keys[1]
    assert len(set(keys)) == 3
    for other in (keys[0].upper(), keys[0][1:], keys[0][:14] + "4" + keys[0][15:], "", None, 7):
        assert not is_made_key(other)
    assert is_made_key(keys[0])
    assert made_at("C1") is None


@pytest.mark.parametrize(
    ("told", "stored"),
    [
        ("2026-11-23 09:10:00", "2026-11-23T01:10:00.000000Z"),
        ("2026-11-23T01:10:00Z", "2026-11-23T01:10:00.000000Z"),
        ("2026-11-23T09:10:00+08:00", "2026-11-23T01:10:00.000000Z"),
        ("", ""),
        ("yesterday", ""),
        ("0001-01-01 00:00:00", ""),
    ],
)
def test_a_time_of_another_system_is_stored_as_ours_are(told: str, stored: str) -> None:
    assert from_the_wall(told) == stored


def test_keys_from_a_seed_are_version_7_and_rise() -> None:
    made = Keys(7, 1_700_000_000_000)
    keys = [made() for _ in range(50)]
    assert keys == sorted(set(keys))
    assert {(UUID(key).version, UUID(key).variant) for key in keys} == {(7, RFC_4122)}
    assert [UUID(key).int >> 80 for key in keys[:2]] == [1_700_000_000_001, 1_700_000_000_002]
    again = Keys(7, 1_700_000_000_000)
    assert [again() for _ in range(50)] == keys
    assert Keys(8, 1_700_000_000_000)() != keys[0]
