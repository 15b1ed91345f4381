"""A manager of headquarters signs on at the demonstration's counter, and works at the office until they sign off."""

from __future__ import annotations

import asyncio

import pytest

from data.demo.hall import OFFICE_COUNTER
from data.demo_staff import OFFICE_MANAGERS
from screens.home import HomeScreen
from screens.sign_on import SignOnScreen
from tests.hall import FACTS
from tests.journeys.world import Clerk, World

SOUGHT = {
    "zh_CN": [("离职", "M7/operator"), ("操作人员", "M7/operator"), ("下放", "M5/phone_number")],
    "en": [("dismiss", "M7/operator"), ("operators", "M7/operator"), ("lease", "M5/phone_number")],
}
"""What managers look for by what they want to do, and where that is."""


def status(clerk: Clerk) -> str:
    return clerk.text().splitlines()[0]


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_a_manager_works_at_the_office_and_a_clerk_at_the_counter(world: World, language: str) -> None:
    def opens(clerk: Clerk) -> bool:
        return "开户" in clerk.text() or "Open account" in clerk.text()  # who signs on has a language of their own

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
            assert not opens(clerk)  # no customer is served here
            await clerk.press("escape")
            for sought, found in SOUGHT[clerk.app.words.language]:
                await clerk.type(sought)
                assert found in clerk.text()
                await clerk.press("escape")
            await clerk.type("xb\n")
            assert FACTS.counter in status(clerk)
            await clerk.sign_on()
            assert FACTS.counter in status(clerk)
            assert isinstance(clerk.app.screen, HomeScreen)
            await clerk.type("c1")
            assert opens(clerk)

    asyncio.run(day())
    world.clean()
