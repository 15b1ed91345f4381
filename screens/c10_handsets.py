"""C10 handsets (购买/换机身). Special here: what must be seen to before the money, for each act."""

from __future__ import annotations

from typing import ClassVar

from boss_tui.answers import DraftView
from data.message import Message, say
from screens.business import BusinessScreen

_SAID = {
    "sell": say("Scan the IMEI from the box. For anybody; a contract needs the number and its owner's document."),
    "exchange": say("Within 15 days of the sale, for the same model. The old unit goes into stock as faulty."),
    "return": say("Within 7 days of the sale, for its money. A supervisor must allow."),
}


class Handsets(BusinessScreen):
    """Says what the chosen act means."""

    code: ClassVar[str] = "C10"

    def beside(self, draft: DraftView) -> list[tuple[Message, str]]:
        """The act's rule, and whether a unit is held (catalogue C10)."""
        said = _SAID.get(str(draft.values.get("action") or "sell"))
        return [(said, "dim")] if said else []
