"""What conditions of managers are told of a customer: how many numbers, for how many whole months, at which hour, on
which plan, what they have prepaid and owe."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from boss_tui.components.customers.applicant import Applicant
from boss_tui.components.qualification.rule_facts import FACTS
from data.tables.account import BillingAccount
from data.tables.organisation import Outlet
from data.tables.product import Product
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


def money(*scalars: int) -> Any:
    rows = Rows(
        row(Product, code="P", pay_type="prepaid"),
        row(BillingAccount, id="a1", customer_id="c", pay_type="postpaid"),
        row(BillingAccount, id="a2", customer_id="c", pay_type="prepaid"),
        row(BillingAccount, id="a3", customer_id="other", pay_type="prepaid"),
        scalars=scalars,
    )
    return context(rows)


@pytest.mark.parametrize(
    ("values", "plan", "plan_paid", "account_paid"),
    [
        ({"product": "P", "account_id": "a1"}, "P", "prepaid", "postpaid"),
        ({"product": "P"}, "P", "prepaid", ""),
        ({"product": "nothing yet"}, "nothing yet", "", ""),
        ({}, "", "", ""),
    ],
)
def test_plan_and_account_are_those_that_it_is_about(
    values: dict[str, str], plan: str, plan_paid: str, account_paid: str
) -> None:
    names = ("product.code", "product.pay_type", "account.pay_type")
    assert [FACTS[name].of(money(), asked(**values)) for name in names] == [plan, plan_paid, account_paid]


@pytest.mark.parametrize(
    ("fen", "balance", "owed"), [(0, 0, 0), (1, 0, 1), (99, 0, 1), (100, 1, 1), (101, 1, 2), (1000, 10, 10)]
)
def test_a_balance_is_of_full_yuan_and_a_debt_of_begun_ones(fen: int, balance: int, owed: int) -> None:
    about = asked(account_id="a1")
    assert FACTS["account.balance"].of(money(fen), about) == balance
    assert FACTS["account.owed"].of(money(fen), about) == owed


@pytest.mark.parametrize(
    ("values", "scalars", "sum_"),
    [({"account_id": "a2"}, (500,), 5), ({}, (150, 250), 4), ({"customer_id": ""}, (), 0)],
)
def test_what_is_about_no_account_asks_all_that_they_have(
    values: dict[str, str], scalars: tuple[int, ...], sum_: int
) -> None:
    for name in ("account.balance", "account.owed"):
        assert FACTS[name].of(money(*scalars), asked(**values)) == sum_
