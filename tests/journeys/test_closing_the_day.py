"""The end of a day by keys, as a supervisor new to it does it: from the check list alone; then the past is looked up,
gone behind, printed and written to files."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path

import pytest

from boss_tui.answers.business import Tender
from boss_tui.components.till.cash import safe_balance
from boss_tui.components.till.figures import expected_cash
from boss_tui.forms.typed import yuan
from data.demo.hall import COUNTERS
from data.demo_staff import CLERKS, PASSWORD
from data.journal import Author
from data.message import Message
from data.tables.finance import BusinessDay, Shift, ShiftTender
from data.tables.sync import PrintJob
from screens.compared_figures import ComparedScreen
from screens.counting import CloseShiftScreen, CountSafeScreen
from screens.day import DayCheckScreen
from screens.day_figures import BehindScreen, DayFiguresScreen, DayReportScreen
from screens.dialogs.one_line import OneLine
from screens.dialogs.tick_list import TickList
from screens.orders import OrderScreen
from screens.past_reports import PastScreen
from screens.preview import PreviewScreen
from screens.queues import QueuesScreen
from screens.reports import ReportScreen
from screens.sign_on import SignOnScreen
from screens.till import OpenDayScreen, TillScreen
from tests.journeys.till import pieces
from tests.journeys.world import FACTS, Clerk, Customer, World

FIRST, SECOND, THIRD, LAST = CLERKS
WORD, SHORT = "2001 明早核对", "少一元"


@dataclass
class Evening:
    """Who is at the keys, in which hall and language."""

    clerk: Clerk
    world: World
    language: str

    async def come(self, staff_no: str) -> None:
        """Somebody signs on, and reads their language."""
        await self.clerk.sign_on(staff_no)
        if self.language != self.clerk.app.words.language:
            await self.clerk.press("ctrl+t")

    def at(self, screen: type) -> None:
        """Which screen stands there."""
        assert isinstance(self.clerk.app.screen, screen), self.clerk.text()

    def sees(self, template: str, **values: object) -> None:
        """What stands there."""
        assert self.clerk.sees(template, **values), self.clerk.text()

    def cash(self, staff_no: str) -> int:
        """Fen that must be in somebody's drawer."""
        (shift,) = [row for row in self.world.rows(Shift, operator=staff_no) if row.state != "closed"]
        with self.world.store.reading() as reading:
            return expected_cash(reading, shift)

    def shift(self, staff_no: str, name: str, till: str) -> Message:
        """A line of the check list."""
        return Message("Shift of {operator} {name} at till {till}", {"operator": staff_no, "name": name, "till": till})


async def by_day(evening: Evening) -> None:
    """A clerk opens, sells, drops and hands over; then the screen is the colleague's to sign on at."""
    clerk = evening.clerk
    await evening.come(FIRST)
    await clerk.open_shift()
    await clerk.open_account(Customer())
    await clerk.press("space")
    await clerk.type("qt\n7100\n午间缴款")
    await clerk.press("f10")
    evening.at(PreviewScreen)
    await clerk.press("enter")
    evening.at(TillScreen)
    cash = evening.cash(FIRST)
    await clerk.type(f"{clerk.word('Hand over')}\n{pieces(cash)}")
    await clerk.press("f10")
    await clerk.press("y")
    await clerk.type(f"{SECOND}\n{PASSWORD}\n")
    evening.sees("Counted {yuan} yuan: it is right.", yuan=yuan(cash))
    await clerk.press("enter")
    evening.at(SignOnScreen)


def elsewhere(world: World) -> None:
    """At another counter a clerk takes a card and a cheque and goes to lunch; a form is put aside at the last one,
    whose drawer was open since the morning. Of one paper nobody knows whether it came out."""
    desk = world.desk(THIRD, COUNTERS[2])
    desk.till.open_shift(30_000)
    for kind, slip in (("card", "POS8801"), ("cheque", "CQ4402")):
        view = desk.forms.begin("C12", desk.forms.example("C12"))
        desk.orders.complete(view.id, [Tender(kind, view.quote.due, slip)])
    desk.till.suspend_shift("午饭")
    other = world.desk(LAST, COUNTERS[3])
    other.forms.hold(other.forms.begin("C12", other.forms.example("C12")).id, "客户回去取证件")
    with world.store.transaction(Author(FACTS.outlet, "test", "test"), journalled=False) as tx:
        job = next(job for job in tx.all(PrintJob) if job.state == "acknowledged")
        tx.change(job, state="unknown")


async def count(evening: Evening, of: str, cash: int, why: str = "") -> None:
    """The marked drawer: its pieces, F10, the reason where they differ from the books, y."""
    await evening.clerk.press("enter")
    evening.at(CloseShiftScreen)
    assert of in evening.clerk.text()
    await evening.clerk.type(pieces(cash))
    await evening.clerk.press("f10")
    if why:
        evening.at(OneLine)
        await evening.clerk.type(f"{why}\n")
    await evening.clerk.press("y")


async def drawers(evening: Evening) -> None:
    """Each drawer from the list, where the next one is marked; the list is right after each."""
    clerk, world = evening.clerk, evening.world
    await clerk.type("qt\n5")
    evening.at(DayCheckScreen)
    evening.sees("The day can't be closed yet: {n} to be done before.", n=3)
    await clerk.press("f10")
    evening.at(DayCheckScreen)
    evening.sees("The day can't be closed yet: {n} to be done before.", n=3)

    cash = evening.cash(SECOND)
    await count(evening, SECOND, cash)
    evening.sees("Counted {yuan} yuan: it is right.", yuan=yuan(cash))
    await clerk.press("enter")
    evening.sees("The day can't be closed yet: {n} to be done before.", n=2)
    assert SECOND not in clerk.text()

    cash = evening.cash(THIRD)
    await count(evening, THIRD, cash)
    evening.at(TickList)
    assert "POS8801" in clerk.text()
    await clerk.press("enter", "f10")
    evening.sees("Counted {yuan} yuan: it is right.", yuan=yuan(cash))
    await clerk.press("enter")
    assert {row.missing for row in world.rows(ShiftTender)} == {0}

    cash = evening.cash(LAST) - 100
    await count(evening, LAST, cash, SHORT)
    evening.sees("Counted {yuan} yuan: {short} short.", yuan=yuan(cash), short="1.00")
    await clerk.press("enter")
    evening.sees("Nothing stops the close. What is left open is closed with a word about it.")


async def the_rest(evening: Evening) -> None:
    """The safe and the doubtful paper, each one key away; the word, y, and the day is closed."""
    clerk, world = evening.clerk, evening.world
    evening.sees("{what}: {n}", what=Message("Papers of which nobody knows"), n=1)
    evening.sees("{what}: {n}", what=Message("Forms put aside"), n=1)
    await clerk.press("end", "enter")
    evening.at(CountSafeScreen)
    with world.store.reading() as reading:
        await clerk.type(pieces(safe_balance(reading, FACTS.outlet)))
    await clerk.press("f10")
    await clerk.press("y")
    evening.sees("Counted {yuan} yuan: it is right.", yuan=yuan(_safe(world)))
    await clerk.press("enter")
    evening.at(DayCheckScreen)
    assert not clerk.sees("The safe was not counted today"), clerk.text()
    await clerk.press("home", "down", "enter")
    evening.at(QueuesScreen)
    evening.sees("UNKNOWN")
    await clerk.press("f3", "f10")
    evening.sees("This is left open. Say why, and who sees to it:")
    await clerk.type(f"{WORD}\n")
    await clerk.press("y")
    evening.at(DayReportScreen)
    assert WORD in clerk.text()
    (paper,) = clerk.app.screen._papers  # type: ignore[attr-defined]
    told = "\n".join(paper.preview)
    assert clerk.word("Left open at the close") in told
    assert clerk.word("Papers of which nobody knows")[:10] in told
    assert SHORT not in told, "the reason is the Z's"


def _safe(world: World) -> int:
    with world.store.reading() as reading:
        return safe_balance(reading, FACTS.outlet)


async def the_past(evening: Evening, closed: str) -> None:
    """The next day is opened; the day before and one of its Zs are found, copied on the roll and on A4, written to
    files, gone behind and compared."""
    clerk, world = evening.clerk, evening.world
    await clerk.press("f3", "enter")
    evening.at(OpenDayScreen)
    await clerk.type("\n")
    evening.at(TillScreen)
    await clerk.type(f"{clerk.word('Reports of all days')}\n{closed}\n")
    evening.at(DayReportScreen)
    name = f"day-{FACTS.outlet}-{closed}"
    await clerk.press("f4")
    evening.sees("{name} is printed, marked as copy no. {n}.", name=name, n=1)
    await clerk.press("f10", "enter", "enter")
    evening.sees("{name} is written, in {folder}", name=f"{name}.pdf", folder=str(_reports(world))[:20])
    await clerk.press("f4")
    evening.sees("{name} is printed, marked as copy no. {n}.", name=name, n=3)
    await clerk.press("f3")
    evening.at(PastScreen)
    await clerk.press("down", "enter")
    evening.at(ReportScreen)
    await clerk.press("f4", "f10")
    await clerk.type("csv\n\n")
    await clerk.press("f3", "up", "enter", "enter")
    evening.at(DayFiguresScreen)
    await clerk.press("f10")
    await clerk.type("xlsx\n\n")
    await clerk.press("f9")
    evening.at(ComparedScreen)
    await clerk.press("f3", "enter")
    evening.at(BehindScreen)
    await clerk.press("enter")
    evening.at(OrderScreen)
    await clerk.press("f4")
    evening.at(PreviewScreen)
    await clerk.press("f3", "f3", "f3", "f3", "f3", "f3")
    evening.at(TillScreen)
    kinds = sorted(path.suffix for path in _reports(world).iterdir())
    assert kinds == [".csv", ".pdf", ".xlsx"]


def _reports(world: World) -> Path:
    return world.home.folder / "reports"


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_a_day_is_closed_from_its_check_list(world: World, language: str) -> None:
    async def day() -> None:
        async with world.clerk(language) as clerk:
            evening = Evening(clerk, world, language)
            await by_day(evening)
            await clerk.until(lambda: not [job for job in world.rows(PrintJob) if job.state in {"queued", "sending"}])
            elsewhere(world)
            await evening.come(FACTS.supervisor)
            await drawers(evening)
            await the_rest(evening)
            (closed,) = [row for row in world.rows(BusinessDay) if row.closing_word]
            assert (closed.state, closed.closed_by, closed.closing_word) == ("closed", FACTS.supervisor, WORD)
            await the_past(evening, closed.business_date)

    asyncio.run(day())
    world.clean()
