"""What was sold, product by product (catalogue F13): plans, services, handsets, cards, numbers.

Counted and valued by what the orders of a business date sold (`OrderItem`), less what was taken back on that date, of
whatever day it was: so a closed day's figures never change. A product is told by its kind and its code, with a blank
between.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from msgspec import Struct
from sqlalchemy import BigInteger, bindparam, cast, func, select

from boss_tui.forms.typed import yuan
from boss_tui.reports.report import Column, Section, Value
from data.message import Message, both, say
from data.states import card_kinds
from data.store import Reading
from data.tables.order import OrderItem, ProductOrder
from data.tables.product import Product
from data.tables.provider import ProviderService
from data.tables.resource import NumberGrade

KINDS: dict[str, Message] = {
    "plan": say("Plan"),
    "service": say("Service"),
    "provider": say("Paid service"),
    "goods": say("Goods"),
    "sim": say("SIM cards"),
    "number": say("Number"),
    "card": say("Recharge card"),
}
"""The kinds of what is sold, in the order of the report."""
_NAMED: dict[str, Any] = {
    "plan": Product,
    "service": Product,
    "goods": Product,
    "provider": ProviderService,
    "number": NumberGrade,
}


class ProductSum(Struct, frozen=True):
    """A product: its key (kind and code), its name, pieces, fen charged for them, and fen a month from then on."""

    key: str
    name: Message
    count: int
    amount: int
    monthly: int


_i = OrderItem.table()
_o = ProductOrder.table()
_OF_DAY = (_i.c.outlet == bindparam("outlet"), _i.c.business_date == bindparam("day"))


def _sum(of: Any) -> Any:
    return cast(func.sum(of), BigInteger)


_SUMS = (
    select(_i.c.kind, _i.c.product, _sum(_i.c["count"]), _sum(_i.c.amount), _sum(_i.c.monthly))
    .where(*_OF_DAY)
    .group_by(_i.c.kind, _i.c.product)
    .order_by(_i.c.kind, _i.c.product)
)
BEHIND = (
    select(_o.c.serial, _o.c.created_at, _o.c.operator, _o.c.counter, _i.c["count"], _i.c.amount)
    .select_from(_i.join(_o, _o.c.id == _i.c.order_id))
    .where(*_OF_DAY, _i.c.kind + " " + _i.c.product == bindparam("key"))
    .order_by(_i.c.id)
)
"""The orders behind a product's figures of a day."""


def product_sums(reading: Reading, outlet: str, business_date: str) -> tuple[ProductSum, ...]:
    """What was sold on a business date, kind by kind; what came to nothing, since all of it was taken back, too."""
    found = reading.rows(_SUMS, outlet=outlet, day=business_date)
    places = list(KINDS)
    found.sort(key=lambda row: (places.index(row[0]), row[1].zfill(12) if row[0] == "card" else row[1]))
    return tuple(
        ProductSum(f"{kind} {product}", _called(reading, kind, product), count, amount, monthly)
        for kind, product, count, amount, monthly in found
    )


def product_section(sums: Iterable[ProductSum]) -> Section:
    """As a table of the day's report."""
    listed = tuple(sums)
    rows: tuple[tuple[Value, ...], ...] = tuple((one.name, one.count, one.monthly, one.amount) for one in listed)
    columns = (
        Column(say("Product")),
        Column(say("Count"), "count"),
        Column(say("A month"), "money"),
        Column(say("Amount"), "money"),
    )
    total = (say("Total"), *(sum(each) for each in zip(*(row[1:] for row in rows), strict=True))) if rows else ()
    return Section(say("Products sold"), columns, rows, total, "product", tuple(one.key for one in listed))


def _called(reading: Reading, kind: str, product: str) -> Message:
    """A product by its kind and name."""
    return say("{kind}: {name}", kind=KINDS[kind], name=_name(reading, kind, product))


def _name(reading: Reading, kind: str, product: str) -> Message:
    if kind == "card":
        return say("{yuan} yuan", yuan=yuan(int(product)))
    if kind == "sim":
        return card_kinds(product)
    row = reading.find(_NAMED[kind], code=product)
    return both(row.name_zh, row.name_en or row.name_zh) if row is not None else both(product, product)
