"""The outlet's journal on its way: the next batch, and what headquarters' word moves in the journal's head.

Only headquarters' signed word moves `acked_seq` and `durable_seq`. Where its word does not agree with this journal, the
outlet is stopped with the reason, and a person decides.
"""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from msgspec import Struct
from sqlalchemy import bindparam, select, update

from boss_tui.sync.keys import DeviceKey
from boss_tui.sync.shapes import Standing, entry_values
from boss_tui.sync.wire import BATCH_BYTES, pack, request_text, target
from data.clock import moment
from data.journal import Author, canonical
from data.message import Message, say
from data.restored import is_restored
from data.store import Reading, UnitOfWork
from data.tables.sync import JournalEntry, JournalHead

CHANGED_MS = 60_000
"""By how much headquarters' clock must have moved against this one for the journal to hear of it."""
RAW_BYTES = 4 * BATCH_BYTES
"""Where reading more entries for a batch ends: packed, it is then about as large as a batch may be."""

_journal = JournalEntry.table()
_head = JournalHead.table()
_TAIL = (
    select(*_journal.columns)
    .where(_journal.c.outlet == bindparam("of"), _journal.c.epoch == bindparam("of_epoch"))
    .where(_journal.c.seq > bindparam("after"))
    .order_by(_journal.c.seq)
    .limit(bindparam("most"))
)


class Packed(Struct, frozen=True):
    """A signed batch, ready to go: entries `first` to `last`."""

    body: bytes
    signature: str
    first: int
    last: int


def author(outlet: str) -> Author:
    """The link as the author of what it notes in local tables."""
    return Author(outlet, "sync", "headquarters")


def tail(reading: Reading, head: JournalHead, after: int, limit: int) -> list[JournalEntry]:
    """Entries after a sequence, over all epochs, in order."""
    found: list[JournalEntry] = []
    for epoch in range(1, head.epoch + 1):
        if len(found) < limit:
            most = limit - len(found)
            found += reading.models(JournalEntry, _TAIL, of=head.outlet, of_epoch=epoch, after=after, most=most)
    return found


def packed_batch(head: JournalHead, entries: list[JournalEntry], key: DeviceKey) -> Packed:
    """The longest batch of these entries that fits the wire, at least one entry."""
    told: list[dict[str, Any]] = []
    size = 0
    for entry in entries:
        size += len(entry.body)
        if told and size > RAW_BYTES:
            break
        told.append(entry_values(entry))
    while True:
        cursors = {"feed_cursor": head.feed_cursor, "stream_cursor": head.stream_cursor}
        body = pack({"outlet": head.outlet, **cursors, "entries": told})
        if len(body) <= BATCH_BYTES or len(told) == 1:
            break
        told = told[: len(told) // 2]
    signature = key.sign(request_text("POST", target(head.outlet, "events"), body))
    return Packed(body, signature, told[0]["seq"], told[-1]["seq"])


def hash_at(reading: Reading, head: JournalHead, seq: int) -> str:
    """The hash of this journal's entry under a sequence; empty before the first."""
    if seq == 0:
        return ""
    if seq == head.seq:
        return head.hash
    found = tail(reading, head, seq - 1, 1)
    return found[0].hash if found and found[0].seq == seq else ""


def disagreement(reading: Reading, head: JournalHead, standing: Standing) -> Message | None:
    """Why headquarters' word does not go with this journal, if it doesn't."""
    if standing.stopped:
        return Message.from_json(json.loads(standing.stopped))
    if standing.epoch > head.epoch:
        return say("Another copy of this store took over in epoch {epoch}.", epoch=standing.epoch)
    if standing.next_seq - 1 > head.seq:
        lost = standing.next_seq - 1 - head.seq
        return say(
            "Headquarters holds {lost} {lost:entry|entries} that this store has lost: it was restored. Rejoin.",
            lost=lost,
        )
    last = standing.next_seq - 1
    if hash_at(reading, head, last) != standing.head:
        return say("Headquarters holds another entry {seq}: two copies of one store are in use.", seq=last)
    return None


def set_head(tx: UnitOfWork, outlet: str, **values: Any) -> None:
    """Set columns of the journal's head that belong to the link, never seq and hash."""
    named = {f"new_{name}": value for name, value in values.items()}
    statement = update(_head).values({name: bindparam(f"new_{name}") for name in sorted(values)})
    tx.run(statement.where(_head.c.outlet == bindparam("of")), of=outlet, **named)


def accept(tx: UnitOfWork, outlet: str, standing: Standing, *, carried: bool = False) -> Message | None:
    """Take headquarters' word: move the cursors, or stop the outlet and answer why. What was `carried` on a stick is
    no contact, and says nothing of the clock now."""
    head = tx.one(JournalHead, outlet=outlet)
    wrong = disagreement(tx, head, standing)
    now = tx.now()
    contact = {} if carried else {"last_contact": now}
    if wrong:
        set_head(tx, outlet, stopped=canonical(wrong.as_json()), **contact)
        return wrong
    acked = standing.next_seq - 1
    set_head(tx, outlet, acked_seq=acked, durable_seq=min(standing.durable_seq, acked), **contact)
    if not carried:
        _compare_clocks(tx, head, moment(standing.time) - moment(now))
    return None


def _compare_clocks(tx: UnitOfWork, head: JournalHead, apart: timedelta) -> None:
    """Note by how much headquarters' clock is ahead; the journal hears of it when that has changed."""
    offset = max(-(2**31), min(2**31 - 1, int(apart.total_seconds() * 1000)))
    set_head(tx, head.outlet, clock_offset_ms=offset)
    if abs(offset - head.clock_offset_ms) > CHANGED_MS and not is_restored(tx):
        tx.more["clock_offset_ms"] = offset
