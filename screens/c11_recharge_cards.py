"""C11 recharge cards (充值卡). Special here: what each act does with the money and the card, before it is done."""

from __future__ import annotations

from data.message import say
from screens.business import BusinessScreen

_SAID = {
    "sell": say("Sold cards are owed until they are redeemed. Scan the first card, type how many."),
    "redeem": say("The customer types the PIN; it is kept nowhere. Without it a supervisor must allow."),
    "exchange": say("Only unused cards, around their last day."),
    "return": say("The money goes back, the card is locked. A supervisor must allow."),
    "damaged": say("Cards of the stock: out of sale, sent back. A supervisor must allow."),
    "void": say("Cards of the stock: of no use any more. A supervisor must allow."),
}


class RechargeCardsScreen(BusinessScreen):
    """Says what the chosen act means."""

    tips_by = ("action", _SAID)
