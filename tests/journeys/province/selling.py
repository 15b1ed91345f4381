"""The twenty businesses of the counter by keys, each on a form that works there and then."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from boss_tui.answers import Outcome
from boss_tui.desk import Desk, Station
from boss_tui.settings import Home
from data.clock import Clock
from data.store import Store
from data.tables.base import Table
from data.tables.network import WorkOrder
from data.tables.order import ProductOrder, Subscription
from screens.home import HomeScreen
from tests.boss_tui.commands.conftest import Boss
from tests.journeys.businesses import complete, done_by_hand, fill
from tests.journeys.province.content import CLERKS, SUPERVISORS
from tests.journeys.province.outlets import CHOSEN
from tests.journeys.world import Clerk, Customer

AFTERWARDS = (
    *("C2", "C3", "C4.1", "C4.2", "C4.3", "C4.4", "C5", "C6", "C6", "C7.1", "C7.2", "C7.3", "C7.4", "C7.5"),
    *("C8", "C10", "C11", "C12", "C13", "C9"),
)
"""What is done at the counter besides C1, for those who have an account; who was stopped goes on again."""


class Selling:
    """A clerk at a counter, and what the outlet's store has of it."""

    def __init__(self, clerk: Clerk, outlet: str, store: Store) -> None:
        self.clerk, self.outlet = clerk, outlet
        self._store, self._desk = store, Desk(store, Station(outlet, f"{outlet}01"))
        self._desk.signing.sign_on(CLERKS[outlet], CHOSEN)

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

    async def open_account(self, customer: Customer) -> Outcome:
        """C1, paid."""
        done = await self.clerk.open_account(customer, "400")
        await self.clerk.press("space")
        return done.outcome

    async def business(self, code: str) -> Outcome:
        """Its form, F10, what is asked then; done once the network has it, or a person for what it has not."""
        await fill(self.clerk, code, **self._form(code))
        outcome = await complete(self.clerk, SUPERVISORS[self.outlet], CHOSEN)
        assert isinstance(self.clerk.app.screen, HomeScreen), self.clerk.text()
        if self.rows(WorkOrder, order_id=outcome.order_id, kind="manual", state="open"):
            await done_by_hand(self.clerk)
        await self.clerk.until(lambda: self.rows(ProductOrder, serial=outcome.serial)[0].state == "completed")
        return outcome


@contextmanager
def selling(clerk: Clerk, hall: Boss, outlet: str, clock: Clock) -> Iterator[Selling]:
    """A clerk who is signed on at the first counter of an outlet."""
    store = Home(hall.folder).open_store(clock)
    try:
        yield Selling(clerk, outlet, store)
    finally:
        store.close()
