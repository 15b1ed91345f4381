"""A document becomes lines: what stands where on a paper of so many columns.

Everything about width is decided here, in GBK bytes. Bytes for the printer and the preview on the screen are both made
from these lines and from nothing else, so they cannot disagree.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Literal, NamedTuple

from printers.charset import true, width
from printers.document import (
    QR,
    Barcode,
    Block,
    Cut,
    Document,
    Drawer,
    Feed,
    HorizontalRule,
    KeyValue,
    Logo,
    Row,
    Table,
    Text,
)
from printers.rows import row_texts
from printers.symbols import barcode_fits, clean, qr_size
from printers.tables import table_texts
from printers.wrap import placed, widest_word, wrap


class PrintLine(NamedTuple):
    """One line of paper, or one thing that the printer does.

    Attributes:
        kind: text, qr, barcode, logo, cut or drawer.
        text: true (see `charset`) and aligned with blanks by us; or the data of the symbol, the number of the logo.
        bold: printed heavier.
        scale: 1, or 2 for double width and height (8 at most).
        size: dots per module of a QR code.
        columns: of the paper, at scale 1.
    """

    kind: Literal["text", "qr", "barcode", "logo", "cut", "drawer"]
    text: str = ""
    bold: bool = False
    scale: int = 1
    size: int = 0
    columns: int = 48


def layout(document: Document, columns: int) -> tuple[PrintLine, ...]:
    """The lines of the document on a paper of so many columns (2 or more; 32 is 58 mm, 48 is 80 mm).

    No text line is wider than the columns; no character is split; nothing of the document is left out.
    """
    if columns < 2:
        raise ValueError(f"a Han character needs two columns, not {columns}")
    return tuple(line for block in document.blocks for line in lined(block, columns))


def lined(block: Block, columns: int) -> tuple[PrintLine, ...]:
    """The lines of one block."""
    return tuple(_LINES[type(block)](block, columns))


def _text(block: Text, columns: int) -> Iterator[PrintLine]:
    scale = _scale(block, columns)
    for part in wrap(block.text, columns // scale):
        yield PrintLine("text", placed(part, columns // scale, block.align), block.bold, scale, columns=columns)


def _key_value(block: KeyValue, columns: int) -> Iterator[PrintLine]:
    label, value = true(block.label), true(block.value)
    if block.align == "left":
        texts = _hanging(label, value, columns)
    elif width(label) + 1 + width(value) <= columns:
        texts = [label + " " * (columns - width(label) - width(value)) + value]
    else:
        texts = [*wrap(label, columns), *(placed(part, columns, "right") for part in wrap(value, columns))]
    for text in texts:
        yield PrintLine("text", text.rstrip(), block.bold, columns=columns)


def _row(block: Row, columns: int) -> Iterator[PrintLine]:
    for text in row_texts(block, columns):
        yield PrintLine("text", text, block.bold, columns=columns)


def _table(block: Table, columns: int) -> Iterator[PrintLine]:
    for text, bold in table_texts(block, columns):
        yield PrintLine("text", text, bold, columns=columns)


def _rule(block: HorizontalRule, columns: int) -> Iterator[PrintLine]:
    character = true(block.character).strip()[:1]
    yield PrintLine("text", (character if width(character) == 1 else "-") * columns, columns=columns)


def _qr(block: QR, columns: int) -> Iterator[PrintLine]:
    data = clean(block.data)
    size = qr_size(data, columns)
    if size:
        yield PrintLine("qr", data, size=size, columns=columns)
    else:
        yield from _text(Text(data, align="center"), columns)


def _barcode(block: Barcode, columns: int) -> Iterator[PrintLine]:
    data = clean(block.data)
    if barcode_fits(data, columns):
        yield PrintLine("barcode", data, columns=columns)
    else:
        yield from _text(Text(data, align="center"), columns)


def _logo(block: Logo, columns: int) -> Iterator[PrintLine]:
    yield PrintLine("logo", str(block.number), columns=columns)


def _feed(block: Feed, columns: int) -> Iterator[PrintLine]:
    for _each in range(max(0, block.lines)):
        yield PrintLine("text", columns=columns)


def _cut(_block: Cut, columns: int) -> Iterator[PrintLine]:
    yield PrintLine("cut", columns=columns)


def _drawer(_block: Drawer, columns: int) -> Iterator[PrintLine]:
    yield PrintLine("drawer", columns=columns)


_LINES: dict[type[Block], Callable[[Any, int], Iterator[PrintLine]]] = {
    Text: _text,
    KeyValue: _key_value,
    Row: _row,
    Table: _table,
    HorizontalRule: _rule,
    QR: _qr,
    Barcode: _barcode,
    Logo: _logo,
    Feed: _feed,
    Cut: _cut,
    Drawer: _drawer,
}
"""The lines of each kind of block. By its type itself: a search through its kinds costs more than most lines do."""


def _scale(block: Text, columns: int) -> int:
    """How large the text is: as it asks, or smaller where a word of it would have to be split."""
    asked = max(1, min(block.scale, columns // 2, 8))
    if asked == 1:
        return 1
    texts = [true(part) for part in block.text.splitlines()]
    if all(width(text) * asked <= columns for text in texts):
        return asked
    widest = max(widest_word(text, width) for text in texts)
    least = 1 if widest <= columns else asked
    return next((scale for scale in range(asked, 1, -1) if widest * scale <= columns), least)


def _hanging(label: str, value: str, columns: int) -> list[str]:
    """The value right after the label, its further lines beneath its first; beneath the label if that is too narrow,
    or would split a word of it."""
    indent = width(label) + 1
    room = columns - indent
    if not label or indent > columns // 2 or (width(value) > room and room < widest_word(value, width) <= columns):
        return list(wrap(f"{label} {value}".strip(), columns))
    first, *more = wrap(value, room)
    return [f"{label} {first}", *(" " * indent + part for part in more)]
