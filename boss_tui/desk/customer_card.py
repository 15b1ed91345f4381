"""A customer at a glance, as the head of the screen shows them (`screens/widgets/lines.py`)."""

from __future__ import annotations

from msgspec import Struct

from boss_tui.components.customers.categories import benefits, category_name, category_of
from boss_tui.components.wording import masked_document
from boss_tui.forms.typed import yuan
from data.message import Message, both, say
from data.states import state_name
from data.store import Reading
from data.tables.account import BalanceBucket, BillingAccount
from data.tables.customer import Category, Customer
from data.tables.order import Subscription
from data.tables.product import Product


class CustomerCard(Struct, frozen=True):
    """The customer in front of the clerk: what is worth seeing at a glance. The document's number is masked.

    Attributes:
        number: the number of theirs that it is about: as chosen, else the first; empty: they have none.
        certain: whether it was chosen, or is the only one.
        sought: whether they were looked for, or only a form brought them.
        category, colour: what they are to the house, and how it is marked; an empty colour: not at all.
    """

    customer_id: str
    name: str
    document: str
    numbers: tuple[str, ...]
    lines: tuple[tuple[Message, str | Message], ...]
    number: str = ""
    certain: bool = False
    sought: bool = False
    category: Message = Message("")
    colour: str = ""


def customer(reading: Reading, customer_id: str, day: str, chosen: str = "", *, sought: bool = False) -> CustomerCard:
    """A customer at a glance, on a business date. `chosen`: the number that it is about, if it is theirs still."""
    row = reading.one(Customer, id=customer_id)
    category = reading.one(Category, code=category_of(reading, row, day))
    owned = reading.all(Subscription, customer_id=customer_id, order=("opened_on", "id"))
    alive = [s for s in owned if s.state not in {"terminated", "cancelled"}]
    balance = sum(
        bucket.amount
        for account in reading.all(BillingAccount, customer_id=customer_id)
        for bucket in reading.all(BalanceBucket, account_id=account.id)
        if bucket.kind != "deposit"
    )
    lines: list[tuple[Message, str | Message]] = [
        (say("Category"), category_name(category)),
        *([(say("Benefits"), brings)] if (brings := benefits(category)) else []),
        (say("Balance"), yuan(balance)),
        *((say("Number"), _line(reading, s)) for s in alive),
    ]
    numbers = tuple(s.number for s in alive)
    chosen = chosen if chosen in numbers else ""
    return CustomerCard(
        row.id,
        row.name,
        masked_document(row.document_number),
        numbers,
        tuple(lines),
        number=chosen or next(iter(numbers), ""),
        certain=bool(chosen) or len(numbers) == 1,
        sought=sought,
        category=category_name(category),
        colour=category.colour,
    )


def _line(reading: Reading, owned: Subscription) -> Message:
    plan = reading.one(Product, code=owned.plan)
    return say(
        "{number} {plan} {state}",
        number=owned.number,
        plan=both(plan.name_zh, plan.name_en),
        state=state_name(owned.state),
    )
