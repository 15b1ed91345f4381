"""The thief's hour: a supervisor's word is taken for one thing and used for another; the clock is turned. By keys."""

from __future__ import annotations

import asyncio

from boss_tui.sync.outbox import set_head
from data.clock import AHEAD, stamp
from data.journal import Author
from data.tables.customer import Customer
from data.tables.order import ProductOrder, Subscription
from screens.business import BusinessScreen
from screens.dialogs.approval import Approval
from screens.dialogs.tender_panel import TenderPanel
from tests.journeys.businesses import fill
from tests.journeys.world import FACTS, Clerk, World


def test_a_word_for_one_number_closes_no_other(world: World) -> None:
    async def hour() -> None:
        async with world.clerk("zh_CN") as clerk:
            await clerk.sign_on()
            await clerk.open_shift("2000")
            await _closed_instead(clerk, world)

    asyncio.run(hour())
    assert world.rows(ProductOrder, business="C9") == []
    world.clean()


async def _closed_instead(clerk: Clerk, world: World) -> None:
    """C9 is approved and not paid; another number and document are typed, and F10 asks the supervisor again."""
    (shown, other), people = two_lines(world)
    await fill(clerk, "C9", number=shown, document_number=people[shown])
    await clerk.press("f10")
    await _word(clerk)
    assert isinstance(clerk.app.screen, TenderPanel), clerk.text()
    await clerk.press("escape", "f10")
    assert isinstance(clerk.app.screen, TenderPanel), clerk.text()  # nothing has changed: the word holds
    await clerk.press("escape")
    screen = clerk.app.screen
    assert isinstance(screen, BusinessScreen)
    screen.panel.focus_on("number")
    await clerk.give(other)
    await clerk.type("\n")
    await clerk.give(people[other])
    await clerk.type("\n")
    await clerk.press("f10")
    assert isinstance(clerk.app.screen, Approval), clerk.text()
    assert other in clerk.text()
    await clerk.press("escape", "f3", "y")


def two_lines(world: World) -> tuple[list[str], dict[str, str]]:
    """Two numbers that can be closed, and their owners' documents: one pays, with a bill, the other is paid."""
    lines = world.rows(Subscription, state="active", outlet=FACTS.outlet, order=("number",))[:2]
    owners = {line.number: world.rows(Customer, id=line.customer_id)[0].document_number for line in lines}
    return [line.number for line in lines], owners


async def _word(clerk: Clerk) -> None:
    assert isinstance(clerk.app.screen, Approval), clerk.text()
    await clerk.type(f"{FACTS.supervisor}\n{FACTS.password}\n")


def test_a_clock_that_was_turned_asks_for_a_supervisor(world: World) -> None:
    """The next form says so; after their word it opens."""

    async def hour() -> None:
        async with world.clerk("zh_CN") as clerk:
            await clerk.sign_on()
            await clerk.open_shift("2000")
            with world.store.transaction(Author(FACTS.outlet, "test", "test")) as tx:
                set_head(tx, FACTS.outlet, believed_at=stamp(tx.clock.now() + AHEAD))
            await clerk.type("C1\n")
            await _word(clerk)
            await clerk.type("C1\n")
            assert isinstance(clerk.app.screen, BusinessScreen), clerk.text()

    asyncio.run(hour())
