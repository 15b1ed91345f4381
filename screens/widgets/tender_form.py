"""The form of one tender: how it is paid, how much, and under which reference."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated

from pydantic import model_validator

from boss_tui.answers.business import Tender, TenderWay
from boss_tui.forms.fields import Ask
from boss_tui.forms.form import Form
from boss_tui.forms.typed import Fen, wrong
from data.errors import BadForm
from data.message import Message, say


class TenderForm(Form):
    """Money handed over; `kind` is the digit of a way of paying."""

    kind: Annotated[str, Ask(label=say("Paid by"), kind="choice", width=3)] = "1"
    amount: Annotated[Fen, Ask(label=say("Amount"), kind="money", width=12)]
    reference: Annotated[str, Ask(label=say("Reference"), kind="code", width=24)] = ""

    @model_validator(mode="after")
    def _some(self) -> TenderForm:
        if self.amount <= 0:
            raise wrong("An amount above 0.")
        return self


class Ways:
    """The ways of paying that can be chosen, by their digits."""

    def __init__(self, ways: Sequence[TenderWay]) -> None:
        self.all = {way.code: way for way in ways}
        self.chosen_by = {way.digit: way for way in ways if way.digit}

    def name(self, code: str) -> Message:
        """What a way of paying is called."""
        return self.all[code].name

    def note(self, digit: str) -> Message:
        """Beside the field: what the digit means, and that there are others."""
        digits = say(
            "digits {first} to {last}, F4: all ways",
            first=min(self.chosen_by, default="1"),
            last=max(self.chosen_by, default="1"),
        )
        way = self.chosen_by.get(digit)
        return say("{way}   ({digits})", way=way.name, digits=digits) if way else digits

    def read(self, typed: Mapping[str, str]) -> Tender:
        """The tender that is typed. BadForm says beside which field it is wrong."""
        form = TenderForm.read(typed)
        way = self.chosen_by.get(form.kind)
        if way is None:
            raise BadForm({"kind": say("Not one of the choices. F4 shows them.")})
        if way.closed:
            raise BadForm({"kind": way.closed})
        if way.provider:
            raise BadForm({"reference": say("Scan the code on the customer's telephone.")})
        if way.reference and not form.reference:
            raise BadForm({"reference": say("{way} needs its reference number.", way=way.name)})
        return Tender(way.code, form.amount, form.reference)
