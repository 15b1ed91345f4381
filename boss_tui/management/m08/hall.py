"""What a hall does of credit by itself (M8): a limit lent for a time, a word for a key account, either taken back.

Whose business that is, is a right of a role (M8.raise, M8.vouch); how far it goes, headquarters says in parameters. An
emergency resume is an order of C6. Source: catalogue M8; management-facts 4.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Annotated

from boss_tui.components.credit.credit import Credit
from boss_tui.components.credit.hall_credit import HallCrediting
from boss_tui.components.customers.customers import Customers
from boss_tui.components.products.products import Products
from boss_tui.components.wording import masked_name
from boss_tui.forms.fields import Ask, Choice
from boss_tui.forms.form import Form
from boss_tui.forms.typed import Day, Fen, yuan
from boss_tui.management.kit.acts import At, OfficeAct
from boss_tui.management.kit.answering import Fact
from data.choices import choice_name
from data.clock import wall_date
from data.errors import BadForm, NotFound
from data.message import say
from data.statements import table_name
from data.store import Reading
from data.tables.credit import CreditExemption, CreditRaise, HallCredit
from data.tables.customer import Customer

NUMBER = Annotated[str, Ask(say("Number"), "digits", help=say("Any number of the customer's."), length=11)]
REASON = Annotated[str, Ask(say("Reason"), help=say("Why; it stays on record with who said so."), length=60)]


class LendForm(Form):
    """A limit that a hall lends."""

    number: NUMBER
    credit_limit: Annotated[Fen, Ask(say("Limit"), "money", help=say("The whole limit meanwhile, not what is added."))]
    valid_to: Annotated[Day, Ask(say("Until"), "date", help=say("Its last day: then it falls back by itself."))]
    reason: REASON


class VouchForm(Form):
    """A word for a key account."""

    number: NUMBER
    reason: REASON


class TakeBackForm(Form):
    """A word that is taken back."""

    id: Annotated[
        str, Ask(say("Which one"), help=say("Its number, or its key; F4 lists what stands at this hall."), length=60)
    ]
    reason: REASON


def lend(at: At, form: LendForm) -> Iterator[Fact]:
    """Lend a customer of this hall a limit."""
    customer = _customer(at, form.number)
    until = form.valid_to.isoformat()
    row = HallCrediting(at.context).raise_limit(customer, form.number, form.credit_limit, until, form.reason)
    trust = Credit(at.context).standing(customer)
    yield from _told(customer, row)
    yield Fact(say("Limit"), say("{yuan} yuan, then {own} again", yuan=yuan(trust.limit), own=yuan(trust.own)))


def vouch(at: At, form: VouchForm) -> Iterator[Fact]:
    """Put off a key account's stop."""
    customer = _customer(at, form.number)
    row = HallCrediting(at.context).vouch(customer, form.number, form.reason)
    yield from _told(customer, row)
    yield Fact(say("Stops"), say("none before the day after"))


def take_back(at: At, form: TakeBackForm) -> Iterator[Fact]:
    """A hall's word counts no more."""
    mine = [row.id for row in _that_stand(at.context.tx) if row.number == form.id]
    row = HallCrediting(at.context).withdraw(mine[0] if len(mine) == 1 else form.id, form.reason)
    yield from _told(Customers(at.context).owner(row.customer_id), row)
    yield Fact(say("Counts"), say("no more"))


def _customer(at: At, number: str) -> Customer:
    try:
        return Customers(at.context).owner(Products(at.context).subscription(number).customer_id)
    except NotFound as fault:
        raise BadForm({"number": fault.message}) from fault


def _told(customer: Customer, row: HallCredit) -> Iterator[Fact]:
    yield Fact(say("Customer"), masked_name(customer.name))
    yield Fact(say("Word"), choice_name(table_name(HallCredit), "kind", row.kind))
    yield Fact(say("Until"), say("{day}, inclusive", day=row.valid_to))


def _that_stand(reading: Reading) -> list[HallCredit]:
    """What may be taken back, the one that ends first before the others."""
    day = wall_date(reading.present()).isoformat()
    rows = reading.all(HallCredit, state="active", order=("valid_to", "id"))
    return [row for row in rows if row.kind != "emergency" and row.valid_to >= day]


def _standing(reading: Reading, _: str) -> Iterable[Choice]:
    """What may be taken back: by its number, where that names it, else by its key."""
    rows = _that_stand(reading)
    times = Counter(row.number for row in rows)
    for row in rows:
        told = say(
            "{number}, {kind}, until {day}, by {staff_no}: {reason}",
            number=row.number,
            kind=choice_name(table_name(HallCredit), "kind", row.kind),
            day=row.valid_to,
            staff_no=row.operator,
            reason=row.reason,
        )
        yield Choice(row.number if times[row.number] == 1 else row.id, told)


ACTS = tuple(
    OfficeAct(name, says, table_name(entity), form, do, of="credit", right=right, choices=choices)
    for name, says, entity, form, do, right, choices in (
        ("raise", say("Lend a limit for a time"), CreditRaise, LendForm, lend, "raise", {}),
        ("vouch", say("Vouch for a key account"), CreditExemption, VouchForm, vouch, "vouch", {}),
        ("withdraw", say("Take a hall's word back"), CreditRaise, TakeBackForm, take_back, "raise", {"id": _standing}),
    )
)
