"""Whose account it is: by a number, an account, a name; all of them or some (C12)."""

from __future__ import annotations

from typing import Any

import pytest

from boss_tui.transactions.payers import find_payer
from data.errors import NotAllowed, NotFound
from data.tables.account import BillingAccount
from data.tables.customer import Customer
from data.tables.order import Subscription
from tests.boss_tui.components.rows import row
from tests.boss_tui.transactions.stand_in import parts, step


def account(number: str = "A1", state: str = "active", customer: str = "owner") -> Any:
    return row(BillingAccount, id=number.lower(), number=number, state=state, customer_id=customer)


@pytest.mark.parametrize(
    ("wanted", "found", "refused"),
    [
        ("", ["A1"], ""),
        (" , ，、", ["A1"], ""),
        ("A2", ["A2"], ""),
        ("a2,A1,a2", ["A2", "A1"], ""),
        ("all", ["A1", "A2"], ""),
        ("A2 all", ["A1", "A2"], ""),
        ("A9", [], "A9"),
        ("A1、A9", [], "A9"),
        ("A8、A9", [], "A8"),
        ("A2，A1", ["A2", "A1"], ""),
    ],
)
def test_accounts_are_all_or_some_of_the_same_customer(wanted: str, found: list[str], refused: str) -> None:
    accounts = [account("A1"), account("A2")]
    run = step(
        accounts=parts(numbered=accounts[0], of_customer=accounts), customers=parts(owner=row(Customer, id="owner"))
    )
    if refused:
        with pytest.raises(NotAllowed, match=refused) as refusal:
            find_payer(run, "A1", wanted)
        assert refusal.value.field == "accounts"
        return
    assert [one.number for one in find_payer(run, "A1", wanted).accounts] == found


@pytest.mark.parametrize(
    ("who", "known", "asked"),
    [
        ("13957000001", 0, "number"),
        ("１３９５７０００００１", 0, "number"),
        ("1395700000", 1, "name"),
        ("139570000012", 1, "name"),
        ("23957000001", 1, "name"),
        ("张小明", 1, "name"),
        ("张小明", 0, ""),
        ("张小明", 2, ""),
    ],
)
def test_eleven_digits_from_one_on_are_a_number_anything_else_an_account_or_a_name(
    who: str, known: int, asked: str
) -> None:
    one = row(Customer, id="owner")
    run = step(
        products=parts(subscription=row(Subscription, number="13957000001", account_id="a1")),
        accounts=parts(of=account(), numbered=None, of_customer=[account()]),
        customers=parts(owner=one, known_as=[one] * known),
    )
    if not asked:
        with pytest.raises((NotAllowed, NotFound)):
            find_payer(run, who)
        return
    found = find_payer(run, who)
    assert (found.subscription is not None) is (asked == "number")
    assert found.shown == ("13957000001" if asked == "number" else "A1")
