"""An outlet with a demonstration hall, and its element behind a folder: what the tests of the network's work share."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path

from boss_tui.answers.business import Tender
from boss_tui.chores.completion import complete_finished
from boss_tui.components.operators.passwords import hashed
from boss_tui.desk import Desk, Station
from boss_tui.network.dialects import dialect
from boss_tui.network.element import Element
from boss_tui.network.gateway_address import open_gateway
from boss_tui.network.work import Network
from boss_tui.sync.first import FirstEdition
from data import demo, schema
from data.clock import SeededClock, new_key
from data.journal import Author, canonical
from data.store import Store, UnitOfWork
from data.tables.network import NetworkBatch, NetworkCommand, NetworkElement, WorkOrder
from data.tables.order import ProductOrder
from data.tables.resource import SimCard
from data.tables.sync import JournalHead
from tests.engines import Copy
from tests.handed import handed_change

FACTS = demo.facts()
OUTLET, ELEMENT = FACTS.outlet, "HLR01"
KEY = "0123456789ABCDEF0123456789ABCDEF"
CREATED = {"profile": "1", "access": "both", "data": "on", "long_distance": "domestic", "roaming": "national"}


class Died(BaseException):
    """The program was killed."""


def make_hall(url: str) -> None:
    """A small hall in an empty database, closed."""
    clock = SeededClock()
    store = Store(url, clock=clock)
    schema.create(store)
    demo.make(
        store, hasher=hashed, publish=FirstEdition(), clock=clock, customers=8, printers={"80mm": "file:paper.bin"}
    )
    store.close()


class Hall:
    """A copy of the hall in a folder, with a simulated element that speaks `language`."""

    def __init__(self, template: Copy, folder: Path, language: str = "huawei") -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder, self.clock, self.language = folder, SeededClock(seed=7), language
        self.url = template(folder)
        self.store = self.open()
        self.network = self.another()
        with self.store.reading() as reading:
            row = reading.one(NetworkElement, code=ELEMENT)
        if row.dialect != language:
            handed_change(self.store, NetworkElement, code=ELEMENT, dialect=language)
        self.gateway = open_gateway(row.gateway, folder)
        self.element = Element(folder / "element.db", dialect(language), self.gateway, clock=self.clock, code=ELEMENT)
        self.made = 0

    def open(self) -> Store:
        return Store(self.url, clock=self.clock)

    def another(self, store: Store | None = None, at: Callable[[str], None] = lambda _: None) -> Network:
        """One more program's network over this store."""
        return Network(store or self.store, OUTLET, self.folder, at=at)

    def close(self) -> None:
        self.element.close()
        self.store.close()

    def writing(self) -> AbstractContextManager[UnitOfWork]:
        return self.store.transaction(Author(OUTLET, "test", "test"), journalled=False)

    # work orders

    def order(self, works: Sequence[tuple[str, Mapping[str, object]]], *, own: bool = False) -> str:
        """An order in progress with these automatic work orders (act, parameters), journalled; its key. Headquarters
        has accepted it, unless `own`."""
        self.made += 1
        serial = f"T{self.made:06d}"
        with self.store.transaction(Author(OUTLET, "C7.2", "1001", "HZ0101", serial)) as tx:
            key = new_key(tx.clock)
            tx.add(
                ProductOrder,
                id=key,
                serial=serial,
                outlet=OUTLET,
                counter="HZ0101",
                operator="1001",
                business="C7.2",
                business_date="2026-11-23",
                state="inProgress",
                draft_id=key,
                created_at=tx.now(),
                subscription_id=None,
            )
            for position, (act, parameters) in enumerate(works, 1):
                tx.add(
                    WorkOrder,
                    id=new_key(tx.clock),
                    order_id=key,
                    position=position,
                    kind="automatic",
                    act=act,
                    element=ELEMENT,
                    parameters=canonical(parameters),
                    created_at=tx.now(),
                )
        if not own:
            self.accept()
        return key

    def card(self, number: int) -> str:
        """A card with its key, in no lease; its IMSI."""
        imsi = f"46000{number:010d}"
        with self.writing() as tx:
            tx.add(SimCard, iccid=f"8986{number:016d}", imsi=imsi, kind="32K", ki=KEY, outlet="other")
        return imsi

    def opening(self, number: int, services: Sequence[str] = ()) -> str:
        """An order that opens subscriber `number`, as C1 orders it."""
        msisdn = f"1825748{number:04d}"
        created = {"imsi": self.card(number), "msisdn": msisdn, **CREATED}
        rest = [("set_supplementary", {"msisdn": msisdn, "service": one, "on": "on"}) for one in services]
        return self.order([("create_subscriber", created), *rest])

    def accept(self) -> None:
        """Headquarters accepts all that is in the journal."""
        with self.writing() as tx:
            head = tx.one(JournalHead, outlet=OUTLET)
            tx.change(head, acked_seq=head.seq)

    # going on

    def run(self, network: Network | None = None, turns: int = 30) -> None:
        """Step network and element until nothing moves any more."""
        network = network or self.network
        for _ in range(turns):
            moved = network.step()
            moved = bool(self.element.step().commands) or moved
            if not moved:
                return

    def pass_time(self, network: Network | None = None, minutes: int = 61, times: int = 1) -> None:
        """Let answers become overdue, and go on, so many times."""
        for _ in range(times):
            self.clock.move(minutes=minutes)
            self.run(network)

    # looking

    def states(self, order_id: str) -> list[str]:
        """The states of an order's work orders."""
        return [row.state for row in self.works(order_id)]

    def works(self, order_id: str) -> list[WorkOrder]:
        with self.store.reading() as reading:
            return reading.all(WorkOrder, order_id=order_id, order=("position",))

    def commands(self, order_id: str) -> list[NetworkCommand]:
        with self.store.reading() as reading:
            return [
                command
                for order in reading.all(WorkOrder, order_id=order_id, order=("position",))
                for command in reading.all(NetworkCommand, work_order_id=order.id, order=("number",))
            ]

    def batches(self) -> list[NetworkBatch]:
        with self.store.reading() as reading:
            return reading.all(NetworkBatch, order=("sequence",))

    def obeyed(self) -> list[tuple[str, str, bool]]:
        """What the element did, in order: key, command, whether it was done."""
        rows = self.element.state.db.execute("SELECT key, text, raw FROM obeyed ORDER BY serial").fetchall()
        return [(key, text, self.element.dialect.answer(text, raw).state == "done") for key, text, raw in rows]

    def applied(self) -> list[str]:
        """The commands that acted, without questions."""
        return [text for _, text, done in self.obeyed() if done and not text.startswith(("LST", "HGSDP"))]


def open_at_the_desk(hall: Hall, count: int) -> list[str]:
    """So many C1 through the desk; their serials."""
    desk = Desk(hall.store, Station(OUTLET, FACTS.counter))
    desk.signing.sign_on(FACTS.clerk, FACTS.password)
    desk.till.open_shift(50_000)
    serials = []
    for _ in range(count):
        view = desk.forms.begin("C1")
        view = desk.forms.fill(view.id, desk.forms.example("C1"))
        assert view.quote is not None, view.errors
        serials.append(desk.orders.complete(view.id, [Tender("cash", view.quote.due)]).serial)
    return serials


def completed(hall: Hall) -> list[str]:
    return complete_finished(hall.store, OUTLET)


def parameters(order: WorkOrder) -> dict[str, object]:
    found: dict[str, object] = json.loads(order.parameters)
    return found
