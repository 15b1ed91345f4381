"""C2 change number (改号). Special here is what must be known of the new number before the money."""

from __future__ import annotations

from boss_tui.answers.business import DraftView
from data.message import Message, say
from screens.business import BusinessScreen


class ChangeNumberScreen(BusinessScreen):
    """While no new number is held, the clerk is reminded how to find one."""

    def beside(self, draft: DraftView) -> list[tuple[Message, str]]:
        """What is still to be reserved (catalogue C2)."""
        if any(item.kind == "number" for item in draft.held):
            return [(say("The old number rests before anybody else can have it."), "dim")]
        return [(say("No new number is held yet. F4 in its field shows the free ones."), "dim")]
