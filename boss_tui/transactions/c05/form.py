"""The form of C5: the old owner first, then the new one, on one screen."""

from __future__ import annotations

from typing import Annotated, Literal

from boss_tui.forms.fields import Ask
from boss_tui.forms.typed import Day, Expiry, Flag
from boss_tui.transactions import agents, secrets
from boss_tui.transactions.c01.form import ORGANISATIONS
from boss_tui.transactions.line_forms import OwnerForm
from data.message import say


class TransferForm(OwnerForm):
    """The form of C5."""

    penalty: Annotated[
        Flag,
        Ask(say("Pay penalty"), "flag", help=say("y when a running contract is ended, and its penalty paid."), width=2),
    ] = False
    balance: Annotated[
        Literal["", "goes", "back"],
        Ask(
            say("Balance"),
            "choice",
            help=say("goes with the number, or back to the old owner. Empty: it goes."),
            choices="balances",
            width=6,
            length=6,
        ),
    ] = ""
    month: Annotated[
        Literal["", "day", "first"],
        Ask(
            say("This month"),
            "choice",
            help=say("day: each owner pays their own days; first: all of it is the new owner's. Empty: day."),
            choices="months",
            width=6,
            length=6,
        ),
    ] = ""
    new_document_kind: Annotated[
        str,
        Ask(
            say("Document kind"),
            "choice",
            help=say("The kind of the new owner's document."),
            choices="document_kinds",
            section=say("New owner"),
            width=4,
            length=2,
            means=say("Resident ID"),
        ),
    ] = "00"
    new_document_number: Annotated[
        str, Ask(say("Document no."), "code", help=say("As on the new owner's document."), width=22, length=32)
    ]
    new_name: Annotated[str, Ask(say("Name"), "name", help=say("As on the document."), width=30, length=128)]
    new_birth_date: Annotated[
        Day | None,
        Ask(
            say("Born on"),
            "date",
            help=say("Where the document does not hold it."),
            width=10,
            length=10,
            when=f"new_document_kind!={ORGANISATIONS}",
            answered=True,
        ),
    ] = None
    new_expires: Annotated[
        Expiry | None,
        Ask(
            say("Valid until"),
            "date",
            help=say("The document's last day, such as 20360517; long-term when it has none."),
            width=10,
            length=10,
        ),
    ] = None
    new_address: Annotated[
        str, Ask(say("Address"), "text", help=say("Where bills and letters go."), width=40, length=200)
    ]
    new_phone: Annotated[
        str, Ask(say("Contact phone"), "text", help=say("A mobile number or a landline."), width=20, length=30)
    ]
    new_by_agent: Annotated[
        Flag, agents.by_agent(say("y when somebody else acts for the new owner: both documents."))
    ] = False
    new_agent_document_kind: Annotated[str, agents.kind("new_by_agent")] = agents.RESIDENT_ID
    new_agent_document_number: Annotated[str, agents.number("new_by_agent")] = ""
    new_agent_name: Annotated[str, agents.name("new_by_agent")] = ""
    new_agent_phone: Annotated[str, agents.phone("new_by_agent")] = ""
    new_password: secrets.NewPassword
    repeat_password: secrets.RepeatPassword
