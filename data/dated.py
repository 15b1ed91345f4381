"""Nothing is dated on a business date that is closed: it was counted and signed (design 5.9).

The one place of that rule: whatever a unit of work adds, of whatever table, is looked at before it is sealed; who wants
to know earlier asks `must_be_open`. What other stores tell (headquarters taking an outlet's journal) is not looked at:
it was when it was done.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING

from data.errors import DayClosed
from data.message import say
from data.statements import keys
from data.tables import table_of
from data.tables.finance import BusinessDay, ClosingReport

if TYPE_CHECKING:
    from data.journal import Change
    from data.reading import Reading

DATE = "business_date"
_OF_THE_CLOSE = {str(model.__tablename__) for model in (BusinessDay, ClosingReport)}
NOT_OPEN = say("The business day is not open. A supervisor opens it.")


def must_be_open(reading: Reading, outlet: str, business_date: str) -> None:
    """DayClosed when an outlet's business date is closed, or is none."""
    if not business_date:
        raise DayClosed(NOT_OPEN)
    now = reading.find(BusinessDay, outlet=outlet, state="open")
    if now is not None and now.business_date == business_date:  # as a rule it is this one, and known
        return
    day = reading.find(BusinessDay, outlet=outlet, business_date=business_date)
    if day is not None and day.state == "closed":
        raise DayClosed(say("Business date {date} is closed. Open the next one.", date=business_date))


def look_at(reading: Reading, outlet: str, changes: Iterable[Change]) -> None:
    """DayClosed when something was added to a business date that was closed before."""
    dates, closing = set[str](), set[str]()
    for change in changes:
        if change.op == "change":
            if change.table == "business_day":
                closing.add(str(change.key[1]))
        elif change.table not in _OF_THE_CLOSE and (place := _place(change.table)) is not None:
            date = change.values[DATE] if change.op == "add" else change.key[place] if place >= 0 else ""
            if date or _needs(change.table):
                dates.add(str(date))
    for date in dates - closing:
        must_be_open(reading, outlet, date)


@cache
def _place(table: str) -> int | None:
    """Where the date stands in a table's key: -1, not in it; None: its rows have none."""
    model = table_of(table)
    names = keys(model)
    return names.index(DATE) if DATE in names else -1 if DATE in model.model_fields else None


@cache
def _needs(table: str) -> bool:
    """Whether a row can't do without its date."""
    return bool(table_of(table).model_fields[DATE].is_required())
