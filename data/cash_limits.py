"""How much cash each role moves by itself, unless headquarters has published other limits (table `cash_limit`). Fen.

A clerk's float is change for a day and the drawer of a colleague; a manager signs for what a hall of this size takes to
the bank. Nobody moves more at once.
"""

from __future__ import annotations

from typing import Any

_NAMES = ("role", "float_limit", "expense_limit", "bank_limit", "difference_limit")
CASH_LIMITS: tuple[dict[str, Any], ...] = tuple(
    dict(zip(_NAMES, row, strict=True))
    for row in (
        ("clerk", 1_000_000, 50_000, 0, 1_000),
        ("supervisor", 2_000_000, 500_000, 20_000_000, 1_000),
        ("manager", 5_000_000, 2_000_000, 100_000_000, 1_000),
    )
)
