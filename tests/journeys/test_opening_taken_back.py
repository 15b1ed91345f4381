"""An opening is taken back by a supervisor on the same day: by keys alone, with all machines; nothing of it is left."""

from __future__ import annotations

import asyncio

from boss_tui.answers.business import Outcome
from data.tables.order import ProductOrder, Subscription
from data.tables.resource import PhoneNumber, SimCard
from screens.dialogs.approval import Approval
from screens.dialogs.outcome import OutcomeDialog
from screens.orders import OrderScreen
from tests.journeys.world import FACTS, Clerk, Customer, World


def test_a_supervisor_takes_an_opening_back(world: World) -> None:
    async def day() -> None:
        async with world.clerk() as clerk:
            await clerk.sign_on()
            await clerk.open_shift("500")
            opened = (await clerk.open_account(Customer())).outcome
            await clerk.press("space")
            await ended(clerk, world, opened.serial)
            (line,) = world.rows(Subscription, number=opened.facts["number"])
            assert line.state == "active"
            assert line.number in {record.msisdn for record in world.subscribers()}
            back = await take_back(clerk, opened.serial)
            assert back.due == -opened.due
            await ended(clerk, world, back.serial)
            assert world.rows(Subscription, id=line.id)[0].state == "cancelled"
            assert world.rows(PhoneNumber, number=line.number)[0].state == "quarantined"
            assert world.rows(SimCard, iccid=line.iccid)[0].state == "void"
            assert line.number not in {record.msisdn for record in world.subscribers()}

    asyncio.run(day())
    world.clean()


async def take_back(clerk: Clerk, serial: str) -> Outcome:
    """The order's screen, Delete, why, and the supervisor's own sign-on."""
    await clerk.give(serial)
    await clerk.type("\n\n")
    await clerk.until(lambda: isinstance(clerk.app.screen, OrderScreen))
    await clerk.press("delete")
    await clerk.type("客户反悔\n")
    assert isinstance(clerk.app.screen, Approval), clerk.text()
    await clerk.type(f"{FACTS.supervisor}\n{FACTS.password}\n")
    assert isinstance(clerk.app.screen, OutcomeDialog), clerk.text()
    outcome = clerk.app.screen.outcome
    await clerk.press("space")
    return outcome


async def ended(clerk: Clerk, world: World, serial: str) -> None:
    """Network, printer and headquarters have all of it."""
    await clerk.until(lambda: world.rows(ProductOrder, serial=serial)[0].state == "completed")
    await clerk.until(lambda: clerk.told() == (0, 0, 0))
