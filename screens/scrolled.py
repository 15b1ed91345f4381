"""A screen of text that is read, not filled in: no field has the focus, the arrows move through it, Esc leaves it."""

from __future__ import annotations

from typing import Any, ClassVar

from textual.binding import Binding

from screens.frame import DeskScreen, Plain


class ScrolledScreen(DeskScreen):
    """What is read stands in `form`. `page`: by how many rows a page key moves."""

    AUTO_FOCUS = ""
    page: ClassVar[int] = 15
    BINDINGS: ClassVar = [
        Binding("escape", "do('back')", show=False),
        Binding("down", "scroll(1)", show=False),
        Binding("up", "scroll(-1)", show=False),
        Binding("pagedown,space", "turn(1)", show=False),
        Binding("pageup", "turn(-1)", show=False),
        Binding("home", "scroll(-10000)", show=False),
        Binding("end", "scroll(10000)", show=False),
    ]

    def __init__(self, *args: Any, **keywords: Any) -> None:
        super().__init__(*args, **keywords)
        self.form = Plain(id="form")

    def action_scroll(self, by: int) -> None:
        """Move through the text, row by row."""
        self.form.scroll_relative(y=by, animate=False)

    def action_turn(self, by: int) -> None:
        """Move through the text, page by page."""
        self.action_scroll(by * self.page)
