"""Writing down what was done to pieces of stock at the office: it is part of the life of each."""

from __future__ import annotations

from collections.abc import Sequence

from boss_tui.components.base import Context
from data.clock import new_key
from data.tables.stockroom import StockEvent


def events(context: Context, kind: str, act: str, pieces: Sequence[tuple[str, str, str]], reason: str = "") -> None:
    """The same was done to several pieces: each with what it was before and is after."""
    tx = context.tx
    told = {
        "kind": kind,
        "act": act,
        "reason": reason,
        "operator": context.operator,
        "business_date": context.business_date,
        "made_at": tx.now(),
    }
    rows = [
        {"id": new_key(tx.clock), "piece": piece, "before": before, "after": after, **told}
        for piece, before, after in pieces
    ]
    if rows:
        tx.add_many(StockEvent, rows)
