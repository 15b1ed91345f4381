"""What C1 asks for: the customer, who acts for them, and what they want. No rule here needs the store."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator

from boss_tui.components.identity.kinds import check_address, check_email, check_iccid, check_mobile, check_phone
from boss_tui.forms.fields import Ask
from boss_tui.forms.form import Form
from boss_tui.forms.typed import Codes, Day, Expiry, Fen, Flag
from boss_tui.transactions import agents, secrets
from data.message import say

ORGANISATIONS = "30"
"""The kinds of document that an organisation shows, by their national code: who has one was born on no day."""

_CUSTOMER = say("Customer")
_AGENT = say("Who acts for them")
_PRODUCT = say("Product")


class OpenAccountForm(Form):
    """The form of C1."""

    identity: ClassVar[tuple[str, ...]] = ("document_kind", "document_number")
    document_kind: Annotated[
        str,
        Ask(
            say("Document kind"),
            "choice",
            help=say("The kind of identity document. F4 lists them."),
            choices="document_kinds",
            section=_CUSTOMER,
            width=4,
            means=say("Resident ID"),
        ),
    ] = "00"
    document_number: Annotated[
        str,
        Ask(
            say("Document no."),
            "code",
            help=say("As it stands on the document; the check digit is tested."),
            width=22,
            length=30,
        ),
    ]
    name: Annotated[str, Ask(say("Name"), "name", help=say("As it stands on the document."), width=30, length=64)]
    birth_date: Annotated[
        Day | None,
        Ask(
            say("Born on"),
            "date",
            help=say("Only for documents that do not hold it: 19900517."),
            width=12,
            length=10,
            when=f"document_kind!={ORGANISATIONS}",
            answered=True,
        ),
    ] = None
    document_expires: Annotated[
        Expiry | None,
        Ask(
            say("Valid until"),
            "date",
            help=say("The document's last day, such as 20360517; long-term when it has none."),
            width=12,
            length=10,
        ),
    ] = None
    address: Annotated[
        str,
        Ask(say("Address"), "text", help=say("Town, street and house."), width=40, length=120),
        AfterValidator(check_address),
    ]
    contact_phone: Annotated[
        str,
        Ask(say("Contact phone"), "digits", help=say("A mobile or fixed number to reach them."), width=16, length=20),
        AfterValidator(check_phone),
    ]
    email: Annotated[str, Ask(say("E-mail"), "text", width=30, length=80), AfterValidator(check_email)] = ""
    by_agent: Annotated[
        Flag, agents.by_agent(say("y when somebody else acts for the customer; a minor's guardian."), _AGENT)
    ] = False
    agent_document_kind: Annotated[str, agents.kind()] = agents.RESIDENT_ID
    agent_document_number: Annotated[str, agents.number()] = ""
    agent_name: Annotated[str, agents.name()] = ""
    agent_phone: Annotated[str, agents.phone()] = ""
    plan: Annotated[
        str,
        Ask(
            say("Plan"),
            "choice",
            help=say("F4 lists what this customer may have, best first."),
            choices="plans",
            section=_PRODUCT,
            width=12,
            same=True,
        ),
        AfterValidator(str.upper),
    ]
    number: Annotated[
        str,
        Ask(
            say("Number"),
            "digits",
            help=say("F4 searches: last digits, 139 at the start, 1*88, or a grade."),
            choices="numbers",
            width=14,
            length=11,
        ),
        AfterValidator(check_mobile),
    ]
    iccid: Annotated[
        str,
        Ask(
            say("SIM card"),
            "code",
            help=say("The 20 characters on the card, or scan it."),
            choices="sims",
            width=22,
            length=20,
        ),
        AfterValidator(check_iccid),
    ]
    long_distance: Annotated[
        Literal["none", "domestic", "international"],
        Ask(
            say("Long distance"),
            "choice",
            help=say("none, domestic, international (needs a deposit)."),
            choices="long_distance",
            width=14,
            same=True,
            means=say("Domestic"),
        ),
    ] = "domestic"
    roaming: Annotated[
        Literal["none", "province", "national", "international"],
        Ask(
            say("Roaming"),
            "choice",
            help=say("none, province, national, international (needs a deposit)."),
            choices="roaming",
            width=14,
            same=True,
            means=say("National"),
        ),
    ] = "national"
    services: Annotated[
        Codes,
        Ask(
            say("Services"),
            "text",
            help=say("Codes with commas between them. F4 adds one, or takes out one that is there."),
            choices="services",
            width=30,
            length=120,
            same=True,
            several=True,
        ),
    ] = ()
    prepayment: Annotated[
        Fen,
        Ask(
            say("Extra prepaid"),
            "money",
            help=say("Yuan that the customer pays in beyond what is needed."),
            width=10,
            length=10,
        ),
    ] = 0
    password: Annotated[
        str,
        Ask(
            say("Password"),
            "password",
            help=say("Six digits that the customer chooses; not easy to guess."),
            width=8,
            length=6,
        ),
        AfterValidator(secrets.six_digits_or(secrets.HASHED)),
    ]
    repeat_password: secrets.RepeatPassword
