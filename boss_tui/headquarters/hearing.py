"""What outlets say that they have applied of headquarters' feed: checked, and what follows from it for their blocks.

A block runs once its outlet has it; one that was asked back, or a part of one, comes back once its outlet knows.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from boss_tui.headquarters.feed import publish_rows
from boss_tui.headquarters.lease_parts import come_back
from boss_tui.headquarters.returning import free_unsold
from boss_tui.sync.effects import Fault
from boss_tui.sync.items import digest, numbers_told
from boss_tui.sync.shapes import Entry
from data.store import UnitOfWork
from data.tables.sync import FeedItem, Lease
from data.tables.transfer import TransferNote


def _told(entry: Entry) -> tuple[list[int], list[int], str]:
    """Applied and waiting numbers, and the digest, that a feed entry tells."""
    info = json.loads(entry.body)["feed"]
    return *numbers_told(info), str(info["digest"])


def feed_entry_fault(tx: UnitOfWork, entry: Entry) -> Iterable[Fault]:
    """Check an outlet's word on which items it applied; leases among them run then, or are returned."""
    try:
        if "feed" not in json.loads(entry.body):
            return []
        applied, waiting, told = _told(entry)
    except (ValueError, KeyError, TypeError):
        return [Fault("unknown", {"kind": "feed"})]
    here = [tx.find(FeedItem, outlet=entry.outlet, number=number) for number in sorted([*applied, *waiting])]
    known = [item for item in here if item is not None]
    if len(known) != len(here) or digest(known) != told:
        return [Fault("feed", {"numbers": sorted([*applied, *waiting])})]
    for item in known:
        if item.kind in ("lease", "transfer") and item.number in applied:
            _heard(tx, json.loads(item.body))
    return []


def _heard(tx: UnitOfWork, body: dict[str, Any]) -> None:
    """The outlet has a block that was handed down: it runs. Or it knows that it was recalled: it sells no more."""
    for row in body["rows"].get("lease", ()):
        lease = tx.find(Lease, id=row["id"])
        if lease is None or lease.state in ("returned", "reclaimed"):
            continue
        if row.get("recalled_at"):
            if any(note.state != "cancelled" for note in tx.all(TransferNote, from_lease=lease.id)):
                continue  # what is left of it is packed and comes back with a note
            returned = tx.change(lease, state="returned")
            rows = {"lease": [dict(returned.__dict__)], **free_unsold(tx, returned)}
            publish_rows(tx, lease.outlet, "lease_end", rows)
        elif row.get("part_asked_at"):
            if lease.part_asked_at == row["part_asked_at"]:  # not all of it, or another part, meanwhile
                come_back(tx, lease)
        elif lease.state == "handed":
            tx.change(lease, state="running")
