"""Invariant 2: every row that headquarters handed down, and that the outlet moves on, is what both made of it.

A feed item holds whole rows with their revisions. A row that stands at the revision of an item is that item's row. A
row that stands at a later revision than journal or item told of has it from a later item. Rows that the outlet changed
since stand at a later revision too: the journal tells of those, and `replay` holds them. No item tells in clear what
travels enciphered or not at all (invariant 7). What the outlet never writes (what is published) is
looked at by `handed`. Source: design 6, I6.
"""

from __future__ import annotations

import json
from collections.abc import Container, Iterator, Mapping
from functools import cache
from typing import Any

from sqlalchemy import bindparam, select

from boss_tui.sync.items import KINDS
from boss_tui.sync.rows import shared_tables
from boss_tui.verify.finding import Finding, key_text
from boss_tui.verify.handed import TABLES
from boss_tui.verify.rows_by_key import Key, rows_of
from boss_tui.verify.rule import columns_of
from data.message import say
from data.statements import keys
from data.store import Reading
from data.tables.base import Table
from data.tables.sync import FeedItem

RULE = "row is what headquarters handed down"
IN_CLEAR = "no item tells a secret in clear"
Place = tuple[str, Key]

_feed = columns_of(FeedItem)
_NEXT = (
    select(_feed.c.number, _feed.c.body)
    .where(_feed.c.outlet == bindparam("of"), _feed.c.number > bindparam("after"))
    .order_by(_feed.c.number)
    .limit(1)
)


def received(reading: Reading, outlet: str, ahead: Mapping[Place, int], changed: Container[Place]) -> Iterator[Finding]:
    """Rows that differ from their feed item; then those whose revision no item explains.

    `ahead`: rows that stand at a later revision than the journal told, with it. `changed`: rows that the journal tells
    of.
    """
    left, after = {place: revision for place, revision in ahead.items() if place[0] not in TABLES}, -1
    while found := reading.rows(_NEXT, of=outlet, after=after):
        after = int(found[0][0])
        for table, told in _rows(str(found[0][1])).items():
            yield from _table(reading, table, told, left, changed)
    for (table, key), revision in sorted(left.items(), key=str):
        message = say("Neither journal nor headquarters told of revision {revision} of this row.", revision=revision)
        yield Finding(2, RULE, table, key_text(key), message)


@cache
def handed_down() -> frozenset[str]:
    """The tables that headquarters writes too; all others have the outlet as their only author."""
    return TABLES.union(*(tables for _, tables in KINDS.values()))


def _rows(body: str) -> dict[str, list[dict[str, Any]]]:
    """The rows of an item, by table; none where it is of a newer kind."""
    told = json.loads(body).get("rows", {})
    return {table: rows for table, rows in told.items() if table in handed_down() - TABLES}


def _in_clear(model: type[Table], table: str, told: list[dict[str, Any]]) -> Iterator[Finding]:
    for row in told:
        if any(row[name] for name in (*model.__secret__, *model.__enciphered__)):
            key = key_text(tuple(row[name] for name in keys(model)))
            yield Finding(7, IN_CLEAR, table, key, say("Headquarters told a secret of this row in clear."))


def _table(
    reading: Reading, table: str, told: list[dict[str, Any]], left: dict[Place, int], changed: Container[Place]
) -> Iterator[Finding]:
    model = shared_tables()[table]
    yield from _in_clear(model, table, told)
    by_key = {tuple(row[name] for name in keys(model)): row for row in told}
    for key, here in rows_of(reading, model, by_key).items():
        row = by_key[key]
        if here["revision"] != row["revision"]:
            if (table, key) not in changed and here["revision"] > row["revision"]:
                left[table, key] = here["revision"]  # a later item may tell of it
            continue
        left.pop((table, key), None)
        compared = row.keys() - {*model.__secret__, *model.__enciphered__}
        wrong = [name for name, value in here.items() if name in compared and row[name] != value]
        if wrong:
            names = ", ".join(wrong)
            message = say("The row is not what headquarters handed down: {columns}.", columns=names)
            yield Finding(2, RULE, table, key_text(key), message)
