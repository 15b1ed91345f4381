"""What the slips of the stock say: of a count 盘点表 what was counted, the books, the difference; of a transfer 调拨单
what is in the box, from where to where, what was missing; and who signs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from boss_tui.components.papers import fact, plain
from boss_tui.components.till.cash_slips import Slip, foot, head, signed
from boss_tui.locale import Words
from data.message import Message, say
from printers.document import Block, Cut, Document, HorizontalRule, KeyValue, Table, Text

Counted = tuple[Message, Message | str, int, int]
"""A kind of stock, what it is of, pieces by the books, pieces found."""
TITLE = say("Stock count")
TRANSFER = say("Transfer note")


Named = tuple[str, Message, str]
"""A serial that was not as it was expected: it, what is wrong, and what the books say of it."""


def stock_slip(words: Words, slip: Slip, counted: Sequence[Counted], named: Sequence[Named] = ()) -> Document:
    """The slip of a count. What differs stands again beneath the table, with the reason; of a count by serials each."""
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
        *(block for one in named for block in _named(w, *one)),
        *([fact(w, say("Reason"), slip.note)] if slip.note else []),
        *([] if over or short else [Text(w(say("All of it is as the books say.")))]),
        HorizontalRule(),
        *foot(w, slip),
        *signed(w, say("Signature of who counted"), slip.operator),
        *signed(w, say("Signature of the supervisor"), slip.approved_by),
        Cut(),
    ]
    return Document("report", tuple(blocks))


def _named(w: Words, serial: str, verdict: Message, detail: str) -> list[Block]:
    return [KeyValue(plain(w, serial), w(verdict)), *([Text(plain(w, detail), align="right")] if detail else [])]


def _table(w: Words, counted: Sequence[Counted]) -> Table:
    heads = (w(say("Stock")), w(say("Books")), w(say("Found")), w(say("Difference")))
    rows = tuple(
        (f"{w(kind)} {plain(w, of)}", str(book), str(found), f"{found - book:+d}" if found != book else "0")
        for kind, of, book, found in counted
    )
    return Table(heads, rows)


@dataclass(frozen=True, slots=True)
class PackedBox:
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
    blocks: list[Block] = [
        *head(w, slip, TRANSFER),
        fact(w, say("Sent from"), box.sender),
        fact(w, say("Sent to"), box.receiver),
        fact(w, say("Stock"), f"{w(box.stock)} {plain(w, box.of)}".strip()),
        HorizontalRule(),
        *([Table((w(say("Serials")), w(say("Pieces"))), rows)] if rows else []),
        KeyValue(w(say("In the box") if box.is_sent else say("Found in the box")), str(box.pieces), bold=True),
    ]
    if box.missing:
        blocks += [KeyValue(w(say("Missing pieces")), str(len(box.missing)), bold=True)]
        blocks += [Text(plain(w, serial)) for serial in box.missing]
    ends = (say("Signature of who packed it"), say("Signature of who unpacked it"))
    blocks += [
        *([fact(w, say("Reason"), slip.note)] if slip.note else []),
        HorizontalRule(),
        *foot(w, slip),
        *signed(w, ends[0] if box.is_sent else ends[1], slip.operator),
        *signed(w, say("Signature of who counted along"), slip.approved_by),
        Cut(),
    ]
    return Document("report", tuple(blocks))


def _run(first: str, last: str, pieces: int) -> list[tuple[str, str]]:
    """A run of serials beneath each other: two of them side by side are too wide for most rolls."""
    return [(first, str(pieces)), *([(f"-{last}", "")] if last != first else [])]
