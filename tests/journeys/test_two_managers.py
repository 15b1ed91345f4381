"""Two managers by keys: a price from its date while the link is cut, and a roll-back; both seen at the counter."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta

import pytest

from boss_tui.components.till.figures import expected_cash
from boss_tui.headquarters import desk as offices
from boss_tui.headquarters.office import Office
from boss_tui.start.demonstration import headquarters_store
from boss_tui.start.home_files import home_key
from data.demo.hall import OFFICE_COUNTER
from data.demo_staff import OFFICE_MANAGERS, PASSWORD, SUPERVISOR
from data.tables.edition import PublishedLine
from data.tables.finance import Shift
from screens.counting import FACES
from screens.manage.editions import EditionScreen
from tests.journeys.world import FACTS, Clerk, Customer, World

MAKER, CHECKER = OFFICE_MANAGERS
SIM_FEE = "C1-05"
"""What a SIM costs at an opening: 20.00 yuan."""


class Managers:
    """Who is at the keys, in which language."""

    def __init__(self, clerk: Clerk, language: str) -> None:
        self.clerk, self.language = clerk, language

    async def come(self, staff_no: str) -> None:
        """Somebody signs on, and reads this language."""
        await self.clerk.sign_on(staff_no)
        if self.clerk.app.words.language != self.language:
            await self.clerk.press("ctrl+t")

    async def go(self) -> None:
        """Home, and signed off."""
        await self.clerk.press(*["f3"] * 4)
        await self.clerk.type("xb\n")

    def sees(self, template: str, **values: object) -> None:
        """What stands there."""
        assert self.clerk.sees(template, **values), self.clerk.text()

    async def price(self, yuan: str, title: str = "", day: str = "") -> None:
        """The SIM fee becomes another, in the open draft, or a new one of this title."""
        clerk = self.clerk
        await clerk.type("m6/price\n")
        await clerk.type(SIM_FEE)
        await clerk.press("ctrl+right", "ctrl+right", "ctrl+right", "enter")  # the amount's column
        await clerk.type(yuan)
        await clerk.press("f10")
        if title:
            await clerk.type(f"{title}\nbecause\n{day}\n\n")

    async def submit(self) -> None:
        """The open draft."""
        for _ in range(3):  # open it, submit, yes: a question is not answered by what was typed ahead
            await self.clerk.press("f10")
        self.sees("waits for approval")

    async def approve(self) -> EditionScreen:
        """The first that waits."""
        await self.clerk.type("gl\n\n\n")
        await self.clerk.press("f10")
        await self.clerk.press("f10")
        screen = self.clerk.app.screen
        assert isinstance(screen, EditionScreen), self.clerk.text()
        return screen


def after(day: str) -> str:
    """The business date after one."""
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()


def next_day_at_the_hall(world: World) -> None:
    """The hall's drawers are counted, its business date is closed, and the next one opened."""
    desk = world.desk(SUPERVISOR, FACTS.counter)
    for shift in [row for row in world.rows(Shift) if row.state != "closed"]:
        with world.store.reading() as reading:
            cash = expected_cash(reading, shift)
        counts = dict.fromkeys(FACES, 0)
        for face in FACES:
            counts[face], cash = divmod(cash, face)
        desk.till.close_shift(counts, of=shift.operator, approver=SUPERVISOR, password=PASSWORD)
    day = desk.day.next() if desk.signing.state().business_date == "" else desk.signing.state().business_date
    desk.day.close()
    desk.day.open(after(day))


def next_day_at_the_office(world: World) -> None:
    """The office's next business date."""
    central = headquarters_store(world.home, world.clock)
    desk = offices.desk(Office(central, home_key(world.home, "headquarters")), OFFICE_COUNTER)
    desk.signing.sign_on(MAKER, PASSWORD)
    day = desk.signing.state().business_date
    desk.day.close()
    desk.day.open(after(day))
    central.close()


def handed(world: World) -> int:
    """How many lines on the SIM fee the hall has been handed."""
    return sum(SIM_FEE in line.row_key for line in world.rows(PublishedLine, table_name="price_rule"))


async def due(clerk: Clerk, turn: int) -> int:
    """An opening at the counter: what it costs, in fen."""
    done = await clerk.open_account(Customer(turn), "300")
    await clerk.press("space")
    return done.outcome.due


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_a_price_counts_from_its_date_without_a_link_and_is_rolled_back(world: World, language: str) -> None:
    tomorrow = (world.clock.now().date() + timedelta(days=1)).isoformat()

    async def day() -> None:
        async with world.clerk(language) as clerk:
            office = Managers(clerk, language)
            nonlocal tomorrow
            await office.come(MAKER)
            assert clerk.app.state is not None
            tomorrow = (date.fromisoformat(clerk.app.state.business_date) + timedelta(days=1)).isoformat()
            await office.price("23", "Dearer cards", tomorrow)
            await office.submit()
            await office.go()
            await office.come(CHECKER)
            office.sees("{n} {n:edition waits|editions wait} for you: manage (gl)", n=1)
            screen = await office.approve()
            assert "20.00" in clerk.text()
            assert "-> 23.00" in clerk.text()
            assert screen.view is not None
            assert screen.view.edition.state == "approved"
            await office.go()
            before = handed(world)
            await clerk.until(lambda: handed(world) == 2 or handed(world) > before)

            await office.come(FACTS.clerk)
            await clerk.let("Link to headquarters", "cut")
            await clerk.open_shift()
            old = await due(clerk, 0)
            next_day_at_the_hall(world)
            await clerk.open_shift()
            new = await due(clerk, 1)
            assert new - old == 300
            await clerk.let("Link to headquarters", "in order")
            await office.go()
            world.clock.move(minutes=7)

            next_day_at_the_office(world)
            await office.come(CHECKER)
            await clerk.type("gl\n\n\n")
            await clerk.press("f4")
            await clerk.type(clerk.word("Roll back: a draft of the opposite") + "\n")
            await clerk.type("a mistake\n")
            await clerk.press("f10")
            await clerk.press("f10")
            office.sees("waits for approval")
            await office.go()
            await office.come(MAKER)
            rolled = await office.approve()
            assert rolled.view is not None
            assert rolled.view.edition.state == "in_force"
            await office.go()
            await clerk.linked(world.clock)
            count = handed(world)
            await clerk.until(lambda: handed(world) > count or handed(world) >= 3)
            await office.come(FACTS.clerk)
            assert await due(clerk, 2) == old

    asyncio.run(day())
    world.clean()
