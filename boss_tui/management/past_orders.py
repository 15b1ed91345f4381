"""Orders of the past as rules would have seen them: whom each was for, where and when."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from msgspec.structs import replace
from sqlalchemy import and_, bindparam, func, or_, select

from boss_tui.answers.business import Handwritten
from boss_tui.business.registry import BUSINESSES
from boss_tui.business.sold import sold_by
from boss_tui.components.base import Context
from boss_tui.components.customers.applicant import Applicant
from boss_tui.components.customers.customers import Customers
from boss_tui.components.identity.kinds import age_on
from boss_tui.components.products.products import Products
from data.clock import on_the_wall
from data.store import Reading
from data.tables.customer import Customer, CustomerAgent
from data.tables.order import ProductOrder, Subscription

_order = ProductOrder.table()
_OF = (_order.c.business == bindparam("business"), _order.c.customer_id != "")
_before: Any = bindparam("before")
_LAST = (
    select(*_order.c)
    .where(
        *_OF,
        or_(_order.c.created_at < _before, and_(_order.c.created_at == _before, _order.c.id < bindparam("before_id"))),
    )
    .order_by(_order.c.created_at.desc(), _order.c.id.desc())
    .limit(bindparam("most"))
)
_HOW_MANY = select(func.count()).where(*_OF)
NOW = ("9", "")
"""Behind the last order that there is."""
OPENINGS = ("C1", "C5")


def owner_of(at: Context, number: str) -> Applicant:
    """Whom a business of the context would be asked for, about a number. NotFound: nobody has it."""
    line = Products(at).reached(number)
    return applicant_of(at, Customers(at).owner(line.customer_id), line)


def applicant_of(
    at: Context, who: Customer, line: Subscription | None = None, agent: CustomerAgent | None = None
) -> Applicant:
    """Whom a business of the context would be asked for: an opening of none of the accounts that they have."""
    opens = at.business in OPENINGS
    return Applicant(
        document_kind=who.document_kind,
        document_number=who.document_number,
        age=age_on(date.fromisoformat(who.birth_date), at.today) if who.birth_date else None,
        category=who.category,
        customer_id=who.id,
        agent_kind=agent.document_kind if agent else "",
        agent_number=agent.document_number if agent else "",
        opens_number=opens,
        name=who.name,
        agent_name=agent.name if agent else "",
        product=line.plan if line else "",
        account_id=line.account_id if line and not opens else "",
    )


def how_many(reading: Reading, business: str, most: int) -> int:
    """How many orders of a business there are, at most so many."""
    return min(int(reading.scalar(_HOW_MANY, business=business)), most)


def past_orders(
    office: Context, business: str, most: int, before: tuple[str, str] = NOW
) -> Iterator[tuple[ProductOrder, Context, Applicant]]:
    """The last orders of a business, the latest first, each with where and when it was, and for whom. `before`: time
    and key of the one that was looked at last."""
    found = office.tx.models(ProductOrder, _LAST, business=business, most=most, before=before[0], before_id=before[1])
    for order in found:
        who = office.tx.find(Customer, id=order.customer_id)
        if who is not None:
            day, time = order.business_date, on_the_wall(order.created_at, "%H:%M")
            when = Handwritten(order.serial, day, time, order.operator)  # as if it were entered later
            at = office.trying(business, order.outlet).but(business_date=day, slip=when)
            agent = office.tx.find(CustomerAgent, order_id=order.id)
            line = office.tx.find(Subscription, id=order.subscription_id) if order.subscription_id else None
            yield order, at, replace(applicant_of(at, who, line, agent), counted=True, begins=_sold(order))


def _sold(order: ProductOrder) -> tuple[str, ...] | None:
    return sold_by(order.business, BUSINESSES[order.business].form_of(order))
