"""Two managers at the keys of headquarters' office: rows typed into forms, editions submitted, and approved by the
other."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from boss_tui.app import BossApp
from boss_tui.opening import Opened
from data.clock import Clock
from data.message import Message
from screens.home import HomeScreen
from screens.manage.files import ImportScreen
from screens.manage.people import Told
from screens.manage.row import NewRowScreen
from screens.manage.rows import RowsScreen
from tests.driver import Keys

MAKER, CHECKER = "3001", "3002"
CHOSEN = "Office-2026-x1"
"""The password that both choose at their first sign-on."""

Row = Mapping[str, str]


class Manager(Keys):
    """Whoever sits at the office."""

    def word(self, template: str) -> str:
        """A word of the program in the language of the screen."""
        return self.app.words(template)

    def sees(self, template: str, **values: object) -> None:
        """What stands there."""
        assert self.app.words(Message(template, values)) in self.text(), self.text()

    async def come(self, staff_no: str, language: str, once: str = "") -> None:
        """Sign on; with a password for once, another is chosen first."""
        await self.type(f"{staff_no}\n{once or CHOSEN}\n")
        if once:
            await self.type(f"{once}\n{CHOSEN}\n{CHOSEN}\n")
            await self.press("f10")
        if self.app.words.language != language:
            await self.press("ctrl+t")
        assert isinstance(self.app.screen, HomeScreen), self.text()

    async def open_day(self) -> None:
        """The office's business date, as it is proposed."""
        await self.type("qt\n1\n")
        assert self.app.state is not None
        assert self.app.state.business_date, self.text()
        await self.home()

    async def go(self) -> None:
        """Home, and signed off."""
        await self.home()
        await self.type("xb\n")

    async def home(self) -> None:
        """Back to the first screen."""
        while not isinstance(self.app.screen, HomeScreen):
            before = self.app.screen
            await self.press("f3")
            assert self.app.screen is not before, self.text()

    async def rows(self, kind: str, *rows: Row) -> None:
        """New rows of a kind, such as m6/price_rule, each typed into its form."""
        await self.type(f"{kind}\n")
        assert isinstance(self.app.screen, RowsScreen), self.text()
        for row in rows:
            await self.press("f4", "enter")  # the first line: a new row
            await self._fill(row)
            await self.press("f10")
            if isinstance(self.app.screen, NewRowScreen) and self.app.screen.is_current:
                raise AssertionError(self.text())
            if not isinstance(self.app.screen, RowsScreen):  # what the edition is called
                await self.type(f"{kind}\nset up\n\n\n")
            assert isinstance(self.app.screen, RowsScreen), self.text()
        await self.home()

    async def take(self, kind: str, file: Path) -> None:
        """Rows of a kind from a file, after a look at what it comes to."""
        await self.type(f"{kind}\n")
        await self.press("f4")
        await self.type(self.word("From a file") + "\n")
        await self.type(f"{file}\n\n")
        screen = self.app.screen
        assert isinstance(screen, ImportScreen), self.text()
        await self.wait(lambda: screen.ready)
        assert screen.judged.counts()["bad"] in (0, "0"), self.text()
        await self.press("f10")
        await self.press("enter")  # into the edition that is open
        await self.wait(lambda: not self.app.besides)
        await self.home()

    async def wait(self, condition: Callable[[], bool]) -> None:
        """For what goes on beside."""
        async with asyncio.timeout(60):
            while not condition():
                await asyncio.sleep(0.02)
        await self.idle()

    async def _fill(self, row: Row) -> None:
        screen = self.app.screen
        assert isinstance(screen, NewRowScreen), self.text()
        left = dict(row)
        for name in screen.panel.fields:
            if name in left:
                await self.type(left.pop(name))
            await self.press("enter")
        assert not left, left

    async def password(self, staff_no: str) -> str:
        """A password for once, which counts at once."""
        await self.type(f"m7/operator\n{staff_no}")
        await self.press("f4")
        await self.type(self.word("One-time password") + "\n")
        await self.type("\n")  # whose: the row under the cursor
        await self.type("new here\n")
        screen = self.app.screen
        assert isinstance(screen, Told), self.text()
        given = str(screen.first)
        await self.press("enter")
        await self.home()
        return given

    async def submit(self, subject: str) -> None:
        """The open draft of a subject."""
        await self.type(f"{subject}\n")
        for _ in range(3):  # open it, submit, yes
            await self.press("f10")
        self.sees("waits for approval")
        await self.home()

    async def approve_all(self) -> None:
        """All that waits, one after the other."""
        for _ in range(20):
            await self.type("gl\n\n")
            if "!!" not in self.text():
                break
            await self.press("enter", "f10")
            await self.press("f10")
            self.sees("in force")
            await self.home()
        await self.home()


@asynccontextmanager
async def office(folder: Path, clock: Clock, language: str) -> AsyncIterator[Manager]:
    """The program at headquarters' own home."""
    opened = Opened(str(folder), clock=clock)
    app = BossApp(opened.connect, opened.keep_house, language=language)
    try:
        async with app.run_test(size=(80, 24), notifications=True):
            manager = Manager(app)
            await manager.opened()
            yield manager
    finally:
        opened.close()


def rows(names: Sequence[str], *lines: Sequence[str]) -> list[Row]:
    """Rows by the names of their fields."""
    return [dict(zip(names, line, strict=True)) for line in lines]
