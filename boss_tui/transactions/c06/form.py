"""The form of C6: the number, what is done with it, for which cause, from when until when, and who asks."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator

from boss_tui.business.vault import PROVEN
from boss_tui.components.products.suspending import CAUSES
from boss_tui.forms.fields import Ask, Choice
from boss_tui.forms.typed import Day, Flag
from boss_tui.transactions.line_forms import LineForm, OwnerForm
from boss_tui.transactions.secrets import six_digits_or
from data.message import say

ACTIONS = {"suspend": say("Suspend"), "resume": say("Resume")}
NOT_TYPED = ("closing", "arrears_kept")
"""Causes that are set by closing a line, and by credit control alone."""
OWNERS = {"request", "loss"}
"""Causes that the owner brings forward; all others are the operator's, and need a supervisor."""
EXTENTS = {"arrears_outgoing": "outgoing", "identity": "outgoing"}
"""What a cause bars, where that is not everything (domain-facts 2)."""


class ReasonForm(LineForm):
    """What is done and why: asked for before who asks, since that depends on it."""

    action: Annotated[
        Literal["suspend", "resume"],
        Ask(
            say("Action"),
            "choice",
            help=say("suspend or resume."),
            choices="action",
            section=say("Suspend or resume"),
            width=8,
        ),
    ]
    cause: Annotated[
        Literal["request", "loss", "arrears_outgoing", "arrears_all", "arrears_kept", "fraud", "court", "identity"],
        Ask(
            say("Cause"),
            "choice",
            help=say("F4 shows the causes. With two, the line stays stopped till the last is gone."),
            choices="cause",
            width=16,
        ),
    ]
    emergency: Annotated[
        Flag,
        Ask(
            say("Emergency"),
            "flag",
            help=say("y: resumed though it is not paid, for a day; from four stars on, with a supervisor's word."),
            width=2,
            when="cause=arrears_outgoing|arrears_all",
        ),
    ] = False
    password: Annotated[
        str,
        Ask(
            say("Password"),
            "password",
            help=say("The service password is enough to report a loss."),
            width=8,
            length=6,
            when="cause=loss",
        ),
        AfterValidator(six_digits_or(PROVEN)),
    ] = ""


class SuspendForm(OwnerForm, ReasonForm):
    """The form of C6. Its bases' fields come first, those of the last base before the others."""

    starts_on: Annotated[
        Day | None,
        Ask(
            say("From"),
            "date",
            help=say("On request: the day, such as 2027-01-15. Empty: at once."),
            width=12,
            length=10,
            when="cause=request",
        ),
    ] = None
    ends_on: Annotated[
        Day | None,
        Ask(
            say("Works again on"),
            "date",
            help=say("On request: the day on which it works again by itself. Empty: when they come."),
            width=12,
            length=10,
            when="cause=request",
        ),
    ] = None
    reason: Annotated[
        str,
        Ask(
            say("Grounds"),
            "text",
            help=say("Fraud, identity, emergency: why. A court: the number of its document."),
            width=30,
            length=80,
            when="cause=fraud|court|identity emergency",
        ),
    ] = ""


def choices(field: str) -> list[Choice]:
    """The lists of the form's own fields."""
    lists = {"action": ACTIONS, "cause": {cause: words for cause, words in CAUSES.items() if cause not in NOT_TYPED}}
    return [Choice(word, label) for word, label in lists.get(field, {}).items()]
