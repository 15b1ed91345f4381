"""The machine's clock: noticing one that can't be right.

An outlet's PC is trusted with nothing but to be noticed: a clock that was set back, runs far ahead of the journal, or
apart from headquarters', stops what is done here until somebody has set it, or a supervisor has vouched for it
(`boss_tui.desk.believing`). Then the outlet goes on, since no order depends on a clock (store-and-sync-facts 2.4).
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from boss_tui.components.till.business_days import today
from data.clock import BACK, astray, moment, on_the_wall, stamp, wall_date
from data.message import Message, say
from data.store import Reading
from data.tables.sync import JournalHead

VOUCHED = "clock.vouched"
BESIDE = timedelta(days=1)


def doubt(reading: Reading, outlet: str) -> Message | None:
    """Why the machine's clock can't be right; None when nothing speaks against it. Days on, it is right where the
    business day that a supervisor has opened is the clock's own."""
    head = reading.one(JournalHead, outlet=outlet)
    now = reading.clock.now()
    known = moment(head.believed_at) if head.believed_at else None
    wrong = astray(now, known)
    if wrong > timedelta() and _is_the_day(reading, outlet, now):
        wrong = timedelta()
    apart = timedelta(milliseconds=head.clock_offset_ms - head.offset_vouched_ms)
    if not wrong and abs(apart) <= BACK:
        return None
    shown = on_the_wall(stamp(now), "%Y-%m-%d %H:%M")
    if wrong and known is not None:
        last = on_the_wall(stamp(known), "%Y-%m-%d %H:%M")
        if wrong < timedelta():
            return say("This PC's clock stands at {now}, before the last entry here, {last}.", now=shown, last=last)
        return say("This PC's clock stands at {now}, long after the last entry here, {last}.", now=shown, last=last)
    theirs = on_the_wall(stamp(now + timedelta(milliseconds=head.clock_offset_ms)), "%Y-%m-%d %H:%M")
    return say("This PC's clock stands at {now}, headquarters' at {theirs}.", now=shown, theirs=theirs)


def out_by(reading: Reading, outlet: str) -> timedelta:
    """How far the clock is out of what may follow the journal's last entry; see `astray`."""
    head = reading.one(JournalHead, outlet=outlet)
    return astray(reading.clock.now(), moment(head.believed_at) if head.believed_at else None)


def _is_the_day(reading: Reading, outlet: str, now: datetime) -> bool:
    """Whether the open business date is the clock's day, or beside it: work goes past midnight, a day is opened on its
    eve."""
    day = today(reading, outlet)
    return day is not None and abs(wall_date(now) - date.fromisoformat(day.business_date)) <= BESIDE
