"""Where running orders stand, and how long steps take: the numbers by hand, and over a hall's orders."""

from __future__ import annotations

from typing import Any

import pytest

from boss_tui.components.base import Context
from boss_tui.desk import late
from boss_tui.management.m19.running import RunningForm, where_orders_stand
from boss_tui.management.m19.times import (
    FORM,
    MANUAL,
    QUERIES,
    ProcessStanding,
    Step,
    _by_state,
    at_step,
    bar,
    bottleneck,
    decile,
    in_minutes,
    overdue,
    standings,
    step_name,
    times_of,
    versions,
)
from data.errors import BadForm, NotAllowed
from data.tables.network import WorkOrder
from data.tables.order import Process
from tests.boss_tui.components.rows import NOW
from tests.boss_tui.transactions.following import network_answers
from tests.hall import FACTS, Hall
from tests.handed import handed_change

pytestmark = pytest.mark.light


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


def step(act: str, minutes: float, waits: bool = False, limit: int | None = None) -> Step:
    return Step("C1", "s", "HZ01", act, minutes, waits, limit)


def test_what_takes_most_time_stands_first_and_what_waits_is_time_spent() -> None:
    found = times_of([step("a", 3), step("a", 1), step("b", 9, True), step("c", 4), step("b", 2), step("d", 1, True)])
    assert [(each.act, each.done, each.waiting, each.median, each.p90, each.longest) for each in found] == [
        ("b", 1, 1, 2, 2, 9),
        ("a", 2, 0, 1, 3, 0),
        ("c", 1, 0, 4, 4, 0),
        ("d", 0, 1, 0, 0, 1),
    ]
    assert [each.share for each in found] == [0.55, 0.2, 0.2, 0.05]
    assert ProcessStanding("C1", "x", 1, times=tuple(found)).bottleneck == found[0]


@pytest.mark.parametrize(
    ("minutes", "waits", "limit", "over"),
    [(60, True, 60, 0), (61, True, 60, 1), (61, False, 60, 0), (61, True, None, 0)],
)
def test_only_what_waits_is_over_a_limit(minutes: float, waits: bool, limit: int | None, over: float) -> None:
    assert step("a", minutes, waits, limit).over == over


def test_what_is_over_its_limit_comes_before_what_takes_more_time() -> None:
    found = times_of([step("a", 900), step("b", 5, True, 4), step("c", 3, True, 60)])
    assert [(each.act, each.over, each.limit) for each in found] == [("b", 1, 4), ("a", 0, None), ("c", 0, 60)]


def test_nothing_has_no_bottleneck() -> None:
    assert ProcessStanding("C1", "x", 1).bottleneck is None
    assert ProcessStanding("C1", "x", 1, times=tuple(times_of([step("a", 0)]))).bottleneck is None


def seen(hall: Hall, **typed: str) -> dict[str, str]:
    with hall.store.reading() as reading:
        tx: Any = reading
        at = Context(tx, "M19", FACTS.outlet, "", "", "", hall.store.clock.now().date().isoformat())
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
    assert found[outcome.serial].startswith("Create the subscriber, for ")
    assert found["Bottleneck"].startswith("Create the subscriber ")
    assert found["Process"] == f"BP001, version {process.revision}; running by version: {process.revision} × 1"
    assert "Form at the counter" in found
    handed_change(hall.store, Process, business="C1", network_minutes=10_000)
    assert over(hall) == before + mine, "an order keeps the limit that it began with"
    (line,) = [told for label, told in seen(hall).items() if "C1 " in label]
    assert f"{before + mine} over the limit" in line
    network_answers(hall)
    assert over(hall) == 0
    assert "; 0 waiting" in seen(hall, business="C1")["Create the subscriber"]


def test_what_is_longer_ago_is_left_out_and_what_still_waits_is_not(hall: Hall) -> None:
    hall.open_account()
    hall.clock.move(days=40)
    assert "; 1 waiting" in seen(hall, business="C1", days="1")["Create the subscriber"]
    network_answers(hall)
    hall.clock.move(days=2)
    assert "Create the subscriber" not in seen(hall, business="C1", days="1")
    with pytest.raises(BadForm) as refused:
        seen(hall, business="M6")
    assert set(refused.value.errors) == {"business"}


def test_the_orders_at_a_step_are_told_the_latest_over_first(hall: Hall) -> None:
    first = hall.open_account()
    hall.desk.serving.next_customer()
    hall.clock.move(minutes=100)
    second = hall.open_account()
    with hall.store.reading() as reading:
        found = at_step(reading, "C1", "create_subscriber")
        assert [(each.serial, each.over > 0) for each in found] == [(first.serial, True), (second.serial, False)]
        (standing,) = standings(reading, "C1")
        assert (standing.over, standing.orders) == (1, 2)


def test_a_late_step_is_a_task_until_somebody_sees_to_it_and_no_stop(hall: Hall) -> None:
    order = hall.open_account()
    hall.clock.move(minutes=59)
    assert not late_items(hall)
    before = hall.desk.queues.counts().manual_orders
    hall.clock.move(minutes=11)
    (item,) = late_items(hall)
    assert (order.serial in str(item.title), item.goes_on, "by 10 min" in str(item.reason)) == (True, False, True)
    assert hall.desk.queues.counts().manual_orders == before + 1
    hall.desk.settling.settle(late.KIND, item.key, late.TAKE)
    (item,) = late_items(hall)
    assert (item.goes_on, FACTS.clerk in str(item.reason)) == (True, True)
    assert hall.desk.queues.counts().manual_orders == before
    network_answers(hall)
    assert not late_items(hall)
    with pytest.raises(NotAllowed):
        hall.desk.settling.settle(late.KIND, item.key, late.TAKE)


def late_items(hall: Hall) -> list[Any]:
    return [item for item in hall.desk.queues.items() if item.kind == late.KIND]


def test_work_by_hand_has_the_limit_of_its_kind(hall: Hall) -> None:
    hall.open_account(services="VMAIL", name="欧阳娜娜")
    for hours, is_late in ((0, False), (24 * 30, True)):
        hall.clock.move(hours=hours)
        with hall.store.reading() as reading:
            (step,) = at_step(reading, "C1", MANUAL)
        assert (step.waits, step.limit is not None, step.over > 0) == (True, True, is_late)


def test_the_order_itself_says_what_is_late(hall: Hall) -> None:
    done = hall.open_account()
    hall.clock.move(minutes=70)
    assert [str(why) for _, _, why in hall.desk.lookups.order(done.serial).network] == ["OVER by 10 min (limit 60) "]


@pytest.mark.parametrize("name", QUERIES)
def test_no_question_reads_a_whole_table(hall: Hall, name: str) -> None:
    prepared = hall.store.statements.of(QUERIES[name])
    wanted = {"first": "01a2", "next": "01a3"} if ":first" in str(QUERIES[name]) else {}
    with hall.store.reading() as reading:
        reading._cursor.execute("EXPLAIN QUERY PLAN " + prepared.sql, prepared.parameters(wanted))
        plan = [row[3] for row in reading._cursor.fetchall()]
    assert not [step for step in plan if step.startswith("SCAN") and "product_order_running" not in step], plan
    assert not any("TEMP B-TREE" in step for step in plan), plan


@pytest.mark.parametrize(
    ("minutes", "said"), [(0.0, "0.0"), (9.94, "9.9"), (9.99, "10.0"), (10.0, "10"), (10.6, "11"), (1200.0, "1200")]
)
def test_minutes_are_told_to_a_tenth_below_ten(minutes: float, said: str) -> None:
    assert in_minutes(minutes) == said


@pytest.mark.parametrize(("share", "cells"), [(0.0, 0), (0.001, 1), (0.05, 1), (0.5, 10), (0.99, 20), (1.0, 20)])
def test_a_share_that_is_there_at_all_shows(share: float, cells: int) -> None:
    assert bar(share) == "█" * cells


def test_a_standing_in_words() -> None:
    one = ProcessStanding("C1", "P1", 3, {}, {2: 5, 3: 1}, tuple(times_of([step(FORM, 1), step("open", 2)])))
    assert str(versions(one)) == "P1, version 3; running by version: 2 × 5, 3 × 1"
    assert str(bottleneck(one)).endswith(" 67 % of the time")
    assert str(overdue(75, 60)) == "OVER by 15 min (limit 60)"
    nothing = ProcessStanding("C1", "P1", 3)
    assert str(versions(nothing)) == "P1, version 3; running by version: -"
    assert str(bottleneck(nothing)) == "-"
    assert str(step_name(FORM)) == "Form at the counter"
    assert str(step_name(MANUAL)) != str(step_name(FORM))


def test_what_runs_is_counted_by_state_and_told_by_its_oldest() -> None:
    one = ProcessStanding("C1", "P1", 1, {"held": (2, 90.0), "inProgress": (1, 5.0)})
    assert (one.orders, one.over) == (3, 0)
    orders = [("held", 1, 2, "2026-11-23T00:00:00Z"), ("held", 2, 3, "2026-11-22T23:30:00Z"), ("other", 1, 1, "")]
    found = _by_state([*orders, ("inProgress", 1, 1, "2026-11-23T00:55:00Z")], NOW)
    assert list(found.items()) == [("inProgress", (1, 5.0)), ("held", (5, 90.0))]
