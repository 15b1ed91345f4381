"""What the book says of the subscribers that an element serves, in the network's own words.

Read for comparing the two, and for a simulated element that is to know them already. Nothing is written.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace
from sqlalchemy import bindparam, func, select

from boss_tui.components.network_elements import FORWARDINGS, PROFILES, SERVICE
from boss_tui.components.products.suspending import FORWARD_TO
from boss_tui.network.dialects.acts import international
from boss_tui.network.dialects.record import Record
from data.store import Reading
from data.tables.life import ServiceParameter, Suspension
from data.tables.order import Subscription, SubscriptionProduct
from data.tables.product import Product
from data.tables.resource import NumberSegment, PhoneNumber, SimCard
from data.tables.stock import ImsiReserve

PAGE = 5_000
CARRIED = ("data", "long_distance", "roaming", "services")
"""The parameters of an act that makes a subscriber anew which say what the subscriber has (`acts.ACTS`)."""
LIVING = ("active", "suspended", "pendingTerminate")

_subscriptions = Subscription.table()
_bought = SubscriptionProduct.table()
_products = Product.table()
_numbers = PhoneNumber.table()
_segments = NumberSegment.table()
_causes = Suspension.table()
_parameters = ServiceParameter.table()
_cards = SimCard.table()
_kept = ImsiReserve.table()

_s = _subscriptions.c
_key = func.coalesce(_kept.c.ki, _cards.c.ki)
"""A card that was written at the counter has its key where its IMSI was kept."""
_THEIRS = (
    select(_s.id, _s.imsi, _s.number, _s.pay_type, _s.long_distance, _s.roaming, _key)
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
_BARS = select(_causes.c.subscription_id, _causes.c.extent).where(
    _causes.c.state == "running",
    _causes.c.subscription_id > bindparam("after"),
    _causes.c.subscription_id <= bindparam("to"),
)
_FORWARDING = select(_parameters.c.subscription_id, _parameters.c.service, _parameters.c.value).where(
    _parameters.c.name == bindparam("name"),
    _parameters.c.value != "",
    _parameters.c.subscription_id > bindparam("after"),
    _parameters.c.subscription_id <= bindparam("to"),
)


class Subscriber(Struct, frozen=True):
    """A living subscription: its key, how the element should show it, its card's key."""

    subscription_id: str
    record: Record
    ki: str


class Had(Struct):
    """What a subscription has, as the network's words go: acts of its products, the widest bar, call forwarding, how
    far it reaches, its element's template."""

    acts: set[str] = field(default_factory=set)
    bar: str = ""
    forwarding: list[tuple[str, str]] = field(default_factory=list)
    long_distance: str = ""
    roaming: str = ""
    profile: str = ""

    @property
    def services(self) -> frozenset[str]:
        """The supplementary services."""
        return frozenset(act.removeprefix(SERVICE) for act in self.acts if act.startswith(SERVICE))

    def carried(self) -> dict[str, Any]:
        """What an act that makes the subscriber anew must bring along (`acts.ACTS`)."""
        return {
            "data": "on" if "data" in self.acts else "off",
            "long_distance": self.long_distance,
            "roaming": self.roaming,
            **({"services": sorted(self.services)} if self.services else {}),
        }

    def put_into(self, record: Record) -> Record:
        """The record with all that in it."""
        return replace(
            record,
            data="data" in self.acts,
            outgoing_barred=self.bar != "",
            incoming_barred=self.bar == "all",
            data_barred=self.bar == "all",
            forwarding=tuple(sorted(self.forwarding)),
            services=self.services,
        )


def lines(reading: Reading, element: str) -> Iterator[list[Subscriber]]:
    """Every living subscription whose number the element serves, page by page in the order of their keys."""
    after = ""
    while found := reading.rows(_THEIRS, element=element, after=after):
        has = had(reading, after, found[-1][0])
        yield [_line(row, has[row[0]]) for row in found]
        after = found[-1][0]


def had(reading: Reading, after: str, to: str) -> defaultdict[str, Had]:
    """What the subscriptions between two keys have: products, bars and forwarding."""
    found: defaultdict[str, Had] = defaultdict(Had)
    for subscription, act in reading.rows(_ACTS, after=after, to=to):
        found[subscription].acts.add(act)
    for subscription, extent in reading.rows(_BARS, after=after, to=to):
        found[subscription].bar = max(found[subscription].bar, extent, key=("", "outgoing", "all").index)
    for subscription, kind, number in reading.rows(_FORWARDING, after=after, to=to, name=FORWARD_TO):
        found[subscription].forwarding.append((FORWARDINGS[kind], international(number)))
    return found


def of(reading: Reading, subscription: Subscription) -> Had:
    """What one subscription has."""
    key = subscription.id
    found = had(reading, key[:-1], key)[key]
    return replace(
        found,
        long_distance=subscription.long_distance,
        roaming=subscription.roaming,
        profile=PROFILES[subscription.pay_type],
    )


def _line(row: tuple[Any, ...], has: Had) -> Subscriber:
    key, imsi, number, pay_type, long_distance, roaming, ki = row
    record = Record(
        imsi, number, profile=PROFILES[pay_type], access="both", long_distance=long_distance, roaming=roaming
    )
    return Subscriber(key, has.put_into(record), ki)
