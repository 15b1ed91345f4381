"""When an order is completed: what was tried again and done keeps nothing open."""

from __future__ import annotations

from boss_tui.network import manual, rows
from data.journal import Author
from data.message import say
from data.tables.network import WorkOrder
from data.tables.order import ProductOrder
from tests.boss_tui.transactions.following import network_answers
from tests.hall import FACTS, Hall


def test_refused_work_that_was_tried_again_and_done_completes_its_order(hall: Hall) -> None:
    opened = hall.open_account()
    with hall.store.transaction(Author(FACTS.outlet, "test", FACTS.clerk)) as tx:
        work = tx.all(WorkOrder, order_id=opened.order_id, order=("position",))[0]
        rows.fail(tx, work, say("no"))
        manual.requeue(tx, work.id, FACTS.clerk)
    network_answers(hall)
    assert hall.rows(ProductOrder, id=opened.order_id)[0].state == "completed"
