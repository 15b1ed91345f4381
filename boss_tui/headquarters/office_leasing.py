"""Blocks as the office hands them and asks for them (`components.resources.leases.Leasing`)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from boss_tui.components.resources.leases import Block, Part
from boss_tui.headquarters.lease_parts import ask_part_back
from boss_tui.headquarters.leases import Wanted, ask_back, hand, take_back
from data.clock import new_key
from data.store import UnitOfWork
from data.tables.sync import Lease


class OfficeLeasing:
    """Blocks as the office hands them: in a transaction of its desk, whose journal does not tell of the pieces."""

    def hand(self, tx: UnitOfWork, block: Block) -> Lease:
        """See `hand_down`."""
        key = new_key(tx.clock)
        wanted = Wanted(block.outlet, block.kind, block.pieces, block.of, key, block.first, block.last)
        with _of_outlet(tx, block.outlet):
            return hand(tx, wanted, block.sell_until)

    def recall(self, tx: UnitOfWork, lease_id: str) -> Lease:
        """See `recall`."""
        with _of_outlet(tx, tx.one(Lease, id=lease_id).outlet):
            return ask_back(tx, lease_id)

    def recall_part(self, tx: UnitOfWork, lease_id: str, part: Part) -> Lease:
        """See `lease_parts.ask_part_back`."""
        with _of_outlet(tx, tx.one(Lease, id=lease_id).outlet):
            return ask_part_back(tx, lease_id, part)

    def reclaim(self, tx: UnitOfWork, lease_id: str, decided_by: str) -> Lease:
        """See `reclaim`."""
        with _of_outlet(tx, tx.one(Lease, id=lease_id).outlet):
            return take_back(tx, lease_id, decided_by)


@contextmanager
def _of_outlet(tx: UnitOfWork, outlet: str) -> Iterator[None]:
    """What is handed to an outlet stands in its feed, under its lock."""
    tx.lock(outlet)
    with tx.received():
        yield
