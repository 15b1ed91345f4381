"""Invariant 8: what headquarters owns is what it signed, at both ends.

Each item of the feed and of the stream that a store keeps is signed by headquarters' key (where the store knows that),
and the items are those that the journal says were taken. The published lines are those of the stream's items; what
waits for a newer program, for its other parts or for what it names has none. A row of a table that headquarters
publishes is what its lines come to on the business date that the rows stand at, which is no earlier than the one that
is open; nothing waits past its date. Source: design 4, 5.8, 6 and 12.

Rows that the outlet moves on (leased numbers, cards, ranges) are looked at by `received`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from itertools import groupby
from typing import Any

from sqlalchemy import Select, bindparam, or_, select

from boss_tui.editions.lines import Unfit, Values, folded_in, published_table, stored
from boss_tui.editions.rows_date import stands_on
from boss_tui.editions.scope import scopes_here
from boss_tui.sync.dates import STREAM
from boss_tui.sync.edition_items import part_of
from boss_tui.sync.items import TABLES_OF_PART, digest
from boss_tui.sync.keys import KEY_SETTING, is_signed
from boss_tui.sync.shapes import Item
from boss_tui.verify import journals
from boss_tui.verify.finding import Finding, key_text
from boss_tui.verify.rule import columns_of
from data.message import Message, say
from data.statements import columns, keys
from data.store import Reading
from data.tables.base import Table
from data.tables.edition import PublishedLine
from data.tables.finance import BusinessDay
from data.tables.sync import FeedItem, JournalEntry, Setting, WaitingItem

RULE, SIGNED, APPLIED, LINES, DATED = (
    "row is what headquarters signed",
    "feed item is headquarters' own",
    "feed is what the journal applied",
    "published line is headquarters' own",
    "what is published counts from its date",
)
RULES = (RULE, SIGNED, APPLIED, LINES, DATED)
TABLES = frozenset(table for tables in TABLES_OF_PART.values() for table in tables)

_feed, _j, _line = columns_of(FeedItem), columns_of(JournalEntry), columns_of(PublishedLine)
_NEXT = (
    select(*_feed.c)
    .where(_feed.c.outlet == bindparam("of"), _feed.c.number > bindparam("after"))
    .order_by(_feed.c.number)
    .limit(1)
)
_TOLD = select(_j.c.epoch, _j.c.seq, _j.c.body).where(_j.c.outlet == bindparam("of"), _j.c.kind == "feed")
_OF_ITEM = select(*_line.c).where(_line.c.number == bindparam("of_number")).order_by(_line.c.position)
_NUMBERS = select(_line.c.number).distinct().order_by(_line.c.number)
_OF_TABLE = (
    select(*_line.c)
    .where(_line.c.table_name == bindparam("of_table"))
    .where(or_(_line.c.effective_from <= bindparam("day"), _line.c.at_once == 1))
    .order_by(_line.c.row_key, _line.c.effective_from, _line.c.number, _line.c.position)
)
Key = tuple[Any, ...]


def check(reading: Reading, _moments: dict[str, str]) -> Iterator[Finding]:
    """Everything of headquarters' in this store; and, of every journal that is its own, what it tells of it."""
    for head in journals.own_outlets(reading):
        yield from _signed(reading, head.outlet)
        yield from _applied(reading, head.outlet)
    yield from _signed(reading, STREAM)
    yield from _lines(reading)
    scopes, day = scopes_here(reading), stands_on(reading)
    for table in sorted(TABLES):
        yield from _table(reading, table, scopes, day)
    yield from _dated(reading)


def _items(reading: Reading, outlet: str) -> Iterator[FeedItem]:
    """One at a time: an item may be large."""
    after = -1
    while found := reading.models(FeedItem, _NEXT, of=outlet, after=after):
        yield found[0]
        after = found[0].number


def _signed(reading: Reading, outlet: str) -> Iterator[Finding]:
    key = reading.find(Setting, name=KEY_SETTING)
    if key is None:
        return
    for item in _items(reading, outlet):
        if not is_signed(key.value, Item.of(item).signed_text(outlet), item.signature):
            yield Finding(8, SIGNED, "feed_item", f"{outlet}/{item.number}", say("Headquarters did not sign this."))


def _applied(reading: Reading, outlet: str) -> Iterator[Finding]:
    """Each entry that took items names them, and their digest."""
    for epoch, seq, body in reading.rows(_TOLD, of=outlet):
        try:
            told = json.loads(body)
            runs = [(outlet, told["feed"])] if "feed" in told else []
            runs += [(STREAM, told["stream"])] if "stream" in told else []
            faults = [fault for of, run in runs if (fault := _run_fault(reading, of, run)) is not None]
        except (ValueError, KeyError, TypeError):
            continue  # the chain tells of an entry that can't be read
        for fault in faults:
            yield Finding(8, APPLIED, "journal", f"{outlet}/{epoch}/{seq}", fault)


def _run_fault(reading: Reading, of: str, run: Any) -> Message | None:
    numbers = sorted([*run["applied"], *(number for number, *_ in run["waiting"])])
    found = [reading.find(FeedItem, outlet=of, number=number) for number in numbers]
    missing = [number for number, item in zip(numbers, found, strict=True) if item is None]
    if missing:
        return say("This entry applied feed item {number}, which is not there.", number=missing[0])
    if digest(item for item in found if item is not None) != run["digest"]:
        return say("The feed items of this entry are not those that it applied.")
    return None


def _lines(reading: Reading) -> Iterator[Finding]:
    """The published lines against the items of the stream that hold them."""
    waiting = {row.number for row in reading.all(WaitingItem, outlet=STREAM, state="waiting")}
    without = {int(number) for (number,) in reading.rows(_NUMBERS)}
    for item in _items(reading, STREAM):
        here = [dict(row.__dict__) for row in reading.models(PublishedLine, _OF_ITEM, of_number=item.number)]
        without.discard(item.number)
        if here != _told_by(item) and (here or item.number not in waiting):
            told = say("The published lines of item {number} are not those that it holds.", number=item.number)
            yield Finding(8, LINES, "published_line", str(item.number), told)
    for number in sorted(without):
        told = say("Nothing in the stream holds the published lines of item {number}.", number=number)
        yield Finding(8, LINES, "published_line", str(number), told)


def _told_by(item: FeedItem) -> list[Values]:
    try:
        part = part_of(item.body)
    except Unfit:
        return []
    about = part.about
    return [
        stored(line, item.number, at, about.counts_from, at_once=about.at_once, scope=item.scope)
        for at, line in enumerate(part.lines)
    ]


def _table(reading: Reading, table: str, scopes: frozenset[str] | None, day: str) -> Iterator[Finding]:
    """The rows of a table against what their lines come to in these scopes on a business date."""
    model = published_table(table)
    names, key_names = columns(model), keys(model)
    rows: dict[Key, Values] = {}
    for values in reading.rows(_every(model)):
        row = dict(zip(names, values, strict=True))
        rows[tuple(row[name] for name in key_names)] = row
    found = reading.models(PublishedLine, _OF_TABLE, of_table=table, day=day)
    for text, lines in groupby(found, key=lambda line: line.row_key):
        key: Key = tuple(json.loads(text))
        wanted, here = folded_in(scopes, table, key, lines), rows.pop(key, None)
        if wanted is not None and here is None:
            yield Finding(8, RULE, table, key_text(key), say("Headquarters handed this row down; it is gone."))
        elif wanted is None and here is not None:
            yield Finding(8, RULE, table, key_text(key), say("Headquarters has ended this row; it is still there."))
        elif wanted != here:
            yield Finding(8, RULE, table, key_text(key), say("The row is not the one that headquarters signed."))
    for key in sorted(rows, key=str):
        yield Finding(8, RULE, table, key_text(key), say("Headquarters never handed this row down."))


@cache
def _every(model: type[Table]) -> Select[Any]:
    return select(*columns_of(model).c)


def _dated(reading: Reading) -> Iterator[Finding]:
    """That the rows stand at the open business date, and that nothing waits past its own."""
    day = stands_on(reading)
    for head in journals.own_outlets(reading):
        opened = reading.find(BusinessDay, outlet=head.outlet, state="open")
        if opened is not None and day and day < opened.business_date:
            told = say("Headquarters' rows stand at {day}.", day=day)
            yield Finding(8, DATED, "business_day", key_text((head.outlet, opened.business_date)), told)
    for row in reading.all(WaitingItem, outlet=STREAM, state="waiting", order=("number",)):
        if row.why == "fault":
            told = say(
                "Item {number} of the stream does not go into the rows: {why}", number=row.number, why=row.detail
            )
            yield Finding(8, DATED, "waiting_item", key_text((row.outlet, row.number)), told)
