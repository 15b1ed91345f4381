"""The real application over the real desk of a demonstration home: store, headquarters, element, printer, housekeeping.

A home is made once a session and copied for each test. The clerk works by keys alone; what the machines did is read
from the machines themselves.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from boss_tui.commands.network import element_of
from boss_tui.commands.verifying import checked
from boss_tui.desk import Desk, Station
from boss_tui.home.settings import Home
from boss_tui.locale import words
from boss_tui.matrix import row
from boss_tui.start import demonstration
from boss_tui.start.app import BossApp
from boss_tui.start.demonstration import Simulated, headquarters_store
from boss_tui.start.opening import Opened
from boss_tui.verify import Finding, render
from data import demo
from data.clock import SystemClock
from data.demo.hall import ELEMENT
from data.demo.people import resident_id
from data.message import Message
from data.store import Reading, Store
from data.tables.base import Table
from data.tables.network import NetworkElement
from data.tables.sync import SyncException
from printers.paper import render as shown_on_paper
from screens.business import BusinessScreen
from screens.dialogs.outcome import OutcomeDialog
from screens.dialogs.tender_panel import TenderPanel
from screens.home import HomeScreen
from tests.driver import Keys

FACTS = demo.facts()
WIDTH = 48
"""Columns of the hall's printer."""
CASH_SLIP = Message("Cash slip")
SOON = 120.0
"""Seconds that something which happens by itself is waited for: far more than it takes."""


class MovedClock(SystemClock):
    """The machine's clock, and what a test moved it by."""

    def __init__(self) -> None:
        self._moved = timedelta()

    def now(self) -> datetime:
        return datetime.now(UTC) + self._moved

    def move(self, **step: float) -> None:
        """Move it by a timedelta's keywords."""
        self._moved += timedelta(**step)


def make_home(folder: Path, store: str = "") -> Path:
    """A demonstration home whose chores look for work often; `store`: the URL of an empty database for it."""
    demonstration.make(folder, customers=40, encrypted=True, store=store)
    settings = folder / "settings.toml"
    settings.write_text(settings.read_text().replace("exchange_seconds = 1.0", "exchange_seconds = 0.5"))
    return folder


class World:
    """A home of one test's own, and the programs that were started on it.

    Attributes:
        clock: of all programs here.
        opened: the program that runs the machines.
    """

    def __init__(self, folder: Path) -> None:
        self.home = Home(folder)
        self.clock = MovedClock()
        self.opened = Opened(str(folder), clock=self.clock)

    @property
    def machines(self) -> Simulated:
        """The machines around the hall."""
        assert self.opened.machines is not None
        return self.opened.machines

    @property
    def store(self) -> Store:
        """The outlet's store."""
        return self.opened.store

    @asynccontextmanager
    async def clerk(
        self, language: str = "en", size: tuple[int, int] = (80, 24), opened: Opened | None = None
    ) -> AsyncIterator[Clerk]:
        """A clerk before the sign-on of a program; the first one's program runs the machines."""
        program = opened or self.opened
        app = BossApp(program.connect, program.keep_house, language=language, elsewhere=program.office)
        try:
            async with app.run_test(size=size, notifications=True):
                clerk = Clerk(app)
                await clerk.opened()
                yield clerk
        finally:
            program.close()

    def second(self, counter: str) -> Opened:
        """Another program of the same hall, at another counter."""
        return OpenedAt(str(self.home.folder), counter, self.clock)

    def desk(self, staff_no: str, counter: str) -> Desk:
        """A desk without a screen, on the running store, with somebody signed on."""
        desk = Desk(self.store, Station(FACTS.outlet, counter))
        desk.signing.sign_on(staff_no, FACTS.password)
        return desk

    def rows(self, model: type[Table], **where: Any) -> list[Any]:
        """Rows of the outlet's store."""
        with self.store.reading() as reading:
            return reading.all(model, **where)

    @contextmanager
    def headquarters(self) -> Iterator[Reading]:
        """Headquarters' own store."""
        central = headquarters_store(self.home, self.clock)
        try:
            with central.reading() as reading:
                yield reading
        finally:
            central.close()

    def sheets(self) -> list[list[str]]:
        """What came out of the printer, sheet by sheet, as a terminal shows it; but the slips of the drawer's own cash,
        which belong to no customer."""
        printed = self.machines.printer.receipts
        sheets = [[text for line in sheet for text in shown_on_paper(line, WIDTH)] for sheet in printed]
        return [
            sheet for sheet in sheets if not any(words("zh_CN")(CASH_SLIP) in line.replace(" ", "") for line in sheet)
        ]

    def subscribers(self) -> list[Any]:
        """Whom the element knows."""
        with self.store.reading() as reading:
            element = element_of(self.home, reading.one(NetworkElement, code=ELEMENT))
        try:
            return list(element.subscribers())
        finally:
            element.close()

    def broken(self) -> list[Finding]:
        """What `boss verify` finds, with headquarters' store and the element's copy."""
        return checked(self.home)

    def clean(self) -> None:
        """Nothing is broken, and headquarters has put nothing aside of what it has heard."""
        found = self.broken()
        assert not found, "\n".join(render(found, words("en")))
        with self.headquarters() as headquarters:
            assert [(each.reason, each.detail) for each in headquarters.all(SyncException, state="open")] == []

    def cells(self) -> dict[str, str]:
        """C1's cells and their states."""
        store = self.home.open_store(self.clock)
        try:
            with store.reading() as reading:
                return {cell.code: cell.state for cell in row(reading, "C1")}
        finally:
            store.close()


def body(lines: Iterable[str]) -> list[str]:
    """A paper's lines without the cut, and without the blank lines around symbols."""
    return [line.rstrip() for line in lines if line.strip(" -")]


class OpenedAt(Opened):
    """A program at a counter of its own."""

    def __init__(self, folder: str, counter: str, clock: MovedClock) -> None:
        super().__init__(folder, clock=clock)
        self._counter = counter

    def _home(self) -> Home:
        home = super()._home()
        home.settings.counter = self._counter
        return home


class Clerk(Keys):
    """A clerk at the keys, who counts them.

    Attributes:
        strokes: keys that were pressed, without the customer's own data.
        own: characters of the customer's own data.
    """

    def __init__(self, app: BossApp) -> None:
        super().__init__(app)
        self.strokes = self.own = 0
        self._counts = True

    def _post(self, key: str, character: str | None) -> None:
        self.strokes += self._counts
        self.own += not self._counts
        super()._post(key, character)

    async def give(self, text: str) -> None:
        """Type what the customer says: their data, not the clerk's keys."""
        self._counts = False
        await self.type(text)
        self._counts = True

    def word(self, template: str) -> str:
        """A word of the program in the language of the screen."""
        return self.app.words(template)

    def sees(self, template: str, **values: Any) -> bool:
        """Whether a message stands on the screen."""
        return self.app.words(Message(template, values)) in self.text()

    def told(self) -> tuple[int, int, int]:
        """The numbers of the status line: outbox, network, printers."""
        first = self.text().splitlines()[0]
        counts = []
        for word in ("Out", "Net", "Prt"):
            _, _, rest = first.partition(f" {self.word(word)}")
            counts.append(int(re.match(r"\d*", rest)[0] or -1))  # type: ignore[index]
        return counts[0], counts[1], counts[2]

    async def until(self, condition: Callable[[], bool]) -> None:
        """Wait for what happens by itself."""
        try:
            async with asyncio.timeout(SOON):
                while not condition():
                    await asyncio.sleep(0.02)
        except TimeoutError:
            raise AssertionError(f"not within {SOON} s:\n{self.text()}") from None
        await self.idle()

    async def linked(self, clock: MovedClock) -> None:
        """Wait until headquarters has everything. An attempt that had begun before headquarters came back fails after
        the clock was moved, and the next one is minutes away again: so the clock moves on while it is away."""
        try:
            async with asyncio.timeout(SOON):
                while not (self.told() == (0, 0, 0) and self.sees("linked")):
                    if self.sees("NO LINK"):
                        clock.move(minutes=7)
                    await asyncio.sleep(0.5)
        except TimeoutError:
            raise AssertionError(f"not within {SOON} s:\n{self.text()}") from None
        await self.idle()

    async def sign_on(self, staff_no: str = FACTS.clerk, password: str = FACTS.password) -> None:
        """Staff number, password."""
        await self.type(f"{staff_no}\n{password}\n")
        assert isinstance(self.app.screen, HomeScreen), self.text()

    async def open_shift(self, yuan: str = "500") -> None:
        """The till with a float, and home again."""
        await self.type(f"qt\n\n{yuan}")
        await self.press("f10")
        assert self.app.state is not None
        assert self.app.state.shift_open, self.text()
        await self.press("f3")
        assert isinstance(self.app.screen, HomeScreen), self.text()

    async def let(self, machine: str, fault: str) -> None:
        """Let a simulated machine have a fault, or be in order; and home again."""
        await self.type("mnsb\n")
        for told in (machine, fault):
            await self.give(self.word(told))
            await self.type("\n")
        assert self.sees("Done: it counts from now on."), self.text()
        await self.press("f3")

    async def fill_account(self, customer: Customer, opened: bool = False) -> BusinessScreen:
        """C1 up to the price, in as few keys as there are: the lists give plan, number and card. `opened`: its form is
        there."""
        await self.type("\n" if opened else "kh\n\n")
        for text in (customer.document, customer.name):
            await self.give(text)
            await self.type("\n")
        await self.type("\n")  # valid until; the card says when they were born: Enter passes that over
        for text in (customer.address, customer.phone):
            await self.give(text)
            await self.type("\n")
        await self.type("\n\n")  # no e-mail, no agent
        for _ in ("plan", "number", "iccid"):
            await self.press("f4", "enter")
        await self.type("\n\n\n\n")  # long distance, roaming, services, extra money: as they are
        await self.give(customer.password)
        await self.type("\n")
        await self.give(customer.password)
        screen = self.app.screen
        assert isinstance(screen, BusinessScreen), self.text()
        return screen

    async def pay(self, yuan: str) -> OutcomeDialog:
        """F10, the money handed over, F10; answers the outcome, which still stands there. Change that no coin pays (a
        late fee grows by the day) takes F10 once more."""
        await self.press("f10")
        assert isinstance(self.app.screen, TenderPanel), self.text()
        await self.give(yuan)
        await self.press("f10")
        if isinstance(self.app.screen, TenderPanel):
            await self.press("f10")
        assert isinstance(self.app.screen, OutcomeDialog), self.text()
        return self.app.screen

    async def open_account(self, customer: Customer, yuan: str = "200") -> OutcomeDialog:
        """A whole C1."""
        await self.fill_account(customer)
        return await self.pay(yuan)


class Customer:
    """Somebody whom nobody knows yet."""

    def __init__(self, turn: int = 0, name: str = "仇丽华") -> None:
        self.document = resident_id(f"33010519900518{346 + 2 * turn:03d}")
        self.name = name
        self.address = "城关镇人民路12号"
        self.phone = "057188886666"
        self.password = "274916"
