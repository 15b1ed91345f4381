"""The line above a list of rows into which its filter is typed."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding

from screens.terminal import FastInput


class FilterInput(FastInput):
    """The filter line. The arrows move through the rows, with Ctrl through the columns; Ins marks."""

    BINDINGS: ClassVar = [
        Binding("up,shift+tab", "screen.move(-1)", show=False),
        Binding("down,tab", "screen.move(1)", show=False),
        Binding("pageup", "screen.turn(-1)", show=False),
        Binding("pagedown", "screen.turn(1)", show=False),
        Binding("ctrl+home", "screen.edge(-1)", show=False),
        Binding("ctrl+end", "screen.edge(1)", show=False),
        Binding("ctrl+left,alt+left", "screen.column(-1)", show=False),
        Binding("ctrl+right,alt+right", "screen.column(1)", show=False),
        Binding("ctrl+up,alt+up", "screen.sort(False)", show=False),
        Binding("ctrl+down,alt+down", "screen.sort(True)", show=False),
        Binding("insert,ctrl+@", "screen.mark", show=False),
        Binding("escape", "clear", show=False),
    ]

    def action_clear(self) -> None:
        """No filter; a second time leaves the screen."""
        if self.value:
            self.value = ""
        else:
            self.screen.action_do("back")  # type: ignore[attr-defined]  # a desk's screen
