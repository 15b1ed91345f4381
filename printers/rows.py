"""A row of a table in lines of text. What is too long for its cell gets a line of its own; nothing is cut."""

from __future__ import annotations

from printers.charset import width
from printers.document import Align, Row
from printers.tables import beside, one_line, packed
from printers.wrap import wrap

_ALIGNS: tuple[Align, Align] = ("left", "right")  # of the first cell, of the others


def row_texts(row: Row, columns: int) -> list[str]:
    """The lines of the row: side by side if all fit; else the sharing cells (names) above and the figures beneath;
    else each cell on lines of its own."""
    cells = [one_line(cell).rstrip() for cell in row.cells]
    if cells and not row.widths and not row.aligns and all(cells):
        usual = _as_usual(cells, columns)
        if usual:
            return [usual]
    asked = [row.widths[i] if i < len(row.widths) else _default(row, i, cells[i]) for i in range(len(cells))]
    aligns = [row.aligns[i] if i < len(row.aligns) else _ALIGNS[bool(i)] for i in range(len(cells))]
    widths = _shared(cells, asked, columns)
    if widths and not any(width(cell) > room for cell, room in zip(cells, widths, strict=True)):
        return [beside(cells, widths, aligns)]
    return _stacked(cells, asked, aligns, columns)


def _as_usual(cells: list[str], columns: int) -> str:
    """A name and its figures at the right edge, as most rows stand; empty where they have no room on one line."""
    figures = " ".join(cells[1:])
    blanks = columns - width(cells[0]) - width(figures)
    return f"{cells[0]}{' ' * blanks}{figures}".rstrip() if blanks >= (1 if figures else 0) else ""


def _default(row: Row, index: int, cell: str) -> int:
    return 0 if row.widths or index == 0 else max(1, width(cell))


def _shared(cells: list[str], asked: list[int], columns: int) -> list[int]:
    """Columns of each cell, gaps of one between them; empty if there is no room. A figure wider than its cell takes
    from those that share."""
    fixed = [max(want, width(cell)) if want else 0 for cell, want in zip(cells, asked, strict=True)]
    sharing = fixed.count(0)
    left = columns - sum(fixed) - (len(cells) - 1)
    if left < sharing:
        return []
    for index, room in enumerate(fixed):
        if not room:
            fixed[index] = left // sharing
            left -= left // sharing
            sharing -= 1
    return fixed


def _stacked(cells: list[str], asked: list[int], aligns: list[Align], columns: int) -> list[str]:
    """The sharing cells first, wrapped over the whole width; beneath them the figures where they would have stood."""
    above = [part for cell, want in zip(cells, asked, strict=True) if not want and cell for part in wrap(cell, columns)]
    below = [cell if want else "" for cell, want in zip(cells, asked, strict=True)]
    widths = _shared(below, asked, columns)
    if not any(below):
        return above or [""]
    if widths:
        return [*above, beside(below, widths, aligns)]
    return [*above, *packed(below, columns)]
