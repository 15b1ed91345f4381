"""Check digits: Luhn's, of SIM cards, handsets and bank cards, and MOD 11-2 of ISO 7064, of resident ID cards.

Each finds one digit that is mistyped, and nearly each two neighbours that changed places. Here they are worked out over
digits 0 to 9; MOD 11-2 may answer X, which is its ten.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_DIGITS = re.compile("[0-9]+")


def luhn(digits: str) -> str:
    """The Luhn digit of a run of digits (ISO/IEC 7812-1): it comes behind them, and every second one counts double."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 - place % 2)
        total += value - 9 if value > 9 else value
    return str(-total % 10)


def mod_11_2(digits: str) -> str:
    """The digit, or X, that ISO 7064's MOD 11-2 puts behind a run of digits (GB 11643)."""
    check = 0
    for digit in digits:
        check = 2 * (check + int(digit)) % 11
    return "0123456789X"[(1 - check) % 11]


def fits(number: str, check: Callable[[str], str]) -> bool:
    """Whether a number's last place is the check digit of those before it."""
    body, last = number[:-1], number[-1:]
    return _DIGITS.fullmatch(body) is not None and last == check(body)
