"""Who pays the running month when a number changes its owner (C5).

Settled up to the day, like a closing (domain-facts 6, 8): the old owner pays the fees of the days before today, what
was used so far, and the share of a minimum spend, with a final bill; the new one what is left of the month. Or, where
both agree, the whole month from its 1st is the new owner's. Months before it that no bill has yet are the old owner's
either way. The old owner's balance pays that bill before it goes anywhere.
"""

from __future__ import annotations

from datetime import date, timedelta

from msgspec import Struct

from boss_tui.answers.business import QuoteLine
from boss_tui.business.process import Run
from boss_tui.components.billing.final_bills import Charged
from boss_tui.transactions.c09.quote import final_bill
from boss_tui.transactions.lines import Line
from data.message import Message, say

DAY, FIRST = "day", "first"
MONTHS = {
    DAY: say("Settled up to the day: each owner pays their own days"),
    FIRST: say("All of it is the new owner's, from the 1st"),
}


class Settled(Struct, frozen=True):
    """What the old owner is billed for: up to which day, line by line, as it is priced, as the books have it."""

    until: date
    charged: list[Charged]
    lines: list[QuoteLine]
    entries: list[QuoteLine]

    @property
    def due(self) -> int:
        """Fen, with tax."""
        return sum(line.amount for line in self.lines)


def settled(run: Run, line: Line, choice: str) -> Settled:
    """What the old owner still has to pay for the number."""
    today = run.context.today
    until = (today.replace(day=1) if choice == FIRST else today) - timedelta(days=1)
    charged = run.billing.unbilled(line.subscription, line.account, until)
    lines, entries = final_bill(run, line.account, charged)
    return Settled(until, charged, lines, entries)


def bill(run: Run, line: Line, month: Settled) -> None:
    """The old owner's final bill, which the payment of this order has paid."""
    parts = run.billing.issue_final(line.account, line.subscription.id, month.charged)
    run.finance.bill(month.entries)
    if parts:
        run.billing.settle(parts, run.finance.latest_posting())


def in_words(month: Settled, choice: str) -> Message:
    """What both owners sign about it."""
    if choice == FIRST:
        return say(
            "This month's charges are the new owner's from the 1st on, as both have agreed. Earlier bills, "
            "orders and points stay with the old owner."
        )
    day = month.until.isoformat()
    return say(
        "The old owner answers for this number until {day} and has paid its charges until then; the new one "
        "from the day after. Bills, orders and points stay with the old owner.",
        day=day,
    )
