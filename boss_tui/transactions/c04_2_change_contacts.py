"""C4.2 改联系方式 change contacts: address, phone, e-mail, postcode, and how the bill comes.

Document or service password suffices; nothing is paid and the network is told nothing (catalogue C4.2). A bill that
comes by post needs an address and a postcode, one by e-mail an e-mail address.
"""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from boss_tui.business.process import Run
from boss_tui.components.identity.kinds import check_address, check_email, check_phone
from boss_tui.components.identity.text import check_postcode
from boss_tui.forms.fields import Ask, Choice
from boss_tui.transactions.corrections import Corrected, changed, must_change, or_emptied
from boss_tui.transactions.line_forms import PasswordForm
from boss_tui.transactions.lines import Fact, Line, LineTransaction, identified
from boss_tui.transactions.reasons import NO_PARTNER, NO_SHARE
from data.codes import BILL_MEDIA
from data.message import say

FIELDS = ("address", "contact_phone", "email", "postcode", "bill_medium")
LABELS = {
    "address": say("Address"),
    "contact_phone": say("Contact phone"),
    "email": say("E-mail"),
    "postcode": say("Postcode"),
    "bill_medium": say("Bill by"),
}
NEEDED = {"post": ("address", "postcode"), "email": ("email",)}
"""What must be known of a customer for their bill to come so."""


class ChangeContactsForm(PasswordForm):
    """The form of C4.2."""

    address: Annotated[
        str,
        Ask(
            say("Address"),
            "text",
            help=say("What is known stands here; - empties the field."),
            section=say("Contacts"),
            width=40,
            length=200,
        ),
        or_emptied(check_address),
    ] = ""
    contact_phone: Annotated[
        str,
        Ask(
            say("Contact phone"), "text", help=say("A mobile number or a landline; - empties it."), width=20, length=30
        ),
        or_emptied(check_phone),
    ] = ""
    email: Annotated[
        str,
        Ask(say("E-mail"), "text", help=say("Such as name@example.com; - empties it."), width=40, length=254),
        or_emptied(check_email),
    ] = ""
    postcode: Annotated[
        str,
        Ask(say("Postcode"), "digits", help=say("Six digits; - empties it."), width=8, length=6),
        or_emptied(check_postcode),
    ] = ""
    bill_medium: Annotated[
        Literal["", "none", "post", "email", "message"],
        Ask(
            say("Bill by"), "choice", help=say("How the monthly bill comes."), choices="bill_media", width=10, length=10
        ),
    ] = ""


class ChangeContactsTransaction(LineTransaction[ChangeContactsForm, Corrected]):
    """C4.2 改联系方式."""

    form = ChangeContactsForm
    identity = "password"
    states = ("active", "suspended", "pendingActive", "pendingTerminate")
    touched = ()
    paid = False
    empty: ClassVar = {
        "F5": say("Number and card stay as they are."),
        "F8": say("How somebody is reached says nothing of their credit."),
        "F10": say("The network knows no addresses."),
        "F11": say("No money moves."),
        "A2": say("Nothing has to be followed up: it is done at once."),
        "A3": say("New contacts earn no points, and tenure runs on."),
        "A4": NO_PARTNER,
        "B1": say("Charges stay; a bill reads where it goes to when it is sent."),
        "B2": NO_SHARE,
    }

    def look(self, run: Run, form: ChangeContactsForm, line: Line) -> None:
        """What is known is shown to whoever has shown who they are; how the bill comes fits what is known."""
        owner = line.customer
        if identified(run, line):
            run.facts.update({name: getattr(owner, name) for name in FIELDS})
        line.more = changed(run, owner, {name: getattr(form, name) for name in FIELDS}, {"bill_medium": BILL_MEDIA})
        must_change(run, line.more)
        after = {name: line.more.after.get(name, getattr(owner, name)) for name in FIELDS}
        for needed in NEEDED.get(after["bill_medium"], ()):
            if not after[needed]:
                run.errors.setdefault(
                    needed, say("Needed for a bill {medium}.", medium=BILL_MEDIA[after["bill_medium"]])
                )

    def act(self, run: Run, form: ChangeContactsForm, line: Line) -> None:
        """Change what differs; the history keeps what it was."""
        line.customer = run.customers.change(line.customer, **line.more.after)
        run.behaviour.watch(line.customer.id)

    def about(self, run: Run, form: ChangeContactsForm, line: Line) -> tuple[Fact, ...]:
        """Before and after of what was changed."""
        return tuple(line.more.facts(LABELS))

    def facts(self, run: Run, form: ChangeContactsForm, line: Line) -> dict[str, Any]:
        """Which fields were changed."""
        return {**super().facts(run, form, line), "changed": sorted(line.more.after)}

    def choices(self, run: Run, form: ChangeContactsForm, field: str, text: str) -> list[Choice]:
        """How bills come, beside what these forms share."""
        if field == "bill_medium":
            return [Choice(code, words) for code, words in BILL_MEDIA.items()]
        return super().choices(run, form, field, text)

    def example(self, run: Run) -> dict[str, Any]:
        """The first number, and an address that its owner moved to."""
        subscription, typed = self.example_line(run)
        moved = [f"浙江省杭州市西湖区文三路{house}号" for house in (138, 140)]
        lives = run.customers.owner(subscription.customer_id).address
        address = moved[0] if lives != moved[0] else moved[1]
        return {**typed, "address": address, "postcode": "310012", "bill_medium": "post"}
