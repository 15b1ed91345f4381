"""C9 close account (销号). Special here is what is owed and what is given back, before the customer agrees."""

from __future__ import annotations

from boss_tui.answers.business import DraftView, QuoteLine
from boss_tui.forms.typed import yuan
from data.message import Message, say
from screens.business import BusinessScreen


class CloseAccountScreen(BusinessScreen):
    """The whole reckoning, line by line, and who gets the rest."""

    def beside(self, draft: DraftView) -> list[tuple[Message, str]]:
        """What is owed, what is given back, and the difference (catalogue C9)."""
        day, due = draft.facts.get("day"), draft.quote.due
        if day is None:
            return []
        lines = [line for line in draft.quote.lines if not line.monthly]
        told = [_line(line) for line in lines] or [(say("Nothing is owed, and nothing is given back."), "dim")]
        told += [
            (say("In the final bill: {item}  {yuan}", item=Message.from_json(item), yuan=fen), "dim")
            for item, fen in draft.facts["made_of"]
        ]
        if due < 0:
            told.append((say("The customer gets {yuan} yuan back.", yuan=yuan(-due)), "strong"))
        closes = say("Barred at once; closed for good on {day}.", day=day)
        keeps = say("Works again once the network confirms; was to be closed on {day}.", day=day)
        return [(keeps if draft.facts.get("undoes") else closes, ""), *told]


def _line(line: QuoteLine) -> tuple[Message, str]:
    return say("{item}  {yuan}", item=line.label, yuan=yuan(line.amount)), ""
