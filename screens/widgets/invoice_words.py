"""An invoice in words: when it is written, and for whom."""

from __future__ import annotations

from boss_tui.answers.business import Invoicing
from data.message import Message, say

WHEN = {
    "now": say("now"),
    "later": say("later, drawn from the order"),
    "none": say("none, and none later"),
}


def in_words(asked: Invoicing) -> Message:
    """What is said of an invoice, with the key that says otherwise."""
    when = WHEN[asked.when]
    if asked.when == "none" or not asked.title:
        return say("Invoice: {when}   (Ctrl+K)", when=when)
    whose = f"{asked.title} {asked.tax_number}".strip()
    return say("Invoice: {when}, for {whose}   (Ctrl+K)", when=when, whose=whose)
