"""The price of a form as a slip to take home, without doing it: on paper, under no document number."""

from __future__ import annotations

from boss_tui.answers.business import DraftView
from boss_tui.reports.report import Column, Fact, Report, Section
from data.errors import NotAllowed
from data.message import say


def quotation(view: DraftView) -> Report:
    """What the slip says. NotAllowed while the form has no price."""
    if not view.quote.lines:
        raise NotAllowed(say("The form has no price yet."))
    rows = tuple((line.label, line.amount) for line in view.quote.lines)
    columns = (Column(say("Item")), Column(say("Amount"), "money"))
    facts = (Fact(say("Business"), view.title or view.code),)
    return Report(
        name=f"quotation-{view.number}",
        title=say("Price quotation"),
        facts=facts,
        sections=(Section(say("Price"), columns, rows),),
        summary=(
            Fact(say("To pay now"), view.quote.due, "money"),
            Fact(say("A month"), view.quote.monthly, "money"),
        ),
    )
