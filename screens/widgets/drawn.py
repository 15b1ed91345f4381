"""The base of what the desk draws: a widget that answers rows of spans, each with the name of a style.

The one wrapper between what people typed and what the screen shows: spans are never parsed. A row that cannot be drawn
shows a mark and is reported; the screen lives on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

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

STYLES = ("strong", "dim", "error", "warn", "good", "key", "mark", "head", "bar", "off")
"""Names of styles that spans use; what they look like stands in styles/desk.tcss."""


class Drawn(Widget):
    """A widget whose subclass answers `rows`."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"drawn--{name}" for name in STYLES}

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
        segments = [Segment(plain(text), self.style_of(name)) for text, name in row]
        return Strip(segments, sum(cell_len(s.text) for s in segments)).adjust_cell_length(width, base)

    def style_of(self, name: str) -> Style:
        """What a style's name looks like here."""
        return self.get_component_rich_style(f"drawn--{name}") if name else self.rich_style

    def _rows(self, width: int) -> list[Row]:
        if self._drawn is None or self._drawn[0] != width:
            try:
                self._drawn = (width, self.rows(width))
            except Exception as fault:
                self._drawn = (width, [[("?", "error")]])
                self.desk.report_fault(fault)
        return self._drawn[1]
