"""Growing pauses between wrong tries at a secret (a password, a one-time code), and the alarm that they raise.

Pure arithmetic over a count and a time: who counts, and of what, says its caller. Nobody is shut out for ever by tries
that somebody else made: a few are free, then each wrong one costs twice the wait of the one before, up to a quarter of
an hour; after a day without any they are forgotten (management-facts 6).
"""

from __future__ import annotations

from datetime import datetime, timedelta

from data.clock import on_the_wall, stamp
from data.errors import NotAllowed
from data.message import say

FREE = 4
"""Wrong tries in a row that cost no wait: slips of the finger. The fifth does, and is told."""
FIRST, LONGEST = timedelta(seconds=15), timedelta(minutes=15)
"""The wait after the first wrong try that is not free, doubled by each that follows, and the most that is waited."""
ALARM_EVERY = 5
"""Every so many wrong tries somebody is told."""
FORGOTTEN = timedelta(days=1)
"""So long after the last wrong try, all of them are forgotten."""


def pause(tries: int) -> timedelta:
    """How long no try is taken after so many wrong ones: nothing, from the fifth on 15 s, 30 s, 1, 2, 4, 8, then 15
    minutes."""
    if tries <= FREE:
        return timedelta()
    doubled = min(tries - FREE - 1, 16)  # far beyond the longest, and still a number
    return min(FIRST * (1 << doubled), LONGEST)


def still_counted(tries: int, last: datetime | None, now: datetime) -> int:
    """The wrong tries that count now: none, once a day has passed without any."""
    return 0 if last is None or now - last >= FORGOTTEN else tries


def shut_until(tries: int, last: datetime | None, now: datetime) -> datetime | None:
    """Until when no try is taken, right or wrong; None: one is taken now. `last`: when the last wrong one was made."""
    if last is None:
        return None
    until = last + pause(still_counted(tries, last, now))
    return until if until > now else None


def is_alarming(tries: int) -> bool:
    """Whether the try that made the count this many is one of those that somebody is told of."""
    return tries > 0 and tries % ALARM_EVERY == 0


def must_wait(until: datetime, field: str) -> NotAllowed:
    """What is said to who tries too early, beside the field of the secret."""
    time = on_the_wall(stamp(until), "%H:%M:%S")
    return NotAllowed(say("Too many wrong tries: the next is taken after {time}.", time=time), field=field)
