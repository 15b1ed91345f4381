"""What comes after a business in its tests: the network's answer, the next business day, and that all still holds."""

from __future__ import annotations

from boss_tui.catalogue import BUSINESS_NAMES
from boss_tui.chores.completion import complete_finished
from boss_tui.components.till.shifts import close_shift, expected_cash
from boss_tui.network import manual, rows
from boss_tui.reports.closing import close_day, keep_shift
from boss_tui.sync.dates import bring_to
from boss_tui.verify import verify
from data.journal import Author
from data.store import Store
from data.tables.finance import BusinessDay, Shift
from data.tables.network import WorkOrder
from data.tables.order import ProductOrder
from tests.boss_tui.verify.history import pieces
from tests.hall import FACTS, Hall


def network_answers(hall: Hall) -> None:
    """Every work order is done, by the network or by a clerk; and so is what follows from that."""
    all_answered(hall.store, FACTS.outlet, FACTS.clerk)


def all_answered(store: Store, outlet: str, clerk: str) -> None:
    """Every work order of an outlet is done: as the network's answers end it, and by hand where a person has to."""
    while True:
        with store.reading() as reading:
            waiting = reading.all(WorkOrder, state="open", order=("position",))
            orders = {work.id: reading.one(ProductOrder, id=work.order_id) for work in waiting}
        for work in waiting:
            done_one(store, outlet, clerk, work, orders[work.id])
        complete_finished(store, outlet)
        if not waiting:
            return


def done_one(store: Store, outlet: str, clerk: str, work: WorkOrder, order: ProductOrder) -> None:
    """A work order is done, as it is told of by who did it."""
    by_hand = work.kind == "manual"
    author = rows.author_for(outlet, order, clerk, "work.done") if by_hand else rows.author_for(outlet, order)
    with store.transaction(author) as tx:
        if by_hand:
            manual.settle(tx, work.id, clerk, done=True)
        else:
            rows.finish(tx, tx.one(WorkOrder, id=work.id), work.element)


def next_day(hall: Hall, day: str) -> None:
    """Every shift is counted, the business day closed, and another one open."""
    with hall.store.transaction(Author(FACTS.outlet, "day", FACTS.supervisor)) as tx:
        for shift in tx.all(Shift, outlet=FACTS.outlet, state="open", order=("till",)):
            closed = close_shift(tx, shift, pieces(expected_cash(tx, shift)), closed_by=FACTS.supervisor)
            keep_shift(tx, closed, BUSINESS_NAMES)
        today, word = tx.one(BusinessDay, state="open").business_date, "what is open is seen to tomorrow"
        close_day(tx, FACTS.outlet, today, FACTS.supervisor, BUSINESS_NAMES, word)
        tx.add(BusinessDay, outlet=FACTS.outlet, business_date=day, opened_by=FACTS.supervisor, opened_at=tx.now())
        bring_to(tx, day)


def sound(hall: Hall) -> bool:
    """Nothing breaks a rule; the failure shows what does."""
    found = findings(hall)
    assert not found
    return not found


def findings(hall: Hall) -> list[str]:
    """What breaks a rule, in words."""
    with hall.store.reading() as reading:
        return [f"{found.rule}: {found.message}" for found in verify(reading)]
