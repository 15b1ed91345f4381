"""A customer at a glance: by which of their numbers, and what they have."""

from __future__ import annotations

import pytest

from boss_tui.components.wording import masked_document
from boss_tui.desk.customer_card import CustomerCard, customer
from boss_tui.forms.typed import yuan
from data.tables.account import BalanceBucket, BillingAccount
from data.tables.customer import Customer
from data.tables.order import Subscription
from tests.boss_tui.desk.shop import Shop

DAY = "2026-11-23"


def someone(shop: Shop) -> tuple[Customer, list[Subscription]]:
    """Somebody who has a number, and all of theirs."""
    lines = shop.rows(Subscription, state="active")
    owner = shop.one(Customer, id=lines[0].customer_id)
    return owner, shop.rows(Subscription, customer_id=owner.id)


def card(shop: Shop, key: str, chosen: str = "", *, sought: bool = False) -> CustomerCard:
    with shop.store.reading() as reading:
        return customer(reading, key, DAY, chosen, sought=sought)


def numbered(shop: Shop, owner: Customer, *states: str) -> list[str]:
    """The customer has so many numbers, in these states and opened in this order."""
    spare = [s for s in shop.rows(Subscription) if s.customer_id != owner.id][: len(states)]
    for line in shop.rows(Subscription, customer_id=owner.id):
        shop.alter(Subscription, {"id": line.id}, state="terminated")
    for n, (line, state) in enumerate(zip(spare, states, strict=True)):
        shop.alter(Subscription, {"id": line.id}, customer_id=owner.id, state=state, opened_on=f"2026-01-{9 - n:02d}")
    return [line.number for line in spare]


@pytest.mark.parametrize(
    ("states", "chosen", "shown", "number", "certain"),
    [
        ((), None, [], None, False),
        (("terminated",), None, [], None, False),
        (("cancelled",), 0, [], None, False),
        (("active",), None, [0], 0, True),
        (("active",), 0, [0], 0, True),
        (("active", "suspended"), None, [1, 0], 1, False),
        (("active", "suspended"), 0, [1, 0], 0, True),
        (("active", "terminated"), 1, [0], 0, True),
        (("active", "active", "terminated"), 2, [1, 0], 1, False),
    ],
)
def test_a_customer_is_shown_by_the_number_that_was_chosen_while_it_is_theirs(
    shop: Shop, states: tuple[str, ...], chosen: int | None, shown: list[int], number: int | None, certain: bool
) -> None:
    owner, _ = someone(shop)
    numbers = numbered(shop, owner, *states)
    found = card(shop, owner.id, "" if chosen is None else numbers[chosen])
    assert found.numbers == tuple(numbers[n] for n in shown)
    assert (found.number, found.certain) == ("" if number is None else numbers[number], certain)


@pytest.mark.parametrize("sought", [True, False])
def test_a_customer_is_shown_with_what_they_have_but_for_deposits(shop: Shop, sought: bool) -> None:
    owner, _ = someone(shop)
    accounts = shop.rows(BillingAccount, customer_id=owner.id)
    buckets = [bucket for account in accounts for bucket in shop.rows(BalanceBucket, account_id=account.id)]
    for n, bucket in enumerate(buckets):
        shop.alter(BalanceBucket, {"id": bucket.id}, amount=1_000 + n)
    told = sum(1_000 + n for n, bucket in enumerate(buckets) if bucket.kind != "deposit")
    found = card(shop, owner.id, sought=sought)
    assert {str(name): str(value) for name, value in found.lines}["Balance"] == yuan(told)
    assert (found.name, found.document) == (owner.name, masked_document(owner.document_number))
    assert found.sought is sought


@pytest.mark.parametrize(
    ("code", "colour", "told"),
    [("ordinary", "", []), ("key", "blue", ["Served first"]), ("student", "yellow", ["Campus plans"])],
)
def test_a_category_marks_its_customer_and_says_what_it_brings(
    shop: Shop, code: str, colour: str, told: list[str]
) -> None:
    owner, _ = someone(shop)
    shop.alter(Customer, {"id": owner.id}, category=code)
    found = card(shop, owner.id)
    assert found.colour == colour
    assert [str(value)[: len(told[0])] for label, value in found.lines if str(label) == "Benefits"] == told
