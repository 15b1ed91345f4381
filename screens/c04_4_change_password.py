"""C4.4 change product password (改产品密码). Special here is only who types what."""

from __future__ import annotations

from typing import ClassVar

from boss_tui.answers import DraftView
from data.message import Message, say
from screens.business import BusinessScreen


class ChangePassword(BusinessScreen):
    """The clerk is reminded that the customer types, and what a forgotten password needs."""

    code: ClassVar[str] = "C4.4"

    def beside(self, draft: DraftView) -> list[tuple[Message, str]]:
        """The way without the old password (catalogue C4.4)."""
        del draft
        return [
            (say("The customer types both passwords; don't say them aloud."), "dim"),
            (say("Forgotten: the owner's document resets it."), "dim"),
        ]
