"""Orders of one line that overtake each other: a desk, an element that can refuse, a person who does it by hand.

What an ordering ends in is right when no order is left under way and book and network agree (`World.settled`).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from boss_tui.answers.business import Tender
from boss_tui.chores.completion import complete_finished
from boss_tui.desk import Desk, Station
from boss_tui.network import manual
from boss_tui.network.dialects.record import Record
from boss_tui.network.preload import preload
from boss_tui.verify import verify
from data.journal import Author
from data.tables.customer import Customer
from data.tables.network import WorkOrder
from data.tables.order import ProductOrder, Subscription
from data.tables.sync import JournalHead
from tests.boss_tui.network.outlet import FACTS, OUTLET, Hall
from tests.engines import Copy
from tests.obeying import obey


class World:
    """One line of a hall with its element."""

    def __init__(self, template: Copy, folder: Path, language: str) -> None:
        self.hall = Hall(template, folder, language)
        with self.hall.store.reading() as reading:
            preload(self.hall.element.state, reading)
        self.desk = Desk(self.hall.store, Station(OUTLET, FACTS.counter))
        self.desk.signing.sign_on(FACTS.clerk, FACTS.password)
        self.desk.till.open_shift(50_000)
        self.id = self._opened()

    def _opened(self) -> str:
        """A line with a plan that may be prepaid as well, opened and working; its key."""
        view = self.desk.forms.begin("C1", {**self.desk.forms.example("C1"), "plan": "P39"})
        assert not view.errors, view.errors
        serial = self.desk.orders.complete(view.id, [Tender("cash", view.quote.due)]).serial
        self.goes_on()
        return str(self.one(ProductOrder, serial=serial).subscription_id)

    # the line

    @property
    def line(self) -> Subscription:
        """As the book has it."""
        line: Subscription = self.one(Subscription, id=self.id)
        return line

    @property
    def there(self) -> Record:
        """As the element has it."""
        return next(record for record in self.hall.element.subscribers() if record.imsi == self.line.imsi)

    def one(self, model: Any, **where: Any) -> Any:
        with self.hall.store.reading() as reading:
            return reading.one(model, **where)

    def rows(self, model: Any, **where: Any) -> list[Any]:
        with self.hall.store.reading() as reading:
            return reading.all(model, **where)

    def works(self, serial: str) -> list[tuple[str, str]]:
        """The acts and states of an order's work."""
        order = self.one(ProductOrder, serial=serial)
        return [(work.act, work.state) for work in self.rows(WorkOrder, order_id=order.id, order=("position",))]

    def state(self, serial: str) -> str:
        return str(self.one(ProductOrder, serial=serial).state)

    # what is done

    def do(self, code: str, **typed: Any) -> str:
        """A business on the line, its owner showing the document; a supervisor approves what needs it. Its serial."""
        owner = self.one(Customer, id=self.line.customer_id).document_number
        view = self.desk.forms.begin(code, {"number": self.line.number, "document_number": owner, **typed})
        assert not view.errors, view.errors
        if view.qualification.verdict == "override":
            view = self.desk.approvals.approve(view.id, FACTS.supervisor, FACTS.password)
        due = view.quote.due
        return self.desk.orders.complete(view.id, [Tender("cash", abs(due))] if due else []).serial

    def refused(self, code: str, **typed: Any) -> dict[str, str]:
        """What stands beside the fields of a form that can't be done."""
        owner = self.one(Customer, id=self.line.customer_id).document_number
        view = self.desk.forms.begin(code, {"number": self.line.number, "document_number": owner, **typed})
        self.desk.forms.abandon(view.id)
        return {field: str(message) for field, message in view.errors.items()}

    def cancel(self, serial: str) -> None:
        self.desk.orders.cancel(serial, "测试", FACTS.supervisor, FACTS.password)

    # the network

    def refuses(self, *, on: bool = True) -> None:
        """The element refuses all that names the line, for good; or no more."""
        names = {f"86{self.line.number}", self.line.imsi}
        self.hall.element.faults.numbers = names if on else set()

    def goes_on(self) -> None:
        """Everything that can be done is: a round after which the journal is as it was ends it."""
        self.hall.accept()
        before = -1
        while (written := self.one(JournalHead, outlet=OUTLET).seq) != before:
            before = written
            self.hall.run()
            complete_finished(self.hall.store, OUTLET)

    def failed(self, serial: str) -> list[WorkOrder]:
        order = self.one(ProductOrder, serial=serial)
        return self.rows(WorkOrder, order_id=order.id, state="failed", order=("position",))

    def again(self, serial: str) -> None:
        """What failed of an order is tried once more."""
        for work in self.failed(serial):
            with self._by_person() as tx:
                manual.requeue(tx, work.id, FACTS.clerk)
        self.goes_on()

    def by_hand(self, serial: str) -> None:
        """What failed of an order is done at the element by a person, and said to be done."""
        order = self.one(ProductOrder, serial=serial)
        for work in self.failed(serial):
            with self._by_person() as tx:
                assert not obey(tx, self.hall.element, work)
        for work in self.rows(WorkOrder, order_id=order.id, kind="manual", state="open"):
            self.desk.settling.settle("manual", work.id, "done", "测试")
        self.goes_on()

    def gives_up(self, serial: str) -> None:
        """A person looked at the element: nothing of it is there."""
        order = self.one(ProductOrder, serial=serial)
        for work in self.rows(WorkOrder, order_id=order.id, kind="manual", state="open"):
            self.desk.settling.settle("manual", work.id, "give_up", "测试")
        self.goes_on()

    def _by_person(self) -> Any:
        return self.hall.store.transaction(Author(OUTLET, "network.requeue", FACTS.clerk))

    # what holds

    def found(self) -> list[str]:
        """What does not hold now, in words."""
        with self.hall.store.reading() as reading:
            return [f"{found.rule}: {found.message}" for found in verify(reading, network=self.hall.element)]

    def settled(self) -> None:
        """Nothing is under way any more, and all holds."""
        left = [o.serial for o in self.rows(ProductOrder, state="inProgress", subscription_id=self.id)]
        assert not left, [(serial, self.works(serial)) for serial in left]
        found = self.found()
        assert found == [], found
