"""What is counted: a piece leaves the shelf unsold where a count that two people signed misses it, and nowhere else.

Boxes on their way: `transfers`. Source: management-facts 5.4; at the hall: `boss_tui.components.stock.piece_count`.
"""

from __future__ import annotations

from collections.abc import Iterator

from boss_tui.headquarters.rules.claim import Claim, Known
from boss_tui.sync.effects import Fault
from boss_tui.sync.scarce import IN_TRANSIT, LYING, PIECES
from data.tables.stock import PieceCount

MISSING = "missing"
"""What a count says of a piece that was not found."""


def judge(known: Known, told: Claim) -> Iterator[Fault]:
    """Pieces that leave the shelf by a count, though none that two people signed misses them; boxes: `transfers`."""
    if told.entry.kind.partition(".")[0] != "stock":
        return
    signed = {
        row["id"] for row in told.added.get("stock_count", ()) if row["approved_by"] not in ("", row["counted_by"])
    }
    counts = {
        change.key[0]: known.row(PieceCount, *change.key)
        for change in told.changed.get("piece_count", ())
        if change.values.get("count_id") in signed
    }
    lacking = {
        (row["count_id"], row["piece"]) for row in told.added.get("piece_difference", ()) if row["verdict"] == MISSING
    }
    for kind in LYING:
        about = PIECES[kind]
        table = str(about.model.__tablename__)
        missed = {piece for count, piece in lacking if (counts.get(count) or {}).get("kind") == kind}
        for change in told.changed.get(table, ()):
            after, here = change.values.get("state"), known.row(about.model, *change.key)
            if after is None or here is None or IN_TRANSIT in (after, here["state"]):
                continue
            if after != about.lost or change.key[0] not in missed:
                yield Fault("stock", {"what": f"{table} {change.key[0]}", "table": table})
