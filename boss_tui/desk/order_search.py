"""Finding orders: by what a customer has at hand: the serial or its end, the number or its last digits, the name.

Every question is an equality or a range on an index; the newest come first, since keys are in the order of time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sqlalchemy import Select, bindparam, select
from sqlalchemy import text as sql

from boss_tui.components.extra_fields import searched_as
from data.characters import is_digits
from data.search import search
from data.store import Reading
from data.tables.extra import ExtraValue
from data.tables.finance import BusinessDay
from data.tables.order import IN_PROGRESS, ProductOrder, Subscription
from data.tables.organisation import Counter

MOST = 50
_DAYS = 31
"""Business dates back within which the end of a serial alone finds its order."""
_RUNNING, AS_PRINTED = 4, 10
"""Digits of a serial's running number, and of it together with the business date (`numbering.next_serial`)."""
_TAIL = 4

_orders = ProductOrder.table()
_extras = ExtraValue.table()
_days = BusinessDay.table()
_LATEST = select(*_orders.c).order_by(_orders.c.id.desc()).limit(MOST)
_OF_SERIAL = (
    select(*_orders.c)
    .where(_orders.c.serial >= bindparam("low"), _orders.c.serial < bindparam("high"))
    .order_by(_orders.c.serial.desc())
    .limit(MOST)
)
QUERIES: dict[str, Select[tuple[object, ...]]] = {
    "latest": _LATEST,
    "serial": _OF_SERIAL,
    "customer": _LATEST.where(_orders.c.customer_id == bindparam("key")),
    "subscription": _LATEST.where(_orders.c.subscription_id == bindparam("key")),
    "extra": (_LATEST.join(_extras, _extras.c.order_id == _orders.c.id).where(_extras.c.found_by == bindparam("key"))),
    "under_way": (
        select(*_orders.c).where(sql(IN_PROGRESS)).order_by(_orders.c.created_at.desc(), _orders.c.id).limit(MOST)
    ),
}
"""Each question by its name. A test holds that none of them reads a whole table."""
_LAST_DAYS = (
    select(_days.c.business_date)
    .where(_days.c.outlet == bindparam("outlet"))
    .order_by(_days.c.business_date.desc())
    .limit(_DAYS)
)


def found(reading: Reading, outlet: str, text: str) -> list[ProductOrder]:
    """The latest orders that fit a text, the newest first; empty: the latest of all."""
    sought = re.sub(r"[-.\s]", "", text).upper() if text.isascii() else text.strip()
    if not sought:
        return reading.models(ProductOrder, _LATEST)
    rows = {row.id: row for row in _fitting(reading, outlet, text, sought)}
    return sorted(rows.values(), key=lambda row: (row.created_at, row.id), reverse=True)[:MOST]


def under_way(reading: Reading, outlet: str, text: str) -> list[ProductOrder]:
    """The latest orders that the network is not done with, and fit a text; empty: all of them."""
    if not text.strip():
        return reading.models(ProductOrder, QUERIES["under_way"])
    return [row for row in found(reading, outlet, text) if row.state == "inProgress"]


def of_end(reading: Reading, outlet: str, text: str) -> list[ProductOrder]:
    """The orders of this outlet whose serial ends as lists of orders print it: in date and running number."""
    digits = re.sub(r"[-.\s]", "", text)
    if len(digits) != AS_PRINTED or not is_digits(digits):
        return []
    made = (
        reading.find(ProductOrder, serial=f"{counter.code}{digits}")
        for counter in reading.all(Counter, outlet=outlet, order=("code",))
    )
    return [order for order in made if order is not None]


def of_extra(reading: Reading, text: str) -> list[ProductOrder]:
    """The latest orders in which this was typed into a field that managers have added, where it is searched."""
    sought = searched_as(text)
    return reading.models(ProductOrder, QUERIES["extra"], key=sought) if sought else []


def _fitting(reading: Reading, outlet: str, text: str, sought: str) -> Iterator[ProductOrder]:
    yield from reading.models(ProductOrder, _OF_SERIAL, low=sought, high=sought + "\U0010ffff")
    if is_digits(sought):
        yield from _of_serials_end(reading, outlet, sought)
        yield from _of_numbers_end(reading, sought)
    yield from of_extra(reading, text)
    for hit in search(reading, sought, MOST):
        if hit.kind in {"customer", "subscription"}:
            yield from reading.models(ProductOrder, QUERIES[hit.kind], key=hit.key)


def _of_serials_end(reading: Reading, outlet: str, digits: str) -> Iterator[ProductOrder]:
    """The serials of this outlet that such an end can belong to, one by one: counters and dates are few."""
    if len(digits) > AS_PRINTED:
        return
    running = digits[-_RUNNING:].rjust(_RUNNING, "0")
    dates = [str(date).replace("-", "")[2:] for (date,) in reading.rows(_LAST_DAYS, outlet=outlet)]
    for counter in reading.all(Counter, outlet=outlet):
        for date in dates:
            serial = f"{counter.code}{date}{running}"
            row = reading.find(ProductOrder, serial=serial) if serial.endswith(digits) else None
            if row is not None:
                yield row


def _of_numbers_end(reading: Reading, digits: str) -> Iterator[ProductOrder]:
    """Those of the subscriptions whose number ends so, of ended ones too."""
    if len(digits) < _TAIL:
        return
    for owned in reading.all(Subscription, tail=digits[-_TAIL:]):
        if owned.number.endswith(digits):
            yield from reading.models(ProductOrder, QUERIES["subscription"], key=owned.id)
