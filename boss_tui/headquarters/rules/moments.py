"""When, where and by whom: what an entry tells of was written with it, on its business date, at a counter of the
outlet's, by who it says.

A row says when it was made, of which date it is, often who made it. Somebody who could set any of that otherwise would
have yesterday's order in no day's figures, a bill paid in time, a look that nobody had. Source: design 3 and 6.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from functools import cache

from boss_tui.components.numbering import is_serial
from boss_tui.headquarters.rules.claim import Claim, Known, Row
from boss_tui.headquarters.rules.whose import NUMBERED
from boss_tui.sync.effects import Fault
from data.clock import moment, stamp
from data.statements import columns, keys
from data.tables import all_tables
from data.tables.organisation import Counter

AT = (
    "made_at",
    "created_at",
    "completed_at",
    "granted_at",
    "raised_at",
    "opened_at",
    "activated_at",
    "closed_at",
    "done_at",
    "at",
)
"""The columns that say when their row was written."""
LONGEST = timedelta(hours=1)
"""How far that may lie from when the entry was made: no act takes longer, whatever else the machine does."""
ON = ("business_date", "opened_on", "issued_on", "left_on", "back_on", "ended_on", "tenure_from")
"""The columns that say on which business date it was."""
BEFORE = frozenset({"business_day"})
"""What is of another date than its entry: a day is opened before it is the hall's."""
BY = frozenset(
    {
        *("access_log", "electronic_invoice", "number_move", "number_porting", "paper_document", "red_confirmation"),
        *("drawer_move", "mobile_payment", "work_step"),
    }
)
"""What names who did it."""


def judge(known: Known, told: Claim) -> Iterator[Fault]:
    """The first row that was written at another time, is of another date, or names somebody else; what has a serial
    that its counter did not give."""
    yield from _otherwise(told)
    for table in NUMBERED:
        for row in told.added.get(table, ()):
            counter = known.row(Counter, row["counter"])
            there = counter is not None and counter["outlet"] == told.entry.outlet
            if not there or not is_serial(row["serial"], row["counter"], row["business_date"]):
                yield Fault("foreign", {"what": f"{table} {row['serial']}", "table": table})


def _otherwise(told: Claim) -> Iterator[Fault]:
    """The first row that was written otherwise than its entry."""
    made = moment(told.entry.made_at)
    first, last = stamp(made - LONGEST), stamp(made + LONGEST)
    for table, key, row in _rows(told):
        at, on, by = _columns(table)
        for name in at:
            if row.get(name) and not first <= row[name] <= last:
                yield Fault("date", {"what": f"{table} {key}: {row[name]}", "table": table})
                return
        for name in on:
            if row.get(name) and told.entry.business_date and row[name] != told.entry.business_date:
                yield Fault("date", {"what": f"{table} {key}: {row[name]}", "table": table})
                return
        if by and row.get("operator", told.entry.operator) != told.entry.operator:
            yield Fault("staff", {"what": f"{table} {row['operator']}", "table": table})
            return


def _rows(told: Claim) -> Iterator[tuple[str, str, Row]]:
    """The new rows, and what becomes another of those before: table, key, columns."""
    for table, rows in told.added.items():
        first = keys(all_tables()[table])[0]
        yield from ((table, str(row[first]), row) for row in rows)
    for table, changes in told.changed.items():
        yield from ((table, str(change.key[0]), change.values) for change in changes)


@cache
def _columns(table: str) -> tuple[tuple[str, ...], tuple[str, ...], bool]:
    """Of a table, the columns that say when, on which date, and whether one says who."""
    names = columns(all_tables()[table])
    on = () if table in BEFORE else ON
    return tuple(n for n in AT if n in names), tuple(n for n in on if n in names), table in BY
