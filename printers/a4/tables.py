"""A table over the width of a page: columns as wide as what stands in them, figures never split."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from msgspec.structs import replace

from printers.a4.pieces import (
    BASE,
    LEFT,
    POINT,
    RIGHT,
    ROOM,
    Bar,
    Mark,
    Measure,
    Part,
    Piece,
    Stroke,
    Word,
    base_line,
    line_height,
    set_at,
)
from printers.document import Align
from printers.wrap import broken, widest_word

Cells = Sequence[str]
SIZES = (BASE, 8.5, 7.5, 6.5, 5.5)
"""Points, the largest at which all columns have room; at the last of them cells may be split."""
PAD, AIR = 1.6, 0.9
"""Millimetres beside a cell, and above and beneath a row."""
BARS = 38.0
"""Millimetres that the longest bar has, where rows are compared."""
TALL = 60.0
"""A row that is higher than this may go on to the next page."""


class Grid(NamedTuple):
    """Where the columns of a table stand, and how large its letters are."""

    size: float
    widths: tuple[float, ...]
    aligns: tuple[Align, ...]


def table_part(
    title: tuple[Piece, ...],
    heads: Cells,
    rows: Sequence[Cells],
    total: Cells,
    aligns: Sequence[Align],
    measure: Measure,
    bars: Sequence[int] = (),
) -> Part:
    """The rows under their head, which comes again on each page, and the total beneath a line. `bars`: what each row
    is compared by, drawn at its right."""
    everything = [row for row in (heads, *rows, total) if row]
    if not everything:
        return Part((), title)
    known = tuple(aligns[place] if place < len(aligns) else _default(place) for place in range(len(everything[0])))
    shown = _lengths(bars) if len(bars) == len(rows) else []
    room = ROOM - (BARS + 2 * PAD if shown else 0)
    grid = grid_of(heads, [*rows, *([total] if total else [])], known, measure, room)
    head = (*_row(heads, grid, measure, bold=True), Piece(0.3, (Stroke(LEFT, 0, RIGHT, 0.3),))) if heads else ()
    body: list[Piece] = []
    for place, row in enumerate(rows):
        first, *more = _row(row, grid, measure)
        bar = _bar(shown[place], grid.size) if shown else ()
        body += [replace(first, marks=(*first.marks, *bar)), *more, _hair()]
    if total:
        body += [Piece(0.3, (Stroke(LEFT, 0, RIGHT, 0.3),)), *_row(total, grid, measure, bold=True)]
    return Part(_joined(body), title, tuple(head))


def _lengths(bars: Sequence[int]) -> list[float]:
    """How long each bar is, the longest over the whole room for bars; none where there is nothing to compare."""
    longest = max(bars, default=0)
    return [BARS * max(0, bar) / longest for bar in bars] if longest > 0 else []


def _bar(length: float, size: float) -> tuple[Mark, ...]:
    """A bar at the right of a row."""
    high = size * POINT * 0.8
    down = AIR + (line_height(size) - high) / 2
    return (Bar(RIGHT - BARS - PAD, down, length, high, grey=True),) if length else ()


def _default(place: int) -> Align:
    return "right" if place else "left"


def _hair() -> Piece:
    return Piece(0.0, (Stroke(LEFT, 0, RIGHT, 0.1, grey=True),))


def _joined(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """A line beneath a row stays with the row, and one above the total with the total."""
    made: list[Piece] = []
    for piece in pieces:
        if made and piece.height < 0.1:
            last = made.pop()
            marks = tuple(mark._replace(y=mark.y + last.height) for mark in piece.marks)
            made.append(Piece(last.height + piece.height, last.marks + marks))
        else:
            made.append(piece)
    return tuple(made)


def grid_of(
    heads: Cells, rows: Sequence[Cells], aligns: tuple[Align, ...], measure: Measure, room: float = ROOM
) -> Grid:
    """The largest letters at which everything has room, and how wide each column then is: what is left over is shared
    out by what stands in them."""
    for size in SIZES:
        most, least = _needs(heads, rows, aligns, size, measure)
        if sum(least) <= room:
            break
    else:
        return Grid(SIZES[-1], tuple(room * need / sum(least) for need in least), aligns)
    spare = room - sum(most)
    if spare >= 0:
        return Grid(size, tuple(need + spare * need / sum(most) for need in most), aligns)
    spare, wanted = room - sum(least), sum(most) - sum(least)
    shares = zip(most, least, strict=True)
    return Grid(size, tuple(low + spare * (high - low) / wanted for high, low in shares), aligns)


def _needs(
    heads: Cells, rows: Sequence[Cells], aligns: Sequence[Align], size: float, measure: Measure
) -> tuple[list[float], list[float]]:
    """What each column takes if nothing of it is wrapped, and the least that it can do with: figures are never
    wrapped, headings and texts between words."""

    def widest(text: str) -> float:
        return widest_word(text, lambda part: measure(part, size))

    most, least = [], []
    for place, align in enumerate(aligns):
        cells = [row[place] for row in rows]
        whole = max((measure(cell, size) for cell in cells), default=0.0)
        words = whole if align == "right" else max((widest(cell) for cell in cells), default=0.0)
        head = heads[place] if heads else ""
        most.append(max(whole, measure(head, size)) + 2 * PAD)
        least.append(max(words, widest(head)) + 2 * PAD)
    return most, least


def _row(cells: Cells, grid: Grid, measure: Measure, *, bold: bool = False) -> list[Piece]:
    """One row: a piece, or one for each line where it is very high."""
    lines = [
        broken(cell, width - 2 * PAD + 0.01, lambda part: measure(part, grid.size))
        for cell, width in zip(cells, grid.widths, strict=True)
    ]
    each, count = line_height(grid.size), max(map(len, lines))
    heights = [[line[at] if at < len(line) else "" for line in lines] for at in range(count)]
    if count * each > TALL:
        return [Piece(each, tuple(_line(row, 0, grid, measure, bold=bold))) for row in heights]
    marks: list[Mark] = []
    for at, row in enumerate(heights):
        marks += _line(row, AIR + at * each, grid, measure, bold=bold)
    return [Piece(count * each + 2 * AIR, tuple(marks))]


def _line(cells: Cells, down: float, grid: Grid, measure: Measure, *, bold: bool) -> list[Mark]:
    marks: list[Mark] = []
    x = LEFT
    for cell, width, align in zip(cells, grid.widths, grid.aligns, strict=True):
        if cell:
            at = set_at(cell, x + PAD, width - 2 * PAD, align, grid.size, measure)
            marks.append(Word(at, down + base_line(grid.size), cell, grid.size, bold))
        x += width
    return marks
