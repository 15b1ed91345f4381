"""The form of C9, and what a step works out from it."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from msgspec import Struct, field

from boss_tui.answers.business import QuoteLine
from boss_tui.components.billing.final_bills import Charged
from boss_tui.components.tenders.dues import DuesPart
from boss_tui.forms.fields import Ask
from boss_tui.transactions.line_forms import OwnerForm
from data.message import say
from data.tables.life import Suspension

ACTIONS = {"close": say("Close: barred now, closed for good on the 1st"), "undo": say("Undo a closing before its day")}
POINTS = {"spend": say("Spend the points on what is charged"), "lose": say("Let the points lapse")}
FINAL, LEAVES = "final", "ported"
"""What the order does that comes on the day of closing, or when another operator has the number; nobody types it."""


class CloseAccountForm(OwnerForm):
    """The form of C9."""

    action: Annotated[
        Literal["close", "undo", "final", "ported"],
        Ask(
            say("Action"),
            "choice",
            help=say("close, or undo a closing whose day has not come."),
            choices="actions",
            section=say("Close account"),
            width=8,
            means=say("Close"),
        ),
    ] = "close"
    points: Annotated[
        Literal["spend", "lose"],
        Ask(
            say("Points"),
            "choice",
            help=say("spend: they pay part of what is charged; the rest lapses. lose: all lapse."),
            choices="points",
            width=8,
            when="action=close",
            means=say("Spend"),
        ),
    ] = "spend"


class ClosingCase(Struct):
    """What the step has worked out.

    Attributes:
        day: the day of closing.
        lines: the whole quote.
        parts: what it settles of bills that are there already.
        final: what is on no bill yet; entries: the same as it is entered in the books, with the tax in each line.
        spent, lapsed: points that pay, and that are lost.
        bar: the closing that is under way, if any.
    """

    day: date
    lines: list[QuoteLine] = field(default_factory=list)
    parts: list[DuesPart] = field(default_factory=list)
    final: list[Charged] = field(default_factory=list)
    entries: list[QuoteLine] = field(default_factory=list)
    spent: int = 0
    lapsed: int = 0
    bar: Suspension | None = None
