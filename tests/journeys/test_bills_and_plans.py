"""Somebody pays what they owe, another one changes the plan: by keys alone, on the real desk with all its machines."""

from __future__ import annotations

import asyncio

import pytest

from boss_tui.forms.typed import yuan
from data.clock import on_the_wall, stamp
from data.tables.billing import CustomerBill
from data.tables.customer import Customer
from data.tables.order import ProductOrder, Subscription
from screens.dialogs.outcome import OutcomeDialog
from screens.home import HomeScreen
from tests.journeys.world import FACTS, Clerk, World

FEW_KEYS = 25


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_bills_are_paid_and_a_plan_is_changed(world: World, language: str) -> None:
    async def day() -> None:
        async with world.clerk(language) as clerk:
            await clerk.sign_on()
            await clerk.open_shift()
            await pay(clerk, world)
            await change(clerk, world)

    asyncio.run(day())
    world.clean()


async def pay(clerk: Clerk, world: World) -> None:
    """C12 in as many keys as the number, F10, the money, F10."""
    number = owes(world)
    keys = clerk.strokes
    await clerk.type("C12 ")
    await clerk.give(number)
    await clerk.type("\n")
    owed = sum(bill.amount - bill.paid for bill in bills(world, number))
    assert any(
        yuan(bill.amount - bill.paid) in clerk.text() for bill in bills(world, number) if bill.state != "settled"
    )
    done = await clerk.pay("1000")
    assert clerk.strokes - keys < FEW_KEYS
    assert done.outcome.due > owed  # with the late fee
    assert done.outcome.change == 100_000 - done.outcome.due
    assert {bill.state for bill in bills(world, number)} == {"settled"}
    await clerk.press("space")
    assert isinstance(clerk.app.screen, HomeScreen)


async def change(clerk: Clerk, world: World) -> None:
    """C8: the document, the plan that would have cost least, at once."""
    line = next(
        s
        for s in world.rows(Subscription, plan="P88", state="active")
        if s.customer_id == customer(world, FACTS.full_document.document_number)
    )
    keys = clerk.strokes
    await clerk.type("C8 ")
    await clerk.give(line.number)
    await clerk.type("\n")
    await clerk.give(FACTS.full_document.document_number)
    await clerk.type("\n\n")
    await clerk.press("f4", "enter")
    await clerk.type("now\n")
    await clerk.press("f10")
    await clerk.press("f10")  # the dialog was not expected: it takes no keys from before
    assert clerk.strokes - keys < FEW_KEYS
    assert isinstance(clerk.app.screen, OutcomeDialog), clerk.text()
    serial = clerk.app.screen.outcome.serial
    await clerk.press("space")
    await clerk.until(lambda: world.rows(ProductOrder, serial=serial)[0].state == "completed")
    assert world.rows(Subscription, id=line.id)[0].plan != "P88"
    await clerk.until(lambda: clerk.told() == (0, 0, 0))


def owes(world: World) -> str:
    """The number of somebody whose account has bills of which nothing is paid, and that are late."""
    today = on_the_wall(stamp(world.clock.now()), "%Y-%m-%d")
    unpaid = {bill.account_id for bill in world.rows(CustomerBill, state="sent") if bill.due_on < today}
    return str(next(s.number for s in world.rows(Subscription, state="active") if s.account_id in unpaid))


def bills(world: World, number: str) -> list[CustomerBill]:
    """The bills of a number's account."""
    (line,) = world.rows(Subscription, number=number)
    return world.rows(CustomerBill, account_id=line.account_id)


def customer(world: World, document: str) -> str:
    """The key of the customer with a document."""
    return str(world.rows(Customer, document_number=document)[0].id)
