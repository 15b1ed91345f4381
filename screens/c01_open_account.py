"""C1 open account (开户). Form and rules are the business's own; special here is what is still to be reserved."""

from __future__ import annotations

from boss_tui.answers.business import DraftView
from data.message import Message, say
from screens.business import BusinessScreen


class OpenAccountScreen(BusinessScreen):
    """Reserves the number first: while none is held, the clerk is reminded that it comes before the money."""

    def beside(self, draft: DraftView) -> list[tuple[Message, str]]:
        """Which resources are still to be reserved (catalogue C1-F5)."""
        held = {item.kind for item in draft.held}
        if held >= {"number", "sim"}:
            return []
        if "number" in held:
            return [(say("The SIM card is not reserved yet."), "dim")]
        return [(say("No number is reserved yet. F4 in the number field shows the free ones."), "dim")]
