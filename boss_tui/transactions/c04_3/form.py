"""The form of C4.3."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator

from boss_tui.components.identity.numbers import check_bank_account
from boss_tui.forms.fields import Ask
from boss_tui.forms.typed import wrong
from boss_tui.transactions.line_forms import OwnerForm
from data.codes import BANKS
from data.message import say

Change = Literal["cash", "debit", "prepaid", "postpaid", "merge", "split"]
CHANGES = {
    "cash": say("Bills are paid at the counter"),
    "debit": say("The bank pays the bills"),
    "prepaid": say("From postpaid to prepaid"),
    "postpaid": say("From prepaid to postpaid"),
    "merge": say("Charge it to another account"),
    "split": say("Give it an account of its own"),
}


def _bank(typed: str) -> str:
    if typed and typed not in BANKS:
        raise wrong("Not one of the choices. F4 shows them.")
    return typed


class ChangePaymentForm(OwnerForm):
    """The form of C4.3. What hangs on the change is asked for with it alone."""

    change: Annotated[
        Change,
        Ask(
            say("Kind of change"),
            "choice",
            help=say("F4: cash, debit, prepaid, postpaid, merge, split."),
            choices="changes",
            section=say("Way of paying"),
            width=10,
            length=10,
        ),
    ]
    bank: Annotated[
        str,
        Ask(
            say("Bank"),
            "choice",
            help=say("The bank that is to pay the bills."),
            choices="banks",
            width=6,
            length=6,
            when="change=debit",
        ),
        AfterValidator(_bank),
    ] = ""
    bank_account: Annotated[
        str,
        Ask(
            say("Bank account"),
            "digits",
            help=say("The account or card that is debited."),
            width=24,
            length=30,
            when="change=debit",
        ),
        AfterValidator(lambda typed: check_bank_account(typed) if typed else typed),
    ] = ""
    account: Annotated[
        str,
        Ask(
            say("To account"),
            "code",
            help=say("F4 shows the customer's other accounts."),
            choices="accounts",
            width=22,
            length=30,
            when="change=merge",
        ),
    ] = ""
    plan: Annotated[
        str,
        Ask(
            say("New plan"),
            "choice",
            help=say("F4: the plans that can be paid so. Empty: the plan stays."),
            choices="plans",
            width=10,
            length=20,
            when="change=prepaid|postpaid",
        ),
    ] = ""
