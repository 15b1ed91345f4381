"""Text on the screen, measured in cells: clipped, padded, wrapped, and cleared of what could steer a terminal.

Nothing here, and nothing that is drawn with it, is ever read as markup.
"""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len, set_cell_size

from data.characters import is_visible

Span = tuple[str, str]
"""A piece of a line: its text, and the name of its style (see `drawn.STYLES`; empty is plain)."""
Row = list[Span]
"""A line of the screen."""


def plain(text: str) -> str:
    """Text without control characters: a tab or a line end is a blank, anything else of the kind a question mark."""
    if text.isprintable():
        return text
    return "".join(c if is_visible(c) else " " if c in "\t\n\r" else "?" for c in text)


def fit(text: str, width: int) -> str:
    """Text in exactly so many cells: padded, or cut with a mark where it was."""
    text = plain(text)
    if cell_len(text) <= width:
        return set_cell_size(text, width)
    return set_cell_size(text, width - 1) + ">" if width > 0 else ""


def headed(text: str) -> str:
    """A heading begins with a capital, also where it begins with what a row is called, as that is within a sentence."""
    return text[:1].upper() + text[1:]


def right(text: str, width: int) -> str:
    """Text in so many cells, at their right end."""
    text = plain(text)
    return " " * max(0, width - cell_len(text)) + text


def shared_out(rooms: Sequence[int], needed: Sequence[int], spare: int) -> list[int]:
    """Cells of columns once those that are spare have gone to what would be cut, the first first."""
    wider = []
    for room, need in zip(rooms, needed, strict=False):
        more = max(0, min(spare, need - room))
        spare -= more
        wider.append(room + more)
    return wider


def wrapped(text: str, width: int) -> list[str]:
    """Text in lines of at most so many cells: broken at blanks, and anywhere among Chinese characters."""
    width = max(width, 2)  # a Chinese character takes two
    lines = []
    for paragraph in text.split("\n"):
        line = ""
        for piece in _pieces(plain(paragraph)):
            if line and cell_len(line) + cell_len(piece.rstrip()) > width:
                lines.append(line.rstrip())
                line = ""
            line += piece if line else piece.lstrip()
            while cell_len(line.rstrip()) > width:
                head = set_cell_size(line, width).rstrip()
                lines.append(head)
                line = line[len(head) :]
        lines.append(line.rstrip())
    return lines


def _pieces(text: str) -> list[str]:
    """What may stand on a line alone: a word with the blanks after it, or one Chinese character with its stop."""
    pieces: list[str] = []
    for c in text:
        wide = cell_len(c) == 2
        if pieces and (
            c == " " or c in "，。；：！？、）" or not (wide or pieces[-1].endswith(" ") or _wide(pieces[-1]))
        ):
            pieces[-1] += c
        else:
            pieces.append(c)
    return pieces


def _wide(piece: str) -> bool:
    return cell_len(piece[-1]) == 2


def width_of(row: Row) -> int:
    """Cells that a row takes."""
    return sum(cell_len(text) for text, _ in row)
