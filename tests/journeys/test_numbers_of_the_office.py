"""Document numbers by keys, in both languages: received at the office, handed out by another, void and returned at the
hall, asked back; after each step the account on the same screen adds up."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from boss_tui.components.documents.number_accounts import FATES, of_headquarters
from data.demo_staff import OFFICE_MANAGERS
from data.tables.document import DocumentRange
from screens.dialogs.dialog import Destroy
from screens.manage.acting import ActScreen
from screens.manage.people import Told
from screens.number_accounts import NumberAccountsScreen
from screens.numbers import NumbersFormScreen, NumbersScreen
from tests.journeys.world import FACTS, Clerk, World

CODE = "SJ27"
MAKER, OTHER = OFFICE_MANAGERS


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_every_number_from_the_printers_to_where_it_ends(world: World, language: str) -> None:
    async def day() -> None:
        async with world.clerk(language) as clerk:
            async with at_the_account(clerk, MAKER, language):
                await received(clerk)
                await refused_to_who_took_them_in(clerk)
            async with at_the_account(clerk, OTHER, language):
                await handed_out(clerk, 100)
                await handed_out(clerk, 50)
                assert account(world) == {"stock": 1_850, "issued": 150}
            await clerk.until(lambda: len(ranges(world)) == 2)
            async with at_the_account(clerk, FACTS.supervisor, language):
                await spoiled(clerk)
                await returned(clerk)
            await clerk.until(lambda: account(world) == {"stock": 1_850, "issued": 98, "void": 2, "returned": 50})
            async with at_the_account(clerk, MAKER, language):
                await asked_back(clerk)
            await clerk.until(lambda: account(world) == {"stock": 1_948, "void": 2, "returned": 50})
            async with at_the_account(clerk, MAKER, language):
                (line,) = [each for each in clerk.text().splitlines() if CODE in each and "2,000" in each]
                assert line.split()[-8:] == ["2,000", "1,948", "0", "0", "2", "0", "50", "0"]

    asyncio.run(day())
    world.clean()


@asynccontextmanager
async def at_the_account(clerk: Clerk, staff_no: str, language: str) -> AsyncIterator[None]:
    """Somebody at work before the numbers of one code, until they sign off."""
    await clerk.sign_on(staff_no)
    if clerk.app.words.language != language:
        await clerk.press("ctrl+t")
    await clerk.type("pz\n")
    assert isinstance(clerk.app.screen, NumberAccountsScreen), clerk.text()
    await clerk.type(CODE)
    yield
    await clerk.press("f8")
    await clerk.type("xb\n")


def account(world: World) -> dict[str, int]:
    """What headquarters counts of the code, without what there is none of."""
    with world.headquarters() as central:
        found: Any = next(one for one in of_headquarters(central) if one.code == CODE)
    assert found.is_whole
    assert found.received == sum(found.total(fate) for fate in FATES)
    return {fate: found.total(fate) for fate in FATES if found.total(fate)}


def ranges(world: World) -> list[DocumentRange]:
    found: list[DocumentRange] = world.rows(DocumentRange, code=CODE, state="open", order=("first_number",))
    return found


async def form(clerk: Clerk, way: str) -> ActScreen:
    """The form of what can be done, by its number in the list or its words."""
    await clerk.press("f4")
    await clerk.type(way)
    screen = clerk.app.screen
    assert isinstance(screen, ActScreen), clerk.text()
    return screen


async def done(clerk: Clerk) -> None:
    """F10; what would come of it is asked about; what came of it is told, and the account stands there again."""
    await clerk.press("f10")
    assert isinstance(clerk.app.screen, Destroy), clerk.text()
    await clerk.press("y")
    assert isinstance(clerk.app.screen, Told), clerk.text()
    await clerk.press("enter")
    assert isinstance(clerk.app.screen, NumberAccountsScreen), clerk.text()


async def received(clerk: Clerk) -> None:
    await form(clerk, "1")
    await clerk.press("f4")
    await clerk.type(f"2{CODE}\n1\n2000\n")  # what is taken from a list leads on
    await clerk.give("省邮电印刷厂\nRK-7\n1999")
    await clerk.press("f10")
    assert clerk.sees("The note says {said}, the numbers are {found}.", said=1_999, found=2_000)
    await clerk.type("2000")
    await done(clerk)
    assert "2,000" in clerk.text()


async def refused_to_who_took_them_in(clerk: Clerk) -> None:
    await form(clerk, "2")
    await clerk.give(FACTS.outlet)
    await clerk.type("\n\n\n10\n")
    await clerk.give("领用")
    await clerk.press("f10")
    assert clerk.sees("{staff_no} took these numbers in: another person hands them out.", staff_no=MAKER)
    await clerk.press("f3")
    assert clerk.sees("What was typed here is forgotten.")
    await clerk.type("y")
    assert isinstance(clerk.app.screen, NumberAccountsScreen), clerk.text()


async def handed_out(clerk: Clerk, pieces: int) -> None:
    screen = await form(clerk, "2")
    marked = screen.panel.values()
    assert (marked["kind"], marked["code"]) == ("receipt", CODE)
    await clerk.press("f4")
    await clerk.give(FACTS.outlet)
    await clerk.type(f"\n\n\n{pieces}\n")
    await clerk.give("月初领用")
    await done(clerk)


async def at_the_hall(clerk: Clerk, first: str, way: str) -> None:
    """The form of a range of the hall's."""
    await clerk.press("f4")
    assert isinstance(clerk.app.screen, NumbersScreen), clerk.text()
    await clerk.type(f" {first}\n")
    await clerk.give(clerk.word(way))
    await clerk.type("\n")
    assert isinstance(clerk.app.screen, NumbersFormScreen), clerk.text()


async def spoiled(clerk: Clerk) -> None:
    await at_the_hall(clerk, "00000001", "Blanks are spoiled: make numbers void")
    await clerk.type("1-2\n")
    await clerk.give("受潮")
    await clerk.press("f10")
    assert isinstance(clerk.app.screen, NumbersScreen), clerk.text()
    await clerk.press("f3")


async def returned(clerk: Clerk) -> None:
    await at_the_hall(clerk, "00000101", "Return them to headquarters")
    await clerk.give("用不完")
    await clerk.press("f10")
    assert clerk.sees("They are returned: none of them is used any more.")
    await clerk.press("f3")


async def asked_back(clerk: Clerk) -> None:
    await clerk.press("down")  # the line of the hall
    await clerk.press("f4")
    await clerk.give(clerk.word("Ask an outlet for a block back"))
    await clerk.type("\n")
    screen = clerk.app.screen
    assert isinstance(screen, ActScreen), clerk.text()
    await clerk.press("f4")
    await clerk.give(CODE)
    await clerk.type("\n")
    assert screen.panel.values()["number"].startswith(CODE)
    await clerk.type("\n")
    await clerk.give("厅里用不完")
    await done(clerk)
