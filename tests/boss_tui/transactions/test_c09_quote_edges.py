"""What is owed and given back when a number is closed (C9), line by line, and how its final bill is entered."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from boss_tui.components.billing.final_bills import Charged
from boss_tui.components.tenders.dues import DuesPart, Owed
from boss_tui.taxes import Rated
from boss_tui.transactions.c09 import quote as c09_quote
from boss_tui.transactions.c09.form import ClosingCase
from data.errors import NotAllowed
from data.tables.account import BalanceBucket
from data.tables.billing import CustomerBill
from data.tables.life import Agreement
from tests.boss_tui.components.rows import row
from tests.boss_tui.transactions.stand_in import amounts, line, parts, priced, step

FIRST = date(2026, 12, 1)


@pytest.mark.parametrize(
    ("charged", "others", "items", "change"),
    [
        (["line"], False, ["bill_payment", "bill_payment", "points_spent", "prepayment"], 0),
        (["line"], True, ["bill_payment", "bill_payment", "prepayment"], 0),
        (["line", "second"], True, ["bill_payment"], 1),
        (["line", "second"], False, ["bill_payment", "points_spent"], 1),
    ],
)
def test_an_account_that_goes_on_keeps_its_bills_and_its_money(
    charged: list[str], others: bool, items: list[str], change: int
) -> None:
    bill = row(CustomerBill, id="b", month="2026-10", state="sent")
    run = step(
        accounts=parts(
            charged=[SimpleNamespace(id=key) for key in charged],
            buckets=[row(BalanceBucket, id="p", kind="prepaid", amount=100)],
        ),
        billing=parts(
            owed=[Owed(bill, "A1", 500, 0, 3)],
            unbilled=[Charged("monthly_fee", "P88", "", 600)],
            brings=[Rated(900, 600, 50), Rated(0, 0, 0)],
        ),
        products=parts(agreed=[], others=others),
        loyalty=parts(points=10),
        tariff=parts(rate=100, line=priced),
        finance=parts(held_as=SimpleNamespace(uncleared=0)),
    )
    closing = ClosingCase(FIRST)
    c09_quote.charge_and_refund(run, line(), closing, "spend")
    assert [one.item for one in closing.lines] == items
    assert len(run.notices) == change
    assert closing.parts == [DuesPart("b", "2026-10", "A1", 500)]


def test_what_is_in_dispute_is_decided_before_a_closing() -> None:
    def owed(state: str, month: str = "2026-08") -> Any:
        return Owed(row(CustomerBill, id=month, month=month, state=state), "A1", 500, 10, 3)

    both = [owed("sent"), owed("onHold", "2026-09"), owed("onHold", "2026-10")]
    run = step(billing=parts(owed=both), tariff=parts(rate=3, line=priced))
    with pytest.raises(NotAllowed, match="2026-09"):
        c09_quote._bills(run, line(), ClosingCase(FIRST))
    run, closing = step(billing=parts(owed=[owed("sent")]), tariff=parts(rate=3, line=priced)), ClosingCase(FIRST)
    c09_quote._bills(run, line(), closing)
    assert amounts(closing.lines) == [("bill_payment", 500), ("late_fee", 15)]


def test_a_final_bill_is_priced_by_rates_and_entered_line_by_line() -> None:
    charged = [Charged("monthly_fee", "P88", "", 600, 900), Charged("voice", "", "", 0, 600)]
    run = step(billing=parts(brings=[Rated(900, 600, 50), Rated(600, 0, 0)]))
    lines, entered = c09_quote.final_bill(run, line().account, charged)
    assert [(str(one.label), one.amount, one.tax_rate, one.tax) for one in lines] == [
        ("Final bill 2026-11  A1", 600, 900, 50)
    ]
    assert [(one.item, one.amount, one.tax_rate, one.tax) for one in entered] == [
        ("monthly_fee", 600, 900, 50),
        ("voice", 0, 600, 0),
    ]
    with pytest.raises(ValueError, match="zip"):
        c09_quote.entries(run, charged, [50])


@pytest.mark.parametrize(("value", "lines"), [(36_500, [("contract_penalty", 3_900)]), (0, [])])
def test_a_contract_that_runs_is_told_and_costs_its_penalty(value: int, lines: list[tuple[str, int]]) -> None:
    agreement = row(
        Agreement, kind="number", value=value, penalty_percent=100, starts_on="2026-01-01", ends_on="2026-12-31"
    )
    run, closing = step(products=parts(agreed=[agreement])), ClosingCase(FIRST)
    c09_quote._penalties(run, line(), closing)
    assert amounts(closing.lines) == lines
    assert [notice.kind for notice in run.notices] == ["change"]
