"""What the slip of a count of the stock 盘点表 says: what was counted, the books, the difference, who signs."""

from __future__ import annotations

from collections.abc import Sequence

from boss_tui.components.papers import plain
from boss_tui.components.till.cash_slips import Slip, foot, head, signed
from boss_tui.locale import Words
from data.message import Message, say
from printers.document import Document, Table

Counted = tuple[Message, Message | str, int, int]
"""A kind of stock, what it is of, pieces by the books, pieces found."""
TITLE = say("Stock count")


def stock_slip(words: Words, slip: Slip, counted: Sequence[Counted]) -> Document:
    """The slip of a count. What differs stands again beneath the table, with the reason."""
    over = sum(max(0, found - book) for _, _, book, found in counted)
    short = sum(max(0, book - found) for _, _, book, found in counted)
    signers = ((say("Signature of who counted"), slip.operator), (say("Signature of the supervisor"), slip.approved_by))
    said = {
        **head(words, slip),
        "table": _table(words, counted),
        "over": str(over),
        "short": str(short),
        "reason": slip.note,
        "agrees": not (over or short),
        **foot(slip),
        "signatures": signed(words, signers),
    }
    return slip.layouts.paper("stock_count", words, said, of="report")


def _table(w: Words, counted: Sequence[Counted]) -> Table:
    heads = (w(say("Stock")), w(say("Books")), w(say("Found")), w(say("Difference")))
    rows = tuple(
        (f"{w(kind)} {plain(w, of)}", str(book), str(found), f"{found - book:+d}" if found != book else "0")
        for kind, of, book, found in counted
    )
    return Table(heads, rows)
