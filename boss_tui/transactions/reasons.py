"""What more than one business answers in the same words: why a cell of theirs is empty, and who is trusted how far."""

from __future__ import annotations

from boss_tui.answers.business import Qualification, Reason
from boss_tui.business.process import Run
from boss_tui.transactions.lines import Line
from data.message import say

NO_PARTNER = say("Agents are paid for openings, sales and payments alone, and no provider's service is in it.")
"""A4: what the contracts of sales channels pay for (domain-facts 10, M17.2)."""
NO_SHARE = say("It makes no commission and no provider's share: there is nothing to settle.")
"""B2: the same, seen by the settlement."""


def beyond_credit(run: Run, line: Line, monthly: int) -> None:
    """A supervisor allows it when what begins comes with the bill, and is more than the customer is trusted with.

    Prepaid lines are charged what they have: they are given no credit. `monthly`: fen.
    """
    if monthly <= 0 or line.subscription.pay_type != "postpaid":
        return
    owed = sum(one.amount for one in run.billing.owed(line.account))
    told = run.credit.beyond(line.customer.id, line.customer.category, owed, monthly)
    if told is not None:
        run.qualification = Qualification((*run.qualification.reasons, Reason("credit", "override", told)))
