"""Running numbers after rows came back that this store had lost: each goes on behind the last that was given."""

from __future__ import annotations

import pytest

from boss_tui.components.numbering import (
    catch_up,
    counter_of,
    is_serial,
    next_account,
    next_serial,
    raise_to,
    reached,
)
from data.tables.account import BillingAccount
from data.tables.act import Act
from data.tables.finance import BusinessDay
from data.tables.order import ProductOrder, Sequence
from data.tables.organisation import Counter
from tests.boss_tui.components.loose import Loose
from tests.boss_tui.components.rows import DAY, row


def test_numbers_go_on_behind_the_last_that_rows_carry(tx: Loose) -> None:
    tx.put(
        row(BillingAccount, id="1", number="HZ0100000012"),
        row(BillingAccount, id="2", number="HZ0100000009"),
        row(ProductOrder, id="1", serial="HZ01012611230007"),
        row(ProductOrder, id="2", serial="HZ01022611230002"),
        row(Act, id="1", serial="HZ01012611230009"),
        row(Act, id="2", serial="HZ01012611220099"),
    )
    catch_up(tx)
    assert next_account(tx, "HZ01") == "HZ0100000013"
    assert [next_serial(tx, counter, DAY) for counter in ("HZ0101", "HZ0102", "HZ0103")] == [
        "HZ01012611230010",
        "HZ01022611230003",
        "HZ01032611230001",
    ]
    assert counter_of("HZ01012611230010") == "HZ0101"


@pytest.mark.parametrize(
    ("serial", "right"),
    [
        ("HZ01012611230010", True),
        ("HZ010126112310000", True),
        ("HZ0101261123010", False),
        ("HZ01012611220010", False),
        ("HZ01022611230010", False),
        ("HZ0101261123001x", False),
        ("0010", False),
        ("", False),
    ],
)
def test_a_serial_is_of_its_counter_and_its_date(serial: str, right: bool) -> None:
    assert is_serial(serial, "HZ0101", DAY) is right


def test_a_number_that_is_further_on_stays_and_those_of_others_are_passed_over(tx: Loose) -> None:
    raise_to(tx, {"billing_account": 5, "document_range": 9, "order HZ0101261123": 3})
    raise_to(tx, {"slip": 9, "billing_account": 4, "order HZ0101261123": 3, "order HZ0102261123": 1})
    assert tx.told(Sequence, "name", "value", order=("name",)) == [
        ("billing_account", 5),
        ("order HZ0101261123", 3),
        ("order HZ0102261123", 1),
    ]
    tx.put(
        row(Counter, code="HZ0101", outlet="HZ01"),
        row(Counter, code="HZ0103", outlet="HZ01"),
        row(Counter, code="HZ0102", outlet="HZ02"),
        row(BusinessDay, outlet="HZ01", business_date="2026-11-22", state="closed"),
        row(BusinessDay, outlet="HZ01", business_date=DAY),
    )
    assert reached(tx, "HZ01") == {"billing_account": 5, "order HZ0101261123": 3}
    assert reached(tx, "HZ09") == {"billing_account": 5}
