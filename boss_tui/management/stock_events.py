"""Writing down what was done to pieces of stock at headquarters: it is part of the life of each."""

from __future__ import annotations

from collections.abc import Sequence

from data.clock import new_key
from data.store import UnitOfWork
from data.tables.stockroom import StockEvent

Piece = tuple[str, str, str]
"""What names it, what it was before, and what it is after."""


def events(tx: UnitOfWork, kind: str, act: str, pieces: Sequence[Piece], reason: str = "") -> None:
    """The same was done to several pieces of a kind, by the author of the transaction."""
    author = tx.author
    told = {
        "kind": kind,
        "act": act,
        "reason": reason,
        "operator": author.operator,
        "business_date": author.business_date,
        "made_at": tx.now(),
    }
    rows = [
        {"id": new_key(tx.clock), "piece": piece, "before": before, "after": after, **told}
        for piece, before, after in pieces
    ]
    if rows:
        tx.add_many(StockEvent, rows)
