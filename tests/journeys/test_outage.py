"""After an outage, by keys: a slip is entered at its prices, the same one twice is noticed, one waits to be settled."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta

from data.tables.finance import BusinessDay
from data.tables.order import HandwrittenSlip, ProductOrder
from screens.business import BusinessScreen
from screens.dialogs import Approval, Done
from screens.later import LaterScreen
from screens.queues import QueuesScreen
from tests.journeys.world import FACTS, Clerk, Customer, World


def test_what_was_written_by_hand_is_entered_later(world: World) -> None:
    async def day() -> None:
        async with world.clerk("zh_CN") as clerk:
            await clerk.sign_on()
            await clerk.open_shift()
            await yesterdays(clerk, world)
            await twice(clerk, world)
            await undone(clerk, world)

    asyncio.run(day())
    world.clean()


def today(world: World) -> date:
    (day,) = world.rows(BusinessDay, state="open")
    return date.fromisoformat(day.business_date)


async def head(clerk: Clerk, code: str, number: str, day: date) -> None:
    """What stands on the slip."""
    await clerk.type("bl\n")
    assert isinstance(clerk.app.screen, LaterScreen), clerk.text()
    await clerk.type(f"{code}\n{number}\n{day:%Y%m%d}\n1405\n{FACTS.clerk}\n")


async def yesterdays(clerk: Clerk, world: World) -> None:
    """The business opens with the slip in its head; a supervisor allows yesterday's prices."""
    await head(clerk, "c1", "sg-1", today(world) - timedelta(days=1))
    await clerk.press("f10")
    assert isinstance(clerk.app.screen, BusinessScreen), clerk.text()
    assert "单SG-1" in clerk.text()
    await clerk.fill_account(Customer(), opened=True)
    await clerk.press("f10")
    assert isinstance(clerk.app.screen, Approval), clerk.text()
    assert "按" in clerk.text()
    await clerk.type(f"{FACTS.supervisor}\n{FACTS.password}\n")
    await clerk.give("200")
    await clerk.press("f10")
    assert isinstance(clerk.app.screen, Done), clerk.text()
    assert "SG-1" in clerk.text()
    await clerk.press("space")
    (order,) = world.rows(ProductOrder, hand_slip="SG-1")
    assert order.approved_by == FACTS.supervisor
    await clerk.type("dd\n")
    assert "单SG-1" in clerk.text()
    await clerk.press("f3")


async def twice(clerk: Clerk, world: World) -> None:
    """The same slip: its order is told beside its number, and what was typed is still there."""
    await head(clerk, "C1", "SG-1", today(world))
    await clerk.press("f10")
    assert isinstance(clerk.app.screen, LaterScreen), clerk.text()
    (order,) = world.rows(ProductOrder, hand_slip="SG-1")
    assert order.serial in clerk.text()
    await clerk.press("f3")


async def undone(clerk: Clerk, world: World) -> None:
    """What can't be done waits among the queues, until somebody says how it was settled."""
    await head(clerk, "C2", "SG-2", today(world))
    await clerk.give("号码已售")
    await clerk.type("\n")
    await clerk.give("20")
    await clerk.press("f10")
    (row,) = world.rows(HandwrittenSlip, state="open")
    assert (row.number, row.amount, row.reason) == ("SG-2", 2_000, "号码已售")
    await clerk.type("dl\n")
    assert isinstance(clerk.app.screen, QueuesScreen), clerk.text()
    await clerk.give("SG-2")
    await clerk.type("\n\n")
    await clerk.give("已退款")
    await clerk.type("\n")
    (row,) = world.rows(HandwrittenSlip, number="SG-2")
    assert (row.state, row.words) == ("settled", "已退款")
