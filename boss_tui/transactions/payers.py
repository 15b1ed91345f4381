"""Whose account it is: found by a number, an account or the customer, for businesses that are not about one number."""

from __future__ import annotations

import re

from msgspec import Struct

from boss_tui.business.process import Run
from boss_tui.components.customers.applicant import Applicant
from boss_tui.components.wording import masked_name
from boss_tui.forms.fields import Choice
from boss_tui.forms.typed import folded
from data.errors import NotAllowed, NotFound
from data.message import Message, say
from data.tables.account import BillingAccount
from data.tables.customer import Customer
from data.tables.order import Subscription

ALL = "ALL"
_NUMBER = re.compile("1[0-9]{10}")


class Payer(Struct):
    """A customer and the accounts of theirs that it is about. `subscription`: where it was found by one's number."""

    customer: Customer
    accounts: list[BillingAccount]
    subscription: Subscription | None = None

    @property
    def shown(self) -> str:
        """By what the papers know them: the number, or the accounts."""
        return self.subscription.number if self.subscription else ", ".join(a.number for a in self.accounts)


def find_payer(run: Run, who: str, wanted: str = "") -> Payer:
    """The payer that is meant by a number (its account), an account, a document or a name (all accounts).

    `wanted`: all, or account numbers of the same customer. NotFound, NotAllowed: nobody, several, or no such account.
    """
    found = _found(run, folded(who))
    names = [name for name in re.split("[,，、 ]+", folded(wanted).upper()) if name]
    if not names:
        return found
    theirs = {account.number: account for account in run.accounts.of_customer(found.customer.id)}
    missing = [name for name in names if name != ALL and name not in theirs]
    if missing:
        raise NotAllowed(
            say("{account} is no account of this customer. F4 shows theirs.", account=missing[0]), field="accounts"
        )
    found.accounts = list(theirs.values()) if ALL in names else [theirs[name] for name in dict.fromkeys(names)]
    return found


def _found(run: Run, who: str) -> Payer:
    if _NUMBER.fullmatch(who):
        subscription = run.products.subscription(who)
        account = run.accounts.of(subscription.account_id)
        return Payer(run.customers.owner(account.customer_id), [account], subscription)
    account_of = run.accounts.numbered(who.upper())
    if account_of is not None:
        return Payer(run.customers.owner(account_of.customer_id), [account_of])
    known = run.customers.known_as(who)
    if not known:
        raise NotFound(say("Nobody is known here by this. F4 searches by number or name."))
    customer, *others = known
    if others:
        raise NotAllowed(say("{n} customers have this name. F4 shows them.", n=len(known)))
    return Payer(customer, run.accounts.of_customer(customer.id))


def subject_of(payer: Payer) -> Applicant:
    """Whom the qualification is asked for: of several accounts, for all that they have."""
    customer, line = payer.customer, payer.subscription
    return Applicant(
        customer.document_kind,
        customer.document_number,
        category=customer.category,
        customer_id=customer.id,
        name=customer.name,
        product=line.plan if line else "",
        account_id=payer.accounts[0].id if len(payer.accounts) == 1 else "",
    )


def payer_choices(run: Run, text: str) -> list[Choice]:
    """The accounts of the customers that fit what is typed, with the numbers that are charged to each; while nothing is
    typed, those of the customer in view."""
    if not text.strip() and run.context.in_view:
        return account_choices(run, run.customers.owner(run.context.in_view))
    return [choice for customer in run.customers.search(text) for choice in account_choices(run, customer)]


def account_choices(run: Run, customer: Customer) -> list[Choice]:
    """A customer's accounts."""
    return [
        Choice(
            account.number,
            Message("{text}", {"text": masked_name(customer.name)}),
            Message("{text}", {"text": " ".join(s.number for s in run.accounts.charged(account.id))}),
        )
        for account in run.accounts.of_customer(customer.id)
    ]
