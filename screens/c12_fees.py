"""C12 collect or refund fees (收/退通信费). Special here is what is owed, bill by bill, as it will be read aloud."""

from __future__ import annotations

from boss_tui.answers.business import DraftView
from boss_tui.forms.typed import yuan
from data.message import Message, say
from screens.business import BusinessScreen

MOST = 8


class FeesScreen(BusinessScreen):
    """Every open bill of the accounts, with its late fee, the oldest first."""

    def beside(self, draft: DraftView) -> list[tuple[Message, str]]:
        """The bills that are not settled (catalogue C12)."""
        bills = draft.facts.get("bills")
        if bills is None:
            return [(say("Type a number, an account, a document or a name; F4 searches."), "dim")]
        lines = [
            (
                say(
                    "{month} {account}  {amount} + late {late_fee}",
                    month=bill["month"],
                    account=bill["account"][-6:],
                    amount=yuan(bill["amount"]),
                    late_fee=yuan(bill["late_fee"]),
                ),
                "strong",
            )
            for bill in bills[:MOST]
        ]
        if len(bills) > MOST:
            lines.append((say("and {n} {n:bill|bills} more", n=len(bills) - MOST), "strong"))
        return lines
