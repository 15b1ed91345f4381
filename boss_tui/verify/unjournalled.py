"""Invariant 2: nothing was added behind the journal's back.

A row of a table that the outlet alone writes, made since the journal began, was told by it. Since every row that was
told is there (`replay`), it is enough to count: only where the store has more rows than the journal told, it is read
again for their keys. Tables without a time of their own are held by their parents (a posting balances, a payment is
posted). A clock that went back before the journal's beginning hides a row from this rule. Source: design 4.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, func, select

from boss_tui.sync.rows import shared_tables
from boss_tui.verify import journals
from boss_tui.verify.finding import Finding, key_text
from boss_tui.verify.received import handed_down
from boss_tui.verify.rows_by_key import Key
from boss_tui.verify.rule import columns_of
from data.journal import Change, changes_of
from data.message import say
from data.statements import columns, keys
from data.store import Reading
from data.tables.base import Table

RULE = "row was told by the journal"
ALWAYS = frozenset({"access_log", "operator_password"})
"""Tables that nothing wrote before the journal began, whatever time a row says."""
_TIMES = ("made_at", "created_at", "opened_at", "raised_at", "granted_at")


@cache
def timed() -> dict[str, str]:
    """The tables that the outlet alone writes, each with the column that says when a row was made."""
    found = {}
    for name, model in sorted(shared_tables().items()):
        time = next((column for column in _TIMES if column in columns(model)), "")
        if time and ("outlet" not in keys(model) or name in ALWAYS) and name not in handed_down():
            found[name] = time
    return found


def counts(change: Change, began: str) -> bool:
    """Whether a change is an addition that the count is of."""
    time = timed().get(change.table, "")
    since = "" if change.table in ALWAYS else began
    return change.op == "add" and bool(time) and str(change.values.get(time, "")) >= since


@cache
def _since(model: type[Table], time: str) -> Select[Any]:
    return select(func.count()).where(columns_of(model).c[time] >= bindparam("began"))


@cache
def _keys_since(model: type[Table], time: str) -> Select[Any]:
    table = columns_of(model)
    return select(*(table.c[name] for name in keys(model))).where(table.c[time] >= bindparam("began"))


def unjournalled(reading: Reading, outlet: str, began: str, told: Counter[str]) -> Iterator[Finding]:
    """Rows made since the journal began that it does not tell of. `told`: how many it does tell, by table."""
    for table, time in timed().items():
        model, since = shared_tables()[table], "" if table in ALWAYS else began
        if int(reading.scalar(_since(model, time), began=since)) > told[table]:
            known = _known(reading, outlet, table)
            for key in sorted(reading.rows(_keys_since(model, time), began=since)):
                if tuple(key) not in known:
                    yield Finding(2, RULE, table, key_text(key), say("The journal does not tell of this row."))


def _known(reading: Reading, outlet: str, table: str) -> set[Key]:
    known: set[Key] = set()
    for page in journals.pages(reading, outlet):
        for entry in page:
            try:
                known.update(change.key for change in changes_of(entry.body) if change.table == table)
            except (ValueError, KeyError, TypeError):
                continue  # the chain tells of an entry that can't be read
    return known
