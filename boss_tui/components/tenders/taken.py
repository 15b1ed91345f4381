"""What was taken for a business: the payment, and the tenders as they were handed over."""

from __future__ import annotations

from dataclasses import dataclass

from boss_tui.answers.business import Tender


@dataclass(frozen=True, slots=True)
class Taken:
    """What was paid: the payment's key, due, tendered and change in fen, and the tenders as they were handed over;
    what is paid out as negative amounts."""

    payment_id: str
    due: int
    tendered: int
    change: int
    tenders: tuple[Tender, ...]
