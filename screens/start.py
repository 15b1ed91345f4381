"""What is shown while the desk is being opened: the frame, and one line. Keys that are typed meanwhile wait."""

from __future__ import annotations

from textual.app import ComposeResult

from data.message import Message, say
from screens.dialog import Lines
from screens.frame import DeskScreen


class StartScreen(DeskScreen):
    """The first frame. It imports nothing heavy, and asks nothing."""

    AUTO_FOCUS = ""
    title_of = say("One moment")

    def parts(self) -> ComposeResult:
        """One line."""
        yield Lines((Message("\n"), ""), (say("The store is being opened. You may type ahead."), ""), id="form")

    def why_not(self, name: str) -> Message | None:
        """Only leaving."""
        return None if name == "quit" else say("The desk is being opened.")
