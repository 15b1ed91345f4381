"""C4.1 correct the name (改名). Special here is what it is not."""

from __future__ import annotations

from typing import ClassVar

from boss_tui.answers import DraftView
from data.message import Message, say
from screens.business import BusinessScreen


class CorrectName(BusinessScreen):
    """The clerk is reminded that another person is a transfer."""

    code: ClassVar[str] = "C4.1"

    def beside(self, draft: DraftView) -> list[tuple[Message, str]]:
        """Where the line to C5 is (catalogue C4.1)."""
        del draft
        return [(say("The same person only: a new owner is a transfer (C5)."), "dim")]
