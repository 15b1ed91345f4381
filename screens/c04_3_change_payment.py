"""C4.3 change payment method (改支付方式). Special here is what each change means for the money."""

from __future__ import annotations

from typing import ClassVar

from boss_tui.answers import DraftView
from data.message import Message, say
from screens.business import BusinessScreen

MEANS = {
    "prepaid": say("A deposit goes into the balance. All bills are paid first."),
    "postpaid": say("The balance stays and pays the next bills."),
    "merge": say("What the old account holds moves; an empty account is closed."),
    "split": say("The new account begins empty; the old one keeps its money."),
}


class ChangePayment(BusinessScreen):
    """Beside the form stands what happens to the money."""

    code: ClassVar[str] = "C4.3"

    def beside(self, draft: DraftView) -> list[tuple[Message, str]]:
        """What the chosen change means (catalogue C4.3)."""
        means = MEANS.get(str(draft.values.get("change", "")))
        return [(means, "dim")] if means else []
