"""The outlets of a province that was set up from nothing: enrolled, supplied, their element simulated; their clerks."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

from boss_tui.app import BossApp
from boss_tui.commands.network import element_of
from boss_tui.housekeeping import Chore, Housekeeping
from boss_tui.network.element import Element
from boss_tui.opening import Opened
from boss_tui.settings import Home
from data.tables.network import NetworkElement
from tests.boss_tui.commands.conftest import Boss
from tests.journeys.province.content import CLERKS, ELEMENT, SUPERVISORS
from tests.journeys.world import Clerk, MovedClock

CHOSEN = "Counter-2026-x1"
"""The password that everybody there chooses."""


def enrolled(folder: Path, office: Boss, url: str, outlet: str) -> Boss:
    """An outlet that knows its headquarters, and has what that handed down to it."""
    boss = Boss(folder)
    for line in (
        ("init", "--outlet", outlet, "--counter", f"{outlet}01", "--plain"),
        ("headquarters", "enrol", office("headquarters", "code", outlet).out.strip(), "--url", url),
        ("sync",),
        ("sync",),  # the stock that the first one asked for
    ):
        ran = boss(*line)
        assert ran.code == 0, (line, ran.err)
    return boss


def begin_to_sell(boss: Boss, outlet: str, secrets: dict[str, str]) -> None:
    """Everybody chooses a password; printer, business date, money for change, the clerk's drawer."""
    clerk, supervisor = CLERKS[outlet], SUPERVISORS[outlet]
    for who in (clerk, supervisor):
        ran = boss("staff", "password", "--operator", who, BOSS_PASSWORD=secrets[who], BOSS_NEW_PASSWORD=CHOSEN)
        assert ran.code == 0, ran.err
    for line in (
        ("printer", "set", "P80", "file:/dev/null", "--profile", "80mm-silent"),
        ("till", "day-open", "--operator", supervisor),
        ("till", "bank", "withdrawal", "2000", "--reference", "ZP1", "--operator", supervisor),
        ("till", "open", "500", "--operator", clerk),
    ):
        ran = boss(*line, BOSS_PASSWORD=CHOSEN)
        assert ran.code == 0, (line, ran.err)


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
async def counter(boss: Boss, clock: MovedClock, outlet: str, language: str) -> AsyncIterator[Clerk]:
    """The outlet's clerk, signed on."""
    opened = Opened(str(boss.folder), clock=clock)
    app = BossApp(opened.connect, opened.keep_house, language=language)
    try:
        async with app.run_test(size=(80, 24), notifications=True):
            clerk = Clerk(app)
            await clerk.opened()
            await clerk.sign_on(CLERKS[outlet], CHOSEN)
            if app.words.language != language:
                await clerk.press("ctrl+t")
            yield clerk
    finally:
        opened.close()
