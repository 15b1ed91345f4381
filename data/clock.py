"""Time and chance, both handed in from outside, so that a whole province can be replayed from a seed.

Times are UTC and stored as text of one fixed shape, `2026-11-23T06:05:00.123456Z`, which sorts as time does.
"""

from __future__ import annotations

import random
import re
import secrets
from datetime import UTC, date, datetime, timedelta, timezone
from functools import lru_cache
from typing import Protocol

_KEY_DIGITS = 32
_DIGITS = len("2026-11-23T06:05:00.123456")
CHINA = timezone(timedelta(hours=8))
"""The clock on the hall's wall: the one that customers can compare with their watch."""


BACK, AHEAD = timedelta(minutes=5), timedelta(days=3)
"""How far a machine's clock may stand before, and after, the last time that is known to be right, before somebody is
asked: the clocks of a hall differ by little, and a long weekend is no fault (store-and-sync-facts 2.4)."""


class Clock(Protocol):
    """What tells the time and draws lots."""

    def now(self) -> datetime:
        """The time, in UTC."""
        ...

    def random_bits(self, bits: int) -> int:
        """An integer of so many random bits."""
        ...


class SystemClock:
    """The machine's own clock and its source of randomness."""

    def now(self) -> datetime:
        """The time, in UTC."""
        return datetime.now(UTC)

    def random_bits(self, bits: int) -> int:
        """An integer of so many random bits, fit for keys."""
        return secrets.randbits(bits)


class SeededClock:
    """A clock that stands still until it is moved, and chance that repeats: for tests and simulation."""

    def __init__(self, start: datetime | None = None, seed: int = 0) -> None:
        self._now = start or datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
        self._random = random.Random(seed)

    def now(self) -> datetime:
        """The time, one microsecond later at each asking, so that order shows."""
        self._now += timedelta(microseconds=1)
        return self._now

    def random_bits(self, bits: int) -> int:
        """An integer of so many bits from the seed."""
        return self._random.getrandbits(bits)

    def move(self, **step: float) -> None:
        """Move the clock by a timedelta's keywords; backwards too."""
        self._now += timedelta(**step)


def stamp(moment: datetime) -> str:
    """A moment as it is stored."""
    at = moment if moment.tzinfo is UTC else moment.astimezone(UTC)
    return f"{at.isoformat(timespec='microseconds')[:_DIGITS]}Z"  # its zone is known


def moment(stored: str) -> datetime:
    """The moment that `stamp` wrote."""
    return datetime.fromisoformat(stored)


def astray(now: datetime, known: datetime | None) -> timedelta:
    """How far a clock's time is from one that is known to have been: below 0 when it stands more than `BACK` before it,
    above 0 when more than `AHEAD` after it, else 0; nothing is known of a clock that has written nothing yet."""
    if known is None or known - BACK <= now <= known + AHEAD:
        return timedelta()
    return now - known


def wall_date(moment: datetime) -> date:
    """The day that a moment is on by the hall's calendar: until eight in the morning, UTC has the one before."""
    return moment.astimezone(CHINA).date()


def wall_time(moment: datetime) -> str:
    """What the hall's clock shows at a moment, `09:30`: hours of work and of prices go by it."""
    return moment.astimezone(CHINA).isoformat()[11:16]


def wall_day(stored: str) -> str:
    """The day of a stored time by the hall's calendar, `2026-11-23`; empty stays empty."""
    return wall_date(moment(stored)).isoformat() if stored else ""


def day_after(day: str, days: int) -> str:
    """The date so many days after one (before it: below 0), both as 2026-11-23."""
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()


def wall_midnight(day: str) -> str:
    """The first moment of a day by the hall's calendar, as it is stored."""
    return stamp(datetime.fromisoformat(day).replace(tzinfo=CHINA))


@lru_cache(maxsize=1024)
def on_the_wall(stored: str, shape: str = "%Y-%m-%d %H:%M:%S") -> str:
    """A stored time as the hall's clock showed it; empty stays empty."""
    return moment(stored).astimezone(CHINA).strftime(shape) if stored else ""


def from_the_wall(told: str) -> str:
    """A time as another system writes it, such as 2026-11-23 09:10:00 by the hall's clock, as it is stored; empty: it
    is none."""
    try:
        read = datetime.fromisoformat(told)
        return stamp(read if read.tzinfo is not None else read.replace(tzinfo=CHINA))
    except (ValueError, OverflowError):
        return ""


def on_paper(stored: str, business_date: str) -> str:
    """A stored time as a paper of a business date tells it: day and time, the time alone where the machine's day can't
    be right, so that no paper contradicts itself. Work past midnight, and a day opened on its eve, are right."""
    told = on_the_wall(stored)
    if not told or not business_date:
        return told
    apart = date.fromisoformat(told[:10]) - date.fromisoformat(business_date)
    return told if abs(apart) <= timedelta(days=1) else told[11:]


def new_key(clock: Clock) -> str:
    """A UUIDv7 as text: 48 bits of milliseconds, then chance, so that keys made later sort later."""
    milliseconds = int(clock.now().timestamp() * 1000)
    chance = clock.random_bits(74)  # asked for once: the machine's own source takes its time
    value = (milliseconds << 80) | (0x7 << 76) | (chance >> 62 << 64) | (0b10 << 62) | (chance & (1 << 62) - 1)
    digits = f"{value:032x}"
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"


_MADE = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}")


def is_made_key(key: object) -> bool:
    """Whether a key was made (`new_key`): nobody typed it, and nobody reads it."""
    return isinstance(key, str) and _MADE.fullmatch(key) is not None


def first_key(then: datetime) -> str:
    """The first key that `new_key` could make at a moment: what was made from then on sorts after it."""
    digits = f"{int(then.timestamp() * 1000):012x}"
    return f"{digits[:8]}-{digits[8:]}"


def made_at(key: str) -> datetime | None:
    """When a key of `new_key` was made, to the millisecond; None: it is no such key."""
    digits = key.replace("-", "")
    if len(digits) != _KEY_DIGITS or digits[12] != "7" or set(digits) - set("0123456789abcdef"):
        return None
    return datetime.fromtimestamp(int(digits[:12], 16) / 1000, UTC)
