"""What was taken for a business: the payment, and the tenders as they were handed over."""

from __future__ import annotations

from msgspec import Struct

from boss_tui.answers.business import Tender


class Taken(Struct, frozen=True):
    """What was paid: the payment's key, due, tendered and change in fen, and the tenders as they were handed over;
    what is paid out as negative amounts."""

    payment_id: str
    due: int
    tendered: int
    change: int
    tenders: tuple[Tender, ...]
