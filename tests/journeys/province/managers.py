"""Two managers at the keys of headquarters' office: rows typed into forms, editions submitted, and approved by the
other."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from boss_tui.start.app import BossApp
from boss_tui.start.opening import Opened
from data.clock import Clock
from screens.dialogs.dialog import Destroy
from screens.local_form import LocalFormScreen
from screens.manage.acting import ActScreen
from screens.manage.files import ImportScreen
from screens.manage.people import Told
from screens.manage.row import NewRowScreen
from screens.manage.rows import RowsScreen
from screens.number_accounts import NumberAccountsScreen
from tests.journeys.province.people import OFFICE_PASSWORD, Person

MAKER, CHECKER = "3001", "3002"
Row = Mapping[str, str]


class Manager(Person):
    """Whoever sits at the office."""

    chosen = OFFICE_PASSWORD

    async def open_day(self) -> None:
        """The office's business date, as it is proposed."""
        await self.type("qt\n1\n")
        assert self.app.state is not None
        assert self.app.state.business_date, self.text()
        await self.home()

    async def rows(self, kind: str, *rows: Row) -> None:
        """New rows of a kind, such as m6/price_rule, each typed into its form."""
        await self.type(f"{kind}\n")
        assert isinstance(self.app.screen, RowsScreen), self.text()
        for row in rows:
            await self.press("f4", "enter")  # the first line: a new row
            await self.fill(row)
            await self.press("f10")
            if isinstance(self.app.screen, NewRowScreen) and self.app.screen.is_current:
                raise AssertionError(self.text())
            if not isinstance(self.app.screen, RowsScreen):  # what the edition is called
                await self.type(f"{kind}\nset up\n\n\n")
            assert isinstance(self.app.screen, RowsScreen), self.text()
        await self.home()

    async def take(self, kind: str, file: Path) -> None:
        """Rows of a kind from a file, after a look at what it comes to."""
        await self._choose(kind, "From a file")
        await self.paste(str(file))
        await self.press("enter", "enter")
        await self._judged()
        await self.press("f10")
        await self.press("enter")  # into the edition that is open
        await self.wait(lambda: not self.app.besides)
        await self.home()

    async def take_stock(self, kind: str, file: Path) -> None:
        """Pieces of a kind from a maker's or supplier's file."""
        await self._choose(kind, "From a file")
        await self.paste(str(file))
        await self.press("enter")
        await self._judged()
        await self.press("f10")
        await self.press("f10")
        await self.wait(lambda: not self.app.besides)
        await self.home()

    async def act(self, at: str, says: str, /, **said: object) -> None:
        """What no edition does, at a list or a screen of its own: its form, and what came of it."""
        await self._choose(at, says)
        await self.fill({name: str(value) for name, value in said.items()}, ActScreen)
        await self.press("f10")
        if isinstance(self.app.screen, Destroy):  # it is done to many: what would come of it stands there
            await self.press("y")
        assert isinstance(self.app.screen, Told), self.text()
        await self.press("enter")
        await self.home()

    async def _choose(self, at: str, says: str) -> None:
        await self.type(f"{at}\n")
        assert isinstance(self.app.screen, RowsScreen | NumberAccountsScreen), self.text()
        await self.press("f4")
        await self.paste(self.word(says))
        await self.press("enter")

    async def _judged(self) -> None:
        screen = self.app.screen
        assert isinstance(screen, ImportScreen), self.text()
        await self.wait(lambda: screen.ready)
        assert screen.judged.counts()["bad"] in (0, "0"), self.text()

    async def wait(self, condition: Callable[[], bool]) -> None:
        """For what goes on beside."""
        async with asyncio.timeout(60):
            while not condition():
                await asyncio.sleep(0.02)
        await self.idle()

    async def fill(self, row: Row, form: type[LocalFormScreen] = NewRowScreen) -> None:
        """Fields of a form, in their order; the others are passed over."""
        screen = self.app.screen
        assert isinstance(screen, form), self.text()
        left = dict(row)
        while left:
            at = screen.panel.current
            if at in left:
                if screen.panel.fields[at].value:
                    await self.press("ctrl+u")
                text = left.pop(at)
                if "\n" in text:  # a text of several lines is typed in a dialog of its own
                    await self.press("f4")
                    await self.type(text)
                    await self.press("f10")
                else:
                    await self.type(text)
            if left:
                await self.press("enter")
                assert screen.panel.current != at, (at, left, self.text())

    async def password(self, staff_no: str) -> str:
        """A password for once, which counts at once."""
        await self.type(f"m7/operator\n{staff_no}")
        await self.press("f4")
        await self.type(self.word("One-time password") + "\n")
        await self.type("\n")  # whose: the row under the cursor
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
        self.must_see("waits for approval")
        await self.home()

    async def approve_all(self) -> None:
        """All that waits, one after the other."""
        for _ in range(20):
            await self.type("gl\n\n")
            if not re.search(r"!!\d", self.text()):
                break
            await self.press("enter", "f10")
            await self.press("f10")
            self.must_see("in force")
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
