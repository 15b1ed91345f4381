"""Services of others are asked by the real desk of a demonstration: beside the keys, waited for, given up."""

from __future__ import annotations

import asyncio

from data.tables.eligibility import InterfaceAnswer
from screens.business import BusinessScreen
from screens.dialogs.asking import AskingDialog
from screens.dialogs.tender_panel import TenderPanel
from tests.journeys.world import Clerk, Customer, World


def answers(world: World) -> list[tuple[str, str, str]]:
    return [(row.interface, row.verdict, row.state) for row in world.rows(InterfaceAnswer)]


async def waiting(clerk: Clerk) -> AskingDialog:
    await clerk.press("f10")
    await clerk.until(lambda: isinstance(clerk.app.screen, AskingDialog))
    assert isinstance(clerk.app.screen, AskingDialog)
    return clerk.app.screen


def test_asked_while_the_clerk_types_on_and_given_up_by_a_key(world: World) -> None:
    async def day() -> None:
        async with world.clerk() as clerk:
            await clerk.sign_on()
            await clerk.open_shift()
            services = world.machines.services
            services.fault("slow", 60.0)
            screen = await clerk.fill_account(Customer())
            assert clerk.sees("Asking: {name}", name="公安身份核查"), clerk.text()
            assert screen.draft.asking
            await waiting(clerk)
            assert clerk.sees("Services are being asked")
            await clerk.press("escape")
            assert isinstance(clerk.app.screen, BusinessScreen)
            await waiting(clerk)
            await clerk.press("f10")
            await clerk.until(lambda: isinstance(clerk.app.screen, TenderPanel))
            await clerk.press("escape")
            await clerk.pay("200")
            assert sorted(answers(world)) == [("identity_check", "", "waiting"), ("number_check", "", "waiting")]
            services.mend()

    asyncio.run(day())
    world.clean()


def test_what_services_agree_to_costs_no_key(world: World) -> None:
    async def day() -> None:
        async with world.clerk("zh_CN", (120, 40)) as clerk:
            await clerk.sign_on()
            await clerk.open_shift()
            await clerk.fill_account(Customer())
            await clerk.until(lambda: clerk.sees("公安身份核查"))
            await clerk.pay("200")
            assert {(verdict, state) for _, verdict, state in answers(world)} == {("yes", "answered")}

    asyncio.run(day())
    world.clean()
