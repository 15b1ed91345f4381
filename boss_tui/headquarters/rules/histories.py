"""What an order says that a value was, and became, is what the row held, and holds with the same entry (C4, C5, C8).

That history is shown to customers and taken for who had what: whose a number was, which plan was left. A row that is
not here as the entry found it may have held another value: that is told elsewhere (`sync.effects`). Notes of what is no
column of such a row, and of secrets, are their component's own. At the desk: `boss_tui.components.history`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from boss_tui.components.history import SECRET
from boss_tui.headquarters.rules.claim import Claim, Known, Row
from boss_tui.sync.effects import Fault
from data.journal import Change
from data.statements import columns, keys, table_name
from data.tables import all_tables
from data.tables.account import BillingAccount
from data.tables.base import Table
from data.tables.customer import Customer
from data.tables.order import Subscription
from data.tables.stock import Handset, RechargeCard

TABLE = "value_change"
OF: tuple[type[Table], ...] = (Subscription, Customer, BillingAccount, Handset, RechargeCard)
"""What histories are of; each has a key of one column."""


def judge(known: Known, told: Claim) -> Iterator[Fault]:
    """The first value that is noted otherwise than an entry moves it; a note of a row that it does not touch."""
    notes = told.added.get(TABLE, ())
    if not notes:
        return
    moved = defaultdict[str, list[tuple[type[Table], Change]]](list)
    for model in OF:
        for change in told.changed.get(table_name(model), ()):
            moved[str(change.key[0])].append((model, change))
    touched = _touched(told)
    for note in notes:
        of, field = moved.get(note["subject"], []), note["field"]
        values = _values(known, of, field)
        right = note["subject"] in touched if values is None else field in SECRET or _follows(note, values)
        if not right:
            yield Fault("sums", {"what": f"{TABLE} {field}: {note['before']} → {note['after']}", "table": TABLE})
            return


def _touched(told: Claim) -> set[str]:
    """What the rows that an entry makes or moves are known by."""
    found = {str(change.key[0]) for of in (told.changed, told.grown) for each in of.values() for change in each}
    for table, rows in told.added.items():
        if table != TABLE:
            first = keys(all_tables()[table])[0]
            found.update(str(row[first]) for row in rows)
    return found


def _values(known: Known, changes: list[tuple[type[Table], Change]], field: str) -> list[str] | None:
    """The values that a column of a row has one after the other, the one that it had alone where it is not moved; None:
    it is no column of it, or the row is not here as it was found."""
    found = list[str]()
    for model, change in changes:
        if field not in columns(model):
            return None
        if not found:
            here = known.row(model, *change.key)
            if here is None or here["revision"] != change.base:
                return None
            found.append(str(here[field]))
        if field in change.values:
            found.append(str(change.values[field]))
    return found or None


def _follows(note: Row, values: list[str]) -> bool:
    """Whether one value comes at once after the other, or the last after the first."""
    pair = (note["before"], note["after"])
    if len(values) == 1:
        return False
    return pair in pairwise(values) or pair == (values[0], values[-1])
