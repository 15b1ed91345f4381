"""The blocks of a document become parts of a page: runs of facts in two columns, tables, paragraphs, codes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from printers.a4.pieces import (
    BASE,
    LEFT,
    RIGHT,
    ROOM,
    Bar,
    Mark,
    Measure,
    Part,
    Picture,
    Piece,
    Stroke,
    Word,
    base_line,
    line_height,
    set_at,
)
from printers.a4.tables import table_part
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
    Row,
    Table,
    Text,
)
from printers.symbols import clean
from printers.wrap import broken

GUTTER = 8.0
HALF = (ROOM - GUTTER) / 2
GAP = 3.0
LABEL = 2.5
"""Millimetres between a label and what follows it."""
SIGNING = 11.0
"""Millimetres of height that a hand has to sign in."""
QR_SIDE, BAR_HEIGHT = 32.0, 12.0
MODULES = (25.4 / 50, 25.4 / 60, 25.4 / 75, 25.4 / 100)
"""Millimetres of a module of a barcode, the widest that has room: whole dots of an office printer."""
_QUIET = 20
"""Modules that are blank beside a barcode, on both sides together."""
HEADING = 11.0


class PlacedLogo(NamedTuple):
    """A logo as a page shows it: its picture, and how large it is, in millimetres."""

    png: bytes
    width: float
    height: float


def parts(document: Document, measure: Measure) -> Iterator[Part]:
    """The document in parts, in its order. Lines to sign on stay together, with the names beneath them."""
    held: Part | None = None
    for part, signed in _torn(document, measure):
        if held is not None and signed and not part.breaks:
            held = Part((*held.body, *part.title, *part.body), held.title, held.head, held.breaks)
            continue
        if held is not None:
            yield held
        held = part if signed else None
        if not signed:
            yield part
    if held is not None:
        yield held


def _torn(document: Document, measure: Measure) -> Iterator[tuple[Part, bool]]:
    """The parts as they come, and whether somebody signs there. A bold line and a line across belong to what comes
    after them."""
    title: list[Piece] = []
    breaks = signed = False
    blocks = [block for block in document.blocks if not isinstance(block, Drawer)]
    for run in _runs(blocks):
        first = run[0]
        if isinstance(first, Cut):
            if title:
                yield Part(tuple(title), breaks=breaks), False
            title, breaks, signed = [], True, False
        elif isinstance(first, HorizontalRule | Feed) or _is_heading(first):
            title += [piece for block in run for piece in _title(block, measure)]
        else:
            named = signed and isinstance(first, Text) and first.align == "right"  # who signs, beneath the line
            made = _name(first, title, measure) if named else _part(run, tuple(title), measure)
            signed = isinstance(last := run[-1], KeyValue) and _is_signature(last)
            yield Part(made.body, made.title, made.head, breaks), signed or named
            title, breaks = [], False
    if title:
        yield Part(tuple(title), breaks=breaks), False


def _name(block: Block, title: Sequence[Piece], measure: Measure) -> Part:
    """A name beneath the line that it is signed on."""
    pieces = _paragraphs(block, BASE, measure, HALF) if isinstance(block, Text) else ()
    return Part(tuple(pieces), tuple(title))


def _runs(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """Facts that follow each other, rows of one table, and each other block alone."""
    for kind, run in groupby(blocks, key=type):
        if kind in {KeyValue, Row}:
            yield list(run)
        else:
            yield from ([block] for block in run)


def _is_heading(block: Block) -> bool:
    return isinstance(block, Text) and block.bold and block.align == "left" and block.scale == 1


def _title(block: Block, measure: Measure) -> Iterator[Piece]:
    if isinstance(block, HorizontalRule):
        yield Piece(GAP, gap=True)
        if block.character == "=":
            yield Piece(1.2, (Stroke(LEFT, 0, RIGHT, 0.4),))
    elif isinstance(block, Feed):
        yield Piece(GAP * max(0, block.lines), gap=True)
    elif isinstance(block, Text):
        yield from _paragraphs(block, HEADING, measure)


def _part(run: Sequence[Block], title: tuple[Piece, ...], measure: Measure) -> Part:
    match run[0]:
        case Table(heads, rows, aligns, total, bars):
            return table_part(title, heads, rows, total, aligns, measure, bars)
        case Row():
            return _rows([block for block in run if isinstance(block, Row)], title, measure)
        case KeyValue():
            return Part(tuple(_facts([block for block in run if isinstance(block, KeyValue)], measure)), title)
        case one:
            return Part(tuple(_alone(one, measure)), title)


def _alone(block: Block, measure: Measure) -> Iterator[Piece]:
    """What is no part of a run: a paragraph or a code."""
    match block:
        case Text():
            yield from _paragraphs(block, BASE * _scale(block.scale), measure)
            if block.scale > 1:
                yield Piece(GAP / 2, gap=True)
        case QR(data) if clean(data):
            yield from _qr(clean(data), measure)
        case Barcode(data) if clean(data):
            yield from _barcode(clean(data), measure)
        case PlacedLogo(png, width, height):
            at = LEFT + (ROOM - width) / 2
            yield Piece(height + GAP, (Picture(at, 0, width, height, png),))


def _scale(asked: int) -> float:
    """A page needs no letters of double size where a roll does."""
    return 1.0 + 0.75 * max(0, min(asked, 8) - 1)


def _rows(rows: Sequence[Row], title: tuple[Piece, ...], measure: Measure) -> Part:
    """Rows that follow each other are a table: a bold one before them is its head, one after them its total. One with
    fewer cells than others ends with blanks."""
    columns = max(len(row.cells) for row in rows)
    if not columns:
        return Part((), title)
    cells = [(*row.cells, *[""] * (columns - len(row.cells))) for row in rows]
    head = cells.pop(0) if rows[0].bold and len(cells) > 1 else ()
    total = cells.pop() if rows[-1].bold and len(cells) > 1 else ()
    return table_part(title, head, cells, total, rows[0].aligns, measure)


def _paragraphs(block: Text, size: float, measure: Measure, room: float = ROOM) -> Iterator[Piece]:
    high = line_height(size)
    for paragraph in block.text.splitlines() or [""]:
        for text in broken(paragraph, room, lambda part: measure(part, size)):
            x = set_at(text, LEFT, room, block.align, size, measure)
            yield Piece(high, (Word(x, base_line(size), text, size, block.bold),) if text else ())


def _facts(run: Sequence[KeyValue], measure: Measure) -> Iterator[Piece]:
    """Labels and values, two beside each other where both have room in half of the page."""
    labels = max((_width(one.label, measure) for one in run if one.align == "left"), default=0.0) + LABEL
    tab = min(labels, HALF / 2)
    waiting: KeyValue | None = None
    for one in run:
        if _is_signature(one) and _is_short(one, tab, measure):
            yield from _beside(waiting, None, tab, measure)
            yield _signature(one, measure)
            waiting = None
        elif not _is_short(one, tab, measure):
            yield from _beside(waiting, None, tab, measure)
            yield from _long(one, tab, measure)
            waiting = None
        elif waiting is None:
            waiting = one
        else:
            yield from _beside(waiting, one, tab, measure)
            waiting = None
    yield from _beside(waiting, None, tab, measure)


def _is_signature(one: KeyValue) -> bool:
    """Whether its value is a line to write on."""
    return bool(one.value) and not one.value.strip("_")


def _signature(one: KeyValue, measure: Measure) -> Piece:
    """A line to sign on over the left half of the page; the text keeps its signs, for whoever copies it."""
    down = SIGNING - line_height()
    label = Word(LEFT, down + base_line(), one.label, BASE, one.bold, grey=not one.bold)
    signs = Word(LEFT + HALF - _width(one.value, measure), down + base_line(), one.value)
    line = Stroke(LEFT + _width(one.label, measure) + LABEL, down + base_line() + 0.6, LEFT + HALF)
    return Piece(SIGNING, (label, signs, line))


def _width(text: str, measure: Measure) -> float:
    return measure(text, BASE)


def _is_short(one: KeyValue, tab: float, measure: Measure) -> bool:
    label, value = _width(one.label, measure) + LABEL, _width(one.value, measure)
    return (max(label, tab) if one.align == "left" else label) + value <= HALF


def _beside(left: KeyValue | None, right: KeyValue | None, tab: float, measure: Measure) -> Iterator[Piece]:
    """One line of the page with a fact in each half."""
    if left is None:
        return
    marks = _fact(left, LEFT, tab, measure)
    if right is not None:
        marks += _fact(right, LEFT + HALF + GUTTER, tab, measure)
    yield Piece(line_height() + 0.6, tuple(marks))


def _fact(one: KeyValue, x: float, tab: float, measure: Measure) -> list[Mark]:
    label = _width(one.label, measure) + LABEL
    at = x + max(label, tab) if one.align == "left" else x + HALF - _width(one.value, measure)
    marks: list[Mark] = []
    if one.label:
        marks.append(Word(x, base_line(), one.label, BASE, one.bold, grey=not one.bold))
    if one.value:
        marks.append(Word(at, base_line(), one.value, BASE, one.bold))
    if one.align == "right":
        marks.append(Stroke(x, line_height() + 0.2, x + HALF, 0.1, grey=True))
    return marks


def _long(one: KeyValue, tab: float, measure: Measure) -> Iterator[Piece]:
    """A fact over the whole page, its value wrapped beside its label, or beneath a label that is long itself."""
    start = max(tab, _width(one.label, measure) + LABEL)
    if start > ROOM / 2:
        yield from _paragraphs(Text(one.label, bold=one.bold), BASE, measure)
        start = tab
    elif one.label:
        yield Piece(0.0, (Word(LEFT, base_line(), one.label, BASE, one.bold, grey=not one.bold),))
    for paragraph in one.value.splitlines() or [""]:
        for text in broken(paragraph, ROOM - start, lambda part: _width(part, measure)):
            yield Piece(line_height() + 0.3, (Word(LEFT + start, base_line(), text, BASE, one.bold),) if text else ())


def _qr(data: str, measure: Measure) -> Iterator[Piece]:
    """A QR code; its text where that is more than one holds."""
    import qrcode  # type: ignore[import-untyped]  # no stubs; late, since it takes 0.1 s
    from qrcode.constants import ERROR_CORRECT_M  # type: ignore[import-untyped]  # as above
    from qrcode.exceptions import DataOverflowError  # type: ignore[import-untyped]  # as above

    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=0)
    code.add_data(data.encode())
    try:
        code.make(fit=True)
    except (ValueError, DataOverflowError):  # it raises either
        yield from _paragraphs(Text(data, align="center"), BASE - 1, measure)
        return
    matrix = code.get_matrix()
    side = QR_SIDE / len(matrix)
    x, marks = LEFT + (ROOM - QR_SIDE) / 2, []
    for down, row in enumerate(matrix):
        marks += [Bar(x + at * side, GAP + down * side, count * side, side) for at, count in _dark(row)]
    yield Piece(QR_SIDE + 2 * GAP, tuple(marks))


def _dark(modules: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Where the dark runs of a row begin, and how many modules they have."""
    at = 0
    for dark, run in groupby(modules):
        count = len(list(run))
        if dark:
            yield at, count
        at += count


def _barcode(data: str, measure: Measure) -> Iterator[Piece]:
    """CODE128 with its text beneath; the text alone where it can't be drawn or does not fit."""
    modules = [bit == "1" for bit in _code128(data)]
    module = next((one for one in MODULES if (len(modules) + _QUIET) * one <= ROOM), 0.0)
    if modules and module:
        x = LEFT + (ROOM - len(modules) * module) / 2
        bars = tuple(Bar(x + at * module, GAP, count * module, BAR_HEIGHT) for at, count in _dark(modules))
        yield Piece(BAR_HEIGHT + GAP + 0.5, bars)
    yield from _paragraphs(Text(data, align="center"), BASE - 1, measure)


def _code128(data: str) -> str:
    """Its modules as digits 1 (dark) and 0; empty if it holds anything but printable ASCII."""
    from barcode.codex import Code128  # late: only a PDF needs it

    if not all(" " <= character <= "~" for character in data):
        return ""
    built: list[str] = Code128(data).build()
    return built[0]
