"""Whether a line may go to another operator with its number 携号转网: the five conditions (management-facts 5.3)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from msgspec import Struct

from boss_tui.components.resources.number_locks import lock_on
from data.message import Message, say
from data.store import Reading
from data.tables.billing import CustomerBill
from data.tables.customer import Customer
from data.tables.life import Agreement, Suspension
from data.tables.order import Subscription

DAYS = 120
"""Since the opening, or since the number came to us."""


class PortingCondition(Struct, frozen=True):
    """One of the five: what is asked, whether it is so, and what stands against it."""

    asked: Message
    holds: bool
    against: Message = Message("")


def conditions(reading: Reading, line: Subscription, day: str) -> Iterator[PortingCondition]:
    """Each condition of a line on a business date."""
    owner = reading.one(Customer, id=line.customer_id)
    person = owner.holder == "individual" and owner.state == "validated"
    yield PortingCondition(
        say("Registered to a person, by name"), person, say("transfer it to a person first (C5), or check the name")
    )
    stops = reading.all(Suspension, subscription_id=line.id, state="running")
    lock = lock_on(reading, line.number, day)
    yield PortingCondition(
        say("In normal use"),
        line.state == "active" and not stops and lock is None,
        say("it is stopped, closing or locked"),
    )
    owed = [bill for bill in reading.all(CustomerBill, account_id=line.account_id) if bill.paid < bill.amount]
    yield PortingCondition(
        say("Billed fees are paid"), not owed, say("{n} {n:bill is|bills are} not paid", n=len(owed))
    )
    bound = [row for row in reading.all(Agreement, subscription_id=line.id, state="active") if row.ends_on >= day]
    last = max((row.ends_on for row in bound), default="")
    yield PortingCondition(say("No contract runs"), not bound, say("bound until {day}", day=last))
    first = date.fromisoformat(line.opened_on) + timedelta(days=DAYS)
    yield PortingCondition(
        say("{n} days since the opening", n=DAYS),
        first <= date.fromisoformat(day),
        say("from {day} on", day=first.isoformat()),
    )
