"""Whose an invoice is: title 抬头 and tax number 税号, checked, or as the customer is on record (domain-facts 7)."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Literal

from msgspec.structs import asdict
from pydantic import AfterValidator, model_validator

from boss_tui.answers.business import Invoicing
from boss_tui.components.identity.kinds import RULES, check_name, check_organisation
from boss_tui.forms.fields import Ask
from boss_tui.forms.form import Form
from boss_tui.forms.typed import folded, wrong
from data.check_digits import fits, mod_11_2
from data.errors import BadForm
from data.message import say
from data.names import as_stored
from data.tables.customer import Customer

LENGTHS = (15, 18, 20)
"""Characters of a tax number: of the old kind, a unified social credit code or one made of a resident ID, and what is
given to people in business on their own."""
_SOCIAL_CREDIT = re.compile(r"[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}")
_RESIDENT = re.compile(r"[0-9]{6}(19|20)[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9X]")
_ANY_DAY = date(1, 1, 1)
"""What a social credit code says has nothing to do with the day."""


def check_title(typed: str) -> str:
    """A title: the name of a person or an organisation, as it is stored."""
    title = as_stored(typed)
    if not title:
        raise wrong("Type the title: the buyer's name.")
    return check_name(title) if len(title) == 1 else check_organisation(title)


def check_tax_number(typed: str) -> str:
    """A tax number: 15, 18 or 20 letters and digits. One of 18 that is built like a unified social credit code has its
    check character, unless it is a resident ID."""
    number = re.sub(r"[\s-]", "", folded(typed)).upper()
    if not re.fullmatch(r"[0-9A-Z]*", number):
        raise wrong("A tax number is letters and digits.")
    if len(number) not in LENGTHS:
        raise wrong("A tax number has 15, 18 or 20 characters; these are {count}.", count=len(number))
    if len(number) == 18 and _SOCIAL_CREDIT.fullmatch(number) and not _of_resident(number):
        RULES["uscc"](number, _ANY_DAY)
    return number


def _of_resident(number: str) -> bool:
    """Whether it is the resident ID of somebody in business on their own."""
    return bool(_RESIDENT.fullmatch(number)) and fits(number, mod_11_2)


class WhenForm(Form):
    """When an invoice is written."""

    when: Annotated[
        Literal["now", "later", "none"],
        Ask(
            say("Invoice"), "choice", help=say("now; later, drawn once from the order; none, and none later."), width=8
        ),
    ] = "now"


class BuyerForm(Form):
    """For whom an invoice is."""

    title: Annotated[
        str,
        Ask(say("Title"), "name", help=say("The buyer's name on the invoice."), width=36, length=128),
        AfterValidator(lambda typed: check_title(typed) if typed else typed),
    ] = ""
    tax_number: Annotated[
        str,
        Ask(say("Tax number"), "code", help=say("15, 18 or 20 letters and digits."), width=24, length=24),
        AfterValidator(lambda typed: check_tax_number(typed) if typed else typed),
    ] = ""

    @model_validator(mode="after")
    def _somebodys(self) -> BuyerForm:
        if self.tax_number and not self.title:
            raise wrong("Type the title: the buyer's name.")
        return self


class InvoiceForm(BuyerForm, WhenForm):
    """What is asked of an invoice at the payment, and by command: when first, then for whom."""


def checked(asked: Invoicing, own: Invoicing) -> Invoicing:
    """What is asked, as it is kept: where it is the customer's `own`, without a title. BadForm: beside its field."""
    try:
        form = InvoiceForm.read(asdict(asked))
    except BadForm as fault:
        raise BadForm({name or "title": message for name, message in fault.errors.items()}) from None
    if own.tax_number and form.title and not form.tax_number:
        raise BadForm({"tax_number": say("An organisation's invoice needs its tax number.")})
    if (form.title, form.tax_number) == (own.title, own.tax_number):
        return Invoicing(form.when)
    return Invoicing(form.when, form.title, form.tax_number)


def own(name: str, document: str, organisation: bool) -> Invoicing:
    """What stands on an invoice of a customer by themselves: an organisation's name, and the number on its certificate
    where that is a tax number."""
    if not organisation:
        return Invoicing(title=name)
    try:
        return Invoicing(title=name, tax_number=check_tax_number(document))
    except ValueError:
        return Invoicing(title=name)


def of_customer(customer: Customer) -> Invoicing:
    """The same of one who is on record."""
    return own(customer.name, customer.document_number, customer.holder == "organization")


def buyer(asked: Invoicing, customer: Customer | None) -> Invoicing:
    """Who stands on the invoice beside the customer's name: who was asked for, else an organisation itself."""
    if asked.title or customer is None or customer.holder != "organization":
        return asked
    its = of_customer(customer)
    return Invoicing(asked.when, its.title, its.tax_number)
