"""What headquarters has for each outlet: items under numbers without gaps, given in the transaction that makes them.

An item is rows with their revisions, written by headquarters alone. Each is signed when it is sent, so that an outlet
can give it back to a headquarters that was restored from an older backup.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import bindparam, select

from boss_tui.headquarters.office import Office, Refuse, author, enrolled_row, move
from boss_tui.sync.items import rows_of
from boss_tui.sync.keys import is_signed
from boss_tui.sync.rows import Unfit, put_rows
from boss_tui.sync.secrets import secrets_for, with_secrets
from boss_tui.sync.shapes import PAGE_ITEMS, Item, Page, Standing, in_pages
from data.journal import canonical
from data.message import say
from data.store import Reading, UnitOfWork
from data.tables.sync import EnrolledOutlet, FeedItem

ITEM_ROWS = 500
"""Rows in an item, at most: a block of numbers takes as many items as it needs."""
Rows = Mapping[str, Sequence[dict[str, Any]]]

_feed = FeedItem.table()
_AFTER = (
    select(*_feed.columns)
    .where(_feed.c.outlet == bindparam("of"), _feed.c.number > bindparam("after"))
    .order_by(_feed.c.number)
    .limit(bindparam("most"))
)


def publish(tx: UnitOfWork, outlet: str, kind: str, body: dict[str, Any], *, kind_version: int = 1) -> int:
    """Put an item into an outlet's feed; answers its number. The caller holds the outlet's lock.

    `body` has `rows`: by table, whole rows; `effective_from` (a business date) where it counts from later on.
    """
    number = enrolled_row(tx, outlet).feed_next
    tx.add(
        FeedItem,
        outlet=outlet,
        number=number,
        kind=kind,
        kind_version=kind_version,
        body=canonical(body),
        made_at=tx.now(),
    )
    move(tx, outlet, feed_next=number + 1)
    return number


def publish_rows(tx: UnitOfWork, outlet: str, kind: str, rows: Rows, **more: Any) -> None:
    """Put rows into an outlet's feed: as many items as they need, the first tables first."""
    for part in _parts(rows):
        publish(tx, outlet, kind, {"rows": part, **more})


def _parts(rows: Rows) -> Iterator[dict[str, list[dict[str, Any]]]]:
    """Rows by table, at most so many together as one item holds."""
    part: dict[str, list[dict[str, Any]]] = {}
    count = 0
    for table, row in ((table, row) for table, listed in rows.items() for row in listed):
        if count == ITEM_ROWS:
            yield part
            part, count = {}, 0
        part.setdefault(table, []).append(row)
        count += 1
    yield part


def page(office: Office, outlet: str, after: int, limit: int, stream_after: int | None = None) -> Page:
    """The items after a number, and of the stream after another, if that is asked for. Refuse when the outlet is
    further than headquarters (which was restored)."""
    from boss_tui.headquarters.stream import must_not_be_ahead
    from boss_tui.headquarters.stream import page as stream_page

    with office.store.reading() as reading:
        row = enrolled_row(reading, outlet)
        standing = office.standing(row)
        if stream_after is not None:  # first: what is handed to one outlet names what is published to all
            must_not_be_ahead(reading, office, row, stream_after)
        if after >= row.feed_next:
            raise Refuse(409, "feed_ahead", say("Headquarters lost feed items that the outlet has."), standing)
        found = reading.models(FeedItem, _AFTER, of=outlet, after=after, most=max(1, min(limit, PAGE_ITEMS)))
        stream = None if stream_after is None else stream_page(reading, office, outlet, stream_after, limit)
        items = next(in_pages(_sent(reading, office, row, stored) for stored in found), [])
    return Page(standing=standing, items=items, stream=stream)


def _sent(reading: Reading, office: Office, row: EnrolledOutlet, stored: FeedItem) -> Item:
    """An item as it goes to its outlet: signed, with what is secret of it enciphered for the outlet's key."""
    item = Item.of(stored)
    beside = secrets_for(row.public_key, reading, row.outlet, item)
    return item.model_copy(update={"signature": office.key.sign(item.signed_text(row.outlet)), "enciphered": beside})


def take_back(office: Office, outlet: str, items: list[Item]) -> Standing:
    """Take items back that headquarters signed and then lost by being restored, and the rows that they hold."""
    for item in items:
        if not is_signed(office.key.public, item.signed_text(outlet), item.signature):
            raise Refuse(409, "signature", say("Feed item {number} is not headquarters' own.", number=item.number))
    with office.store.transaction(author(outlet, "feed.back"), journalled=False, lock=outlet) as tx:
        for item in sorted(items, key=lambda item: item.number):
            row = enrolled_row(tx, outlet)
            if item.number > row.feed_next:
                raise Refuse(409, "feed_ahead", say("Feed items are missing."), office.standing(row))
            if item.number == row.feed_next:
                _adopt(tx, office, outlet, item)
        return office.standing(enrolled_row(tx, outlet))


def _adopt(tx: UnitOfWork, office: Office, outlet: str, item: Item) -> None:
    try:
        put_rows(tx, with_secrets(office.key, outlet, item, rows_of(item.kind, json.loads(item.body))))
    except (Unfit, ValueError) as fault:
        raise Refuse(409, "batch", say("Feed item {number} can't be taken back.", number=item.number)) from fault
    tx.add(FeedItem, outlet=outlet, **item.model_copy(update={"enciphered": ""}).model_dump())
    move(tx, outlet, feed_next=item.number + 1)


def waiting_for(reading: Reading, outlet: str, after: int) -> int:
    """How many items an outlet has not fetched yet."""
    return enrolled_row(reading, outlet).feed_next - 1 - after
