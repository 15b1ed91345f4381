"""What conditions of managers are told of a customer: how many numbers, for how many whole months, at which hour."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from boss_tui.components.customers.applicant import Applicant
from boss_tui.components.qualification.rule_facts import FACTS
from data.tables.organisation import Outlet
from tests.boss_tui.components.rows import NOW, Rows, context, row


def at(count: int = 0, first: str | None = None, **about: Any) -> Any:
    rows = Rows(row(Outlet, code="HZ01", channel="agent"))
    found: Any = SimpleNamespace(rows=lambda *_, **__: [(count, first)], present=lambda: NOW, one=rows.one)
    return context(found, **about)


def asked(**values: Any) -> Applicant:
    names = ("document_kind", "document_number", "age", "category", "customer_id")
    standard = dict(zip(names, ("00", "D", 30, "ordinary", "c"), strict=True))
    return Applicant(**{**standard, **values})


@pytest.mark.parametrize(
    ("opens", "counted", "numbers"), [(False, False, 3), (True, False, 3), (False, True, 3), (True, True, 2)]
)
def test_a_number_that_is_being_opened_and_is_there_already_is_not_one_that_they_have(
    opens: bool, counted: bool, numbers: int
) -> None:
    assert FACTS["customer.numbers"].of(at(3), asked(opens_number=opens, counted=counted)) == numbers


@pytest.mark.parametrize(
    ("first", "months"),
    [
        (None, 0),
        ("2026-11-23", 0),
        ("2026-10-24", 0),
        ("2026-10-23", 1),
        ("2025-12-23", 11),
        ("2025-11-24", 11),
        ("2025-11-23", 12),
        ("2020-11-01", 72),
    ],
)
def test_months_are_whole_ones_since_the_first_number(first: str | None, months: int) -> None:
    assert FACTS["customer.months"].of(at(1, first), asked()) == months


@pytest.mark.parametrize(("slip", "hour"), [(None, 9), (SimpleNamespace(written_at="14:05"), 14)])
def test_the_hour_is_the_hall_s_or_that_of_the_slip(slip: Any, hour: int) -> None:
    (name,) = (name for name in FACTS if name.endswith(".hour"))
    assert FACTS[name].of(at(slip=slip), asked()) == hour


@pytest.mark.parametrize(
    ("name", "values", "found"),
    [
        ("customer.known", {}, True),
        ("customer.known", {"customer_id": ""}, False),
        ("agent.present", {"agent_number": "A"}, True),
        ("agent.present", {}, False),
        ("agent.name", {"agent_name": "李四"}, "李四"),
        ("agent.name", {}, None),
        ("agent.document_number", {"agent_number": "A"}, "A"),
        ("agent.document_number", {}, None),
        ("order.business", {}, "C1"),
        ("order.outlet", {}, "HZ01"),
        ("order.channel", {}, "agent"),
        ("order.opens_number", {"opens_number": True}, True),
    ],
)
def test_each_fact_is_what_it_is_called(name: str, values: dict[str, Any], found: Any) -> None:
    assert FACTS[name].of(at(), asked(**values)) == found
