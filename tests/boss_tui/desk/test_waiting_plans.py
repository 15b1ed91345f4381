"""What waits is read and counted in the order of indexes, so much at once: in the same time however much waits."""

from __future__ import annotations

from typing import Any

import pytest

from boss_tui.components.operators import leaving
from boss_tui.components.qualification import refusals
from boss_tui.desk import late, queue_counts
from boss_tui.network import owning
from data.statements import counting, said_of
from data.tables.base import Table
from data.tables.electronic import ElectronicInvoice
from data.tables.life import ScheduledAct
from data.tables.network import WorkOrder
from data.tables.organisation import Operator
from data.tables.sync import SyncException
from tests.hall import FACTS, Hall

pytestmark = pytest.mark.light

OUTLET = FACTS.outlet
ASKED: dict[str, tuple[Any, dict[str, Any]]] = {
    "manual work of all": (owning._OF_ALL, {"most": 1}),
    "manual work of an outlet": (owning._OF_ONE, {"outlet": OUTLET, "most": 1}),
    "what the network keeps": (late._WAITING, {"outlet": OUTLET}),
    "what services refused": (refusals._REFUSED, {"outlet": OUTLET, "most": 1}),
    "how much of it": (refusals._COUNT, {"outlet": OUTLET}),
    "how many commands": (queue_counts._COMMANDS, {"state": "queued"}),
    "how much work": (queue_counts._OPEN_WORK, {"kind": "manual"}),
    "how many dated acts": (queue_counts._UNDONE, {"outlet": OUTLET}),
    "how many exceptions": (queue_counts._OPEN_EXCEPTIONS, {}),
}


@pytest.mark.parametrize("name", ASKED)
def test_no_question_reads_all_that_waits(hall: Hall, name: str) -> None:
    statement, values = ASKED[name]
    prepared = hall.store.statements.of(statement)
    with hall.store.reading() as reading:
        reading._cursor.execute("EXPLAIN QUERY PLAN " + prepared.sql, prepared.parameters(values))
        plan = [row[3] for row in reading._cursor.fetchall()]
    assert "LIMIT" in prepared.sql
    assert not [step for step in plan if step.startswith("SCAN") and "subquery" not in step and "anon" not in step], (
        plan
    )
    if "the network" not in name:  # of which few are sorted once more
        assert not any("TEMP B-TREE" in step for step in plan), plan


def test_who_has_work_that_is_open_is_asked_of_an_index_of_that(hall: Hall) -> None:
    prepared = hall.store.statements.of(leaving._HOLDERS)
    with hall.store.reading() as reading:
        reading._cursor.execute("EXPLAIN QUERY PLAN " + prepared.sql, prepared.parameters({}))
        (step,) = (row[3] for row in reading._cursor.fetchall() if "work_order" in row[3])
    assert step.startswith("SEARCH work_order USING COVERING INDEX work_order_assigned"), step


@pytest.mark.parametrize(
    ("model", "where", "order"),
    [
        (ScheduledAct, {"state": "failed", "outlet": OUTLET}, ("due_on", "id")),
        (SyncException, {"outlet": OUTLET, "state": "open"}, ("seq",)),
        (ElectronicInvoice, {"outlet": OUTLET, "state": "waiting"}, ("-made_at", "-id")),
        (Operator, {"role": "clerk", "state": "active"}, ("staff_no",)),
        (WorkOrder, {"assigned": "1001", "state": "open", "kind": "manual"}, ()),
    ],
)
def test_a_few_are_the_first_of_an_index(
    hall: Hall, model: type[Table], where: dict[str, str], order: tuple[str, ...]
) -> None:
    prepared = hall.store.statements.select(model, tuple(where), order, said_of(model, where))
    with hall.store.reading() as reading:
        reading._cursor.execute(f"EXPLAIN QUERY PLAN {prepared.sql} LIMIT 1", prepared.parameters(where))
        plan = [row[3] for row in reading._cursor.fetchall()]
    assert not [step for step in plan if step.startswith("SCAN") or "TEMP B-TREE" in step], plan
    assert model is not WorkOrder or "work_order_assigned" in plan[0]


@pytest.mark.parametrize(("most", "told"), [(1, 1), (2, 2), (3, 3), (4, 3)])
def test_a_count_ends_where_it_need_not_go_on(hall: Hall, most: int, told: int) -> None:
    table = Operator.table()
    people = [each.staff_no for each in hall.rows(Operator)[:3]]
    with hall.store.reading() as reading:
        assert reading.scalar(counting(table, table.c.staff_no.in_(people), most=most)) == told
