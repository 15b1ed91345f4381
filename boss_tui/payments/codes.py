"""Whose code the customer shows, by its digits (management-facts 7.4)."""

from __future__ import annotations

from boss_tui.forms.fields import half_width
from data.characters import is_digits

_CODES = (  # provider, lengths, first two digits
    ("wechat", range(18, 19), range(10, 16)),
    ("alipay", range(16, 25), range(25, 31)),
    ("unionpay", range(19, 20), range(62, 63)),
)


def provider_of(scanned: str) -> str:
    """The provider of a payment code; empty when it is none."""
    code = cleaned(scanned)
    if not is_digits(code):
        return ""
    first = int(code[:2])
    return next((who for who, lengths, heads in _CODES if len(code) in lengths and first in heads), "")


def cleaned(scanned: str) -> str:
    """The digits, without the blanks that a telephone shows between them."""
    return half_width(scanned).replace(" ", "").strip()
