"""What the slip of a count of the stock 盘点表 says: what was counted, the books, the difference, who signs."""

from __future__ import annotations

from collections.abc import Sequence

from boss_tui.components.papers import fact, plain
from boss_tui.components.till.cash_slips import Slip, foot, head, signed
from boss_tui.locale import Words
from data.message import Message, say
from printers.document import Block, Cut, Document, HorizontalRule, KeyValue, Table, Text

Counted = tuple[Message, Message | str, int, int]
"""A kind of stock, what it is of, pieces by the books, pieces found."""
TITLE = say("Stock count")


def stock_slip(words: Words, slip: Slip, counted: Sequence[Counted]) -> Document:
    """The slip of a count. What differs stands again beneath the table, with the reason."""
    w = words
    over = sum(max(0, found - book) for _, _, book, found in counted)
    short = sum(max(0, book - found) for _, _, book, found in counted)
    blocks: list[Block] = [
        *head(w, slip, TITLE),
        HorizontalRule(),
        _table(w, counted),
        HorizontalRule(),
        KeyValue(w(say("Pieces over")), str(over), bold=True),
        KeyValue(w(say("Pieces short")), str(short), bold=True),
        *([fact(w, say("Reason"), slip.note)] if slip.note else []),
        *([] if over or short else [Text(w(say("All of it is as the books say.")))]),
        HorizontalRule(),
        *foot(w, slip),
        *signed(w, say("Signature of who counted"), slip.operator),
        *signed(w, say("Signature of the supervisor"), slip.approved_by),
        Cut(),
    ]
    return Document("report", tuple(blocks))


def _table(w: Words, counted: Sequence[Counted]) -> Table:
    heads = (w(say("Stock")), w(say("Books")), w(say("Found")), w(say("Difference")))
    rows = tuple(
        (f"{w(kind)} {plain(w, of)}", str(book), str(found), f"{found - book:+d}" if found != book else "0")
        for kind, of, book, found in counted
    )
    return Table(heads, rows)
