"""What a business is: its Transaction, the Run that does it, and what each step answers."""

from __future__ import annotations

from boss_tui.answers import (
    DraftView,
    Held,
    Notice,
    Offline,
    OrderView,
    Outcome,
    PaperView,
    Qualification,
    Queues,
    Quote,
    QuoteLine,
    Reason,
    Tender,
    Verdict,
)

__all__ = [
    "DraftView",
    "Held",
    "Notice",
    "Offline",
    "OrderView",
    "Outcome",
    "PaperView",
    "Qualification",
    "Queues",
    "Quote",
    "QuoteLine",
    "Reason",
    "Tender",
    "Verdict",
]
