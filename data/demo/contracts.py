"""Contracts that run: the large plan was sold for a year, with 30 % of what is left to pay when it ends early."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from data.bulk import Keys
from data.demo.customers import SubscriptionRows
from data.demo.prices import monthly

BOUND = "P128"
MONTHS = 12


def contracts(line: SubscriptionRows, key: Keys) -> Iterator[dict[str, Any]]:
    """The contract of a line's plan, if it has one: reckoned on the fees of its months (domain-facts 8)."""
    plan, subscription = line.products[0], line.subscription
    if plan != BOUND:
        return
    begins = date.fromisoformat(subscription["opened_on"])
    fee = sum(priced.amount for priced in monthly((plan,), line.customer["category"]))
    yield {
        "id": key(),
        "customer_id": line.customer["id"],
        "subscription_id": subscription["id"],
        "kind": "plan",
        "product": plan,
        "starts_on": begins.isoformat(),
        "ends_on": _year_from(begins).isoformat(),
        "months": MONTHS,
        "value": fee * MONTHS,
    }


def _year_from(day: date) -> date:
    """The last day of a year that begins on a day."""
    last = monthrange(day.year + 1, day.month)[1]
    return date(day.year + 1, day.month, min(day.day, last)) - timedelta(days=1)
