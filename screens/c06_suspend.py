"""C6 suspend and resume (停机/复机). Special here is that a line may be stopped for several causes at once."""

from __future__ import annotations

from boss_tui.answers.business import DraftView
from data.message import Message, say
from screens.business import BusinessScreen


class SuspendScreen(BusinessScreen):
    """Who may ask for what, until the action and its cause are chosen."""

    def beside(self, draft: DraftView) -> list[tuple[Message, str]]:
        """The causes with what each needs (catalogue C6, domain-facts 6)."""
        if draft.values.get("cause"):
            return []
        return [
            (say("request: owner's document, all paid; may have days"), "dim"),
            (say("loss: the service password is enough; at once"), "dim"),
            (say("arrears, fraud, court: a supervisor's"), "dim"),
        ]
