"""The machine's clock: noticing one that can't be right, and what a supervisor's word for it changes.

An outlet's PC is trusted with nothing but to be noticed: a clock that was set back, runs far ahead of the journal, or
apart from headquarters', stops what is done here until somebody has set it, or a supervisor has vouched for it. Then
the outlet goes on, since no order depends on a clock (store-and-sync-facts 2.4).
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select

from boss_tui.components.access import note_access
from boss_tui.components.business_days import today
from boss_tui.sync.outbox import set_head
from data.clock import BACK, CHINA, astray, moment, on_the_wall, stamp
from data.message import Message, say
from data.store import Reading, UnitOfWork
from data.tables.base import Table
from data.tables.order import Draft
from data.tables.organisation import Authority, Grant, Tries
from data.tables.resource import Reservation
from data.tables.staff import OperatorStanding
from data.tables.sync import JournalHead

VOUCHED = "clock.vouched"
BESIDE = timedelta(days=1)
_RUNNING: tuple[tuple[type[Table], str, dict[str, Any]], ...] = (
    (Authority, "valid_until", {"state": "active"}),
    (Grant, "expires_at", {"used_order": None}),
    (Draft, "expires_at", {"state": "open"}),
    (Draft, "expires_at", {"state": "held"}),
    (Reservation, "until", {"state": "active"}),
    (Tries, "last_at", {}),
    (OperatorStanding, "failed_at", {}),
    (OperatorStanding, "challenge_at", {}),
)
"""Times that rights end by, and pauses are counted from: when the clock is set back, each keeps what is left of it."""


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
    shown = on_the_wall(stamp(now), "%Y-%m-%d %H:%M")
    if wrong and known is not None:
        last = on_the_wall(stamp(known), "%Y-%m-%d %H:%M")
        if wrong < timedelta():
            return say("This PC's clock stands at {now}, before the last entry here, {last}.", now=shown, last=last)
        return say("This PC's clock stands at {now}, long after the last entry here, {last}.", now=shown, last=last)
    if abs(apart) > BACK:
        theirs = on_the_wall(stamp(now + timedelta(milliseconds=head.clock_offset_ms)), "%Y-%m-%d %H:%M")
        return say("This PC's clock stands at {now}, headquarters' at {theirs}.", now=shown, theirs=theirs)
    return None


def out_by(reading: Reading, outlet: str) -> timedelta:
    """How far the clock is out of what may follow the journal's last entry; see `astray`."""
    head = reading.one(JournalHead, outlet=outlet)
    return astray(reading.clock.now(), moment(head.believed_at) if head.believed_at else None)


def _is_the_day(reading: Reading, outlet: str, now: datetime) -> bool:
    """Whether the open business date is the clock's day, or beside it: work goes past midnight, a day is opened on its
    eve."""
    day = today(reading, outlet)
    return day is not None and abs(now.astimezone(CHINA).date() - date.fromisoformat(day.business_date)) <= BESIDE


def vouch(tx: UnitOfWork, supervisor: str) -> None:
    """Believe the clock from now on, and put on record who said so, and how far it was out."""
    head, now = tx.one(JournalHead, outlet=tx.author.outlet), tx.clock.now()
    known = moment(head.believed_at) if head.believed_at else now
    if now < known:
        for model, column, where in _RUNNING:
            _move(tx, model, column, where, now - known)
    tx.vouched = True
    seconds = int((now - known).total_seconds())
    tx.more["clock"] = {"vouched_by": supervisor, "moved_seconds": seconds, "offset_ms": head.clock_offset_ms}
    note_access(tx, VOUCHED, tx.author.outlet, supervisor)
    set_head(tx, tx.author.outlet, offset_vouched_ms=head.clock_offset_ms)


def _move(tx: UnitOfWork, model: type[Table], column: str, where: dict[str, Any], by: timedelta) -> None:
    """Let the times of a column keep their distance from a clock that was set back. `where`: of the rows whose times
    still run; None: where nothing is said."""
    table = model.table()
    runs = (table.c[name] == value for name, value in where.items())
    for row in tx.models(model, select(*table.c).where(table.c[column] != "", *runs)):
        tx.change(row, **{column: stamp(moment(getattr(row, column)) + by)})
