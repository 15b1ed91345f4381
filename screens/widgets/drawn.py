"""The base of what the desk draws: a widget that answers rows of spans, each with the name of a style.

The one wrapper between what people typed and what the screen shows: spans are never parsed. A row that cannot be drawn
shows a mark and is reported; the screen lives on.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, cast

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.geometry import Size
from textual.strip import Strip
from textual.widget import Widget

from data.message import Message
from screens.widgets.text import Row, plain

if TYPE_CHECKING:
    from screens.frame import DeskApp


TAGS = {"red": "error", "yellow": "warning", "green": "success", "blue": "primary", "violet": "violet"}
"""The colours that a category's name may stand on, by those of the theme."""


def looks_of(colours: Mapping[str, str]) -> dict[str, Style]:
    """What each style's name looks like in a theme.

    Not by component classes: a node a style, matched against the stylesheet for each widget, was a third of the cost of
    opening a screen.
    """

    def look(front: str = "", back: str = "", bold: bool | None = None, reverse: bool | None = None) -> Style:
        colours_of = [colours[name][:7] if name else None for name in (front, back)]
        return Style(color=colours_of[0], bgcolor=colours_of[1], bold=bold, reverse=reverse)

    return {
        "strong": look(bold=True),
        "dim": look("quiet"),
        "off": look("quiet"),
        "error": look("error", bold=True),
        "warn": look("warning"),
        "good": look("success"),
        "key": look(reverse=True),
        "mark": look("background", "accent", bold=True),
        "head": look("foreground", "panel", bold=True),
        "bar": look("bar-text", "bar"),
        **{f"tag-{name}": look("background", colour, bold=True) for name, colour in TAGS.items()},
    }


class Drawn(Widget):
    """A widget whose subclass answers `rows`."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 (Textual's name)
        super().__init__(id=id, classes=classes, markup=False)
        self._drawn: tuple[int, list[Row]] | None = None

    @property
    def desk(self) -> DeskApp:
        """The program."""
        return cast("DeskApp", self.app)

    def words(self, message: Message | str) -> str:
        """A message in the language of the screen."""
        return self.desk.words(message)

    def rows(self, width: int) -> list[Row]:
        """The lines, for so many cells."""
        raise NotImplementedError

    def redraw(self, layout: bool = False) -> None:
        """What `rows` answers has changed; `layout` when their number may have."""
        self._drawn = None
        self.refresh(layout=layout)

    def retell(self) -> None:
        """The language has changed."""
        self.redraw(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002 (Textual's)
        """As many lines as there are rows."""
        return len(self._rows(width))

    def get_content_width(self, container: Size, viewport: Size) -> int:  # noqa: ARG002 (Textual's)
        """All that there is."""
        return container.width

    def render_line(self, y: int) -> Strip:
        """One row as segments."""
        width = self.content_size.width
        rows = self._rows(width)
        return self.strip_of(rows[y] if y < len(rows) else [], width)

    def strip_of(self, row: Row, width: int) -> Strip:
        """A row as Textual wants it, of exactly so many cells."""
        base = self.rich_style
        looks = self.desk.looks
        segments = [Segment(plain(text), base + looks[name] if name else base) for text, name in row]
        return Strip(segments, sum(cell_len(s.text) for s in segments)).adjust_cell_length(width, base)

    def _rows(self, width: int) -> list[Row]:
        if self._drawn is None or self._drawn[0] != width:
            try:
                self._drawn = (width, self.rows(width))
            except Exception as fault:
                self._drawn = (width, [[("?", "error")]])
                self.desk.report_fault(fault)
        return self._drawn[1]
