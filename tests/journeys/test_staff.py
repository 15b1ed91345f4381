"""A supervisor hands their word to a colleague, who allows a closing; who did what leads to its papers. By keys."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from data.message import say
from data.tables.order import ProductOrder
from data.tables.organisation import Delegation
from screens.delegations import DelegationsScreen
from screens.dialogs.approval import Approval
from screens.dialogs.tender_panel import TenderPanel
from screens.orders import OrderScreen
from screens.preview import PreviewScreen
from screens.work import DeedsScreen
from tests.journeys.businesses import fill
from tests.journeys.test_approvals import two_lines
from tests.journeys.test_work_by_hand import come
from tests.journeys.world import FACTS, Clerk, World

DEPUTY = "1002"


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_who_stands_in_allows_and_it_is_found_again(world: World, language: str) -> None:
    async def day() -> None:
        async with world.clerk(language) as clerk:
            await come(clerk, FACTS.supervisor, language)
            await hand_over(clerk, world)
            await clerk.type("xb\n")
            await come(clerk, FACTS.clerk, language)
            await clerk.open_shift("2000")
            serial = await close_account(clerk, world)
            await clerk.type("xb\n")
            await come(clerk, FACTS.supervisor, language)
            await find_again(clerk, serial)

    asyncio.run(day())
    world.clean()


async def hand_over(clerk: Clerk, world: World) -> None:
    """What is wrong is said beside its field and hands over nothing; then it is handed over, for three days."""
    await clerk.type("dbsq\n\n")
    await clerk.type(f"{FACTS.supervisor}\n\n\n\n")
    await clerk.type("holiday")
    await clerk.press("f10")
    assert world.rows(Delegation) == []
    until = (world.clock.now() + timedelta(days=3)).strftime("%Y%m%d")
    screen = clerk.app.screen
    for name, text in (("taker", DEPUTY), ("until", until)):
        screen.panel.focus_on(name)  # type: ignore[attr-defined]
        screen.panel.fields[name].value = ""  # type: ignore[attr-defined]
        await clerk.type(text)
    await clerk.press("f10")
    assert isinstance(clerk.app.screen, DelegationsScreen), clerk.text()
    assert clerk.sees("{giver} to {taker}", giver=FACTS.supervisor, taker=DEPUTY), clerk.text()
    await clerk.press("f3")


async def close_account(clerk: Clerk, world: World) -> str:
    """A C9, by the word of who stands in; answers its serial."""
    (number, _), people = two_lines(world)
    await fill(clerk, "C9", number=number, document_number=people[number])
    await clerk.press("f10")
    assert isinstance(clerk.app.screen, Approval), clerk.text()
    await clerk.type(f"{DEPUTY}\n{FACTS.password}\n")
    assert isinstance(clerk.app.screen, TenderPanel), clerk.text()
    await clerk.press("f10")
    await clerk.press("enter")
    (order,) = world.rows(ProductOrder, business="C9")
    assert order.approved_by == DEPUTY
    serial: str = order.serial
    return serial


async def find_again(clerk: Clerk, serial: str) -> None:
    """From the list of who did what by Enter to the person, the order, its papers."""
    await clerk.type("gzjl\n")
    await clerk.type(FACTS.clerk)
    await clerk.press("enter")
    assert isinstance(clerk.app.screen, DeedsScreen), clerk.text()
    await clerk.type(serial)
    await clerk.press("enter")
    assert isinstance(clerk.app.screen, OrderScreen), clerk.text()
    assert clerk.app.words(say("{who} for {giver}", who=DEPUTY, giver=FACTS.supervisor)) in clerk.text()
    await clerk.press("enter")
    assert isinstance(clerk.app.screen, PreviewScreen), clerk.text()
