"""A hall with a day's history, made through the desk: openings, a completion, forms held and given up, tills."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from typing import Literal

from boss_tui.answers.business import Handwritten, Invoicing, Tender
from boss_tui.catalogue import BUSINESS_NAMES
from boss_tui.chores.completion import complete_finished
from boss_tui.components.operators.passwords import hashed
from boss_tui.components.till.business_days import today
from boss_tui.components.till.shifts import close_shift, expected_cash, shift_at
from boss_tui.desk import Desk, Station
from boss_tui.reports.closing import keep_shift
from boss_tui.sync.first import FirstEdition
from data import schema
from data.clock import SeededClock
from data.demo import make
from data.demo.hall import COUNTERS, OUTLET
from data.demo_staff import CLERKS, PASSWORD, SUPERVISOR
from data.journal import Author
from data.store import Store
from data.tables.network import WorkOrder
from data.tables.order import ProductOrder
from printers.devices import Sent
from printers.spool import Spool
from tests.boss_tui.sync.world import device

DAY = "2026-11-23"
NOTES = (10_000, 5_000, 2_000, 1_000, 500, 100, 50, 10, 5, 1)
hash_once = cache(hashed)


def clock(seed: int = 0) -> SeededClock:
    """The morning of the day, China's time."""
    return SeededClock(datetime(2026, 11, 23, 1, 0, tzinfo=UTC), seed)


def make_hall(url: str) -> Store:
    """A demonstration hall with a few customers, and the day's history in its journal."""
    store = Store(url, clock=clock())
    schema.create(store)
    make(
        store,
        hasher=hash_once,
        publish=FirstEdition(device(1).sign),
        clock=store.clock,
        customers=8,
        printers={"80mm": "tcp:127.0.0.1:1"},
    )
    live(store)
    return store


def live(store: Store) -> None:
    """The day."""
    assert isinstance(store.clock, SeededClock)
    chief = at_work(store, SUPERVISOR, COUNTERS[3])
    with store.reading() as reading:
        opened = today(reading, OUTLET)
    if opened is None:
        chief.day.open(DAY)
    first, second = at_work(store, CLERKS[0], COUNTERS[0]), at_work(store, CLERKS[1], COUNTERS[1])
    first.till.open_shift(50_000)
    second.till.open_shift(20_000)
    pay_fees(first)
    change_plan(first)
    suspend(first)
    for n in range(4):
        open_account(first if n % 2 else second, card=n == 2)
    network_answers(store, 3)
    print_papers(store, 3)
    first.till.cash_out(10_000, "drop", "too much in the till")
    held = second.forms.begin("C1")
    second.forms.fill(held.id, second.forms.example("C1"))
    second.forms.hold(held.id, "back after lunch")
    left = first.forms.begin("C1")
    first.forms.fill(left.id, first.forms.example("C1"))
    first.forms.abandon(left.id)
    with store.reading() as reading:
        paper = first.lookups.papers(reading.all(ProductOrder, order=("-created_at",))[0].serial)[0]
    first.papers.reprint(paper.id, "the customer lost it")
    end_shift(store, COUNTERS[0], CLERKS[0], short=20)
    first.till.open_shift(30_000)
    open_account(first)
    open_account(first, invoice="later")
    first.invoices.draw(open_account(first, invoice="later"))
    for number, way, reference in (("SG-1", "cash", ""), ("SG-2", "card", "POS99")):
        slip = Handwritten(number, first.signing.state().business_date, "08:30", CLERKS[0])
        first.handwriting.put_down(slip, "C2", "the number is sold", 5_000, way, reference)
    (back, *_) = (item for item in first.queues.items() if item.kind == "slip")
    first.settling.settle("slip", back.key, "back-cash", "the customer")


def at_work(store: Store, staff_no: str, counter: str) -> Desk:
    desk = Desk(store, Station(OUTLET, counter))
    desk.signing.sign_on(staff_no, PASSWORD)
    return desk


def pay_fees(desk: Desk) -> str:
    """What somebody owes, by card. The order's serial."""
    view = desk.forms.begin("C12", desk.forms.example("C12"))
    return desk.orders.complete(view.id, [Tender("card", view.quote.due, "POS12")]).serial


def change_plan(desk: Desk) -> str:
    """Another plan, from next month on. The order's serial."""
    view = desk.forms.begin("C8", {**desk.forms.example("C8"), "starts": "next"})
    return desk.orders.complete(view.id, []).serial


def suspend(desk: Desk) -> str:
    """Somebody has lost their card. The order's serial."""
    view = desk.forms.begin("C6", desk.forms.example("C6"))
    assert not view.errors, view.errors
    return desk.orders.complete(view.id, []).serial


def open_account(desk: Desk, *, card: bool = False, invoice: Literal["now", "later"] = "now") -> str:
    """An opening with an international deposit, a prepayment, and change. Its serial."""
    draft = desk.forms.begin("C1")
    example = desk.forms.example("C1")
    view = desk.forms.fill(draft.id, {**example, "long_distance": "international", "prepayment": "50"})
    assert not view.errors, view.errors
    due = view.quote.due
    desk.invoices.keep(draft.id, Invoicing(invoice))
    tenders = [Tender("card", due, "POS1")] if card else [Tender("cash", due + 1_000)]
    return desk.orders.complete(draft.id, tenders).serial


def network_answers(store: Store, orders: int) -> None:
    """The work orders of the first orders of the day are done, and the orders completed."""
    with store.transaction(Author(OUTLET, "network", "network")) as tx:
        waiting = tx.all(ProductOrder, state="inProgress", order=("created_at",))
        for order in waiting[:orders]:
            for work in tx.all(WorkOrder, order_id=order.id):
                tx.change(work, state="done", done_at=tx.now(), done_by="HLR01")
    assert len(complete_finished(store, OUTLET)) == orders


def print_papers(store: Store, papers: int) -> None:
    """The first papers come out of the printer."""
    spool = Spool(store, OUTLET, COUNTERS[0], lambda _address, _profile, _content: Sent("acknowledged"))
    (printer,) = spool.printers()
    for _ in range(papers):
        assert spool.step(printer) is not None


def end_shift(store: Store, till: str, operator: str, *, short: int) -> None:
    """Count what is expected, less `short` fen."""
    with store.transaction(Author(OUTLET, "shift.close", operator, till, "", DAY)) as tx:
        shift = shift_at(tx, till)
        assert shift is not None
        counted = pieces(expected_cash(tx, shift) - short)
        keep_shift(tx, close_shift(tx, shift, counted, closed_by=operator, reason="a coin fell down"), BUSINESS_NAMES)


def pieces(amount: int) -> dict[int, int]:
    """Notes and coins for an amount in fen."""
    counts = {}
    for note in NOTES:
        counts[note], amount = divmod(amount, note)
    return counts


def later() -> SeededClock:
    """The clock of who looks at the hall after its history."""
    return SeededClock(datetime(2026, 11, 23, 1, 20, tzinfo=UTC), 7)
