"""The form of C12, and what the step has worked out of it."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from msgspec import Struct, field

from boss_tui.answers.business import QuoteLine, Reason
from boss_tui.components.tenders.dues import DuesPart, Owed
from boss_tui.forms.fields import Ask
from boss_tui.forms.form import Form
from boss_tui.forms.typed import Fen, Flag
from boss_tui.transactions.payers import Payer
from data.message import Message, say
from data.tables.account import BillingAccount
from data.tables.order import ProductOrder

Action = Literal["collect", "balance", "advance", "refund", "correct"]

ACTIONS: dict[str, Message] = {
    "collect": say("Collect what is owed"),
    "balance": say("Pay it from the balance"),
    "advance": say("Pay in advance"),
    "refund": say("Refund the balance"),
    "correct": say("Correct a wrong payment"),
}


class FeesForm(Form):
    """The form of C12."""

    about: ClassVar[str] = "who"
    who: Annotated[
        str,
        Ask(
            say("For whom"),
            "text",
            help=say("A number, an account, a document or a full name; F4 searches."),
            choices="payers",
            section=say("Customer"),
            width=24,
            length=64,
        ),
    ]
    action: Annotated[
        Action,
        Ask(
            say("What"),
            "choice",
            help=say("collect, balance, advance, refund or correct. F4."),
            choices="actions",
            width=9,
            means=say("Collect"),
        ),
    ] = "collect"
    accounts: Annotated[
        str,
        Ask(
            say("Accounts"),
            "code",
            help=say("Empty: that of the number, or all of the customer. all, or some, with commas between."),
            choices="accounts",
            width=26,
            length=200,
        ),
    ] = ""
    amount: Annotated[
        Fen | None,
        Ask(
            say("Amount"),
            "money",
            help=say("Yuan. Empty: all that is owed, or the whole balance."),
            section=say("Money"),
            width=12,
        ),
    ] = None
    surplus: Annotated[
        str,
        Ask(
            say("The rest to"),
            "code",
            help=say("Which of several accounts gets what is more than owed. F4."),
            choices="surplus",
            width=22,
            length=30,
            when="action=collect",
        ),
    ] = ""
    waive: Annotated[
        Flag,
        Ask(
            say("No late fee"),
            "flag",
            help=say("y leaves out the late fee; a supervisor must allow it."),
            width=2,
            when="action=collect",
        ),
    ] = False
    document_number: Annotated[
        str,
        Ask(
            say("Owner's doc."),
            "code",
            help=say("For a refund: the number of the document that the owner shows."),
            width=22,
            length=30,
            when="action=refund",
        ),
    ] = ""
    serial: Annotated[
        str,
        Ask(
            say("Wrong payment"),
            "code",
            help=say("To correct: the serial of the payment that went to the wrong account."),
            choices="payments",
            section=say("Correction"),
            width=20,
            length=30,
            when="action=correct",
        ),
    ] = ""
    right: Annotated[
        str,
        Ask(
            say("Should go to"),
            "text",
            help=say("The number or account that was meant."),
            choices="payers",
            width=24,
            length=64,
            when="serial",
        ),
    ] = ""
    reason: Annotated[
        str,
        Ask(
            say("Reason"),
            "text",
            help=say("Why it is refunded, corrected, or the late fee left out."),
            section=say("Record"),
            width=26,
            length=80,
            when="action=refund|correct waive",
        ),
    ] = ""

    @property
    def waives(self) -> bool:
        """Whether the late fee of what is owed is left out: where no sum says otherwise, and not of what another choice
        left in its field."""
        return self.waive and (self.action == "collect" or (self.action == "balance" and self.amount is None))


class FeesCase(Struct):
    """What a step has worked out.

    Attributes:
        payer: whose accounts; owed: their bills that are not settled and may be paid.
        parts: what is paid of which bill; negative ones are taken back.
        lines: the quote.
        surplus: the account that gets what is more than is owed; None while that is not said.
        advanced: what goes into which account's prepaid bucket, in fen, by the account's key.
        wrong: the payment that is corrected; right: where it should have gone.
        reasons: against it.
    """

    payer: Payer
    owed: list[Owed] = field(default_factory=list)
    parts: list[DuesPart] = field(default_factory=list)
    lines: list[QuoteLine] = field(default_factory=list)
    advanced: dict[str, int] = field(default_factory=dict)
    surplus: BillingAccount | None = None
    wrong: ProductOrder | None = None
    right: Payer | None = None
    reasons: list[Reason] = field(default_factory=list)

    @property
    def amount(self) -> int:
        """The fen that the operator's limit is asked for."""
        moved = sum(line.amount for line in self.lines)
        return abs(moved) or sum(line.amount for line in self.lines if line.amount > 0)

    @property
    def gains(self) -> Payer:
        """Who gets what is paid."""
        return self.right or self.payer
