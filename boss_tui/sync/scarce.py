"""What is scarce, and goes from headquarters to outlets in blocks (leases): by the piece, or as runs of numbers.

The one list of kinds: handing down, asking for more, taking back and checking are made of it (design 6).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from boss_tui.components.stock.pieces import IN_TRANSIT, LYING, PIECES, Pieces
from data.tables.base import Table

__all__ = ["IN_TRANSIT", "KINDS", "LYING", "PAPERS", "PIECES", "Pieces", "handed"]

PAPERS = ("invoice", "receipt", "slip", "contract")
"""The kinds whose numbers are handed down as a run."""
KINDS = (*PIECES, *PAPERS)


def handed(model: type[Table], row: Mapping[str, Any]) -> dict[str, Any]:
    """A row as it is handed down: without what headquarters keeps to itself, or sends enciphered beside it."""
    return {**row, **dict.fromkeys((*model.__secret__, *model.__enciphered__), "")}
