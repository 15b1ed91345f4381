"""The number of a slip that was written by hand: shown as it was typed, known by its letters and digits alone.

`SG-30`, `ＳＧ30`, `sg_30` and `SG 30` are one slip; `30` and `030` are two.
"""

from __future__ import annotations

from boss_tui.forms.typed import folded
from data.characters import is_visible
from data.store import Reading
from data.tables.order import HandwrittenSlip

LENGTH = 20
"""Characters of a number at most."""


def known_as(number: str) -> str:
    """What the slip of a number is known by: half width, capitals, nothing but letters and digits."""
    return "".join(sign for sign in folded(number).upper() if sign.isalnum())


def is_number(number: str) -> bool:
    """Whether this can be the number of a slip: letters and digits of ours, and what is put between them."""
    signs, known = folded(number), known_as(number)
    between = (sign for sign in signs if not sign.isalnum())
    return bool(known) and known.isascii() and len(signs) <= LENGTH and all(is_visible(sign) for sign in between)


def find(reading: Reading, outlet: str, number: str) -> HandwrittenSlip | None:
    """The slip that came in under this number, however it is written."""
    return reading.find(HandwrittenSlip, outlet=outlet, known_as=known_as(number))
