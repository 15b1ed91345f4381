"""Invariant 2: what headquarters owns is what it signed.

Each item of the feed that the store keeps is signed by headquarters' key, and the items are those that the journal says
were applied. What they hold of the catalogue (staff, rights, prices, texts, lists…) stands as the newest of them has
it, row for row: nobody else writes there, so that not one may differ, be missing, or be more. An item of kind
`catalogue` holds a table as a whole; of a table that only others tell of, their rows alone are known. Source: design
4, 5.8 and 6.

Rows that the outlet moves on (leased numbers, cards, ranges) are looked at by `received`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import bindparam, select

from boss_tui.sync.enrolment import KEY_SETTING
from boss_tui.sync.items import CATALOGUE, digest
from boss_tui.sync.keys import is_signed
from boss_tui.sync.rows import shared_tables
from boss_tui.sync.shapes import Item
from boss_tui.verify import journals
from boss_tui.verify.finding import Finding, key_text
from boss_tui.verify.rule import columns_of
from data.journal import canonical
from data.message import Message, say
from data.statements import columns, keys
from data.store import Reading
from data.tables.sync import FeedItem, JournalEntry, Setting, WaitingItem

RULE, SIGNED, APPLIED = (
    "row is what headquarters signed", "feed item is headquarters' own", "feed is what the journal applied",
)  # fmt: skip
TABLES = frozenset(table for tables in CATALOGUE.values() for table in tables)

_feed, _j = columns_of(FeedItem), columns_of(JournalEntry)
_NEXT = (
    select(*_feed.c)
    .where(_feed.c.outlet == bindparam("of"), _feed.c.number > bindparam("after"))
    .order_by(_feed.c.number)
    .limit(1)
)
_TOLD = select(_j.c.epoch, _j.c.seq, _j.c.body).where(_j.c.outlet == bindparam("of"), _j.c.kind == "feed")
Key = tuple[Any, ...]


@dataclass(slots=True)
class Told:
    """What items tell of the catalogue: by table and key the newest revision with the row's hash; the tables that one
    of them holds as a whole."""

    rows: dict[str, dict[Key, tuple[int, bytes]]] = field(default_factory=dict)
    whole: set[str] = field(default_factory=set)

    def take(self, item: FeedItem) -> None:
        """What one applied item holds."""
        for table, rows in json.loads(item.body).get("rows", {}).items():
            if table not in TABLES:
                continue
            known, key_names = self.rows.setdefault(table, {}), keys(shared_tables()[table])
            if item.kind == "catalogue":
                self.whole.add(table)
            for row in rows:
                key = tuple(row[name] for name in key_names)
                if key not in known or known[key][0] < row["revision"]:
                    known[key] = (row["revision"], _hash(row))


def check(reading: Reading, _moments: dict[str, str]) -> Iterator[Finding]:
    """Every journal that is this store's own; headquarters itself has nobody above it."""
    for head in journals.own_outlets(reading):
        yield from _outlet(reading, head.outlet)


def _outlet(reading: Reading, outlet: str) -> Iterator[Finding]:
    key = reading.find(Setting, name=KEY_SETTING)
    waiting = {row.number for row in reading.all(WaitingItem, outlet=outlet, state="waiting")}
    told, there = Told(), set[int]()
    for item in _items(reading, outlet):
        there.add(item.number)
        if key is not None and not is_signed(key.value, Item.of(item).signed_text(outlet), item.signature):
            yield Finding(2, SIGNED, "feed_item", f"{outlet}/{item.number}", say("Headquarters did not sign this."))
        elif item.number not in waiting:
            told.take(item)
    yield from _applied(reading, outlet, there)
    for table in sorted(told.rows):
        yield from _table(reading, table, told)


def _items(reading: Reading, outlet: str) -> Iterator[FeedItem]:
    """One at a time: an item may be large."""
    after = -1
    while found := reading.models(FeedItem, _NEXT, of=outlet, after=after):
        yield found[0]
        after = found[0].number


def _applied(reading: Reading, outlet: str, there: set[int]) -> Iterator[Finding]:
    """Each entry that applied items names them, and their digest."""
    for epoch, seq, body in reading.rows(_TOLD, of=outlet):
        try:
            feed = json.loads(body)["feed"]
            numbers = sorted([*feed["applied"], *(number for number, *_ in feed["waiting"])])
        except (ValueError, KeyError, TypeError):
            continue  # the chain tells of an entry that can't be read
        fault: Message | None = None
        if missing := [number for number in numbers if number not in there]:
            fault = say("This entry applied feed item {number}, which is not there.", number=missing[0])
        elif digest(reading.one(FeedItem, outlet=outlet, number=number) for number in numbers) != feed["digest"]:
            fault = say("The feed items of this entry are not those that it applied.")
        if fault is not None:
            yield Finding(2, APPLIED, "journal", f"{outlet}/{epoch}/{seq}", fault)


def _table(reading: Reading, table: str, told: Told) -> Iterator[Finding]:
    model, known = shared_tables()[table], told.rows[table]
    names, key_names, left = columns(model), keys(model), set(known)
    for values in reading.rows(select(*columns_of(model).c)):
        row = dict(zip(names, values, strict=True))
        key = tuple(row[name] for name in key_names)
        left.discard(key)
        if key not in known:
            if table in told.whole:
                yield Finding(2, RULE, table, key_text(key), say("Headquarters never handed this row down."))
        elif known[key][1] != _hash(row):
            yield Finding(2, RULE, table, key_text(key), say("The row is not the one that headquarters signed."))
    for key in sorted(left, key=str):
        yield Finding(2, RULE, table, key_text(key), say("Headquarters handed this row down; it is gone."))


def _hash(row: dict[str, Any]) -> bytes:
    return hashlib.sha256(canonical(row).encode()).digest()
