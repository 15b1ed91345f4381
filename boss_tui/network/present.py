"""What a work order asks for as the book stands now: when it is made into commands, done by hand, or tried again.

A work order is written when its order is accepted, and may be obeyed days later, after others of the same line were.
What it means stays (another number, another card, a service); what it only carries along is looked up anew: the number
and card that the network knows the line by, the bar that all causes together ask for, what a subscriber that is made
anew must have. So no order puts back what another one has changed meanwhile. Source: catalogue C6; domain-facts 2.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import bindparam, select

from boss_tui.components.network_elements import BARS
from boss_tui.network import book
from boss_tui.network.dialects.acts import ACTS
from boss_tui.network.rows import orders, values_of, work
from data.journal import canonical
from data.store import Reading, UnitOfWork
from data.tables.network import WorkOrder
from data.tables.order import ProductOrder, Subscription

MOVES = {"change_number": ("msisdn", "new_msisdn"), "change_sim": ("imsi", "new_imsi")}
"""Acts that change how the network knows a line: what they change, and the parameter that says into what."""
REMADE = ("change_number", "change_profile")
"""Acts for which an element may make the subscriber anew, so that they carry along what it has."""
BAR = frozenset(BARS.values())
_ENDS = ("create_subscriber", "delete_subscriber")

_MOVED = (
    select(work.c.act, work.c.parameters)
    .select_from(work.join(orders, orders.c.id == work.c.order_id))
    .where(
        orders.c.subscription_id == bindparam("of_subscription"),
        orders.c.state == "inProgress",
        work.c.act.in_(tuple(MOVES)),
        work.c.state == "done",
    )
    .order_by(work.c.done_at)
)
"""What the network has changed already, of orders whose end the book does not have yet."""


def asked_now(reading: Reading, order: WorkOrder) -> tuple[str, dict[str, Any]]:
    """The act and its parameters, now. NotAllowed: the parameters can't be read."""
    values = values_of(order)
    if order.kind != "automatic" or order.act in _ENDS or order.act not in ACTS:
        return order.act, values
    subscription_id = reading.one(ProductOrder, id=order.order_id).subscription_id
    line = reading.find(Subscription, id=subscription_id) if subscription_id else None
    if line is None:
        return order.act, values
    known = known_by(reading, line)
    return _now(order.act, values | {n: v for n, v in known.items() if n in values}, book.of(reading, line), known)


def known_by(reading: Reading, line: Subscription) -> dict[str, str]:
    """The number and the IMSI by which the network knows a line now."""
    known = {"msisdn": line.number, "imsi": line.imsi}
    for act, parameters in reading.rows(_MOVED, of_subscription=line.id):
        what, into = MOVES[act]
        known[what] = json.loads(parameters).get(into, known[what])
    return known


def _now(act: str, values: dict[str, Any], had: book.Had, known: Mapping[str, str]) -> tuple[str, dict[str, Any]]:
    if act in REMADE:
        own = values if act == "change_profile" else {**values, "profile": had.profile}
        return act, {**had.carried(), **{name: value for name, value in own.items() if name not in book.CARRIED}}
    if act in BAR:
        return BARS[had.bar], {**values, "long_distance": had.long_distance}
    if act == "set_long_distance" and had.bar:  # it waits behind the bar: lifting that brings it (`acts.ACTS`)
        return BARS[had.bar], {**known, "long_distance": values["long_distance"]}
    return act, values


def differs(reading: Reading, order: WorkOrder) -> bool:
    """Whether a work order asks for something else than is written in it."""
    return asked_now(reading, order) != (order.act, values_of(order))


def renew(tx: UnitOfWork, order: WorkOrder) -> WorkOrder:
    """Write into a work order what it asks for now."""
    act, values = asked_now(tx, order)
    return tx.change(order, act=act, parameters=canonical(values))
