"""Conditions of managers: what can be read, what they turn on, what they come to, and what is none."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import cache
from threading import Barrier
from time import sleep
from typing import Any

import pytest

from boss_tui.components.customers.applicant import Applicant
from boss_tui.components.qualification import expressions
from boss_tui.components.qualification.expressions import LONGEST, Unanswerable, condition
from boss_tui.components.qualification.rule_facts import FACTS, RuleFacts, samples
from data.clock import stamp
from data.errors import NotAllowed
from data.tables.organisation import Outlet
from tests.boss_tui.components.rows import NOW, Rows, context, row

FACTS_HERE: dict[str, Any] = {"customer": {"age": 17, "category": "vip", "known": True}, "time": {"hour": 22}}


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("customer.age >= 18", False),
        ("customer.age < 18", True),
        ("customer.age < 18 && time.hour < 22", False),
        ("customer.age < 18 && time.hour <= 22", True),
        ("customer.category in ['vip', 'key']", True),
        ("!customer.known || customer.category == 'ordinary'", False),
        ("customer.category.startsWith('v')", True),
        ("has(customer.months) && customer.months > 3", False),
        ("'a.map(' == 'a.map('", True),  # no loop: a text
    ],
)
def test_a_condition_holds_or_does_not(text: str, holds: bool) -> None:
    assert condition(text).holds(FACTS_HERE) is holds


@pytest.mark.parametrize(
    "text", ["customer.months > 3", "customer.age + 'x' == 'y'", "1 / 0 == 1", "nobody.age > 1", "customer.age", "null"]
)
def test_what_can_not_be_told_is_neither(text: str) -> None:
    with pytest.raises(Unanswerable):
        condition(text).holds(FACTS_HERE)


@pytest.mark.parametrize(
    "text",
    [
        "[1, 2].all(a, [1, 2].all(b, a == b))",
        "[1, 2].exists (n, n == 2)",
        "[1]. map(n, n) == [1]",
        "[1].filter(n, true) == [1]",
        "[1].exists_one(n, true)",
        "",
        "customer.age >",
        "a b",
        "(true",
        "'open",
        "__import__('os').system('x') ;",
        "x" * (LONGEST + 1),
    ],
)
def test_what_is_none_says_where(text: str) -> None:
    with pytest.raises(NotAllowed) as refused:
        condition(text)
    assert refused.value.field == "rule"


@pytest.mark.parametrize("text", ["__import__('os') == 1", "open('/etc/passwd') == ''", "customer.age.__class__ == 1"])
def test_nothing_outside_is_reached(text: str) -> None:
    with pytest.raises(NotAllowed):
        condition(text).holds(FACTS_HERE)


def test_what_it_names_is_not_what_stands_in_its_texts() -> None:
    read = condition("customer.category == 'order.business' && time.hour > 3 || 'a' == \"agent.age\"")
    assert read.names == {"customer.category", "time.hour"}
    assert condition("'it\\'s customer.age' != ''").names == frozenset()


def asked(names: set[str], applicant: Applicant, scalars: tuple[Any, ...] = ()) -> dict[str, Any]:
    rows = Rows(row(Outlet, code="HZ01", name_zh="厅", province="浙", channel="agent"))
    rows.rows_of = scalars  # type: ignore[attr-defined]
    return RuleFacts(context(rows), applicant).named(names)


def test_only_what_is_named_is_worked_out_and_what_is_not_known_is_left_out() -> None:
    nobody = Applicant(category="ordinary", opens_number=True)
    assert asked({"customer.category", "customer.age", "customer.known", "nothing.here"}, nobody) == {
        "customer": {"category": "ordinary", "known": False}
    }
    somebody = Applicant("01", "1", 17, "vip", "c", "02", "2", 40)
    assert asked(
        {"customer.age", "customer.document", "agent.present", "agent.age", "agent.document", "order.opens_number"},
        somebody,
    ) == {
        "customer": {"age": 17, "document": "01"},
        "agent": {"present": True, "age": 40, "document": "02"},
        "order": {"opens_number": False},
    }


def test_a_fact_that_several_rules_name_is_worked_out_once() -> None:
    outlet = row(Outlet, code="HZ01", name_zh="厅", province="浙", channel="agent")
    rows = Rows(outlet)
    known = RuleFacts(context(rows), Applicant())
    assert known.named({"order.channel"}) == {"order": {"channel": "agent"}}
    rows.change(outlet, channel="own")
    assert known.named({"order.channel", "time.day"}) == {"order": {"channel": "agent"}, "time": {"day": 23}}


def test_where_and_when() -> None:
    assert stamp(NOW) == "2026-11-23T01:00:00.000000Z"
    named = {name for name in FACTS if name.startswith(("order.", "time."))}
    assert asked(named, Applicant()) == {
        "order": {"business": "C1", "outlet": "HZ01", "channel": "agent", "opens_number": False, "online": True},
        "time": {"date": "2026-11-23", "day": 23, "weekday": 1, "hour": 9},
    }


def test_every_fact_has_a_sample_of_its_kind() -> None:
    told = samples()
    assert {f"{group}.{name}" for group, found in told.items() for name in found} == set(FACTS)
    assert condition("customer.age > 0 && order.business == 'C1' && time.hour >= 0").holds(told)


def test_services_that_answer_at_once_load_the_language_once(monkeypatch: pytest.MonkeyPatch) -> None:
    loads, both = list[int](), Barrier(2)

    @cache
    def slowly() -> int:
        loads.append(1)
        sleep(0.01)
        return len(loads)

    def answer(_: int) -> int:
        both.wait(5)
        return int(expressions._cel())

    monkeypatch.setattr(expressions, "_loaded", slowly)
    with ThreadPoolExecutor(2) as threads:
        assert list(threads.map(answer, range(2))) == [1, 1]
