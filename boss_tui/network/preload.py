"""A simulated element that knows a hall's subscribers already, as if they had been created on it one by one.

For demonstration and tests; a real element is never loaded like this.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import bindparam, select

from boss_tui.network.dialects import dialect
from boss_tui.network.dialects.acts import international
from boss_tui.network.dialects.dialect import Dialect
from boss_tui.network.dialects.ericsson import Ericsson
from boss_tui.network.machine import ericsson, huawei
from boss_tui.network.machine.state import State
from data.store import Reading
from data.tables.network import NetworkElement
from data.tables.order import Subscription, SubscriptionProduct
from data.tables.product import Product
from data.tables.resource import NumberSegment, PhoneNumber, SimCard

PAGE = 5_000
PROFILES = {"postpaid": "1", "prepaid": "2"}
"""The element's template for each way of paying, as an opening asks for it."""
LIVING = ("active", "suspended", "pendingTerminate")

_subscriptions: Any = Subscription.__table__  # type: ignore[attr-defined]
_bought: Any = SubscriptionProduct.__table__  # type: ignore[attr-defined]
_products: Any = Product.__table__  # type: ignore[attr-defined]
_numbers: Any = PhoneNumber.__table__  # type: ignore[attr-defined]
_segments: Any = NumberSegment.__table__  # type: ignore[attr-defined]
_cards: Any = SimCard.__table__  # type: ignore[attr-defined]

_s = _subscriptions.c
_THEIRS = (
    select(_s.id, _s.imsi, _s.number, _s.pay_type, _s.long_distance, _s.roaming, _s.state, _cards.c.ki)
    .select_from(
        _subscriptions.join(_cards, _cards.c.iccid == _s.iccid)
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

Facts = dict[str, str]


def preload(state: State, reading: Reading, element: str = "") -> int:
    """Load the living subscriptions of the book with their cards' keys into an element's empty memory; how many.

    `element`: its code; empty is the store's only one (the first, where there are several).
    """
    row = reading.one(NetworkElement, code=element) if element else reading.all(NetworkElement, order=("code",))[0]
    speaks = dialect(row.dialect)
    count = 0
    with state.transaction():
        for page in _pages(reading, row.code):
            count += len(page)
            _insert(state, speaks, page)
    return count


def _pages(reading: Reading, element: str) -> Iterator[list[tuple[tuple[Any, ...], set[str]]]]:
    """Subscriptions, each with the acts of its products; memory holds one page."""
    after = ""
    while found := reading.rows(_THEIRS, element=element, after=after):
        acts: dict[str, set[str]] = {row[0]: set() for row in found}
        for subscription, act in reading.rows(_ACTS, after=after, to=found[-1][0]):
            acts.get(subscription, set()).add(act)
        yield [(row, acts[row[0]]) for row in found]
        after = found[-1][0]


def _insert(state: State, speaks: Dialect, page: list[tuple[tuple[Any, ...], set[str]]]) -> None:
    facts_of = _ericsson if isinstance(speaks, Ericsson) else _huawei
    keys, people, facts = [], [], []
    for (_, imsi, number, pay_type, long_distance, roaming, standing, ki), acts in page:
        keys.append((imsi, ki, ""))
        people.append((imsi, international(number)))
        services = sorted(act.removeprefix("service:") for act in acts if act.startswith("service:"))
        words = {name: speaks.values[name] for name in ("long_distance", "roaming", "access", "service")}
        base = {
            "profile": PROFILES[pay_type], "long_distance": words["long_distance"][long_distance],
            "roaming": words["roaming"][roaming], "access": words["access"]["both"],
        }  # fmt: skip
        theirs = facts_of(base, data="data" in acts, barred=standing != "active")
        theirs |= {words["service"][name]: _ON[speaks.name] for name in services if name in words["service"]}
        facts += [(imsi, name, value) for name, value in theirs.items()]
    state.db.executemany("INSERT INTO auth VALUES (?, ?, ?)", keys)
    state.db.executemany("INSERT INTO subscriber VALUES (?, ?)", people)
    state.db.executemany("INSERT INTO fact VALUES (?, ?, ?)", facts)


_ON = {"huawei": "TRUE", "ericsson": "1"}


def _huawei(base: Facts, *, data: bool, barred: bool) -> Facts:
    return {
        **huawei.NEW, "TPLID": base["profile"], "NAM": base["access"], "ODBOC": base["long_distance"],
        "ODBROAM": base["roaming"], "GPRS": "TRUE" if data else "FALSE", "OC": "TRUE" if barred else "FALSE",
    }  # fmt: skip


def _ericsson(base: Facts, *, data: bool, barred: bool) -> Facts:
    return {
        **ericsson.NEW, "PROFILE": base["profile"], "NAM": base["access"],
        "OBO": "1" if barred else base["long_distance"], "OBR": base["roaming"], "PDPCP": "1" if data else "0",
    }  # fmt: skip
