"""A code that headquarters reads out over the phone, which lets somebody sign on again at an outlet without a link.

The outlet shows a challenge; headquarters' command answers it with a short code. Both work it out from a secret that
only the two device keys give (X25519 between them): it travels nowhere and rests nowhere. The code is of this outlet,
this staff number and this challenge alone, which is good once and for some minutes.
"""

from __future__ import annotations

import hashlib
import hmac
from datetime import timedelta

from boss_tui.sync.keys import DeviceKey
from data.clock import Clock

VALID = timedelta(minutes=30)
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # none that are read as another
_CHALLENGE, _CODE = 8, 10


def new_challenge(clock: Clock) -> str:
    """Something that was never asked before: 40 bits, in two groups of four."""
    return _grouped(clock.random_bits(5 * _CHALLENGE), _CHALLENGE, 4)


def code_for(key: DeviceKey, other: str, outlet: str, staff_no: str, challenge: str) -> str:
    """The code that answers a challenge: 50 bits, in two groups of five. `other`: the other side's public key."""
    told = "\n".join(("boss-unlock-1", outlet, staff_no, plain(challenge)))
    mac = hmac.new(key.agreed_with(other), told.encode(), hashlib.sha256).digest()
    return _grouped(int.from_bytes(mac[:8]) >> 14, _CODE, 5)


def plain(typed: str) -> str:
    """A code or challenge as it is compared: without blanks and dashes, in capitals."""
    return "".join(sign for sign in typed.upper() if sign.isalnum())


def is_code(expected: str, typed: str) -> bool:
    """Whether the typed code is the expected one."""
    return hmac.compare_digest(plain(expected).encode(), plain(typed).encode())


def _grouped(bits: int, letters: int, each: int) -> str:
    drawn = "".join(_LETTERS[(bits >> 5 * place) & 31] for place in range(letters))
    return "-".join(drawn[start : start + each] for start in range(0, letters, each))
