"""Somebody lost the telephone, found it again, and changes services: by keys alone, on the real desk."""

from __future__ import annotations

import asyncio

import pytest

from data.tables.customer import Customer
from data.tables.life import ServiceParameter
from data.tables.order import ProductOrder, Subscription, SubscriptionProduct
from screens.dialogs.outcome import OutcomeDialog
from tests.journeys.world import Clerk, World

FEW_KEYS = 45
SECRET = "274916"


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_a_loss_a_return_and_services_by_keys(world: World, language: str) -> None:
    async def day() -> None:
        async with world.clerk(language) as clerk:
            await clerk.sign_on()
            await clerk.open_shift()
            await lose(clerk, world)
            await find(clerk, world)
            await serve(clerk, world)
            await listen(clerk, world)

    asyncio.run(day())
    world.clean()


def line(world: World) -> Subscription:
    """The line that all this happens to."""
    lines: list[Subscription] = world.rows(Subscription, plan="P58", order=("number",))
    return lines[0]


def document(world: World) -> str:
    """Its owner's."""
    return str(world.rows(Customer, id=line(world).customer_id)[0].document_number)


async def begin(clerk: Clerk, world: World, code: str) -> None:
    """Open a business with the number."""
    await clerk.type(f"{code} ")
    await clerk.give(line(world).number)
    await clerk.type("\n")


async def complete(clerk: Clerk, world: World) -> str:
    """Complete what costs nothing; wait until the network has it. The serial."""
    await clerk.press("f10")
    await clerk.press("f10")
    assert isinstance(clerk.app.screen, OutcomeDialog), clerk.text()
    serial = clerk.app.screen.outcome.serial
    await clerk.press("space")
    await clerk.until(lambda: world.rows(ProductOrder, serial=serial)[0].state == "completed")
    return serial


async def lose(clerk: Clerk, world: World) -> None:
    """C6: the password alone, and the line is stopped."""
    keys = clerk.strokes
    await begin(clerk, world, "C6")
    await clerk.type("suspend\nloss\n")
    await clerk.type(f"{SECRET}\n")
    await complete(clerk, world)
    assert clerk.strokes - keys < FEW_KEYS
    assert line(world).state == "suspended"


async def find(clerk: Clerk, world: World) -> None:
    """C6: by document it works again."""
    await begin(clerk, world, "C6")
    await clerk.type("resume\nloss\n\n")
    await clerk.give(document(world))
    await clerk.type("\n")
    await complete(clerk, world)
    assert line(world).state == "active"


async def serve(clerk: Clerk, world: World) -> None:
    """C7.2: calls go elsewhere when it is busy. The customer is known already: no document is asked for again."""
    await begin(clerk, world, "C7.2")
    await clerk.type("\n\n\n057188886666\n")
    await complete(clerk, world)
    (set_,) = world.rows(ServiceParameter, subscription_id=line(world).id, name="forward_to")
    assert (set_.service, set_.value) == ("cfb", "057188886666")


async def listen(clerk: Clerk, world: World) -> None:
    """C7.4: the weather is sent from today on."""
    await begin(clerk, world, "C7.4")
    await clerk.type("\n\nweather\n")
    await complete(clerk, world)
    products = world.rows(SubscriptionProduct, subscription_id=line(world).id, state="active")
    assert "WEATHER" in {row.product for row in products}
