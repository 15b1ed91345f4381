"""A text of several lines, over the form that it belongs to."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.widgets import TextArea

from data.message import Message, say
from screens.dialogs.dialog import Box, Dialog, Heading, Lines


class TextDialog(Dialog[str]):
    """A text of several lines. F10 or Ctrl+S takes it, Esc leaves it as it was."""

    expected: ClassVar[bool] = True
    BINDINGS: ClassVar = [Binding("f10,ctrl+s", "take", show=False, priority=True)]

    def __init__(self, title: Message, text: str) -> None:
        super().__init__()
        self._title, self.area = title, TextArea(text, id="text")

    def compose(self) -> ComposeResult:
        """Heading, text, keys."""
        with Box(classes="-wide"):
            yield Heading(self._title)
            yield self.area
            yield Lines((say("F10: take it        Esc: as it was"), "key"))

    def on_mount(self) -> None:
        """The cursor behind what stands there."""
        self.area.styles.height = 8
        self.area.move_cursor(self.area.document.end)

    def action_take(self) -> None:
        """The text."""
        self.finish(self.area.text)
