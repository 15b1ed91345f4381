"""Where running orders stand, and how long steps take: the numbers by hand, and over a hall's orders."""

from __future__ import annotations

from typing import Any

import pytest

from boss_tui.components.base import Context
from boss_tui.management.m19_running import RunningForm, Step, decile, times_of, where_orders_stand
from data.errors import BadForm
from data.tables.network import WorkOrder
from data.tables.order import Process
from tests.boss_tui.transactions.following import network_answers
from tests.hall import FACTS, Hall
from tests.handed import handed_change


@pytest.mark.parametrize(
    ("minutes", "median", "p90"),
    [
        ([], 0, 0),
        ([3.0], 3, 3),
        ([1.0, 2.0], 1, 2),
        ([1.0, 2.0, 3.0], 2, 3),
        ([float(n) for n in range(1, 10)], 5, 9),
        ([float(n) for n in range(1, 11)], 5, 9),
        ([float(n) for n in range(1, 12)], 6, 10),
    ],
)
def test_a_decile_is_by_nearest_rank(minutes: list[float], median: float, p90: float) -> None:
    assert (decile(minutes, 5), decile(minutes, 9)) == (median, p90)


def step(act: str, minutes: float, waits: bool = False) -> Step:
    return Step("C1", "s", act, minutes, waits)


def test_the_slowest_step_stands_first_and_what_waits_is_no_time_taken() -> None:
    found = times_of([step("a", 3), step("a", 1), step("b", 9, True), step("c", 4), step("b", 2), step("d", 7, True)])
    assert [(each.act, each.done, each.waiting, each.median, each.p90, each.longest) for each in found] == [
        ("c", 1, 0, 4, 4, 0),
        ("a", 2, 0, 1, 3, 0),
        ("b", 1, 1, 2, 2, 9),
        ("d", 0, 1, 0, 0, 7),
    ]


def seen(hall: Hall, **typed: str) -> dict[str, str]:
    with hall.store.reading() as reading:
        tx: Any = reading
        tx.present = hall.store.clock.now
        day = hall.store.clock.now().date().isoformat()
        at = Context(tx, "M19", FACTS.outlet, "", "", "", day)
        return {str(fact.label): str(fact.value) for fact in where_orders_stand(at, RunningForm.read(typed))}


def over(hall: Hall) -> int:
    return int(seen(hall, business="C1")["Over its limit"].split()[0])


def test_an_order_waits_is_over_its_limit_and_is_done(hall: Hall) -> None:
    outcome = hall.open_account()
    mine = len(hall.rows(WorkOrder, order_id=outcome.order_id, kind="automatic", state="open"))
    (process,) = hall.rows(Process, business="C1")
    before = over(hall)
    hall.clock.move(minutes=process.network_minutes - 1)
    assert over(hall) == before
    hall.clock.move(minutes=2)
    assert over(hall) == before + mine
    found = seen(hall, business="C1")
    assert f", the longest {process.network_minutes + 1} min" in found["Create the subscriber"]
    assert found["in progress"].startswith("1 order, the oldest for ")
    handed_change(hall.store, Process, business="C1", network_minutes=10_000)
    assert over(hall) == 0
    network_answers(hall)
    assert ", 0 waiting" in seen(hall, business="C1")["Create the subscriber"]


def test_what_is_longer_ago_is_left_out_and_a_strange_business_is_refused(hall: Hall) -> None:
    hall.open_account()
    assert "Create the subscriber" in seen(hall, business="C1", days="1")
    hall.clock.move(days=5)
    assert "Create the subscriber" not in seen(hall, business="C1", days="1")
    with pytest.raises(BadForm) as refused:
        seen(hall, business="M6")
    assert set(refused.value.errors) == {"business"}
