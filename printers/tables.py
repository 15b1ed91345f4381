"""A table in lines of text. Nothing is cut, and no cell is split that has room on a line of its own.

The rule, for the table as a whole: its columns stand side by side while most of its names have room; else each row
takes two lines, the name above and the figures beneath, in columns all the same; and where the figures have no room on
one line either, each of them gets a line of its own with its heading before it. In a table side by side a row whose
name has no room takes two lines alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from printers.charset import true, width
from printers.document import Align, Table
from printers.wrap import placed, wrap

Cells = tuple[str, ...]
Drawn = tuple[str, bool]
"""A line of text, and whether it is bold."""


def table_texts(table: Table, columns: int) -> Iterator[Drawn]:
    """The lines of the table on a paper of so many columns."""
    heads, rows, total = _one_line(table.heads), [_one_line(row) for row in table.rows], _one_line(table.total)
    everything = [row for row in (heads, *rows, total) if row]
    if not everything:
        return
    aligns = [_align(table, place) for place in range(len(everything[0]))]
    figures = [max(width(row[place]) for row in everything) for place in range(1, len(aligns))]
    name_room = columns - sum(figures) - len(figures)
    beneath = sum(figures) + max(0, len(figures) - 1) <= columns
    fitting = sum(width(row[0]) <= name_room for row in everything)
    names = max(width(row[0]) for row in everything) + 1
    widths = [max(0, name_room if "right" in aligns else min(name_room, names)), *figures]
    if beneath and fitting * 2 > len(everything):
        draw = _beside_or_stacked
    elif beneath and figures:
        draw = _stacked
    else:
        yield from _labelled(heads, rows, total, columns)
        return
    for row in everything:
        bold = row is total
        yield from ((text, bold) for text in draw(row, widths, aligns, columns))


def one_line(cell: str) -> str:
    """What stands in a cell, as it is printed: its own line breaks become blanks."""
    return true(cell) if cell.isprintable() else " ".join(true(part) for part in cell.splitlines())


def _one_line(cells: Sequence[str]) -> Cells:
    return tuple(one_line(cell).strip() for cell in cells)


def _align(table: Table, place: int) -> Align:
    if place < len(table.aligns):
        return table.aligns[place]
    return "right" if place else "left"


def _beside_or_stacked(row: Cells, widths: Sequence[int], aligns: Sequence[Align], columns: int) -> list[str]:
    if width(row[0]) <= widths[0]:
        return [beside(row, widths, aligns)]
    return _stacked(row, widths, aligns, columns)


def _stacked(row: Cells, widths: Sequence[int], aligns: Sequence[Align], columns: int) -> list[str]:
    """The name over the whole width, and the figures where they stand in every row."""
    above = list(wrap(row[0], columns)) if row[0] else []
    if not any(row[1:]):
        return above or [""]
    indent = columns - sum(widths[1:]) - (len(widths) - 2)
    return [*above, " " * indent + beside(row[1:], widths[1:], aligns[1:])]


def beside(cells: Sequence[str], widths: Sequence[int], aligns: Sequence[Align]) -> str:
    """Cells that fit their widths, on one line, a blank between them."""
    parts = []
    for cell, room, align in zip(cells, widths, aligns, strict=True):
        text = cell.rstrip()
        blanks = room - width(text)
        before = 0 if align == "left" else blanks if align == "right" else blanks // 2
        parts.append(f"{' ' * before}{text}{' ' * (blanks - before)}")
    return " ".join(parts).rstrip()


def _labelled(heads: Cells, rows: Sequence[Cells], total: Cells, columns: int) -> Iterator[Drawn]:
    """Each row as its name after its heading, and each figure on a line of its own after its own."""
    if not heads:
        for row in (*rows, *([total] if total else ())):
            yield from ((text, row is total) for text in run_on(row, columns))
        return
    if heads and not rows and not total:
        yield from ((text, False) for text in packed(heads, columns))
    for row in (*rows, *([total] if total else ())):
        bold = row is total
        yield from ((text, bold) for text in wrap(row[0] if bold else f"{heads[0]} {row[0]}", columns))
        for head, cell in zip(heads[1:], row[1:], strict=True):
            yield from ((text, bold) for text in _told(head, cell, columns))


def _told(head: str, cell: str, columns: int) -> list[str]:
    """A heading and its figure at the right edge; nothing where there is no figure."""
    if not cell:
        return []
    if 3 + width(head) + width(cell) <= columns:
        blanks = columns - 2 - width(head) - width(cell)
        return [f"  {head}{' ' * blanks}{cell}"]
    return [*(wrap(head, columns) if head else ()), *(placed(part, columns, "right") for part in wrap(cell, columns))]


def run_on(cells: Sequence[str], columns: int) -> list[str]:
    """Cells one after the other from the left edge, each whole where it has room on a line; further lines stand in."""
    lines: list[str] = []
    for cell in filter(None, cells):
        if lines and width(lines[-1]) + 2 + width(cell) <= columns:
            lines[-1] += f"  {cell}"
        elif lines and columns > 4:
            lines += [f"  {part}" for part in wrap(cell, columns - 2)]
        else:
            lines += wrap(cell, columns)
    return lines or [""]


def packed(cells: Sequence[str], columns: int) -> list[str]:
    """Cells one after the other at the right edge, each whole where it has room on a line."""
    lines: list[str] = []
    for cell in filter(None, cells):
        if lines and width(lines[-1]) + 1 + width(cell) <= columns:
            lines[-1] += f" {cell}"
        else:
            lines += wrap(cell, columns)
    return [placed(line, columns, "right") for line in lines]
