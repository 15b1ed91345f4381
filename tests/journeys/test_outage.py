"""After an outage, by keys: a slip is entered at its prices, the same one twice is noticed, one waits to be settled."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta

from data.tables.finance import BusinessDay
from data.tables.order import HandwrittenSlip, ProductOrder
from screens.business import BusinessScreen
from screens.dialogs.approval import Approval
from screens.dialogs.outcome import OutcomeDialog
from screens.home import HomeScreen
from screens.later import LaterScreen
from screens.preview import PreviewScreen
from screens.queues import QueuesScreen
from tests.journeys.world import FACTS, Clerk, Customer, World


def test_what_was_written_by_hand_is_entered_later(world: World) -> None:
    async def day() -> None:
        async with world.clerk("zh_CN") as clerk:
            await clerk.sign_on()
            await without_a_drawer(clerk, world)
            await clerk.open_shift()
            await yesterdays(clerk, world)
            await twice(clerk, world)
            await undone(clerk, world)
            await much(clerk, world)

    asyncio.run(day())
    world.clean()


def today(world: World) -> date:
    (day,) = world.rows(BusinessDay, state="open")
    return date.fromisoformat(day.business_date)


async def head(clerk: Clerk, code: str, number: str, day: date) -> None:
    """What stands on the slip."""
    await clerk.type("bl\n")
    assert isinstance(clerk.app.screen, LaterScreen), clerk.text()
    await clerk.type(f"{code}\n{number}\n{day:%Y%m%d}\n0000\n{FACTS.clerk}\n")


async def without_a_drawer(clerk: Clerk, world: World) -> None:
    """Money has nowhere to go: it is said beside the amount, and what was typed is still there."""
    await head(clerk, "C2", "SG-0", today(world))
    await clerk.give("号码已售")
    await clerk.type("\n")
    await clerk.give("20")
    await clerk.press("f10")
    assert isinstance(clerk.app.screen, LaterScreen), clerk.text()
    assert any("20" in line and "开班" in line for line in clerk.text().splitlines()), clerk.text()
    assert world.rows(HandwrittenSlip) == []
    await clerk.press("f3")
    await clerk.type("y")


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
    assert isinstance(clerk.app.screen, OutcomeDialog), clerk.text()
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
    await clerk.type("y")


async def undone(clerk: Clerk, world: World) -> None:
    """What can't be done waits among the queues with its money in suspense: given back, left, or done after all."""
    for number, way in (("SG-2", ""), ("SG-3", "2\nK-77")):
        await put_down(clerk, world, number, way)
    assert [(row.tender, row.reference, row.held) for row in world.rows(HandwrittenSlip, state="open")] == [
        ("cash", "", 2_000),
        ("card", "K-77", 2_000),
    ]
    await way_out(clerk, "SG-2", "现金", "王小明")
    assert isinstance(clerk.app.screen, PreviewScreen), clerk.text()
    assert "退还客户：现金 20.00" in clerk.text()
    await clerk.press("f3")
    (row,) = world.rows(HandwrittenSlip, number="SG-2")
    assert (row.state, row.words, row.held) == ("settled", "王小明", 0)
    await way_out(clerk, "SG-3", "留在", "客户出国")
    assert isinstance(clerk.app.screen, Approval), clerk.text()
    await clerk.type(f"{FACTS.supervisor}\n{FACTS.password}\n")
    (row,) = world.rows(HandwrittenSlip, number="SG-3")
    assert (row.state, row.held) == ("parked", 2_000)
    await after_all(clerk, world)


async def put_down(clerk: Clerk, world: World, number: str, way: str) -> None:
    await head(clerk, "C2", number, today(world))
    await clerk.give("号码已售")
    await clerk.type("\n")
    await clerk.give("20")
    if way:
        await clerk.type(f"\n{way}")
    await clerk.press("f10")
    (row,) = world.rows(HandwrittenSlip, number=number)
    assert (row.state, row.amount, row.reason) == ("open", 2_000, "号码已售"), clerk.text()


async def much(clerk: Clerk, world: World) -> None:
    """More than a clerk takes: a supervisor is asked, over the form; what nobody may is said beside it."""
    while not isinstance(clerk.app.screen, HomeScreen):
        await clerk.press("f3")
    await head(clerk, "C2", "SG-4", today(world))
    await clerk.give("号码已售")
    await clerk.type("\n")
    await clerk.give("99999999")
    await clerk.press("f10")
    assert isinstance(clerk.app.screen, LaterScreen), clerk.text()
    assert any("99999999" in line and "50000.00" in line for line in clerk.text().splitlines()), clerk.text()
    await clerk.give("10000.01")
    await clerk.press("f10")
    assert isinstance(clerk.app.screen, Approval), clerk.text()
    await clerk.type(f"{FACTS.supervisor}\n{FACTS.password}\n")
    (row,) = world.rows(HandwrittenSlip, number="SG-4")
    assert (row.state, row.held) == ("open", 1_000_001)


async def way_out(clerk: Clerk, number: str, way: str, said: str = "") -> None:
    """One of the ways of a slip that waits."""
    while not isinstance(clerk.app.screen, HomeScreen):
        await clerk.press("f3")
    await clerk.type("dl\n")
    assert isinstance(clerk.app.screen, QueuesScreen), clerk.text()
    await clerk.give(number)
    await clerk.type("\n")
    await clerk.give(way)
    await clerk.type("\n")
    if said:
        await clerk.give(said)
        await clerk.type("\n")


async def after_all(clerk: Clerk, world: World) -> None:
    """Its head stands there already; the payment box has the money."""
    await way_out(clerk, "SG-3", "补办")
    assert isinstance(clerk.app.screen, LaterScreen), clerk.text()
    assert "SG-3" in clerk.text()
