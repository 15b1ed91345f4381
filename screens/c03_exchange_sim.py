"""C3 exchange or replace SIM (换卡/补卡). Special here is what becomes of the old card."""

from __future__ import annotations

from boss_tui.answers.business import DraftView
from data.message import Message, say
from screens.business import BusinessScreen

_TOLD = {
    "exchange": (say("An agent may come, with both documents."), say("The returned card is cut through.")),
    "lost": (say("The owner in person, with the document."), say("Is the line stopped for loss? C6 resumes it later.")),
    "broken": (say("The owner in person, with the document."), say("Free. Try the old card in the test handset.")),
}


def _whole(typed: str) -> str:
    return next((why for why in _TOLD if typed and why.startswith(typed.strip().lower())), "")


class ExchangeSimScreen(BusinessScreen):
    """What each reason asks for, and which card is held."""

    def beside(self, draft: DraftView) -> list[tuple[Message, str]]:
        """What the clerk does for the chosen reason (catalogue C3)."""
        told = _TOLD.get(_whole(str(draft.values.get("why") or "")))
        if told is None:
            return [(say("Does the old card work? e: exchange; l: lost; b: broken."), "dim")]
        return [(line, "") for line in told]
