"""A card is replaced by a blank one, and a number is closed and kept after all: by keys alone, with all machines."""

from __future__ import annotations

import asyncio

import pytest

from data.tables.customer import Customer
from data.tables.order import ProductOrder, Subscription
from data.tables.resource import SimCard
from data.tables.stock import BlankCard
from screens.dialogs.approval import Approval
from screens.dialogs.outcome import OutcomeDialog
from screens.dialogs.tender_panel import TenderPanel
from screens.home import HomeScreen
from tests.journeys.world import FACTS, Clerk, World

FEW_KEYS = 60


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_a_card_is_replaced_and_a_closing_is_undone(world: World, language: str) -> None:
    async def day() -> None:
        async with world.clerk(language) as clerk:
            await clerk.sign_on()
            await clerk.open_shift("2000")
            number = world.rows(Subscription, customer_id=owner(world), state="active")[0].number
            await replace(clerk, world, number)
            await close(clerk, world, number)
            await keep(clerk, world, number)

    asyncio.run(day())
    world.clean()


async def replace(clerk: Clerk, world: World, number: str) -> None:
    """C3: lost, and a blank card written on the spot."""
    keys, blank = clerk.strokes, world.rows(BlankCard, kind="32K", state="blank")[0].serial
    await clerk.type("C3 ")
    await clerk.give(number)
    await clerk.type("\n")
    await clerk.give(FACTS.customers[0].document_number)
    await clerk.type("\n\nl\n\n")  # no loss was reported: there is none to lift
    await clerk.give(blank)
    await clerk.type("\n")
    done = await clerk.pay("100")
    assert clerk.strokes - keys < FEW_KEYS
    await clerk.press("space")
    await ended(clerk, world, done.outcome.serial)
    (line,) = world.rows(Subscription, number=number)
    assert line.iccid == world.rows(BlankCard, serial=blank)[0].iccid
    assert world.rows(SimCard, iccid=line.iccid)[0].state == "in_use"


async def close(clerk: Clerk, world: World, number: str) -> None:
    """C9: the owner has shown their document already; a supervisor allows it, and it is paid."""
    await clerk.type("C9 ")
    await clerk.give(number)
    await clerk.type("\n\n\n\n")
    await clerk.press("f10")
    await approved(clerk)
    if isinstance(clerk.app.screen, TenderPanel):
        await clerk.give("1000")
        await clerk.press("f10")
    assert isinstance(clerk.app.screen, OutcomeDialog), clerk.text()
    serial = clerk.app.screen.outcome.serial
    await clerk.press("space")
    await ended(clerk, world, serial)
    assert world.rows(Subscription, number=number)[0].state == "pendingTerminate"
    assert world.broken() == []


async def keep(clerk: Clerk, world: World, number: str) -> None:
    """C9 undone: it works again."""
    await clerk.type("C9 ")
    await clerk.give(number)
    await clerk.type("\n\n\nu\n")
    await clerk.press("f10")
    await approved(clerk)
    assert isinstance(clerk.app.screen, OutcomeDialog), clerk.text()
    serial = clerk.app.screen.outcome.serial
    await clerk.press("space")
    await ended(clerk, world, serial)
    assert isinstance(clerk.app.screen, HomeScreen)
    assert world.rows(Subscription, number=number)[0].state == "active"


async def approved(clerk: Clerk) -> None:
    """The supervisor signs on at the clerk's screen."""
    assert isinstance(clerk.app.screen, Approval), clerk.text()
    await clerk.type(f"{FACTS.supervisor}\n{FACTS.password}\n")
    if not isinstance(clerk.app.screen, TenderPanel | OutcomeDialog):
        await clerk.press("f10")


async def ended(clerk: Clerk, world: World, serial: str) -> None:
    """Network, printer and headquarters have all of it."""
    await clerk.until(lambda: world.rows(ProductOrder, serial=serial)[0].state == "completed")
    await clerk.until(lambda: clerk.told() == (0, 0, 0))


def owner(world: World) -> str:
    """The key of the first known customer."""
    return str(world.rows(Customer, document_number=FACTS.customers[0].document_number)[0].id)
