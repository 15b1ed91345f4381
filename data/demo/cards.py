"""SIM cards: ICCID with its check digit, IMSI, key; the stock by kind (catalogue F5; domain-facts 5)."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

from data.check_digits import luhn

STOCK = {"8K": 100, "32K": 300, "STK": 100, "prepaid": 200}
"""How many cards of each kind the outlet holds; headquarters has as many more, free to be leased."""

BLANKS = {"32K": 60, "STK": 30, "prepaid": 30}
"""How many blank cards of each kind the outlet has, to be written at the counter."""
KEPT = 100
"""How many IMSIs are kept there for such cards."""

_PROVINCE = "11"  # Zhejiang
_KINDS = {"8K": 4, "32K": 5, "STK": 6, "prepaid": 7, "written": 8}
_MILLION = 1_000_000


def iccid(kind: str, n: int) -> str:
    """The number of card n of a kind: 898600, segment, function, province, year, maker, serial, check (20 digits)."""
    millions, serial = divmod(n, _MILLION)
    body = f"898600{_KINDS[kind]}{millions % 10}{_PROVINCE}26{millions // 10}{serial:06d}"
    return body + luhn(body)


def imsi(kind: str, n: int) -> str:
    """The IMSI of card n of a kind: 46000 and ten digits."""
    return f"46000{_KINDS[kind]}{n:09d}"


def card(kind: str, n: int, chance: random.Random, **more: Any) -> dict[str, Any]:
    """A card's row, with the key that the network will share (Ki, 128 bits) and its PUK."""
    return {
        "iccid": iccid(kind, n),
        "imsi": imsi(kind, n),
        "kind": kind,
        "ki": f"{chance.getrandbits(128):032X}",
        "puk": f"{chance.randrange(10**8):08d}",
        **more,
    }


def stock(first: dict[str, int], chance: random.Random, **more: Any) -> Iterator[dict[str, Any]]:
    """Cards for the stock, from the given running number of each kind on."""
    for kind, pieces in STOCK.items():
        for n in range(pieces):
            yield card(kind, first[kind] + n, chance, **more)


def blanks(first: int = 0, **more: Any) -> Iterator[dict[str, Any]]:
    """Blank cards by their serials of 16 digits, from a running number on."""
    for kind, pieces in BLANKS.items():
        for n in range(pieces):
            yield {"serial": f"2611{_KINDS[kind]}{first + n:011d}", "kind": kind, **more}


def imsis(chance: random.Random, first: int = 0, **more: Any) -> Iterator[dict[str, Any]]:
    """IMSIs with their ICCIDs and keys for cards that are written at the counter."""
    for n in range(KEPT):
        ki = f"{chance.getrandbits(128):032X}"
        yield {"imsi": imsi("written", first + n), "iccid": iccid("written", first + n), "ki": ki, **more}
