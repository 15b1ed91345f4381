"""What the book says of the subscribers that an element serves, in the network's own words.

Read for comparing the two, and for a simulated element that is to know them already. Nothing is written.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, func, select

from boss_tui.network.dialects.record import Record
from data.store import Reading
from data.tables.order import Subscription, SubscriptionProduct
from data.tables.product import Product
from data.tables.resource import NumberSegment, PhoneNumber, SimCard
from data.tables.stock import ImsiReserve

PAGE = 5_000
PROFILES = {"postpaid": "1", "prepaid": "2"}
"""The element's template for each way of paying, as an opening asks for it."""
LIVING = ("active", "suspended", "pendingTerminate")
SERVICE = "service:"

_subscriptions: Any = Subscription.__table__  # type: ignore[attr-defined]
_bought: Any = SubscriptionProduct.__table__  # type: ignore[attr-defined]
_products: Any = Product.__table__  # type: ignore[attr-defined]
_numbers: Any = PhoneNumber.__table__  # type: ignore[attr-defined]
_segments: Any = NumberSegment.__table__  # type: ignore[attr-defined]
_cards: Any = SimCard.__table__  # type: ignore[attr-defined]
_kept: Any = ImsiReserve.__table__  # type: ignore[attr-defined]

_s = _subscriptions.c
_key = func.coalesce(_kept.c.ki, _cards.c.ki)
"""A card that was written at the counter has its key where its IMSI was kept."""
_THEIRS = (
    select(_s.id, _s.imsi, _s.number, _s.pay_type, _s.long_distance, _s.roaming, _s.state, _key)
    .select_from(
        _subscriptions.join(_cards, _cards.c.iccid == _s.iccid)
        .outerjoin(_kept, _kept.c.imsi == _s.imsi)
        .join(_numbers, _numbers.c.number == _s.number)
        .join(_segments, _segments.c.prefix == _numbers.c.segment)
    )
    .where(_segments.c.element == bindparam("element"), _s.state.in_(LIVING), _s.id > bindparam("after"))
    .order_by(_s.id)
    .limit(PAGE)
)
_ACTS = (
    select(_bought.c.subscription_id, _products.c.network_act)
    .select_from(_bought.join(_products, _products.c.code == _bought.c.product))
    .where(_bought.c.subscription_id > bindparam("after"), _bought.c.subscription_id <= bindparam("to"))
    .where(_bought.c.state == "active", _products.c.network_act != "")
)


@dataclass(frozen=True, slots=True)
class Line:
    """A living subscription: its key, how the element should show it, its card's key.

    A bar is known to be there, not of which kind: that is up to the business that set it.
    """

    subscription_id: str
    record: Record
    barred: bool
    ki: str


def lines(reading: Reading, element: str) -> Iterator[list[Line]]:
    """Every living subscription whose number the element serves, page by page in the order of their keys."""
    after = ""
    while found := reading.rows(_THEIRS, element=element, after=after):
        acts: dict[str, set[str]] = {row[0]: set() for row in found}
        for subscription, act in reading.rows(_ACTS, after=after, to=found[-1][0]):
            acts.get(subscription, set()).add(act)
        yield [_line(row, acts[row[0]]) for row in found]
        after = found[-1][0]


def _line(row: tuple[Any, ...], acts: set[str]) -> Line:
    key, imsi, number, pay_type, long_distance, roaming, state, ki = row
    barred = state != "active"
    record = Record(
        imsi, number, profile=PROFILES[pay_type], access="both", data="data" in acts, outgoing_barred=barred,
        long_distance=long_distance, roaming=roaming,
        services=frozenset(act.removeprefix(SERVICE) for act in acts if act.startswith(SERVICE)),
    )  # fmt: skip
    return Line(key, record, barred, ki)
