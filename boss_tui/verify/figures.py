"""Invariant 1: the figures agree with the orders.

Where a business counts its orders as `accepted`, that figure of an outlet, business date and operator is the number of
orders, and its fen are their amounts, but for those that take another one back. What an outlet cancelled of a business,
on whatever day and by whom, is all its cancelled orders, with their amounts turned. Acts of management are counted by
what was done: each figure is the number of such acts. Other figures are counted by events
that leave no row to compare with; they are rebuilt by headquarters from the journal. Source: catalogue F13, I9.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import and_, func, literal, or_, select

from boss_tui.editions.noting import ACTS
from boss_tui.verify.rule import Rule, columns_of, exists, total
from data.message import say
from data.tables.act import Act
from data.tables.order import ProductOrder
from data.tables.service import Figure

_f, _g, _o = columns_of(Figure), columns_of(Figure).alias(), columns_of(ProductOrder)
_a = columns_of(Act)
_KEY = ("outlet", "business_date", "operator", "business")

_kept = select(_f).where(_f.c.measure == "accepted").subquery()
_of = tuple(_o.c[name] for name in _KEY)
_made = (
    select(*_of, func.count().label("count"), total(_o.c.amount).label("amount"))
    .where(exists(_g.c.measure == "accepted", _g.c.business == _o.c.business), _o.c.reverses.is_(None))
    .group_by(*_of)
    .subquery()
)
_same = and_(*(_kept.c[name] == _made.c[name] for name in _KEY))
_called_off = (
    select(
        _f.c.outlet,
        _f.c.business,
        func.sum(_f.c["count"]).label("count"),
        total(_f.c.amount).label("amount"),
    )
    .where(_f.c.measure == "cancelled")
    .group_by(_f.c.outlet, _f.c.business)
    .subquery()
)
_ended = (
    select(_o.c.outlet, _o.c.business, func.count().label("count"), (-total(_o.c.amount)).label("amount"))
    .where(_o.c.state == "cancelled")
    .group_by(_o.c.outlet, _o.c.business)
    .subquery()
)
_alike = and_(*(_called_off.c[name] == _ended.c[name] for name in ("outlet", "business")))

_managed = select(_f).where(_f.c.measure.in_(tuple(ACTS))).subquery()
_acts = (
    select(*(_a.c[name] for name in _KEY), _a.c.act.label("measure"), func.count().label("count"))
    .group_by(*(_a.c[name] for name in _KEY), _a.c.act)
    .subquery()
)
_one = and_(*(_managed.c[name] == _acts.c[name] for name in (*_KEY, "measure")))


def _said(table: Any, name: str) -> Any:
    return func.coalesce(table.c[name], 0)


RULES = (
    Rule(
        1,
        "figures agree with orders",
        Figure,
        select(
            *(func.coalesce(_kept.c[name], _made.c[name]).label(f"key_{name}") for name in _KEY),
            func.coalesce(_kept.c.measure, "accepted").label("key_measure"),
            func.coalesce(_kept.c["count"], 0).label("count"),
            func.coalesce(_made.c["count"], 0).label("orders"),
            func.coalesce(_kept.c.amount, 0).label("amount_fen"),
            func.coalesce(_made.c.amount, 0).label("ordered_fen"),
        )
        .select_from(_kept.outerjoin(_made, _same, full=True))
        .where(
            or_(
                func.coalesce(_kept.c["count"], 0) != func.coalesce(_made.c["count"], 0),
                func.coalesce(_kept.c.amount, 0) != func.coalesce(_made.c.amount, 0),
            )
        ),
        say(
            "The figure says {count} and {amount_fen} yuan; there {orders:is|are} {orders} {orders:order|orders} of "
            "{ordered_fen}."
        ),
    ),
    Rule(
        1,
        "figures agree with cancellations",
        Figure,
        select(
            func.coalesce(_called_off.c.outlet, _ended.c.outlet).label("key_outlet"),
            func.coalesce(_called_off.c.business, _ended.c.business).label("key_business"),
            literal("cancelled").label("key_measure"),
            _said(_called_off, "count").label("count"),
            _said(_ended, "count").label("orders"),
            _said(_called_off, "amount").label("amount_fen"),
            _said(_ended, "amount").label("ordered_fen"),
        )
        .select_from(_called_off.outerjoin(_ended, _alike, full=True))
        .where(
            or_(
                _said(_called_off, "count") != _said(_ended, "count"),
                _said(_called_off, "amount") != _said(_ended, "amount"),
            )
        ),
        say(
            "The figures say {count} cancelled of {amount_fen} yuan; there {orders:is|are} {orders} such "
            "{orders:order|orders} of {ordered_fen}."
        ),
    ),
    Rule(
        1,
        "figures agree with acts",
        Figure,
        select(
            *(func.coalesce(_managed.c[name], _acts.c[name]).label(f"key_{name}") for name in (*_KEY, "measure")),
            _said(_managed, "count").label("count"),
            _said(_acts, "count").label("acts"),
        )
        .select_from(_managed.outerjoin(_acts, _one, full=True))
        .where(_said(_managed, "count") != _said(_acts, "count")),
        say("The figure says {count}; there {acts:is|are} {acts} such {acts:act|acts}."),
    ),
)
