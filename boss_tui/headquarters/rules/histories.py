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
from data.statements import columns, table_name
from data.tables.account import BillingAccount
from data.tables.base import Table
from data.tables.customer import Customer
from data.tables.order import Subscription
from data.tables.stock import Handset, RechargeCard

TABLE = "value_change"
OF: tuple[type[Table], ...] = (Subscription, Customer, BillingAccount, Handset, RechargeCard)
"""What histories are of; each has a key of one column."""


def judge(known: Known, told: Claim) -> Iterator[Fault]:
    """The first value of a row that is noted otherwise than an entry moves it."""
    notes = told.added.get(TABLE, ())
    if not notes:
        return
    moved = defaultdict[str, list[tuple[type[Table], Change]]](list)
    for model in OF:
        for change in told.changed.get(table_name(model), ()):
            moved[str(change.key[0])].append((model, change))
    for note in notes:
        values = _values(known, moved.get(note["subject"], ()), note["field"])
        if values is not None and note["field"] not in SECRET and not _follows(note, values):
            yield Fault(
                "sums", {"what": f"{TABLE} {note['field']}: {note['before']} → {note['after']}", "table": TABLE}
            )
            return


def _values(known: Known, changes: list[tuple[type[Table], Change]] | tuple[()], field: str) -> list[str] | None:
    """The values that a column of a row has one after the other; None: it is not moved, or not here as it was found."""
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
    return found if len(found) > 1 else None


def _follows(note: Row, values: list[str]) -> bool:
    """Whether one value comes at once after the other, or the last after the first."""
    pair = (note["before"], note["after"])
    return pair in pairwise(values) or pair == (values[0], values[-1])
