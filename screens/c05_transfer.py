"""C5 transfer of ownership (过户). Special here is what is settled with the old owner."""

from __future__ import annotations

from boss_tui.answers.business import DraftView
from boss_tui.forms.typed import yuan
from data.message import Message, say
from screens.business import BusinessScreen


class TransferScreen(BusinessScreen):
    """Beside the form stands what goes back to the old owner."""

    def beside(self, draft: DraftView) -> list[tuple[Message, str]]:
        """The old owner's money, and what both have to do (catalogue C5)."""
        back = -sum(line.amount for line in draft.quote.lines if line.kind and line.amount < 0)
        told = [(say("The old owner's money: {yuan} yuan.", yuan=yuan(back)), "good")] if back else []
        return [*told, (say("Both owners show their documents and sign."), "dim")]
