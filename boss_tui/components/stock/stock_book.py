"""What the books say is in stock at an outlet, by kind and what it is of: what a count of the stock is held against.

Each question is an index's range. Numbers are no pieces that lie anywhere, and blanks of documents are counted by their
own numbers (`number_stock`).
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Text, bindparam, cast, func, literal, select, union_all

from boss_tui.components.stock.pieces import LYING, PIECES
from boss_tui.forms.typed import yuan
from data.message import Message, both, say
from data.states import card_kinds
from data.store import Reading
from data.tables.organisation import Outlet
from data.tables.product import Product

Piece = tuple[str, str]
"""A kind of stock, and what it is of: a kind of card, a model, a face value in fen."""


def _pieces(kind: str) -> Any:
    """Pieces that can be sold at the outlet, by what they are of."""
    about = PIECES[kind]
    table = about.model.table()
    of = table.c[about.sort]
    return (
        select(literal(kind), cast(of, Text), func.count())
        .where(table.c.outlet == bindparam("outlet"), table.c.state == about.free)
        .group_by(of)
    )


_STOCK = union_all(*map(_pieces, LYING))


def book(reading: Reading, outlet: str) -> dict[Piece, int]:
    """Pieces that must be there, in their order."""
    return {(kind, str(of)): pieces for kind, of, pieces in reading.rows(_STOCK, outlet=outlet)}


def called(reading: Reading, kind: str, of: str) -> Message | str:
    """What a piece is of, in words: a kind of card, a model, a face value."""
    if kind == "handset":
        row = reading.find(Product, code=of)
        return both(row.name_zh, row.name_en) if row is not None else of
    if not of:
        return "-"
    return yuan(int(of)) if kind == "card" else card_kinds(of)


def place(reading: Reading, outlet: str) -> Message:
    """What a place where stock lies is called: an outlet, or headquarters (empty)."""
    row = reading.find(Outlet, code=outlet) if outlet else None
    if row is not None:
        return both(f"{outlet} {row.name_zh}", f"{outlet} {row.name_en or row.name_zh}")
    return both(outlet, outlet) if outlet else say("Headquarters")
