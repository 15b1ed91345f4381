"""The form of C11: what is done with recharge cards, with which, for whom, and why."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, BeforeValidator

from boss_tui.business.vault import PROVEN
from boss_tui.components.identity.kinds import check_mobile
from boss_tui.components.resources.recharge_cards import MOST
from boss_tui.forms.fields import Ask
from boss_tui.forms.form import Form
from boss_tui.forms.typed import folded, wrong
from data.card_pins import DIGITS
from data.characters import is_digits
from data.message import say

SERIAL = 17
"""A serial has 17 digits (domain-facts 9)."""

Action = Literal["sell", "redeem", "exchange", "return", "damaged", "void"]


def _serial(typed: str) -> str:
    if len(typed) == SERIAL and is_digits(typed):
        return typed
    raise wrong("A serial of 17 digits, as printed on the card.")


def _runs(typed: str) -> str:
    runs_in(typed)
    return typed


def runs_in(typed: str) -> list[tuple[str, int]]:
    """Further runs of cards: each its first serial and how many; one where no count is typed."""
    found = []
    for part in filter(None, (one.strip() for one in folded(typed).replace("，", ",").split(","))):
        serial, star, count = (piece.strip() for piece in part.partition("*"))
        if star and not (is_digits(count) and 1 <= int(count) <= MOST):
            raise wrong("Serial*count, such as 33011262000000001*5; with commas between.")
        found.append((_serial(serial), int(count) if star else 1))
    return found


def _pin(typed: str) -> str:
    if typed.startswith(PROVEN) or is_pin(typed):
        return typed
    raise wrong("A PIN of 18 digits, from under the coating.")


def is_pin(typed: str) -> bool:
    """Whether it has the shape of a PIN."""
    return len(typed) == DIGITS and is_digits(typed)


def _count(typed: object) -> object:
    if isinstance(typed, int):
        typed = str(typed)
    if isinstance(typed, str) and is_digits(typed) and 1 <= int(typed) <= MOST:
        return int(typed)
    raise wrong("How many cards: 1 to 500.")


class RechargeCardsForm(Form):
    """The form of C11."""

    about: ClassVar[str] = "number"
    action: Annotated[
        Action,
        Ask(
            say("What is done"),
            "choice",
            help=say("sell, redeem, exchange, return, damaged, void; F4 lists them."),
            choices="actions",
            section=say("Recharge cards"),
            width=10,
            length=10,
            means=say("Sell"),
        ),
    ] = "sell"
    number: Annotated[
        str,
        Ask(
            say("For number"),
            "digits",
            help=say("The number that gets the card's value."),
            choices="lines",
            width=14,
            length=11,
            when="action=redeem",
        ),
        AfterValidator(check_mobile),
    ] = ""
    pin: Annotated[
        str,
        Ask(
            say("Card's PIN"),
            "password",
            help=say("18 digits; the customer types or reads them. They are never shown."),
            width=20,
            length=18,
            when="action=redeem",
        ),
        AfterValidator(_pin),
    ] = ""
    serial: Annotated[
        str,
        Ask(
            say("Card serial"),
            "digits",
            help=say(
                "The (first) card's serial; F4 shows the next to be sold. To redeem: "
                "only of a card whose PIN can't be read."
            ),
            choices="cards",
            width=20,
            length=17,
        ),
        AfterValidator(_serial),
    ] = ""
    count: Annotated[
        int,
        Ask(
            say("Cards"),
            "digits",
            help=say("How many, one after another: 1 to 500."),
            width=5,
            length=3,
            when="action=sell|damaged|void",
        ),
        BeforeValidator(_count),
    ] = 1
    more: Annotated[
        str,
        Ask(
            say("More cards"),
            "text",
            help=say("Of other values too: serial*count, with commas between."),
            width=40,
            length=200,
            when="action=sell",
        ),
        AfterValidator(_runs),
    ] = ""
    new_serial: Annotated[
        str,
        Ask(
            say("New card"),
            "digits",
            help=say("The card that is given for the old one, of the same value."),
            choices="cards",
            width=20,
            length=17,
            when="action=exchange",
        ),
        AfterValidator(_serial),
    ] = ""
    reason: Annotated[
        str,
        Ask(
            say("Reason"),
            "text",
            help=say("Why: it is kept with the card."),
            width=30,
            length=80,
            when="action=redeem|exchange|return|damaged|void",
        ),
    ] = ""
