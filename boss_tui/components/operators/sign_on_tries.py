"""Wrong passwords at the sign-on: a pause that grows, then a lock that another person takes away (management-facts 6).

A clerk's slips cost nothing. From the fifth wrong password in a row on each costs a pause, twice as long each time; the
tenth locks until another supervisor, a manager or headquarters' code unlocks. Short of that, tries are forgotten after
a day without any. Pure arithmetic over a count and a time; the numbers are managers' own.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from msgspec import Struct

from boss_tui.components.operators.pauses import FORGOTTEN
from data.parameters import SIGN_ON_FREE, SIGN_ON_LOCK, SIGN_ON_PAUSE
from data.store import Reading


class SignOnTries(Struct, frozen=True):
    """What tries cost. `free`: wrong passwords in a row without a pause; `first`: the pause after the next one;
    `lock`: so many lock, whatever is free."""

    free: int
    first: timedelta
    lock: int

    @classmethod
    def of(cls, reading: Reading) -> SignOnTries:
        """As managers have it."""
        first = timedelta(minutes=SIGN_ON_PAUSE.of(reading))
        return cls(SIGN_ON_FREE.of(reading), first, SIGN_ON_LOCK.of(reading))

    def pause(self, failed: int) -> timedelta:
        """How long no password is taken after so many wrong ones in a row: at first 15, 30, 60, 120, 240 minutes."""
        if failed <= self.free:
            return timedelta()
        return self.first * (1 << max(min(failed, self.lock - 1) - self.free - 1, 0))

    def counted(self, failed: int, last: datetime | None, now: datetime) -> int:
        """The wrong passwords that count now: none after a day without any; a lock stays."""
        if not self.is_locked(failed) and (last is None or now - last >= FORGOTTEN):
            return 0
        return failed

    def is_locked(self, failed: int) -> bool:
        """Whether only another person opens again."""
        return failed >= self.lock

    def shut_until(self, failed: int, last: datetime | None, now: datetime) -> datetime | None:
        """Until when no password is taken, right or wrong; None: one is taken now."""
        if last is None:
            return None
        until = last + self.pause(self.counted(failed, last, now))
        return until if until > now else None
