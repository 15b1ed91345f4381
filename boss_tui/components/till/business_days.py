"""The open business day of an outlet, and the shift that somebody sells in: what everything at a counter is done on and
in. Both are opened and closed in `shifts`."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import bindparam, select

from data.clock import wall_date
from data.store import Reading
from data.tables.finance import BusinessDay, Shift

_days = BusinessDay.table()
_LAST_DAY = (
    select(*_days.c).where(_days.c.outlet == bindparam("outlet")).order_by(_days.c.business_date.desc()).limit(1)
)


def today(reading: Reading, outlet: str) -> BusinessDay | None:
    """The outlet's open business date, if any."""
    return reading.find(BusinessDay, outlet=outlet, state="open")


def own_shift(reading: Reading, till: str, operator: str) -> Shift | None:
    """The shift that somebody sells in at a till: their own, open there. Nobody sells into another's drawer, not even a
    supervisor: who counts it would answer for what others took."""
    return reading.find(Shift, till=till, operator=operator, state="open")


def last_day(reading: Reading, outlet: str) -> BusinessDay | None:
    """The latest business date of an outlet, open or closed, if any."""
    return next(iter(reading.models(BusinessDay, _LAST_DAY, outlet=outlet)), None)


def next_day(reading: Reading, outlet: str) -> str:
    """The first business date that may be opened now and is not behind the clock."""
    now = wall_date(reading.clock.now())
    last = last_day(reading, outlet)
    after = date.fromisoformat(last.business_date) + timedelta(days=1) if last is not None else now
    return max(now, after).isoformat()


def calendar_ahead(reading: Reading, outlet: str) -> str:
    """The calendar's day, where the open business date of an outlet is an earlier one; empty: it is not, or none is
    open."""
    day, calendar = today(reading, outlet), wall_date(reading.present()).isoformat()
    return calendar if day is not None and day.business_date < calendar else ""
