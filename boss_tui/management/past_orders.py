"""Orders of the past as rules would have seen them: whom each was for, where and when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from sqlalchemy import bindparam, select

from boss_tui.answers import Handwritten
from boss_tui.components.applicant import Applicant
from boss_tui.components.base import Context
from boss_tui.components.customers import Customers
from boss_tui.components.identity.kinds import age_on
from boss_tui.components.products import Products
from data.clock import on_the_wall
from data.tables.customer import Customer, CustomerAgent
from data.tables.order import ProductOrder

_order = ProductOrder.table()
_LAST = (
    select(*_order.c)
    .where(_order.c.business == bindparam("business"), _order.c.customer_id != "")
    .order_by(_order.c.created_at.desc())
    .limit(bindparam("most"))
)
OPENINGS = ("C1", "C5")


def owner_of(at: Context, number: str) -> Customer:
    """The owner of a number. NotFound: nobody has it."""
    return Customers(at).owner(Products(at).reached(number).customer_id)


def applicant_of(at: Context, who: Customer, agent: CustomerAgent | None = None) -> Applicant:
    """Whom a business of the context would be asked for."""
    return Applicant(
        document_kind=who.document_kind,
        document_number=who.document_number,
        age=age_on(date.fromisoformat(who.birth_date), at.today) if who.birth_date else None,
        category=who.category,
        customer_id=who.id,
        agent_kind=agent.document_kind if agent else "",
        agent_number=agent.document_number if agent else "",
        opens_number=at.business in OPENINGS,
        name=who.name,
        agent_name=agent.name if agent else "",
    )


def past_orders(office: Context, business: str, most: int) -> Iterator[tuple[ProductOrder, Context, Applicant]]:
    """The last orders of a business, the latest first, each with where and when it was, and for whom."""
    for order in office.tx.models(ProductOrder, _LAST, business=business, most=most):
        who = office.tx.find(Customer, id=order.customer_id)
        if who is not None:
            day, time = order.business_date, on_the_wall(order.created_at, "%H:%M")
            when = Handwritten(order.serial, day, time, order.operator)  # as if it were entered later
            at = replace(office.trying(business, order.outlet), business_date=day, slip=when)
            agent = office.tx.find(CustomerAgent, order_id=order.id)
            yield order, at, replace(applicant_of(at, who, agent), counted=True)
