"""How long a business can be taken back once it is completed 返销."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct


class Reversal(Struct, frozen=True):
    """How long, and by whom, a business can be taken back once it is completed (返销, domain-facts 6).

    until: `day`: on the same business date, `never`, or `any` time. Always with a supervisor's own sign-on.
    same_operator: only by the one who did it, or a supervisor.
    minutes: on the spot only: within so many minutes of its acceptance; 0: as long as `until` says.
    """

    until: Literal["day", "any", "never"] = "never"
    same_operator: bool = False
    minutes: int = 0


NEVER = Reversal()
ON_THE_SPOT = Reversal("day", same_operator=True, minutes=30)
"""While the customer is still at the counter, and slip, invoice and card can be taken back (domain-facts 6)."""
