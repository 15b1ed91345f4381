"""One thing behind a figure, and what every look behind one begins with: the orders of a day, as they are listed."""

from __future__ import annotations

from typing import Any

from msgspec import Struct
from sqlalchemy import Select, bindparam, select

from data.message import Message
from data.tables.order import ProductOrder
from data.tables.sync import AccessLog

MOST = 500
"""So many are shown at most; who wants more takes the file."""


class Behind(Struct, frozen=True):
    """One thing behind a figure.

    Attributes:
        kind: order (key: its serial), z or x (key: of the report), act (nothing more is known of it).
        at: stored time; operator, counter: who and where.
        what: in words; amount: fen.
    """

    kind: str
    key: str
    at: str
    operator: str
    counter: str
    what: str | Message
    amount: int


orders, record = ProductOrder.table(), AccessLog.table()
ASKED: dict[str, Any] = {"outlet": bindparam("outlet"), "day": bindparam("day")}
"""Outlet and business date of a figure: `Of` says which they are."""
ROW: Any = bindparam("row")
"""What the row of the figure is of: a business, a plan, a tender, …"""
Of = dict[str, str]
of_today = orders.c.business_date == ASKED["day"]


def orders_where(*where: Any, of: Any = orders) -> Select[Any]:
    """The orders of the outlet for which all of this holds, as `as_order` reads them. `of`: the tables they are looked
    for in."""
    return (
        select(
            orders.c.serial,
            orders.c.created_at,
            orders.c.operator,
            orders.c.counter,
            orders.c.business,
            orders.c.amount,
        )
        .select_from(of)
        .where(orders.c.outlet == ASKED["outlet"], *where)
        .order_by(orders.c.created_at, orders.c.id)
        .limit(MOST)
    )


def as_order(told: tuple[Any, ...]) -> Behind:
    """A row of `orders_where`: serial, when, who, where, business, fen."""
    serial, at, operator, counter, business, amount = told
    return Behind("order", serial, at, operator, counter, business, amount)
