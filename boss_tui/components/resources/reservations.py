"""What a draft holds of the stock 预占, for those who hold nothing themselves (`resources`)."""

from __future__ import annotations

from data.store import UnitOfWork
from data.tables.resource import Reservation


def release(tx: UnitOfWork, draft_id: str, state: str = "released") -> None:
    """Let go of everything that a draft holds."""
    for row in tx.all(Reservation, draft_id=draft_id, state="active"):
        tx.change(row, state=state)
