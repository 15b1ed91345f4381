"""A hall and headquarters' office in memory, with somebody at the keys of either: the real program over each desk, no
machine around them; they tell each other what they have when a test says so."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import ClassVar, TypeVar

from boss_tui.desk import Desk, Station
from boss_tui.headquarters import desk as offices
from boss_tui.start.app import BossApp
from data.demo_staff import PASSWORD
from data.message import Message
from screens.manage.row import RowScreen
from screens.manage.rows import RowsScreen
from screens.manage.trying import TryScreen
from tests.journeys.province.managers import Manager
from tests.journeys.world import FACTS, Clerk
from tests.linked_hall import CHECKER, LinkedHall

K = TypeVar("K", bound="Manager | Clerk")


class OfficeManager(Manager):
    """One of the demonstration's managers."""

    chosen: ClassVar[str] = PASSWORD

    def must_read(self, *told: Message) -> None:
        """What stands there, on however many lines."""
        here = squeezed(self.text())
        for each in told:
            assert squeezed(self.app.words(each)) in here, self.text()

    async def choose(self, kind: str, row: str, says: str) -> None:
        """What can be done with a row of a list: the first that a filter leaves."""
        await self.type(f"{kind}\n{row}")
        assert isinstance(self.app.screen, RowsScreen), self.text()
        await self.press("f4")
        await self.paste(self.word(says))
        await self.press("enter")

    async def copy(self, kind: str, row: str, **said: str) -> None:
        """A copy of a row, into the open draft or a new one."""
        await self.choose(kind, row, "Copy of this row")
        await self.fill(said)
        await self._put(kind)

    async def change(self, kind: str, row: str, day: str = "", scope: str = "", **said: str) -> None:
        """Fields of a row become others, into the open draft or a new one, of a business date, for a scope."""
        await self.type(f"{kind}\n{row}\n")
        await self.fill(said, RowScreen)
        await self._put(kind, day, scope)

    async def _put(self, kind: str, day: str = "", scope: str = "") -> None:
        await self.press("f10")
        if not isinstance(self.app.screen, RowsScreen):  # what the edition is called
            await self.type(f"{kind}\nas wanted\n{day}\n{scope}\n")
        assert isinstance(self.app.screen, RowsScreen), self.text()
        await self.home()

    async def refused(self, subject: str) -> None:
        """The open draft is not submitted: why stands there."""
        await self.type(f"{subject}\n")
        await self.press("f10")
        await self.press("f10")
        await self.press("f10")
        self.must_see("This can't be")

    async def tries(self, subject: str, **asked: str) -> None:
        """What would come of it, with the open draft in the rows."""
        await self.type(f"{subject}\n")
        await self.press("f9")
        await self.fill(asked, TryScreen)
        await self.press("f9")


def squeezed(text: str) -> str:
    """A text without spaces and line ends; of what stands in a frame, the innermost, without what is beside it."""
    inside = (line.split("│")[line.count("│") // 2] if line.count("│") > 1 else line for line in text.splitlines())
    return "".join("".join(inside).split())


@asynccontextmanager
async def at_office(
    linked: LinkedHall, staff_no: str, language: str, size: tuple[int, int] = (80, 24)
) -> AsyncIterator[OfficeManager]:
    """A manager at the office's desk, signed on."""
    desk = offices.desk(linked.office)
    async with _program(desk, language, size) as app:
        manager = OfficeManager(app)
        await manager.opened()
        await manager.come(staff_no, language)
        yield manager


@asynccontextmanager
async def at_hall(
    linked: LinkedHall, language: str, staff_no: str = FACTS.clerk, counter: str = FACTS.counter, *, online: bool = True
) -> AsyncIterator[Clerk]:
    """Somebody of the hall at a counter, signed on; without a link, where it is said."""
    desk = Desk(linked.hall.store, Station(FACTS.outlet, counter, linked=online))
    async with _program(desk, language) as app:
        clerk = Clerk(app)
        await clerk.opened()
        await clerk.sign_on(staff_no)
        if app.words.language != language:
            await clerk.press("ctrl+t")
        yield clerk


@asynccontextmanager
async def _program(desk: Desk, language: str, size: tuple[int, int] = (80, 24)) -> AsyncIterator[BossApp]:
    app = BossApp(lambda: desk, language=language)
    async with app.run_test(size=size, notifications=True):
        yield app


async def approve(linked: LinkedHall, language: str) -> None:
    """All that waits is approved by the other manager."""
    async with at_office(linked, CHECKER, language) as m:
        await m.approve_all()


def approved(linked: LinkedHall, language: str) -> None:
    """The same; and the hall is told."""
    asyncio.run(approve(linked, language))
    linked.exchange()
