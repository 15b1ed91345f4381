"""Contracts that run: of the lines that have a plan which binds, from the day on which they were opened."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from data.bulk import Keys
from data.demo.customers import SubscriptionRows
from data.demo.prices import monthly
from data.demo.products import BINDS


def contracts(line: SubscriptionRows, key: Keys) -> Iterator[dict[str, Any]]:
    """The contract of a line's plan, if it has one: reckoned on the fees of its months (domain-facts 8)."""
    plan, subscription = line.products[0], line.subscription
    if plan not in BINDS:
        return
    months, percent = BINDS[plan]
    begins = date.fromisoformat(subscription["opened_on"])
    fee = sum(priced.amount for priced in monthly((plan,), line.customer["category"]))
    yield {
        "id": key(),
        "customer_id": line.customer["id"],
        "subscription_id": subscription["id"],
        "kind": "plan",
        "product": plan,
        "starts_on": begins.isoformat(),
        "ends_on": _last_day(begins, months).isoformat(),
        "months": months,
        "value": fee * months,
        "penalty_percent": percent,
    }


def _last_day(first: date, months: int) -> date:
    """The last day of so many months that begin on a day."""
    years, month = divmod(first.month - 1 + months, 12)
    last = monthrange(first.year + years, month + 1)[1]
    return date(first.year + years, month + 1, min(first.day, last)) - timedelta(days=1)
