"""What goes wrong around a demonstration, by keys: the link is cut and the paper runs out before somebody is sold to;
then both are mended, and all that waited drains, once."""

from __future__ import annotations

import asyncio

import pytest

from data.tables.sync import PrintJob
from screens.machines import MachinesScreen
from tests.journeys.world import Clerk, Customer, World

PAPERS = 4
"""Of an opening."""


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_a_cut_link_and_a_roll_that_ends_are_mended_and_all_drains(world: World, language: str) -> None:
    async def day() -> None:
        async with world.clerk(language) as clerk:
            await clerk.sign_on()
            if clerk.app.words.language != language:
                await clerk.press("ctrl+t")
            await clerk.open_shift()
            await clerk.until(lambda: clerk.told() == (0, 0, 0) and clerk.sees("linked"))
            await clerk.let("Link to headquarters", "cut")
            await clerk.let("Printer", "out of paper")
            await clerk.open_account(Customer())
            await clerk.press("space")
            await clerk.until(lambda: clerk.sees("NO LINK") and clerk.told()[2] == PAPERS)
            assert clerk.told()[0] > 0
            await clerk.until(lambda: bool(world.rows(PrintJob, state="refused")))
            assert not world.sheets()

            await clerk.let("Printer", "in order")
            world.clock.move(minutes=2)
            await clerk.until(lambda: clerk.told()[2] == 0)
            assert len(world.sheets()) == PAPERS
            assert clerk.sees("NO LINK")

            await all_mended(clerk)
            await clerk.linked(world.clock)

    asyncio.run(day())
    world.clean()


async def all_mended(clerk: Clerk) -> None:
    """What is still wrong stands there, and F10 ends it."""
    await clerk.type("mnsb\n")
    assert isinstance(clerk.app.screen, MachinesScreen), clerk.text()
    assert clerk.sees("cut")
    await clerk.press("f10")
    assert not clerk.sees("cut"), clerk.text()
    await clerk.press("f3")
