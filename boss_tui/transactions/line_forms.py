"""The forms of businesses on a number: which, whose documents, and what proves who asks (domain-facts 6)."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import AfterValidator

from boss_tui.business.vault import PROVEN
from boss_tui.components.identity.kinds import check_mobile
from boss_tui.forms.fields import Ask
from boss_tui.forms.form import Form
from boss_tui.forms.typed import Flag
from boss_tui.transactions import agents
from boss_tui.transactions.secrets import six_digits_or
from data.message import say


class LineForm(Form):
    """The number that it is about."""

    about: ClassVar[str] = "number"
    number: Annotated[
        str,
        Ask(
            say("Number"),
            "digits",
            help=say("The customer's number; F4 finds it by its last four digits."),
            choices="lines",
            section=say("Customer"),
            width=14,
            length=11,
        ),
        AfterValidator(check_mobile),
    ]


class OwnerForm(LineForm):
    """The number, and its owner's document; an agent's too when somebody acts for them."""

    document_number: Annotated[
        str,
        Ask(
            say("Owner's doc."),
            "code",
            help=say("The number of the document that the owner shows."),
            width=22,
            length=30,
        ),
    ] = ""
    by_agent: Annotated[Flag, agents.by_agent(say("y when somebody else acts for the owner: both documents."))] = False
    agent_document_kind: Annotated[str, agents.kind()] = agents.RESIDENT_ID
    agent_document_number: Annotated[str, agents.number()] = ""
    agent_name: Annotated[str, agents.name()] = ""
    agent_phone: Annotated[str, agents.phone()] = ""


class PasswordForm(LineForm):
    """The number, and what proves who asks: the owner's document, or the service password."""

    document_number: Annotated[
        str,
        Ask(
            say("Owner's doc."),
            "code",
            help=say("The number of the document that the owner shows."),
            width=22,
            length=30,
        ),
    ] = ""
    password: Annotated[
        str,
        Ask(
            say("Password"),
            "password",
            help=say("The service password, where no document is shown."),
            width=8,
            length=6,
        ),
        AfterValidator(six_digits_or(PROVEN)),
    ] = ""
