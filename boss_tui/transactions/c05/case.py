"""What C5 knows of a transfer while its form is filled in."""

from __future__ import annotations

from msgspec import Struct

from boss_tui.components.credit.credit import Assessment
from boss_tui.components.customers.customers import Person
from boss_tui.transactions.c05.form import TransferForm
from boss_tui.transactions.c05.month import Settled
from data.tables.account import BillingAccount
from data.tables.customer import Customer
from data.tables.life import Agreement


class TransferCase(Struct):
    """What is known of a transfer so far.

    Attributes:
        form: what is typed. bound: contracts that end with it. person, agent, assessment: the new owner, who acts for
            them, and what they are trusted with, as far as typed.
        ends: parameters that the network must put back from international, with what holds then.
        customer, account: the new owner and their new account, once they are entered.
    """

    form: TransferForm
    bound: tuple[Agreement, ...] = ()
    person: Person | None = None
    agent: Person | None = None
    assessment: Assessment | None = None
    ends: tuple[tuple[str, str], ...] = ()
    month: Settled | None = None
    customer: Customer | None = None
    account: BillingAccount | None = None
