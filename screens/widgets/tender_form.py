"""The form of one tender: how it is paid, how much, and under which reference."""

from __future__ import annotations

from typing import Annotated

from pydantic import model_validator

from boss_tui.answers import Tender
from boss_tui.forms import Ask, Fen, Form, wrong
from data.message import Message, say

_KINDS = ("cash", "card", "cheque", "transfer")


def kinds() -> list[tuple[str, Message]]:
    """The ways of paying, in the order of their digits."""
    return list(zip(_KINDS, (say("Cash"), say("Card"), say("Cheque"), say("Bank transfer")), strict=True))


class TenderForm(Form):
    """Money handed over. Card, cheque and transfer need a reference."""

    kind: Annotated[str, Ask(label=say("Paid by"), kind="choice", width=3)] = "1"
    amount: Annotated[Fen, Ask(label=say("Amount"), kind="money", width=12)]
    reference: Annotated[str, Ask(label=say("Reference"), kind="code", width=20)] = ""

    @model_validator(mode="after")
    def _known(self) -> TenderForm:
        if self.kind not in {"1", "2", "3", "4"}:
            raise wrong("1 cash, 2 card, 3 cheque, 4 transfer")
        if self.amount <= 0:
            raise wrong("An amount above zero.")
        if self.kind != "1" and not self.reference:
            raise wrong("Card, cheque and transfer need their reference.")
        return self

    def tender(self) -> Tender:
        """The tender that was typed."""
        return Tender(_KINDS[int(self.kind) - 1], self.amount, self.reference)
