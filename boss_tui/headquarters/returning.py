"""What is unsold of a block comes out of an outlet's hands: free again at its word, never sold as new without it."""

from __future__ import annotations

from typing import Any

from boss_tui.components.resources.leases import RECLAIMED, RETURNED
from boss_tui.management.stock_events import events
from boss_tui.sync.scarce import PIECES, Pieces, handed
from data.clock import new_key
from data.statements import keys
from data.store import UnitOfWork
from data.tables.document import DocumentRange
from data.tables.sync import Lease

Rows = dict[str, list[dict[str, Any]]]
NO_PART = dict.fromkeys(("part_first", "part_last", "part_to", "part_asked_at"), "")
"""What stands in a block of which no part is asked for."""


def free_unsold(tx: UnitOfWork, lease: Lease) -> Rows:
    """The outlet has stopped selling from a block that was recalled: what is left of it is headquarters' own again."""
    if lease.kind in PIECES:
        return _pieces(tx, lease, RETURNED, outlet="", lease_id="")
    return _numbers(tx, lease, "open")


def give_up_part(tx: UnitOfWork, lease: Lease) -> list[Any]:
    """The outlet has stopped selling the part of a block that was asked for: what is left of it is nobody's."""
    about = PIECES[lease.kind]
    left = [row for row in tx.all(about.model, lease_id=lease.id, order=keys(about.model)) if _is_free(row, about)]
    left = [row for row in left if lease.part_first <= getattr(row, about.key) <= lease.part_last]
    events(tx, lease.kind, RETURNED, [(getattr(row, about.key), about.free, about.free) for row in left], lease.id)
    return list(tx.change_alike(left, outlet="", lease_id=""))


def put_aside_unsold(tx: UnitOfWork, lease: Lease) -> Rows:
    """Nobody knows whether the outlet still sells: what is left, as far as it is known here, is kept out of sale."""
    if lease.kind in PIECES:
        return _pieces(tx, lease, RECLAIMED, state=PIECES[lease.kind].lost, outlet="")
    return _numbers(tx, lease, "returned")


def _pieces(tx: UnitOfWork, lease: Lease, act: str, **values: Any) -> Rows:
    """What is left of a block becomes this; that it was in the block stays on record with each piece."""
    about = PIECES[lease.kind]
    left = [row for row in tx.all(about.model, lease_id=lease.id, order=keys(about.model)) if _is_free(row, about)]
    after = values.get("state", about.free)
    events(tx, lease.kind, act, [(getattr(row, about.key), about.free, after) for row in left], lease.id)
    return {str(about.model.__tablename__): [handed(about.model, tx.change(row, **values).__dict__) for row in left]}


def _is_free(row: Any, about: Pieces) -> bool:
    return bool(row.state == about.free)


def _numbers(tx: UnitOfWork, lease: Lease, state: str) -> Rows:
    """The unused numbers of a block's ranges. What a range has used of them stays its outlet's, for its documents."""
    ended = []
    for row in tx.all(DocumentRange, lease_id=lease.id, state="open", order=("first_number",)):
        first, nobody = row.next_number, {"outlet": "", "lease_id": "", "counter": "", "state": state}
        if first == row.first_number:
            ended.append(tx.change(row, **nobody))
            continue
        tx.add(
            DocumentRange,
            id=new_key(tx.clock),
            kind=row.kind,
            code=row.code,
            first_number=first,
            last_number=row.last_number,
            next_number=first,
            **nobody,
        )
        ended.append(tx.change(row, last_number=first - 1, state="used_up"))
    return {"document_range": [dict(row.__dict__) for row in ended]}
