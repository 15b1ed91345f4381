"""What is shown while the terminal is too small to work in. What was open is kept beneath it."""

from __future__ import annotations

from textual import events
from textual.app import App, ComposeResult
from textual.geometry import Size
from textual.screen import ModalScreen

from boss_tui.locale import LANGUAGES, words
from data.message import say
from screens.widgets.drawn import Drawn
from screens.widgets.text import Row, wrapped

LEAST = Size(80, 24)
"""Columns and lines that every screen has room in."""


def too_small(size: Size) -> bool:
    """Whether nobody can work in a terminal of this size."""
    return size.width < LEAST.width or size.height < LEAST.height


def lay_out(app: App[None]) -> None:
    """Lay every screen out anew, those beneath a dialog too: they were told no size while they were covered."""
    for screen in app.screen_stack:
        screen.post_message(events.Resize(app.size, app.size))


class _Told(Drawn):
    """In every language: whoever reads it may not be signed on."""

    def rows(self, width: int) -> list[Row]:
        """The size that there is, and the one that there should be."""
        size = self.desk.size
        told = say(
            "Terminal too small: {is_w}x{is_h}. At least {w}x{h}.",
            is_w=size.width,
            is_h=size.height,
            w=LEAST.width,
            h=LEAST.height,
        )
        said = [words(language)(told) for language in LANGUAGES]
        return [[(line, "warn")] for one in said for line in wrapped(one, max(width, 1))]


class TooSmallScreen(ModalScreen[None]):
    """Takes every key and does nothing with it: nobody sees where it would go. Modal: none goes beneath."""

    AUTO_FOCUS = ""

    def compose(self) -> ComposeResult:
        """The line."""
        yield _Told()

    def on_resize(self) -> None:
        """Another size, still too small."""
        for told in self.query(_Told):
            told.redraw(layout=True)
