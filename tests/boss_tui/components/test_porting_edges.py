"""Whether a number may leave for another operator: each of the five conditions alone, at the value where it turns."""

from __future__ import annotations

from typing import Any

import pytest

from boss_tui.components.resources.porting import conditions
from data.tables.billing import CustomerBill
from data.tables.customer import Customer
from data.tables.life import Agreement, Suspension
from data.tables.order import Subscription
from data.tables.resource import NumberLock
from tests.boss_tui.components.rows import DAY, Rows, row

LINE = {"id": "line", "number": "N", "account_id": "account", "customer_id": "owner", "opened_on": "2026-07-26"}


def bill(amount: int, paid: int) -> Any:
    return row(CustomerBill, account_id="account", amount=amount, paid=paid)


def bound(until: str, state: str = "active") -> Any:
    return row(Agreement, subscription_id="line", ends_on=until, state=state)


def lock(**values: Any) -> Any:
    return row(NumberLock, **{"number": "N", "state": "active", **values})


@pytest.mark.parametrize(
    ("line", "owner", "rows", "against"),
    [
        ({}, {}, [], {}),
        ({}, {"holder": "organization"}, [], {0: "transfer it to a person first (C5), or check the name"}),
        ({}, {"state": "initialized"}, [], {0: "transfer it to a person first (C5), or check the name"}),
        ({"state": "suspended"}, {}, [], {1: "it is stopped, closing or locked"}),
        ({}, {}, [row(Suspension, subscription_id="line", state="running")], {1: "it is stopped, closing or locked"}),
        ({}, {}, [row(Suspension, subscription_id="line", state="planned")], {}),
        ({}, {}, [lock()], {1: "it is stopped, closing or locked"}),
        ({}, {}, [bill(100, 100), bill(100, 101)], {}),
        ({}, {}, [bill(100, 99)], {2: "1 bill is not paid"}),
        ({}, {}, [bill(100, 99), bill(1, 0)], {2: "2 bills are not paid"}),
        ({}, {}, [bound("2026-11-22"), bound("2099-01-01", "terminated")], {}),
        ({}, {}, [bound(DAY), bound("2026-12-01")], {3: "bound until 2026-12-01"}),
        ({}, {}, [bound(DAY)], {3: f"bound until {DAY}"}),
        ({"opened_on": "2026-07-27"}, {}, [], {4: "from 2026-11-24 on"}),
    ],
)
def test_each_condition_stands_against_it_alone(
    line: dict[str, Any], owner: dict[str, Any], rows: list[Any], against: dict[int, str]
) -> None:
    who = row(Customer, **{"id": "owner", "holder": "individual", "state": "validated", **owner})
    reading: Any = Rows(who, *rows)
    found = list(conditions(reading, row(Subscription, **{**LINE, "state": "active", **line}), DAY))
    assert {n: str(each.against) for n, each in enumerate(found) if not each.holds} == against
    assert len(found) == 5
