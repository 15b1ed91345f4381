"""A bare Textual application, as the limit of what a terminal program of this kind can do: no style, no rule, no store.

usage: python -m tests.benchmarks.bare FIELDS
`o` opens a screen of so many labels and inputs, Escape closes it.
"""

from __future__ import annotations

import sys
from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.screen import Screen
from textual.widgets import Input, Label


class Fields(Screen[None]):
    """So many fields."""

    CSS = "Horizontal { height: 1; } Label { width: 16; } Input { border: none; height: 1; width: 30; padding: 0; }"
    BINDINGS: ClassVar = [Binding("escape", "app.pop_screen")]

    def __init__(self, count: int) -> None:
        super().__init__()
        self._count = count

    def compose(self) -> ComposeResult:
        for n in range(self._count):
            with Horizontal():
                yield Label(f"Field {n}")
                yield Input()


class Bare(App[None]):
    """One line of text, and the screen of fields."""

    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar = [Binding("o", "open")]

    def __init__(self, count: int) -> None:
        super().__init__()
        self._count = count

    def compose(self) -> ComposeResult:
        yield Label("Bare")

    def action_open(self) -> None:
        self.push_screen(Fields(self._count))


if __name__ == "__main__":
    Bare(int(sys.argv[1])).run()
