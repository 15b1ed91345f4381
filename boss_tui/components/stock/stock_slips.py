"""What the slips of the stock say: of a count 盘点表 what was counted, the books, the difference; of a transfer 调拨单
what is in the box, from where to where, what was missing; and who signs."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from boss_tui.components.documents.papers import plain
from boss_tui.components.till.cash_slips import Slip, foot, head, signed
from boss_tui.locale import Words
from data.message import Message, say
from printers.document import Document, Table

Counted = tuple[Message, Message | str, int, int]
"""A kind of stock, what it is of, pieces by the books, pieces found."""
TITLE = say("Stock count")
TRANSFER = say("Transfer note")


Named = tuple[str, Message, Message | str]
"""A serial that was not as it was expected: it, what is wrong, and what the books say of it."""


def stock_slip(words: Words, slip: Slip, counted: Sequence[Counted], named: Sequence[Named] = ()) -> Document:
    """The slip of a count. What differs stands again beneath the table, with the reason; of a count by serials each."""
    over = sum(max(0, found - book) for _, _, book, found in counted)
    short = sum(max(0, book - found) for _, _, book, found in counted)
    signers = ((say("Signature of who counted"), slip.operator), (say("Signature of the supervisor"), slip.approved_by))
    said = {
        **head(words, slip),
        "table": _table(words, counted),
        "over": str(over),
        "short": str(short),
        "serials": [
            {"serial": serial, "verdict": words(verdict), "detail": plain(words, detail)}
            for serial, verdict, detail in named
        ],
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


class PackedBox(Struct, frozen=True):
    """What a transfer note is of at one end. `runs`: serials that lie side by side, as first, last, pieces; `missing`:
    serials that were not found."""

    stock: Message
    of: Message | str
    sender: Message
    receiver: Message
    is_sent: bool
    pieces: int
    runs: Sequence[tuple[str, str, int]]
    missing: Sequence[str] = ()


def transfer_slip(words: Words, slip: Slip, box: PackedBox) -> Document:
    """The paper that goes along with a box, or the one that says what was found in it."""
    w = words
    rows = tuple(row for run in box.runs for row in _run(*run))
    packs = say("Signature of who packed it") if box.is_sent else say("Signature of who unpacked it")
    signers = ((packs, slip.operator), (say("Signature of who counted along"), slip.approved_by))
    said = {
        **head(w, slip),
        "sender": w(box.sender),
        "receiver": w(box.receiver),
        "stock": f"{w(box.stock)} {plain(w, box.of)}".strip(),
        "table": Table((w(say("Serials")), w(say("Pieces"))), rows) if rows else None,
        "is_sent": box.is_sent,
        "pieces": str(box.pieces),
        "missing": [{"serial": serial} for serial in box.missing],
        "missing_pieces": str(len(box.missing)),
        "reason": slip.note,
        **foot(slip),
        "signatures": signed(w, signers),
    }
    return slip.layouts.paper("transfer", w, said, of="report")


def _run(first: str, last: str, pieces: int) -> list[tuple[str, str]]:
    """A run of serials beneath each other: two of them side by side are too wide for most rolls."""
    return [(first, str(pieces)), *([(f"-{last}", "")] if last != first else [])]
