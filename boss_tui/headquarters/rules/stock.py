"""What is scarce: nothing is made of nothing, what is sold was leased to who sold it, papers have its numbers.

A piece that nobody sold yet is its holder's alone; `sync.effects` holds that, row by row. Here: the block that it came
in was the outlet's, and in its time. An outlet sells on from a block that was recalled, until it hears of that.
Source: design 5.3, 5.4 and 6.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from boss_tui.headquarters.rules.claim import Claim, Known, Row
from boss_tui.sync.effects import Fault
from boss_tui.sync.scarce import PIECES, Pieces
from data.clock import moment, stamp, wall_day
from data.statements import keys
from data.tables import all_tables
from data.tables.base import LEASED
from data.tables.document import DocumentRange
from data.tables.stock import ImsiReserve
from data.tables.sync import Lease

SOLD = {
    "phone_number": ("sold",),
    "sim_card": ("sold",),
    "handset": ("sold",),
    "recharge_card": ("sold",),
    "blank_card": ("written",),
    "imsi_reserve": ("used",),
}
"""The states of a piece that a customer has."""
FILLED = timedelta(days=1)
"""How long after the end of its block a piece may still be sold: what a form had reserved before."""
_OF = {str(about.model.__tablename__): about for about in PIECES.values()}
_MADE = frozenset(name for name, table in all_tables().items() if table.__owner__ is LEASED)


def judge(known: Known, told: Claim) -> Iterator[Fault]:
    """What of an entry's stock and papers is not the outlet's to use."""
    for table in _MADE & told.added.keys():
        for row in told.added[table]:
            if not _cut(known, told, row) if table == "document_range" else not _written(known, told, table, row):
                (key,) = keys(all_tables()[table])
                yield Fault("stock", {"what": f"{table} {row[key]}", "table": table})
    for table in SOLD.keys() & told.changed.keys():
        yield from _sold(known, told, table, _OF[table])
    for change in told.changed.get("document_range", ()):
        here = known.row(DocumentRange, *change.key)
        if here is not None and not _within(known, told, {**here, **change.values}):
            yield Fault("lease", {"what": f"document_range {change.key[0]}"})
    for paper in told.added.get("paper_document", ()):
        if not _numbered(known, told, paper):
            yield Fault("lease", {"what": f"{paper['code']}-{paper['number']:08d}"})


def _written(known: Known, told: Claim, table: str, row: Row) -> bool:
    """Whether a new piece is a SIM card that a blank one was written to, with an IMSI that was kept for it."""
    if table != "sim_card":
        return False
    used = [change.key[0] for change in told.changed.get("imsi_reserve", ()) if change.values.get("state") == "used"]
    kept = known.row(ImsiReserve, row["imsi"])
    written = any(change.values.get("iccid") == row["iccid"] for change in told.changed.get("blank_card", ()))
    return bool(written and row["imsi"] in used and kept is not None and kept["iccid"] == row["iccid"])


def _sold(known: Known, told: Claim, table: str, about: Pieces) -> Iterator[Fault]:
    """Pieces that left the stock with this entry, though their block is not this outlet's, or was over."""
    for change in told.changed[table]:
        if change.values.get("state") not in SOLD[table]:
            continue
        here = known.row(about.model, *change.key)
        if here is None or here["state"] != about.free or not here["lease_id"]:
            continue
        if not _in_time(known, told, here["lease_id"]):
            yield Fault("lease", {"what": f"{table} {change.key[0]}", "lease": here["lease_id"]})


def _in_time(known: Known, told: Claim, lease_id: str) -> bool:
    """Whether the outlet sold within the time of its block: by the journal, or by the day on the slips of the entry."""
    lease = known.row(Lease, lease_id)
    if lease is None or lease["outlet"] != told.entry.outlet:
        return False
    last = stamp(moment(lease["sell_until"]) + FILLED)
    slips = [row["written_on"] for row in told.added.get("handwritten_slip", ())]
    return told.entry.made_at <= last or any(day <= wall_day(last) for day in slips)


def _cut(known: Known, told: Claim, row: Row) -> bool:
    """Whether a new range was cut off from one that the outlet has: its numbers are no more in another."""
    others = [known.row(DocumentRange, *change.key) or {} for change in told.changed.get("document_range", ())]
    alike = ("kind", "code", "lease_id", "outlet")
    of_one = any(all(other.get(name) == row[name] for name in alike) for other in others)
    return of_one and _within(known, told, row)


def _within(known: Known, told: Claim, row: Row) -> bool:
    """Whether a range lies within the block that it came in. What came in none is held by its old numbers."""
    if not row["lease_id"]:
        here = known.row(DocumentRange, row["id"])
        at = (row["first_number"], row["last_number"])
        return here is not None and here["first_number"] <= at[0] <= at[1] <= here["last_number"]
    lease = known.row(Lease, row["lease_id"])
    if lease is None or (lease["outlet"], lease["kind"]) != (told.entry.outlet, row["kind"]):
        return False
    span: dict[str, Any] = json.loads(lease["content"])
    return bool(
        span["code"] == row["code"]
        and span["first"] <= row["first_number"] <= row["last_number"] <= span["last"]
        and row["first_number"] <= row["next_number"] <= row["last_number"] + 1
    )


def _numbered(known: Known, told: Claim, paper: Row) -> bool:
    """Whether a paper's number is of a range of the outlet's that it names, and that was used up to it."""
    new = (row for row in told.added.get("document_range", ()) if row["id"] == paper["range_id"])
    here: Row | None = next(new, None) or known.row(DocumentRange, paper["range_id"])
    if here is None:
        return False
    moved: dict[str, Any] = {}
    for change in told.changed.get("document_range", ()):
        if change.key[0] == paper["range_id"]:
            moved.update(change.values)
    now = {**here, **moved}
    return (now["outlet"], now["kind"], now["code"]) == (told.entry.outlet, paper["kind"], paper["code"]) and here[
        "first_number"
    ] <= paper["number"] < now["next_number"]
