"""Where orders stand (M19): which steps there are, what each has taken or waits, how processes are listed."""

from __future__ import annotations

import json
from datetime import timedelta
from itertools import pairwise
from types import SimpleNamespace
from typing import Any

import pytest

from boss_tui.management.m19 import times
from boss_tui.management.m19.times import QUERIES, Step, at_step, standings, steps_since
from boss_tui.network import owning
from data.clock import first_key, stamp
from data.tables.order import Process
from tests.boss_tui.components.rows import NOW, Rows, row

LIMITS = json.dumps({"open": 30})


def ago(minutes: float) -> str:
    return stamp(NOW - timedelta(minutes=minutes))


def work(state: str, created: float, done: float | None = None, **values: Any) -> tuple[Any, ...]:
    about = {"business": "C1", "kind": "automatic", "act": "open", "limits": LIMITS, **values}
    ended = "" if done is None else ago(done)
    return about["business"], "S1", "HZ01", about["limits"], about["kind"], about["act"], state, ago(created), ended


def form(begun: float, stood: float, *, key: float = 0, business: str = "C1") -> tuple[Any, ...]:
    return business, "S1", "HZ01", made(begun), ago(stood), made(key)


def made(minutes: float) -> str:
    """A key of that time."""
    head = first_key(NOW - timedelta(minutes=minutes))
    return f"{head}-7000-8000-000000000000"


def reading(monkeypatch: pytest.MonkeyPatch, *, owned: Any = (), rows: Any = (), **answers: Any) -> Any:
    monkeypatch.setattr(owning, "waiting", lambda *_: owned)
    named = {id(query): answers.get(name, ()) for name, query in QUERIES.items()}
    found = Rows(*rows)
    return SimpleNamespace(present=lambda: NOW, rows=lambda query, **_: named.pop(id(query), ()), all=found.all)


def steps(monkeypatch: pytest.MonkeyPatch, business: str = "", **answers: Any) -> list[tuple[Any, ...]]:
    found = steps_since(reading(monkeypatch, **answers), NOW - timedelta(days=1), business)
    return [(each.business, each.act, round(each.minutes, 3), each.waits, each.limit) for each in found]


@pytest.mark.parametrize(
    ("answers", "found"),
    [
        ({}, []),
        ({"open": [work("open", 40)]}, [("C1", "open", 40, True, 30)]),
        ({"failed": [work("failed", 40, act="bar")]}, [("C1", "bar", 40, True, None)]),
        ({"done": [work("done", 40, 15)]}, [("C1", "open", 25, False, 30)]),
        ({"done": [work("cancelled", 40, 15)]}, []),
        ({"done": [work("done", 40, 15, kind="manual")]}, [("C1", "manual", 25, False, None)]),
        ({"forms": [form(10, 4)]}, [("C1", "form", 6, False, None)]),
        ({"forms": [form(4, 10)]}, [("C1", "form", 0, False, None)]),
        ({"forms": [form(10, 4, key=20)]}, []),
        ({"forms": [("C1", "S1", "HZ01", "draft", ago(4), made(0))]}, []),
    ],
)
def test_a_step_is_what_waits_or_is_done_and_the_form_before_it(
    monkeypatch: pytest.MonkeyPatch, answers: dict[str, Any], found: list[Any]
) -> None:
    assert steps(monkeypatch, **answers) == found
    assert steps(monkeypatch, "C1", **answers) == found
    assert steps(monkeypatch, "C2", **answers) == []


def test_what_a_person_does_waits_until_its_own_time(monkeypatch: pytest.MonkeyPatch) -> None:
    one = SimpleNamespace(
        order=SimpleNamespace(business="C3", serial="S3", outlet="HZ01"),
        work=SimpleNamespace(created_at=ago(50)),
        due=NOW - timedelta(minutes=20),
    )
    assert steps(monkeypatch, owned=[one]) == [("C3", "manual", 50, True, 30)]
    assert steps(monkeypatch, "C3", owned=[one]) == [("C3", "manual", 50, True, 30)]
    assert steps(monkeypatch, "C1", owned=[one]) == []


PROCESSES = [row(Process, business=code, number=f"N{code}", revision=2) for code in ("C1", "C2", "C3", "C4.1")]


def test_processes_over_a_limit_stand_first_then_those_with_most_orders(monkeypatch: pytest.MonkeyPatch) -> None:
    running = [("C2", "inProgress", 1, 1, ago(5)), ("C2", "inProgress", 2, 1, ago(9)), ("C3", "held", 0, 1, ago(3))]
    asked = reading(
        monkeypatch,
        rows=PROCESSES,
        open=[work("open", 40)],
        running=running,
    )
    found = standings(asked)
    assert [(each.business, each.over, each.orders) for each in found] == [("C1", 1, 0), ("C2", 0, 2), ("C3", 0, 1)]
    assert (found[1].number, found[1].version, dict(found[1].versions)) == ("NC2", 2, {1: 1, 2: 1})
    assert found[1].running == {"inProgress": (2, 9.0)}
    assert dict(found[2].versions) == {}, "of a program that noted none"
    assert [each.business for each in standings(asked, "C4.1")] == ["C4.1"], "one that is asked for is told in any case"


def test_the_orders_at_a_step_are_what_is_over_then_what_waits_then_what_took_longest(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def step(serial: str, minutes: float, *, waits: bool, act: str = "open") -> Step:
        return Step("C1", serial, "HZ01", act, minutes, waits, 30)

    found = [
        step("5", 9, waits=False),
        step("4", 20, waits=False),
        step("3", 5, waits=True),
        step("1", 40, waits=True),
        step("2", 35, waits=True),
        step("0", 99, waits=True, act="bar"),
        step("6", 9, waits=False),
    ]
    monkeypatch.setattr(times, "steps_since", lambda *_: found)
    assert [each.serial for each in at_step(reading(monkeypatch), "C1", "open")] == ["1", "2", "3", "4", "5", "6"]
    monkeypatch.setattr(times, "LISTED", 2)
    assert len(at_step(reading(monkeypatch), "C1", "open")) == 2


def test_of_very_many_as_many_are_looked_at_in_each_part_of_the_time() -> None:
    asked: list[tuple[str, str]] = []

    def rows(query: Any, first: str, next: str) -> list[tuple[int]]:  # noqa: A002 (the parameter's name)
        asked.append((first, next))
        return [(len(asked),)]

    told: Any = SimpleNamespace(present=lambda: NOW, rows=rows)
    since = NOW - timedelta(days=30)
    assert [at for (at,) in times._spread(told, "done", since)] == list(range(1, times.PARTS + 1))
    assert asked[0][0] == first_key(since)
    assert all(before[1] == after[0] for before, after in pairwise(asked)), "nothing is left out or told twice"
    assert asked[-1][0] < first_key(NOW) < asked[-1][1]
    for name in ("done", "forms"):
        assert QUERIES[name]._limit == times.MOST // times.PARTS
