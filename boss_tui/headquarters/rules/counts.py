"""What is counted: a piece leaves the shelf unsold where a count that two people signed misses it, and comes back where
a later one finds it; nowhere else.

Boxes on their way: `transfers`. Source: management-facts 5.4; at the hall: `boss_tui.components.stock.piece_count`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from boss_tui.components.resources.leases import ENDED
from boss_tui.components.stock.piece_count import FOUND, MISSING, is_missed
from boss_tui.headquarters.rules.claim import Claim, Known, Row
from boss_tui.sync.effects import Fault
from boss_tui.sync.scarce import IN_TRANSIT, LYING, PIECES, Pieces
from data.statements import table_name
from data.tables.stock import PieceCount, PieceDifference
from data.tables.sync import Lease


def judge(known: Known, told: Claim) -> Iterator[Fault]:
    """Pieces that a count takes off the shelf or puts back, though none that two people signed says so, or there was
    nothing to take or to put back; and what it says of them without doing it. Boxes: `transfers`."""
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
    verdicts = {
        (row["count_id"], row["piece"]): row["verdict"]
        for row in told.added.get("piece_difference", ())
        if row["verdict"] in (MISSING, FOUND)
    }
    for kind in LYING:
        about = PIECES[kind]
        said = {
            piece: verdict
            for (count, piece), verdict in verdicts.items()
            if (counts.get(count) or {}).get("kind") == kind
        }
        yield from _moved(known, told, about, said)


def _moved(known: Known, told: Claim, about: Pieces, said: Mapping[str, str]) -> Iterator[Fault]:
    """What is wrong with the pieces of a kind, by what signed counts say of them."""
    table = table_name(about.model)
    turns = {MISSING: (about.free, about.lost), FOUND: (about.lost, about.free)}
    done = set[str]()
    for change in told.changed.get(table, ()):
        piece, after = change.key[0], change.values.get("state")
        here = known.row(about.model, piece)
        if after is None or here is None:
            continue
        done.add(piece)
        if IN_TRANSIT in (after, here["state"]):
            continue
        verdict = said.get(piece, "")
        before, becomes = turns.get(verdict, ("", ""))
        is_so = here["state"] == before or change.base < here["revision"]  # what is stale is not written
        if not is_so or after != becomes or (verdict == FOUND and not _was_missed(known, here, piece)):
            yield Fault("stock", {"what": f"{table} {piece}", "table": table})
    for piece in sorted(said.keys() - done):
        if known.row(about.model, piece) is not None:
            yield Fault("stock", {"what": f"{table} {piece}", "table": table})


def _was_missed(known: Known, here: Row, piece: str) -> bool:
    """Whether it was a count that lost a piece, and its block is the outlet's still."""
    lease = known.row(Lease, here["lease_id"]) if here["lease_id"] else None
    if lease is not None and lease["state"] in ENDED:
        return False
    return is_missed(row["verdict"] for row in known.told(PieceDifference, piece=piece))
