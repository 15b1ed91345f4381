"""The form of C10: which unit, for whom, with which contract; or what comes back."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator

from boss_tui.components.identity.kinds import check_imei, check_mobile
from boss_tui.forms.fields import Ask
from boss_tui.forms.form import Form
from boss_tui.forms.typed import Flag, Whole
from data.message import say


class HandsetForm(Form):
    """The form of C10. `month` is for the desk alone: which month's part of a prepayment is given back."""

    about: ClassVar[str] = "number"
    action: Annotated[
        Literal["sell", "exchange", "return", "end"],
        Ask(
            say("What is done"),
            "choice",
            help=say("sell, exchange (warranty), return, end (a contract); F4."),
            choices="actions",
            section=say("Handset"),
            width=10,
            length=10,
            means=say("Sell a handset"),
        ),
    ] = "sell"
    imei: Annotated[
        str,
        Ask(
            say("IMEI"),
            "digits",
            help=say(
                "15 digits: scan the box. F4 shows the stock, by model. To exchange or return: "
                "the unit that comes back."
            ),
            choices="handsets",
            width=18,
            length=15,
            when="action=sell|exchange|return",
        ),
        AfterValidator(check_imei),
    ] = ""
    new_imei: Annotated[
        str,
        Ask(
            say("New IMEI"),
            "digits",
            help=say("The unit that is given for it: of the same model."),
            choices="handsets",
            width=18,
            length=15,
            when="action=exchange",
        ),
        AfterValidator(check_imei),
    ] = ""
    number: Annotated[
        str,
        Ask(
            say("Sold to number"),
            "digits",
            help=say("Whose number it is for; empty: anybody's."),
            choices="lines",
            section=say("Customer"),
            width=14,
            length=11,
            when="action=sell|end",
        ),
        AfterValidator(check_mobile),
    ] = ""
    buyer: Annotated[
        str,
        Ask(
            say("Buyer"),
            "name",
            help=say("For the invoice, where it is for no number. May be empty."),
            width=30,
            length=64,
            when="action=sell",
        ),
    ] = ""
    bundle: Annotated[
        str,
        Ask(
            say("Contract"),
            "choice",
            help=say("Price and prepayment with a contract; needs a number. F4 lists them."),
            choices="bundles",
            section=say("Contract"),
            width=12,
            length=12,
            when="action=sell|end",
        ),
    ] = ""
    document_number: Annotated[
        str,
        Ask(
            say("Owner's doc."),
            "code",
            help=say("For a contract: the document that the number's owner shows."),
            width=22,
            length=30,
            when="action=sell|end",
        ),
    ] = ""
    faulty: Annotated[
        Flag,
        Ask(
            say("Faulty"),
            "flag",
            help=say("y when it does not work: it goes to the workshop."),
            width=2,
            when="action=exchange|return",
        ),
    ] = True
    reason: Annotated[
        str,
        Ask(
            say("Reason"),
            "text",
            help=say("What is wrong with it."),
            width=30,
            length=80,
            when="action=exchange|return|end",
        ),
    ] = ""
    month: Whole = 0
