"""C7.1 long-distance type (长途类型变更). Special here is what international needs, and what it gives back."""

from __future__ import annotations

from boss_tui.answers.business import DraftView
from data.message import Message, say
from screens.business import BusinessScreen


class LongDistanceScreen(BusinessScreen):
    """What international needs, until its price is known."""

    def beside(self, draft: DraftView) -> list[tuple[Message, str]]:
        """The rule of the deposit (domain-facts 8)."""
        if draft.quote.lines:
            return []
        return [
            (say("International: a deposit, or a balance that is large enough; not on prepaid lines."), "dim"),
            (say("The deposit goes back when nothing international is left."), "dim"),
        ]
