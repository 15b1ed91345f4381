"""When something holds: weekdays and times of day, as prices and roles say them. Pure."""

from __future__ import annotations

from datetime import date


def in_weekdays(weekdays: str, day: str) -> bool:
    """Whether a business date is one of these weekdays: digits, 1 is Monday; empty: any."""
    return not weekdays or str(date.fromisoformat(day).isoweekday()) in weekdays


def in_times(from_time: str, to_time: str, time: str) -> bool:
    """Whether a time (HH:MM) is from the first minute on, before the last; past midnight where the last is the earlier
    one. Empty: open."""
    first, last = from_time or "00:00", to_time or "24:00"
    return first <= time < last if first < last else time >= first or time < last
