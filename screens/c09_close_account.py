"""C9 close account (销号). Special here is what is owed and what is given back, before the customer agrees."""

from __future__ import annotations

from typing import ClassVar

from boss_tui.answers import DraftView, QuoteLine
from boss_tui.forms import yuan
from data.message import Message, say
from screens.business import BusinessScreen


class CloseAccount(BusinessScreen):
    """The whole reckoning, line by line, and who gets the rest."""

    code: ClassVar[str] = "C9"

    def beside(self, draft: DraftView) -> list[tuple[Message, str]]:
        """What is owed, what is given back, and the difference (catalogue C9)."""
        lines = [line for line in draft.quote.lines if not line.monthly]
        if not lines:
            return [(say("Nothing is owed, and nothing is given back."), "dim")] if draft.held else []
        due = draft.quote.due
        rest = say("The customer gets {yuan} yuan back.", yuan=yuan(-due)) if due < 0 else None
        return [*(_line(line) for line in lines), *([(rest, "strong")] if rest else [])]


def _line(line: QuoteLine) -> tuple[Message, str]:
    return say("{item}  {yuan}", item=line.label, yuan=yuan(line.amount)), ""
