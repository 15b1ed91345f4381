"""What a trial of credit control tells, line by line: which lines it is of, and each fact of a verdict."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Any

import pytest

from boss_tui.components.credit.control_stages import Due, LineMoney, stages_on
from boss_tui.components.credit.credit import Standing
from boss_tui.components.credit.credit_control import Spared, Verdict
from boss_tui.management.m08 import trial as m08_trial
from boss_tui.management.m08.trial import ControlTrialForm, trial_example
from data.errors import BadForm, NotFound
from data.message import say
from data.tables.account import BillingAccount, CreditRating
from data.tables.credit import ControlStage
from data.tables.customer import Customer
from data.tables.order import Subscription
from tests.boss_tui.components.rows import DAY, Rows, context, row


def line(number: str = "13957000001", **values: Any) -> Any:
    return row(Subscription, **{"id": number, "number": number, "pay_type": "postpaid", "state": "active", **values})


def stage(code: str, act: str, **values: Any) -> Any:
    when = json.dumps([{"when": "due", "value": "3"}, {"when": "limit"}])
    standard = {"name_zh": "阶段", "pay_type": "postpaid", "act": act, "conditions": when}
    return row(ControlStage, **{"code": code, **standard, **values})


@pytest.mark.parametrize(
    ("lines", "number"),
    [
        ([], ""),
        ([line("1", state="terminated"), line("2", state="cancelled")], ""),
        ([line("1", state="terminated"), line("2", pay_type="prepaid")], "2"),
        ([line("1", pay_type="prepaid"), line("2", pay_type="prepaid")], "1"),
        ([line("1", pay_type="prepaid"), line("2", state="suspended"), line("3")], "2"),
    ],
)
def test_a_living_line_that_is_charged_by_bill_is_the_example(lines: list[Any], number: str) -> None:
    reading: Any = Rows(*lines)
    assert trial_example(reading) == {"number": number}


@pytest.mark.parametrize(
    ("typed", "people", "found"),
    [
        ({"number": "1"}, [], ["1"]),
        ({"number": "1", "document_number": "D"}, ["a"], ["1"]),
        ({"number": "9"}, [], "number"),
        ({}, [], "number"),
        ({"document_number": "D"}, [], "document_number"),
        ({"document_number": "D"}, ["none"], "document_number"),
        ({"document_number": "D"}, ["none", "a", "b"], ["1", "2", "3"]),
    ],
)
def test_a_number_or_all_of_whose_document_it_is_are_judged(
    monkeypatch: pytest.MonkeyPatch, typed: dict[str, str], people: list[str], found: list[str] | str
) -> None:
    lines = {"a": [line("1")], "b": [line("2"), line("3")], "none": []}

    def subscription(number: str) -> Any:
        if number != "1":
            raise NotFound(say("No."))
        return line(number)

    products = SimpleNamespace(subscription=subscription, lines_of=lambda key: lines[key])
    who = SimpleNamespace(with_document=lambda _: [row(Customer, id=key) for key in people])
    monkeypatch.setattr(m08_trial, "Products", lambda _: products)
    monkeypatch.setattr(m08_trial, "Customers", lambda _: who)
    asked = ControlTrialForm.read(typed)
    if isinstance(found, list):
        assert [each.number for each in m08_trial._lines(context(Rows()), asked)] == found
        return
    with pytest.raises(BadForm) as refused:
        m08_trial._lines(context(Rows()), asked)
    assert list(refused.value.errors) == [found]


STAGES = [
    stage("B1", "remind", rank=1, name_en="First"),
    stage("B2", "stop_outgoing", rank=2),
    stage("P1", "call", rank=3, pay_type="prepaid"),
    stage("B3", "cancel", rank=4),
]
NEXT = "Next stage", "{}: 3 days after a bill was due, owed and unbilled beyond the limit"
CONDITIONS = [
    ("Condition", "3 days after a bill was due: holds"),
    ("Condition", "owed and unbilled beyond the limit: does not hold"),
]


def told(
    monkeypatch: pytest.MonkeyPatch, money: LineMoney, *, due: int | None = None, trust: Any = None, **values: Any
) -> list[tuple[str, str]]:
    rating = row(CreditRating, code="B", name_zh="良", stars=1)
    standing = trust or Standing(rating, 5_000, 5_000)
    monkeypatch.setattr(m08_trial, "Credit", lambda _: SimpleNamespace(standing=lambda _: standing))
    spared, not_counted = values.pop("spared", ()), values.pop("not_counted", ())
    at = context(Rows(*STAGES), business_date=DAY)
    read = stages_on(STAGES, DAY)
    found = Due(read[due], read[due].conditions[:1]) if due is not None else None
    who = row(Customer, name="张小明")
    verdict = Verdict(line(**values), who, row(BillingAccount), money, found, spared, not_counted)
    return [(str(fact.label), str(fact.value)) for fact in m08_trial._line(at, verdict)][1:]


RATED = [("Rating", "B 良, 1 star"), ("Credit limit", "50.00")]


@pytest.mark.parametrize(
    ("money", "values", "facts"),
    [
        (
            LineMoney(),
            {},
            [("Owed", "0.00"), ("Unbilled", "0.00"), ("Stage", "none: nothing is done"), ("Next stage", "B1")],
        ),
        (
            LineMoney(owed=100, due_on="2026-11-18", unbilled=7, since={"remind": "2026-11-01"}),
            {"not_counted": (say("2.00 yuan of 2026-10 are in dispute"),)},
            [
                ("Owed", "1.00 yuan, due 2026-11-18"),
                ("Unbilled", "0.07"),
                ("Not counted", "2.00 yuan of 2026-10 are in dispute"),
                ("Stands already", "Reminder since 2026-11-01"),
                ("Stage", "none: nothing is done"),
                ("Next stage", "B2"),
            ],
        ),
        (
            LineMoney(balance=500, daily=20, owed=9, unbilled=9),
            {"pay_type": "prepaid"},
            [("Balance", "5.00 yuan, 0.20 a day"), ("Stage", "none: nothing is done"), ("Next stage", "P1")],
        ),
        (
            LineMoney(since={"stop_outgoing": "2026-11-01", "remind": "2026-11-02"}),
            {},
            [
                ("Owed", "0.00"),
                ("Unbilled", "0.00"),
                ("Stands already", "Outgoing stop since 2026-11-01"),
                ("Stands already", "Reminder since 2026-11-02"),
                ("Stage", "none: nothing is done"),
                ("Next stage", "B3"),
            ],
        ),
        (
            LineMoney(since={"cancel": "2026-11-01"}),
            {},
            [
                ("Owed", "0.00"),
                ("Unbilled", "0.00"),
                ("Stands already", "Closed for arrears since 2026-11-01"),
                ("Stage", "none: nothing is done"),
            ],
        ),
        (
            LineMoney(),
            {"due": 0},
            [
                ("Owed", "0.00"),
                ("Unbilled", "0.00"),
                ("Stage", "B1 First"),
                ("Act", "Reminder"),
                *CONDITIONS,
                ("Exempt", "nothing spares it: it is done"),
            ],
        ),
        (
            LineMoney(),
            {"due": 1, "spared": (Spared("roaming", say("abroad")), Spared("red_list", say("hero")))},
            [
                ("Owed", "0.00"),
                ("Unbilled", "0.00"),
                ("Stage", "B2 阶段"),
                ("Act", "Outgoing stop"),
                *CONDITIONS,
                ("Exempt", "Roaming abroad: abroad"),
                ("Exempt", "Red list: hero"),
            ],
        ),
    ],
)
def test_a_verdict_is_told_fact_by_fact(
    monkeypatch: pytest.MonkeyPatch, money: LineMoney, values: dict[str, Any], facts: list[tuple[str, str]]
) -> None:
    """The next stage is that of its way of paying beyond the furthest that stands; one that is due is told alone."""
    wanted = [(label, NEXT[1].format(said)) if label == NEXT[0] else (label, said) for label, said in facts]
    assert told(monkeypatch, money, **values) == [*RATED, *wanted]


@pytest.mark.parametrize(
    ("rating", "lent", "facts"),
    [
        ({"name_en": "Good", "stars": 2}, "", ["B Good, 2 stars", "80.00"]),
        ({}, "2026-12-01", ["B 良, 0 stars", "80.00, lent until 2026-12-01; then 50.00"]),
    ],
)
def test_how_far_they_are_trusted_is_told_with_what_is_lent(
    monkeypatch: pytest.MonkeyPatch, rating: dict[str, Any], lent: str, facts: list[str]
) -> None:
    trust = Standing(row(CreditRating, code="B", name_zh="良", **rating), 5_000, 8_000, lent)
    assert [said for _, said in told(monkeypatch, LineMoney(), trust=trust)[:2]] == facts
