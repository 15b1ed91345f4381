"""The form of C4.1: what the document in hand says, and on what ground a name differs."""

from __future__ import annotations

from typing import Annotated, Literal

from boss_tui.forms.fields import Ask
from boss_tui.forms.typed import Expiry, Flag
from boss_tui.transactions.line_forms import OwnerForm
from data.message import say

GROUNDS = {"typed": say("It was entered wrongly"), "renamed": say("Changed by law, with its certificate")}


class CorrectNameForm(OwnerForm):
    """The form of C4.1. `document_number` is as the document in hand has it."""

    name: Annotated[
        str,
        Ask(
            say("Name"),
            "name",
            help=say("As on the document. What is known stands here."),
            section=say("Corrected"),
            width=40,
            length=128,
        ),
    ] = ""
    ground: Annotated[
        Literal["", "typed", "renamed"],
        Ask(
            say("Ground"),
            "choice",
            help=say(
                "Why the name differs. typed: it was entered wrongly; renamed: changed by law. A supervisor approves."
            ),
            choices="grounds",
            width=10,
            length=10,
        ),
    ] = ""
    certificate: Annotated[
        str,
        Ask(
            say("Certificate"),
            "text",
            help=say("The number of the paper that certifies the change of the name."),
            width=24,
            length=40,
            when="ground=renamed",
        ),
    ] = ""
    document_expires: Annotated[
        Expiry | None,
        Ask(
            say("Valid until"),
            "date",
            help=say("The document's last day, such as 20360517; long-term when it has none."),
            width=10,
            length=10,
        ),
    ] = None
    mistyped: Annotated[
        Flag,
        Ask(
            say("Doc. mistyped"),
            "flag",
            help=say("y when the document in hand has another number or kind than was typed; a supervisor approves."),
            width=2,
        ),
    ] = False
    document_kind: Annotated[
        str,
        Ask(
            say("Right kind"),
            "choice",
            help=say("The kind of the document in hand."),
            choices="document_kinds",
            width=4,
            length=2,
            when="mistyped",
        ),
    ] = ""
