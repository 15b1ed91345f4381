"""Work of the network that a person settles by command is believed as it is from a screen (`boss network settle`)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from boss_tui.chores.completion import complete_finished
from boss_tui.network import manual, rows
from data.message import say
from data.store import UnitOfWork
from data.tables.network import WorkOrder
from data.tables.order import ProductOrder
from tests.boss_tui.headquarters.liar import hall, headquarters, journal, opened, push
from tests.hall import FACTS

Acts = dict[str, Callable[[UnitOfWork, str, str], WorkOrder]]
ACTS: Acts = {
    "done": lambda tx, by_hand, _: manual.settle(tx, by_hand, FACTS.clerk, done=True, words="done at the element"),
    "given_up": lambda tx, by_hand, _: manual.settle(tx, by_hand, FACTS.clerk, done=False, words="can't be done"),
    "requeue": lambda tx, _, failed: manual.requeue(tx, failed, FACTS.clerk),
    "cancel": lambda tx, _, failed: manual.cancel(tx, failed, FACTS.clerk, "not wanted any more"),
}
KINDS = {
    "done": "network.settle",
    "given_up": "network.settle",
    "requeue": "network.requeue",
    "cancel": "network.cancel",
}
"""What each entry is called (`boss_tui.commands.network_work`)."""


@pytest.mark.parametrize(
    ("acts", "state"),
    [
        (["done"], "completed"),
        (["given_up"], "inProgress"),
        (["given_up", "requeue"], "inProgress"),
        (["given_up", "cancel"], "inProgress"),
    ],
)
def test_what_is_done_about_work_by_command_is_believed(tmp_path: Path, acts: list[str], state: str) -> None:
    at = hall(tmp_path)
    opened(at, 1)
    (order,) = at.rows(ProductOrder, business="C1", state="inProgress")
    (work,) = at.rows(WorkOrder, order_id=order.id)
    with at.store.transaction(rows.author_for(FACTS.outlet, order)) as tx:
        rows.fail(tx, tx.one(WorkOrder, id=work.id), say("no"))
    (by_hand,) = at.rows(WorkOrder, order_id=order.id, kind="manual")
    for act in acts:
        with at.store.transaction(rows.author_for(FACTS.outlet, order, FACTS.clerk, KINDS[act])) as tx:
            ACTS[act](tx, by_hand.id, work.id)
    complete_finished(at.store, FACTS.outlet)
    office = headquarters(tmp_path)
    assert push(office, journal(at)) == []
    with office.store.reading() as reading:
        assert reading.one(ProductOrder, id=order.id).state == state
    at.store.close()
