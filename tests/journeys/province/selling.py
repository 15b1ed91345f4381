"""The twenty businesses of the counter by keys, each on a form that works there and then."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any

from boss_tui.components.till.figures import expected_cash
from boss_tui.desk import Desk, Station
from boss_tui.home.settings import Home
from data.clock import Clock
from data.store import Store
from data.tables.base import Table
from data.tables.document import PaperDocument
from data.tables.finance import Shift
from data.tables.network import WorkOrder
from data.tables.order import ProductOrder, Subscription
from data.tables.sync import PrintJob
from screens.dialogs.approval import Approval
from screens.home import HomeScreen
from screens.transfers import TransfersScreen
from tests.boss_tui.commands.conftest import Boss
from tests.journeys.businesses import complete, done_by_hand, fill
from tests.journeys.province.content import CLERKS, SUPERVISORS
from tests.journeys.province.outlets import HallStaff
from tests.journeys.province.supplying import BOXES
from tests.journeys.world import Customer

AFTERWARDS = (
    *("C2", "C3", "C4.1", "C4.2", "C4.3", "C4.4", "C5", "C6", "C6", "C7.1", "C7.2", "C7.3", "C7.4", "C7.5"),
    *("C8", "C10", "C11", "C12", "C13", "C9"),
)
"""What is done at the counter besides C1, for those who have an account; who was stopped goes on again."""
WEEK = (("C1", "C1"), ("C11", "C1"), ("C10",), ("C3",), ("C2", "C12"), ("C1", "C7.3"), ("C6", "C13"))
"""What is done on each day of a week without a link: of what the outlet holds, and what it may do by itself."""
TWO_DAYS = (WEEK[0], WEEK[4])
"""Of them: openings, what waits for the link, money."""
WAITING = {"C2", "C3", "C6", "C7.3"}
"""Of these, what touches a line that headquarters may know more of: its network acts wait for the link (design 7)."""


class Selling:
    """A clerk at a counter, and what the outlet's store has of it."""

    def __init__(self, clerk: HallStaff, outlet: str, store: Store) -> None:
        self.clerk, self.outlet, self._customers = clerk, outlet, map(Customer, count(10 * list(CLERKS).index(outlet)))
        self._store, self._desk = store, Desk(store, Station(outlet, f"{outlet}01"))

    def rows(self, model: type[Table], **where: Any) -> list[Any]:
        """Rows of the outlet's store."""
        with self._store.reading() as reading:
            return reading.all(model, **where)

    def _form(self, code: str) -> dict[str, Any]:
        """A form that works here now, as a clerk would type it."""
        if code == "C12":  # nobody owes anything yet
            return {"who": self.rows(Subscription, state="active")[0].number, "action": "advance", "amount": "50"}
        if code == "C6" and (stopped := self.rows(Subscription, state="suspended")):
            return {"number": stopped[0].number, "action": "resume", "cause": "loss"}
        return self._desk.forms.example(code)

    def cash(self) -> int:
        """Fen that must be in the drawer."""
        (shift,) = self.rows(Shift, state="open")
        with self._store.reading() as reading:
            return expected_cash(reading, shift)

    async def begin(self, language: str, once: str = "", cash: str = "500") -> None:
        """The clerk comes, and opens the shift with so many yuan."""
        await self.clerk.come(CLERKS[self.outlet], language, once)
        if self._desk.seat.operator is None:
            self._desk.signing.sign_on(CLERKS[self.outlet], self.clerk.chosen)
        await self.clerk.open_shift(cash)

    async def unpack(self) -> None:
        """Each box, counted with the supervisor; its pieces can be sold from then on."""
        await self.clerk.type("db\n")
        for _ in BOXES:
            screen = self.clerk.app.screen
            assert isinstance(screen, TransfersScreen), self.clerk.text()
            pieces, _of = BOXES[screen.listing.items[0].value.kind]
            await self.clerk.press("enter")
            await self.clerk.type(str(pieces))
            await self.clerk.press("f10")
            assert isinstance(self.clerk.app.screen, Approval), self.clerk.text()
            await self.clerk.type(f"{SUPERVISORS[self.outlet]}\n{self.clerk.chosen}\n")
        screen = self.clerk.app.screen
        assert isinstance(screen, TransfersScreen), self.clerk.text()
        assert not screen.listing.items, self.clerk.text()
        await self.clerk.home()

    async def refuse(self, why: str) -> None:
        """C1 of somebody who has a number, and is told why not."""
        await self.clerk.type("kh\n\n")
        await self.clerk.give(Customer().document)
        await self.clerk.type("\n")
        assert why in self.clerk.text(), self.clerk.text()
        await self.clerk.press("f3")
        await self.clerk.press("y")  # a question that nobody expected takes no key from before
        assert isinstance(self.clerk.app.screen, HomeScreen), self.clerk.text()

    def receipts(self) -> list[str]:
        """As they were printed."""
        receipts = {row.id for row in self.rows(PaperDocument, kind="receipt")}
        return [job.preview for job in self.rows(PrintJob) if job.document_id in receipts]

    async def business(self, code: str, state: str = "completed") -> None:
        """Its form, F10, what is asked then, until its order is in a state: as a rule done, once the network has it, or
        a person what it has not."""
        if code == "C1":
            outcome = (await self.clerk.open_account(next(self._customers), "400")).outcome
            await self.clerk.press("space")
        else:
            await fill(self.clerk, code, **self._form(code))
            outcome = await complete(self.clerk, SUPERVISORS[self.outlet], self.clerk.chosen)
        assert isinstance(self.clerk.app.screen, HomeScreen), self.clerk.text()
        if self.rows(WorkOrder, order_id=outcome.order_id, kind="manual", state="open"):
            await done_by_hand(self.clerk)
        await self.clerk.until(lambda: self.rows(ProductOrder, serial=outcome.serial)[0].state == state)


@contextmanager
def selling(clerk: HallStaff, hall: Boss, outlet: str, clock: Clock) -> Iterator[Selling]:
    """At the first counter of an outlet."""
    store = Home(hall.folder).open_store(clock)
    try:
        yield Selling(clerk, outlet, store)
    finally:
        store.close()
