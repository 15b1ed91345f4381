"""The terms of each business (C7 to C13): who shows who they are, when it is taken back;
and what several share: the lists of numbers, somebody new, how far a customer is trusted."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from stdnum.iso7064 import mod_11_2

from boss_tui.business.registry import BUSINESSES
from boss_tui.business.reversal import NEVER, Reversal
from boss_tui.transactions import lists
from boss_tui.transactions.reasons import beyond_credit
from data.message import Message
from data.tables.resource import NumberGrade, PhoneNumber
from tests.boss_tui.components.rows import row
from tests.boss_tui.transactions.deeds import doing, hears
from tests.boss_tui.transactions.stand_in import line

DAY = Reversal("day")


@pytest.mark.parametrize(
    ("code", "empty"),
    [
        ("C7.4", {"subscribe": (), "cancel": ()}),
        ("C7.5", {"price_told": False, "agrees_again": False}),
        ("C8", {"keep": False}),
        ("C9", {"by_agent": False, "agent_document_kind": "00", "action": "close", "points": "spend"}),
        ("C10", {"action": "sell", "faulty": True, "month": 0}),
        ("C11", {"action": "sell", "count": 1}),
        ("C12", {"action": "collect", "waive": False}),
        ("C13", {"paper": "none"}),
    ],
)
def test_what_stands_in_a_field_that_nobody_fills(code: str, empty: dict[str, Any]) -> None:
    form = BUSINESSES[code].form.partial({})[0]
    fields = BUSINESSES[code].form.model_fields
    assert {name: getattr(form, name) for name in fields if getattr(form, name) not in ("", None)} == empty


@pytest.mark.parametrize("code", ["C7.1", "C7.2", "C7.3", "C7.4", "C7.5", "C8", "C9", "C10", "C11", "C12", "C13"])
def test_when_and_by_whom_a_business_is_done_and_taken_back(code: str) -> None:
    known: Any = BUSINESSES[code]
    reversal = {"C8": Reversal("day", same_operator=True), **dict.fromkeys(("C9", "C10", "C11", "C12"), DAY)}
    assert known.reversal == reversal.get(code, NEVER)
    assert known.binds is (code not in ("C11", "C12", "C13"))
    offline = {"C9": "form_only", "C12": "up_to_amount"}
    assert known.offline == offline.get(code, "allowed")
    assert getattr(known, "paid", True) is (code != "C13")
    shown = {"C9": "document", **dict.fromkeys(("C10", "C11", "C12"))}
    assert getattr(known, "identity", None) == shown.get(code, "password")
    several = [spec.name for spec in known.form.fields() if spec.ask.several]
    assert several == (["subscribe", "cancel"] if code == "C7.4" else [])


# how far a customer is trusted


@pytest.mark.parametrize(
    ("monthly", "pay_type", "beyond", "asked", "verdict"),
    [
        (500, "postpaid", Message("Too much."), True, "override"),
        (500, "postpaid", None, True, "yes"),
        (1, "postpaid", Message("Too much."), True, "override"),
        (0, "postpaid", Message("Too much."), False, "yes"),
        (-1, "postpaid", Message("Too much."), False, "yes"),
        (500, "prepaid", Message("Too much."), False, "yes"),
    ],
)
def test_what_begins_beyond_a_customers_credit_a_supervisor_allows(
    monthly: int, pay_type: str, beyond: Any, asked: bool, verdict: str
) -> None:
    heard: list[Any] = []
    bills = [SimpleNamespace(amount=30), SimpleNamespace(amount=12)]
    run, _ = doing(billing={"owed": bills}, credit={"beyond": hears(heard, beyond)})
    one = line(pay_type=pay_type)
    beyond_credit(run, one, monthly)
    assert heard == ([("owner", "ordinary", 42, monthly)] if asked else [])
    assert run.qualification.verdict == verdict


# lists


@pytest.mark.parametrize(
    ("fee", "spend", "said"),
    [
        (0, 0, "Lucky"),
        (100, 0, "Lucky  fee 1.00, min. 0.00/month"),
        (0, 200, "Lucky  fee 0.00, min. 2.00/month"),
        (100, 200, "Lucky  fee 1.00, min. 2.00/month"),
    ],
)
def test_a_number_is_listed_with_what_its_grade_asks_for(fee: int, spend: int, said: str) -> None:
    grade = row(NumberGrade, code="A", name_zh="靓", name_en="Lucky", fee=fee, minimum_spend=spend)
    asked: list[Any] = []
    run, _ = doing(resources={"numbers": hears(asked, [(row(PhoneNumber, number="13957000001"), grade)])})
    [found] = lists.free_numbers(run, "88")
    assert (found.value, str(found.label), str(found.detail)) == ("13957000001", "139 5700 0001", said)
    assert asked == [("88", 200)]


@pytest.mark.parametrize(
    ("bits", "born", "order"),
    [
        (0, date(2001, 11, 29), "000"),
        (4_999, date(1988, 3, 23), "000"),
        (5_000, date(2001, 11, 29), "001"),
        (5_000 * 999 + 1, date(2001, 11, 28), "999"),
        (5_000 * 1_000, date(2001, 11, 29), "000"),
    ],
)
def test_somebody_new_has_a_resident_id_that_is_right(
    monkeypatch: pytest.MonkeyPatch, bits: int, born: date, order: str
) -> None:
    run, _ = doing()
    asked: list[int] = []
    monkeypatch.setattr(run.context.tx.clock, "random_bits", hears(asked, bits), raising=False)
    found = lists.somebody(run)
    assert found[:17] == f"330106{born:%Y%m%d}{order}"
    assert mod_11_2.is_valid(found)
    assert asked == [30]
