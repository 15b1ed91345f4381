"""A manager of headquarters signs on at the demonstration's counter, and works at the office until they sign off."""

from __future__ import annotations

import asyncio

import pytest

from data.demo.hall import OFFICE_COUNTER, OFFICE_MANAGERS
from screens.home import HomeScreen
from screens.sign_on import SignOnScreen
from tests.hall import FACTS
from tests.journeys.world import Clerk, World


def status(clerk: Clerk) -> str:
    return clerk.text().splitlines()[0]


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_a_manager_works_at_the_office_and_a_clerk_at_the_counter(world: World, language: str) -> None:
    opening = {"zh_CN": "开户", "en": "Open account"}[language]

    async def day() -> None:
        async with world.clerk(language) as clerk:
            for staff_no in (OFFICE_MANAGERS[0], "9999"):  # a wrong password, and nobody's number
                await clerk.type(f"{staff_no}\nwrong\n")
                assert isinstance(clerk.app.screen, SignOnScreen)
                assert FACTS.counter in status(clerk)
                await clerk.press("shift+tab")
            await clerk.sign_on(OFFICE_MANAGERS[0])
            assert OFFICE_COUNTER in status(clerk)
            assert clerk.told()[0] == 0
            await clerk.type("c1")
            assert opening not in clerk.text()  # no customer is served here
            await clerk.press("escape")
            await clerk.type("xb\n")
            assert FACTS.counter in status(clerk)
            await clerk.sign_on()
            assert FACTS.counter in status(clerk)
            assert isinstance(clerk.app.screen, HomeScreen)
            await clerk.type("c1")
            assert opening in clerk.text()

    asyncio.run(day())
    world.clean()
