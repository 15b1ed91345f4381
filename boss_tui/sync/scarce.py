"""What is scarce, and goes from headquarters to outlets in blocks (leases): by the piece, or as runs of numbers.

The one list of kinds: handing down, asking for more, taking back and checking are made of it (design 6).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from data.tables.base import Table
from data.tables.resource import PhoneNumber, SimCard
from data.tables.stock import BlankCard, Handset, ImsiReserve, RechargeCard


@dataclass(frozen=True, slots=True)
class Pieces:
    """A kind that is counted by the piece.

    Attributes:
        model, key: its table, and the column that names a piece.
        free: the state in which a piece can be sold.
        sort: the column that says of what sort it is (grade, kind of card, model, face value); empty: all are alike.
        lost: the state of what is taken back without its holder's word: it is never sold as new.
        by_sort: whether an outlet asks for more sort by sort, and of such alone as it was handed before.
        lies: whether its pieces lie somewhere, and go from one place to another in a box, with a note.
    """

    model: type[Table]
    key: str
    free: str
    sort: str
    lost: str
    by_sort: bool = False
    lies: bool = True

    def sort_of(self, typed: str) -> str | int | None:
        """A sort as its column has it; None where it can be none of them."""
        if not self.sort or self.model.model_fields[self.sort].annotation is not int:
            return typed
        return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 16 else None


PIECES: Mapping[str, Pieces] = {
    "number": Pieces(PhoneNumber, "number", "idle", "grade", "quarantined", lies=False),
    "sim": Pieces(SimCard, "iccid", "in_stock", "kind", "void"),
    "blank": Pieces(BlankCard, "serial", "blank", "kind", "spoiled", by_sort=True),
    "imsi": Pieces(ImsiReserve, "imsi", "free", "", "void", by_sort=True, lies=False),
    "handset": Pieces(Handset, "imei", "in_stock", "model", "returned", by_sort=True),
    "card": Pieces(RechargeCard, "serial", "idle", "face_value", "locked", by_sort=True),
}
PAPERS = ("invoice", "receipt", "slip", "contract")
"""The kinds whose numbers are handed down as a run."""
IN_TRANSIT = "in_transit"
"""The state of a piece that is in a box on its way: nobody sells it."""
LYING = tuple(kind for kind, about in PIECES.items() if about.lies)
"""The kinds whose pieces are sent with transfer notes."""
KINDS = (*PIECES, *PAPERS)


def handed(model: type[Table], row: Mapping[str, Any]) -> dict[str, Any]:
    """A row as it is handed down: without what headquarters keeps to itself, or sends enciphered beside it."""
    return {**row, **dict.fromkeys((*model.__secret__, *model.__enciphered__), "")}
