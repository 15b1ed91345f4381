"""A customer whom we know wants another number: C1 with them in view asks for nothing that is known already."""

from __future__ import annotations

import asyncio

from data.tables.customer import Customer
from data.tables.order import Subscription
from screens.business import BusinessScreen
from screens.dialogs.outcome import OutcomeDialog
from tests.journeys.world import FACTS, World


def test_the_customer_in_view_opens_another_number(world: World) -> None:
    known = FACTS.customers[0]
    numbers: list[str] = []

    async def day() -> None:
        async with world.clerk("zh_CN") as clerk:
            await clerk.sign_on()
            await clerk.open_shift()
            await clerk.press("f2")
            await clerk.type(f"{known.document_number}\n")
            assert clerk.app.customer is not None, clerk.text()
            await clerk.type("kh\n")
            screen = clerk.app.screen
            assert isinstance(screen, BusinessScreen), clerk.text()
            shown = screen.panel.values()
            assert (shown["document_number"], shown["name"]) == (known.document_number, known.name)
            assert shown["address"], clerk.text()
            for field in ("plan", "number", "iccid"):
                screen.panel.focus_on(field)
                await clerk.press("f4", "enter")
            screen.panel.focus_on("services")
            services = screen.panel.fields["services"]
            await clerk.press("f4", "enter", "f4", "down", "enter")
            first, second = services.value.split(",")
            await clerk.press("f4", "enter")  # the first once more: it is taken out
            assert services.value == second != first
            assert screen.panel.current == "services"
            screen.panel.focus_on("password")
            await clerk.type("274916\n274916")
            await clerk.press("f10")
            await clerk.press("f10")
            assert isinstance(clerk.app.screen, OutcomeDialog), clerk.text()
            numbers.append(str(clerk.app.screen.outcome.facts["number"]))

    asyncio.run(day())
    with world.store.reading() as reading:
        (customer,) = reading.all(Customer, document_number=known.document_number)
        (subscription,) = reading.all(Subscription, number=numbers[0])
    assert subscription.customer_id == customer.id
    assert customer.name == known.name
    world.clean()
