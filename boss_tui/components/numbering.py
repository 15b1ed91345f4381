"""Running numbers of this store: order serials, account numbers. A restored store catches up with what came back.

The counters are local: what they gave is in the rows that carry the numbers, from which they can be worked out again.
"""

from __future__ import annotations

from sqlalchemy import func, select

from data.store import Reading, UnitOfWork
from data.tables.account import BillingAccount
from data.tables.order import ProductOrder, Sequence

_SERIAL_DIGITS, _ACCOUNT_DIGITS = 4, 8

_serial = ProductOrder.__table__.c.serial  # type: ignore[attr-defined]
_prefix = func.substr(_serial, 1, func.length(_serial) - _SERIAL_DIGITS)
_LAST_SERIALS = select(_prefix, func.max(_serial)).group_by(_prefix)
_LAST_ACCOUNT = select(func.max(BillingAccount.__table__.c.number))  # type: ignore[attr-defined]
_ACCOUNTS = "billing_account"


def next_serial(tx: UnitOfWork, counter: str, business_date: str) -> str:
    """A new order serial 流水号: counter, business date, running number of the day at this counter."""
    prefix = f"{counter}{business_date.replace('-', '')[2:]}"
    return f"{prefix}{_next(tx, f'order {prefix}'):0{_SERIAL_DIGITS}d}"


def next_account(tx: UnitOfWork, outlet: str) -> str:
    """A new account number: the outlet's code and a running number."""
    return f"{outlet}{_next(tx, _ACCOUNTS):0{_ACCOUNT_DIGITS}d}"


def catch_up(tx: UnitOfWork) -> None:
    """Raise the counters to what the rows say: after rows came back that this store had lost."""
    reached = {f"order {prefix}": int(last[-_SERIAL_DIGITS:]) for prefix, last in tx.rows(_LAST_SERIALS)}
    account = tx.scalar(_LAST_ACCOUNT)
    if account:
        reached[_ACCOUNTS] = int(account[-_ACCOUNT_DIGITS:])
    for name, value in reached.items():
        behind = value - _value(tx, name)
        if behind > 0:
            tx.increase(Sequence, {"name": name}, value=behind)


def _next(tx: UnitOfWork, name: str) -> int:
    tx.increase(Sequence, {"name": name}, value=1)
    return _value(tx, name)


def _value(reading: Reading, name: str) -> int:
    row = reading.find(Sequence, name=name)
    return row.value if row else 0
