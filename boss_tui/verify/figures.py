"""Invariant 1: the figures agree with the orders.

Where a business counts its orders as `accepted`, that figure of an outlet, business date and operator is the number of
orders, and its fen are their amounts, but for those that take another one back. What an outlet cancelled of a business,
on whatever day and by whom, is all its cancelled orders, with their amounts turned. Acts of management are counted by
what was done: each figure is the number of such acts. Other figures are counted by events
that leave no row to compare with; they are rebuilt by headquarters from the journal. Source: catalogue F13, I9.
"""

from __future__ import annotations

from sqlalchemy import func, literal, or_, select

from boss_tui.editions.noting import ACTS
from boss_tui.verify.rule import Rule, columns_of, exists, side_by_side, total
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
_accepted = side_by_side(_kept, _made, _KEY, ("count", "amount")).c
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
_cancelled = side_by_side(_called_off, _ended, ("outlet", "business"), ("count", "amount")).c

_managed = select(_f).where(_f.c.measure.in_(tuple(ACTS))).subquery()
_acts = (
    select(*(_a.c[name] for name in _KEY), _a.c.act.label("measure"), func.count().label("count"))
    .group_by(*(_a.c[name] for name in _KEY), _a.c.act)
    .subquery()
)
_done = side_by_side(_managed, _acts, (*_KEY, "measure"), ("count",)).c

RULES = (
    Rule(
        1,
        "figures agree with orders",
        Figure,
        select(
            *(_accepted[name].label(f"key_{name}") for name in _KEY),
            literal("accepted").label("key_measure"),
            _accepted.kept_count.label("count"),
            _accepted.made_count.label("orders"),
            _accepted.kept_amount.label("amount_fen"),
            _accepted.made_amount.label("ordered_fen"),
        ).where(or_(_accepted.kept_count != _accepted.made_count, _accepted.kept_amount != _accepted.made_amount)),
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
            _cancelled.outlet.label("key_outlet"),
            _cancelled.business.label("key_business"),
            literal("cancelled").label("key_measure"),
            _cancelled.kept_count.label("count"),
            _cancelled.made_count.label("orders"),
            _cancelled.kept_amount.label("amount_fen"),
            _cancelled.made_amount.label("ordered_fen"),
        ).where(or_(_cancelled.kept_count != _cancelled.made_count, _cancelled.kept_amount != _cancelled.made_amount)),
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
            *(_done[name].label(f"key_{name}") for name in (*_KEY, "measure")),
            _done.kept_count.label("count"),
            _done.made_count.label("acts"),
        ).where(_done.kept_count != _done.made_count),
        say("The figure says {count}; there {acts:is|are} {acts} such {acts:act|acts}."),
    ),
)
