"""The receipt that headquarters gives back for a carried file: its shape, and what its signature is over."""

from __future__ import annotations

from typing import Literal

from boss_tui.sync.shapes import Page, Refusal
from boss_tui.sync.wire import Shape
from data.journal import canonical

RECEIPT: Literal["boss-receipt-2"] = "boss-receipt-2"


class Receipt(Shape):
    """What headquarters gives back: where it stands, what the feed has, and a refusal if there was one."""

    format: Literal["boss-receipt-2"] = RECEIPT
    outlet: str
    page: Page
    refusal: Refusal | None
    signature: str


def receipt_file_text(receipt: Receipt) -> bytes:
    """The bytes that a receipt file's signature is over."""
    return f"boss-sync-1\nreceipt file\n{canonical(receipt.model_dump(exclude={'signature'}))}".encode()
