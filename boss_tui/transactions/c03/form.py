"""The form of C3: whose number, why another card, and which one."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator

from boss_tui.components.identity.kinds import check_iccid
from boss_tui.components.resources.blank_cards import SERIAL
from boss_tui.forms.fields import Ask
from boss_tui.forms.typed import Flag
from boss_tui.transactions.line_forms import OwnerForm
from data.characters import is_digits
from data.message import say

WHYS = {
    "exchange": say("Exchange of a card that works"),
    "lost": say("Replacement: the card is lost"),
    "broken": say("Replacement: the card does not work"),
}


def _check_card(typed: str) -> str:
    """An ICCID, or the serial of a blank card: 16 digits."""
    if len(typed) == SERIAL and is_digits(typed):
        return typed
    return check_iccid(typed)


class ExchangeSimForm(OwnerForm):
    """The form of C3."""

    why: Annotated[
        Literal["exchange", "lost", "broken"],
        Ask(
            say("Why"),
            "choice",
            help=say("exchange: it works. lost, broken: the owner in person."),
            choices="whys",
            section=say("New card"),
            width=10,
        ),
    ]
    returned: Annotated[
        Flag,
        Ask(
            say("Card returned"),
            "flag",
            help=say("y when the old card is handed in: it is cut through."),
            width=2,
            when="why=exchange|broken",
        ),
    ] = False
    lift: Annotated[
        Flag,
        Ask(
            say("Lift the loss"),
            "flag",
            help=say("y: the number works again with the new card. n: it stays stopped."),
            width=2,
            when="why=lost",
        ),
    ] = False
    iccid: Annotated[
        str,
        Ask(
            say("New card"),
            "code",
            help=say("Its 20 characters, or a blank card's 16 digits. F4 shows the stock."),
            choices="cards",
            width=22,
            length=20,
        ),
        AfterValidator(_check_card),
    ]
