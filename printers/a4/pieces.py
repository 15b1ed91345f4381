"""What stands on a page, and the pieces that a document falls into before it is known which page they come to.

Lengths are millimetres from the left edge and from the top; sizes of letters are points.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from msgspec import Struct

from printers.document import Align

WIDTH, HEIGHT = 210.0, 297.0
LEFT, RIGHT, TOP, BOTTOM = 18.0, WIDTH - 18.0, 18.0, HEIGHT - 20.0
ROOM = RIGHT - LEFT
POINT = 25.4 / 72
BASE = 9.5
"""Points of what is read; headings are larger."""
LEADING = 1.45
"""Lines are so many times as high as their letters."""

Measure = Callable[[str, float], float]
"""How many millimetres a text takes at a size."""


class Word(NamedTuple):
    """A text that begins at x, on a base line."""

    x: float
    y: float
    text: str
    size: float = BASE
    bold: bool = False
    grey: bool = False


class Stroke(NamedTuple):
    """A line across, so many millimetres thick."""

    x: float
    y: float
    to: float
    thick: float = 0.15
    grey: bool = False


class Bar(NamedTuple):
    """A filled rectangle: a bar of a code or of a chart. `grey` is a bar of a chart."""

    x: float
    y: float
    width: float
    height: float
    grey: bool = False


class Picture(NamedTuple):
    """A picture (PNG) whose upper left corner is at x, y."""

    x: float
    y: float
    width: float
    height: float
    png: bytes


Mark = Word | Stroke | Bar | Picture


class Piece(Struct, frozen=True):
    """What can't be torn: its marks, down from its own top. `gap` is blank at the top of a page."""

    height: float
    marks: tuple[Mark, ...] = ()
    gap: bool = False


class Part(Struct, frozen=True):
    """Pieces that belong together: on one page where they have room on one.

    Attributes:
        title: what stands before the first of them, once.
        head: what stands over them, and again on each page that they go on to.
        body: the pieces, in order.
        breaks: whether a new page begins before them.
    """

    body: tuple[Piece, ...]
    title: tuple[Piece, ...] = ()
    head: tuple[Piece, ...] = ()
    breaks: bool = False

    @property
    def height(self) -> float:
        """Of all of it, on one page."""
        return sum(piece.height for piece in (*self.title, *self.head, *self.body))


def line_height(size: float = BASE) -> float:
    """Millimetres from one line to the next."""
    return size * POINT * LEADING


def base_line(size: float = BASE) -> float:
    """Millimetres from a line's top to its base."""
    return size * POINT * 1.12


def moved(mark: Mark, down: float) -> Mark:
    """The mark so many millimetres further down."""
    return mark._replace(y=mark.y + down)


def set_at(text: str, x: float, room: float, align: Align, size: float, measure: Measure) -> float:
    """Where a text begins that stands so in a room that begins at x."""
    left = room - measure(text, size)
    return x + {"left": 0.0, "center": left / 2, "right": left}[align]
