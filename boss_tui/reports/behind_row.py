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


_o = ProductOrder.table()


_a = AccessLog.table()


_OF: dict[str, Any] = {"outlet": bindparam("outlet"), "day": bindparam("day")}


_ROW: Any = bindparam("row")


def _orders(*where: Any, of: Any = _o) -> Select[Any]:
    return (
        select(_o.c.serial, _o.c.created_at, _o.c.operator, _o.c.counter, _o.c.business, _o.c.amount)
        .select_from(of)
        .where(_o.c.outlet == _OF["outlet"], *where)
        .order_by(_o.c.created_at, _o.c.id)
        .limit(MOST)
    )


_today = _o.c.business_date == _OF["day"]


Of = dict[str, str]


def _order(told: tuple[Any, ...]) -> Behind:
    serial, at, operator, counter, business, amount = told
    return Behind("order", serial, at, operator, counter, business, amount)
