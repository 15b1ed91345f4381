"""Running numbers of this store: order serials, account numbers. A restored store catches up with what came back.

The counters are local: what they gave is in the rows that carry the numbers, from which they can be worked out again.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Select, bindparam, func, select

from data.characters import is_digits
from data.store import Reading, UnitOfWork
from data.tables.account import BillingAccount
from data.tables.act import Act
from data.tables.base import Table
from data.tables.finance import BusinessDay
from data.tables.order import ProductOrder, Sequence
from data.tables.organisation import Counter

_DATE_DIGITS, _SERIAL_DIGITS, _ACCOUNT_DIGITS = 6, 4, 8

_counter = Counter.table()
_day = BusinessDay.table()


def _last_serials(model: type[Table]) -> Select[Any]:
    serial = model.table().c.serial
    prefix = func.substr(serial, 1, func.length(serial) - _SERIAL_DIGITS)
    return select(prefix, func.max(serial)).group_by(prefix)


_LAST_SERIALS = _last_serials(ProductOrder), _last_serials(Act)
_LAST_DAY = select(func.max(_day.c.business_date)).where(_day.c.outlet == bindparam("outlet"))
_LAST_ACCOUNT = select(func.max(BillingAccount.table().c.number))
_ACCOUNTS, _ORDERS = "billing_account", "order "
_COUNTERS = select(_counter.c.code).where(_counter.c.outlet == bindparam("outlet"))


def next_serial(tx: UnitOfWork, counter: str, business_date: str) -> str:
    """A new order serial 流水号: counter, business date, running number of the day at this counter."""
    prefix = _prefix_of(counter, business_date)
    return f"{prefix}{_next(tx, _ORDERS + prefix):0{_SERIAL_DIGITS}d}"


def counter_of(serial: str) -> str:
    """The counter that gave an order serial; of what is none, what stands at its place."""
    return serial[: -_DATE_DIGITS - _SERIAL_DIGITS]


def is_serial(serial: str, counter: str, business_date: str) -> bool:
    """Whether a counter could give an order serial on a business date."""
    prefix = _prefix_of(counter, business_date)
    running = serial.removeprefix(prefix)
    return serial == prefix + running and len(running) >= _SERIAL_DIGITS and is_digits(running)


def next_account(tx: UnitOfWork, outlet: str) -> str:
    """A new account number: the outlet's code and a running number."""
    return f"{outlet}{_next(tx, _ACCOUNTS):0{_ACCOUNT_DIGITS}d}"


def catch_up(tx: UnitOfWork) -> None:
    """Raise the running numbers to what the rows say: after rows came back that this store had lost."""
    for statement in _LAST_SERIALS:
        raise_to(tx, {_ORDERS + prefix: int(last[-_SERIAL_DIGITS:]) for prefix, last in tx.rows(statement)})
    account = tx.scalar(_LAST_ACCOUNT)
    if account:
        raise_to(tx, {_ACCOUNTS: int(account[-_ACCOUNT_DIGITS:])})


def reached(reading: Reading, outlet: str) -> dict[str, int]:
    """How far the running numbers of an outlet are: its accounts', and its counters' on the last business date."""
    business_date = reading.scalar(_LAST_DAY, outlet=outlet) or ""
    counters = [str(code) for (code,) in reading.rows(_COUNTERS, outlet=outlet)]
    names = [_ACCOUNTS, *(_ORDERS + _prefix_of(counter, business_date) for counter in counters)]
    return {name: value for name in names if (value := _value(reading, name))}


def raise_to(tx: UnitOfWork, numbers: Mapping[str, int]) -> None:
    """Raise the running numbers to these; one that is further on stays. Names of other numbers are passed over."""
    for name, value in numbers.items():
        if name != _ACCOUNTS and not name.startswith(_ORDERS):
            continue
        behind = value - _value(tx, name)
        if behind > 0:
            tx.increase(Sequence, {"name": name}, value=behind)


def _prefix_of(counter: str, business_date: str) -> str:
    return f"{counter}{business_date.replace('-', '')[2:]}"


def _next(tx: UnitOfWork, name: str) -> int:
    tx.increase(Sequence, {"name": name}, value=1)
    return _value(tx, name)


def _value(reading: Reading, name: str) -> int:
    row = reading.find(Sequence, name=name)
    return row.value if row else 0
