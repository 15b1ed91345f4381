"""Wrong passwords at the sign-on: a pause that grows, then a lock that another person takes away (management-facts 6).

A clerk's slips cost nothing. From the fifth wrong password in a row on each costs a pause, twice as long each time; the
tenth locks until another supervisor, a manager or headquarters' code unlocks. Short of that, tries are forgotten after
a day without any. Pure arithmetic over a count and a time.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from boss_tui.components.pauses import FORGOTTEN

PAUSES_FROM, LOCKS_AT = 5, 10
"""Wrong passwords in a row: so many cost a pause, so many lock."""
FIRST = timedelta(minutes=15)


def pause(failed: int) -> timedelta:
    """How long no password is taken after so many wrong ones in a row: 15, 30, 60, 120, 240 minutes."""
    if failed < PAUSES_FROM:
        return timedelta()
    return FIRST * (1 << min(failed, LOCKS_AT - 1) - PAUSES_FROM)


def counted(failed: int, last: datetime | None, now: datetime) -> int:
    """The wrong passwords that count now: none after a day without any; a lock stays."""
    if failed < LOCKS_AT and (last is None or now - last >= FORGOTTEN):
        return 0
    return failed


def is_locked(failed: int) -> bool:
    """Whether only another person opens again."""
    return failed >= LOCKS_AT


def shut_until(failed: int, last: datetime | None, now: datetime) -> datetime | None:
    """Until when no password is taken, right or wrong; None: one is taken now."""
    if last is None:
        return None
    until = last + pause(counted(failed, last, now))
    return until if until > now else None
