"""C10 handsets (购买/换机身). Special here: what must be seen to before the money, for each act."""

from __future__ import annotations

from data.message import say
from screens.business import BusinessScreen

_SAID = {
    "sell": say("Scan the IMEI from the box. For anybody; a contract needs the number and its owner's document."),
    "exchange": say("Soon after the sale, for the same model. The old unit goes into stock as faulty."),
    "return": say("Soon after the sale, for its money. A supervisor must allow."),
}


class HandsetsScreen(BusinessScreen):
    """Says what the chosen act means."""

    tips_by = ("action", _SAID)
