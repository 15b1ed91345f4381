"""Invariant 2: a piece of stock is in the state in which it came, or in one that somebody has put it into.

Stock comes ready to be sold. Whatever a business does to a piece, the journal tells (`replay` compares those rows). A
piece that stands in another state though the journal never told of it, was altered behind its back. Before the journal
began, an order or a noted change of value (`ValueChange`) speaks for it. What is sold or written has its order,
subscription or card, and other rules hold those two together; numbers and SIM cards that headquarters handed down are
looked at by `received`, so that here they are those that were never handed on (revision 1).

What nothing in the store can tell: whether an untouched piece was removed (unless a lease counts it), or its face value
or colour altered. Source: design 5.3, 5.8.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from typing import Any

from sqlalchemy import Select, bindparam, or_, select

from boss_tui.sync.scarce import IN_TRANSIT
from boss_tui.verify.finding import Finding, key_text
from boss_tui.verify.rows_by_key import Key
from boss_tui.verify.rule import columns_of, exists
from data.message import say
from data.states import state_name
from data.store import Reading
from data.tables.base import Table
from data.tables.life import ValueChange
from data.tables.order import ProductOrder
from data.tables.resource import PhoneNumber, SimCard
from data.tables.stock import BlankCard, Handset, RechargeCard

RULE = "state of stock was told by the journal"
Place = tuple[str, Key]

_v, _o = columns_of(ValueChange), columns_of(ProductOrder)


def _changed(table: Any, key: str, first: str, business: str = "", *orders: str) -> Select[Any]:
    """Pieces that are not in the state in which they came, unless a noted change, or an order of that business from
    before the journal (in one of the columns `orders`), brought them into it."""
    t = table.c
    noted = exists(_v.c.subject == t[key], _v.c.field == "state", _v.c.after == t.state)
    of_old = (_o.c.business == business, _o.c.created_at < bindparam("began"))
    before = [exists(_o.c.id == t[name], *of_old) for name in orders]
    its_own = t.outlet == bindparam("of")
    came = t.state.in_((first, IN_TRANSIT))  # with a note, it comes on its way; `received` compares those
    return select(t[key], t.state).where(its_own, ~came, ~or_(noted, *before)).order_by(t[key])


def _ended(table: Any, key: str, *states: str) -> Select[Any]:
    """Leased pieces that came to an end without ever having been changed."""
    t = table.c
    its_own = t.outlet == bindparam("of")
    return (
        select(t[key], t.state).where(its_own, t.state.in_(states), t.revision == 1, t.lease_id != "").order_by(t[key])
    )


_p, _c, _b, _n, _s = (columns_of(model) for model in (Handset, RechargeCard, BlankCard, PhoneNumber, SimCard))
_STOCK: tuple[tuple[type[Table], Select[Any]], ...] = (
    (Handset, _changed(_p, "imei", "in_stock", "C10", "sold_order")),
    (RechargeCard, _changed(_c, "serial", "idle", "C11", "sold_order", "used_order")),
    (BlankCard, _changed(_b, "serial", "blank").where(_b.c.state != "written")),
    (PhoneNumber, _ended(_n, "number", "quarantined", "ported", "withdrawn")),
    (SimCard, _ended(_s, "iccid", "void")),
)
TABLES = frozenset(str(model.__tablename__) for model, _ in _STOCK)


def unjournalled_states(reading: Reading, outlet: str, began: str, told: Container[Place]) -> Iterator[Finding]:
    """Pieces that an outlet holds whose state nobody told of. `began`: when its journal did; `told`: the pieces that it
    tells of. What it holds no more headquarters told it of."""
    for model, altered in _STOCK:
        table = str(model.__tablename__)
        for key, state in reading.rows(altered, of=outlet, began=began):
            if (table, (key,)) not in told:
                message = say("This piece of stock is {state}, but nobody put it there.", state=state_name(state))
                yield Finding(2, RULE, table, key_text((key,)), message)
