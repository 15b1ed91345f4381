"""The outlets of a province that was set up from nothing: enrolled, supplied, their element simulated; their clerks."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

from boss_tui.commands.network import element_of
from boss_tui.forms.typed import yuan
from boss_tui.home.settings import Home
from boss_tui.network.element import Element
from boss_tui.start.app import BossApp
from boss_tui.start.housekeeping import Chore, Housekeeping
from boss_tui.start.opening import Opened
from data.message import Message
from data.tables.network import NetworkElement
from screens.day_figures import DayReportScreen
from tests.boss_tui.commands.conftest import Boss
from tests.journeys.province.content import ELEMENT
from tests.journeys.province.managers import MAKER
from tests.journeys.province.people import COUNTER_PASSWORD, OFFICE_PASSWORD, Person
from tests.journeys.till import count
from tests.journeys.world import Clerk, MovedClock

_BY, _SECRET = ("--operator", MAKER), {"BOSS_PASSWORD": OFFICE_PASSWORD}


class HallStaff(Person, Clerk):
    """Whoever stands at the counter of an outlet."""

    chosen = COUNTER_PASSWORD

    async def set_up(self) -> None:
        """The supervisor's: a printer, the business date, money for change out of the bank."""
        await self.type(f"dyj\n{self.word('+ New printer')}\nP80\nfile:/dev/null\n")
        await self.press("ctrl+u")
        await self.type("80mm-silent")
        await self.press("f10")
        await self.home()
        await self.open_day()
        await self.type(f"qt\n{self.word('What it holds; to the bank and from there; count it')}\n")
        await self.type("22000\nZP1\n\n")
        await self.press("f10")
        self.must_see("{yuan} yuan: {what}. Have the slip signed.", yuan=yuan(200_000), what=Message("From the bank"))
        await self.home()

    async def open_day(self) -> None:
        """The next business date, as it is proposed."""
        before = self._date()
        await self.type("qt\n5\n")
        assert self._date() > before, self.text()
        await self.home()

    def _date(self) -> str:
        assert self.app.state is not None
        return self.app.state.business_date

    async def close_shift(self, cash: int) -> None:
        """Fen in the drawer, counted; they are right."""
        await self.type("qt\n")
        await count(self, cash)
        self.must_see("Counted {yuan} yuan: it is right.", yuan=yuan(cash))
        await self.home()

    async def close_day(self) -> None:
        """From its check list, where nothing stops it: what waits for the link is no fault."""
        await self.type("qt\n5")
        self.must_see("Nothing stops the close of the day.")
        await self.press("f10")
        await self.press("y")
        assert isinstance(self.app.screen, DayReportScreen), self.text()
        await self.home()


def enrolled(folder: Path, office: Boss, url: str, outlet: str) -> Boss:
    """An outlet that knows its headquarters."""
    boss = Boss(folder)
    for line in (
        ("init", "--outlet", outlet, "--counter", f"{outlet}01", "--plain"),
        ("headquarters", "enrol", office("headquarters", "code", outlet, *_BY, **_SECRET).out.strip(), "--url", url),
    ):
        ran = boss(*line)
        assert ran.code == 0, (line, ran.err)
    return boss


@contextmanager
def element_at(boss: Boss, clock: MovedClock) -> Iterator[None]:
    """The simulated element of an outlet's home, answering."""
    home = Home(boss.folder)
    store = home.open_store(clock)
    with store.reading() as reading:
        row = reading.one(NetworkElement, code=ELEMENT)
    store.close()
    element: Element | None = None

    def poll() -> bool:
        nonlocal element
        element = element or element_of(home, row)  # made in the chore's own thread, as its database wants
        return bool(element.step().commands)

    with Housekeeping(Chore("element", 0.3, poll)):
        yield


@asynccontextmanager
async def counter(boss: Boss, clock: MovedClock, language: str) -> AsyncIterator[HallStaff]:
    """The program at an outlet's first counter."""
    opened = Opened(str(boss.folder), clock=clock)
    app = BossApp(opened.connect, opened.keep_house, language=language)
    try:
        async with app.run_test(size=(80, 24), notifications=True):
            staff = HallStaff(app)
            await staff.opened()
            yield staff
    finally:
        opened.close()
