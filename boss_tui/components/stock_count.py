"""Counting the stock 库存盘点: SIM cards, blank cards, handsets and recharge cards, held against the books (M7, M11).

Plain functions over a unit of work. A count changes nothing of the stock: it puts on record what was found, when, by
whom. What differs needs a reason and a supervisor's word; headquarters sees to the rest.
"""

from __future__ import annotations

from collections.abc import Mapping

from boss_tui.components.stock_book import Piece, book
from data.clock import new_key
from data.errors import NotAllowed
from data.message import say
from data.store import UnitOfWork
from data.tables.stock import StockCount, StockPiece

MOST = 1_000_000
"""Pieces of one kind: more is a slip of the finger."""


def count(
    tx: UnitOfWork, found: Mapping[Piece, int], *, reason: str = "", approved_by: str = ""
) -> tuple[StockCount, list[StockPiece]]:
    """Put a count on record: pieces found, by kind and what they are of. What is not named was not counted.
    `approved_by`: the supervisor whose word it has, who may be the one who counts. NotAllowed names the field: counts,
    reason, approved_by."""
    author = tx.author
    expected = book(tx, author.outlet)
    _must_be_counted(found, expected)
    differs = any(pieces != expected[piece] for piece, pieces in found.items())
    if differs and not reason.strip():
        told = say("The count differs from the books: count again, or give a reason.")
        raise NotAllowed(told, field="reason")
    if differs and not approved_by:
        told = say("The count differs from the books: a supervisor must see it and approve.")
        raise NotAllowed(told, field="approved_by")
    before = tx.all(StockCount, outlet=author.outlet, order=("-number",))
    row = tx.add(
        StockCount, id=new_key(tx.clock), outlet=author.outlet, number=before[0].number + 1 if before else 1,
        business_date=author.business_date, reason=reason.strip(), counted_by=author.operator,
        approved_by=approved_by if differs else "", made_at=tx.now(),
    )  # fmt: skip
    pieces = [
        tx.add(StockPiece, count_id=row.id, kind=kind, of=of, expected=expected[kind, of], counted=found[kind, of])
        for kind, of in expected if (kind, of) in found
    ]  # fmt: skip
    return row, pieces


def _must_be_counted(found: Mapping[Piece, int], expected: Mapping[Piece, int]) -> None:
    if not found:
        raise NotAllowed(say("Count something first: a number of pieces beside it."), field="counts")
    for (kind, of), pieces in found.items():
        if (kind, of) not in expected:
            raise NotAllowed(say("There is no stock here of {what}.", what=f"{kind}:{of}"), field="counts")
        if not 0 <= pieces <= MOST:
            raise NotAllowed(say("How many pieces, such as 12."), field="counts")
