"""Recharge cards of the demonstration: serials of 17 digits, PINs of 18, four face values (domain-facts 9)."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from msgspec import Struct

from data.card_pins import DIGITS, check_of, encipher

FACE_VALUES = (5_000, 10_000, 30_000, 50_000)
"""Fen."""
STOCK = 100
"""Cards of each face value."""
LIFE_DAYS = 730
LEAVES = 40
"""The last so many cards of each face value are of an older print, and near their end."""


class Printed(Struct, frozen=True):
    """A card as it comes from the printer: what stands on it, the PIN under its coating."""

    serial: str
    face_value: int
    pin: str
    valid_to: date


def secret(seed: int) -> bytes:
    """The secret that the cards of a seed are enciphered with."""
    return random.Random(f"{seed} card secret").randbytes(32)


def printed(seed: int, today: date, first: int = 0) -> Iterator[Printed]:
    """The cards in stock, by face value and serial; with `first`, as many more, from that running number on."""
    chance = random.Random(f"{seed} cards {first}" if first else f"{seed} cards")
    for kind, value in enumerate(FACE_VALUES, 1):
        for n in range(STOCK):
            life = LIFE_DAYS if n < STOCK - LEAVES else 3
            pin = f"{chance.randrange(10**DIGITS):0{DIGITS}d}"
            yield Printed(f"3301126{kind}{first + n + 1:09d}", value, pin, today + timedelta(days=life))


def rows(seed: int, today: date, outlet: str, first: int = 0) -> Iterator[dict[str, Any]]:
    """The same as rows of the stock."""
    key = secret(seed)
    for card in printed(seed, today, first):
        yield {
            "serial": card.serial,
            "face_value": card.face_value,
            "outlet": outlet,
            "pin_cipher": encipher(key, card.serial, card.pin),
            "pin_check": check_of(key, card.pin),
            "valid_to": card.valid_to.isoformat(),
        }
