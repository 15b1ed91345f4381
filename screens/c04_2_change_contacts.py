"""C4.2 change contacts (改联系方式). Special here is only how a field is emptied."""

from __future__ import annotations

from typing import ClassVar

from boss_tui.answers import DraftView
from data.message import Message, say
from screens.business import BusinessScreen


class ChangeContacts(BusinessScreen):
    """The clerk is reminded that what stands in the fields is what is known."""

    code: ClassVar[str] = "C4.2"

    def beside(self, draft: DraftView) -> list[tuple[Message, str]]:
        """How to change and how to empty (catalogue C4.2)."""
        del draft
        return [(say("Overtype what has changed; a - empties a field."), "dim")]
