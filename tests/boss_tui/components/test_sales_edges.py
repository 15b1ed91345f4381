"""Which papers a sale prints and what stands on them, line by line: to the fen, each condition alone."""

from __future__ import annotations

from typing import Any

import pytest

from boss_tui.answers.business import Quote, QuoteLine
from boss_tui.components.customers.parties import Party
from boss_tui.components.invoices.sales import Sale, given_back, on_receipt, papers_of, rated, to_invoice, turnover
from boss_tui.components.tenders.taken import Taken
from data.message import Message, say

FEE, DEPOSIT, PREPAY = 0, 1, 2
NAME = Message("x")


def line(kind: int, amount: int, **values: Any) -> QuoteLine:
    return QuoteLine("item", NAME, kind, amount, amount, **values)


def sale(*lines: QuoteLine, due: int | None = None, **values: Any) -> Sale:
    due = sum(one.amount for one in lines if not one.monthly) if due is None else due
    return Sale("c", "n", say("Fee"), (), Quote(lines), Taken("", due, due, 0, ()), **values)


PARTY = Party("c", "n", NAME)


@pytest.mark.parametrize(
    ("lines", "amounts"),
    [
        ([], []),
        ([line(FEE, 100)], [100]),
        ([line(FEE, -100)], [-100]),
        ([line(FEE, 0)], [0]),
        ([line(FEE, 100, monthly=True)], []),
        ([line(DEPOSIT, 100)], []),
        ([line(PREPAY, 100)], [100]),
        ([line(PREPAY, -100)], []),
        ([line(PREPAY, 100), line(PREPAY, -100)], []),
        ([line(PREPAY, 101), line(PREPAY, -100)], [101]),
        ([line(PREPAY, 100), line(PREPAY, -101)], []),
        ([line(DEPOSIT, -100), line(PREPAY, 100)], [100]),
        ([line(FEE, 5), line(PREPAY, -5)], [5]),
        ([line(PREPAY, 100, monthly=True), line(PREPAY, 7)], [7]),
    ],
)
def test_turnover_is_fees_and_what_is_paid_in_ahead(lines: list[QuoteLine], amounts: list[int]) -> None:
    assert [one.amount for one in turnover(sale(*lines))] == amounts


def test_what_is_given_back_of_another_order_is_no_turnover_but_a_red_letter() -> None:
    both = (line(FEE, 30), line(FEE, -50), line(PREPAY, -10), line(FEE, -7, monthly=True), line(FEE, 0))
    corrects = sale(*both, corrects="order")
    assert [one.amount for one in turnover(corrects)] == [30, 0]
    assert [one.amount for one in given_back(corrects)] == [-50]
    assert given_back(sale(*both)) == []
    assert [one.amount for one in turnover(sale(*both))] == [30, -50, 0]


@pytest.mark.parametrize(
    ("lines", "values", "invoiced"),
    [
        ([line(FEE, 1)], {}, True),
        ([line(FEE, 0)], {}, False),
        ([line(FEE, -1)], {}, False),
        ([], {}, False),
        ([line(FEE, 1)], {"invoiced": False}, False),
        ([line(DEPOSIT, 100)], {}, False),
        ([line(PREPAY, 1)], {}, True),
        ([line(FEE, 100, tax_rate=600), line(FEE, -100, tax_rate=900)], {}, True),  # the rates differ: tax moves
        ([line(FEE, 100, tax_rate=600), line(FEE, -100, tax_rate=600)], {}, False),
        ([line(FEE, -100)], {"corrects": "o"}, False),
    ],
)
def test_what_is_invoiced_brings_something(lines: list[QuoteLine], values: dict[str, Any], invoiced: bool) -> None:
    assert to_invoice(sale(*lines, **values)) is invoiced


@pytest.mark.parametrize(
    ("values", "sums"),
    [
        ({}, []),
        ({"invoiced": False}, [(600, 106)]),
        ({"deferred": True}, [(600, 106)]),
        ({"invoiced": False, "deferred": True}, [(600, 106)]),
        ({"corrects": "o", "unwritten": True}, [(900, -109)]),
        ({"corrects": "o"}, []),
        ({"corrects": "o", "unwritten": True, "deferred": True}, [(900, -109), (600, 106)]),
    ],
)
def test_tax_that_no_invoice_says_stands_on_the_receipt(values: dict[str, Any], sums: list[tuple[int, int]]) -> None:
    back = [line(FEE, -109, tax_rate=900)] if "corrects" in values else []
    found = on_receipt(sale(line(FEE, 106, tax_rate=600), *back, line(FEE, 5), **values))
    assert [(one.rate, one.amount) for one in found] == sums


def test_amounts_of_one_rate_are_summed_and_untaxed_ones_left_out() -> None:
    (six,) = rated([line(FEE, 106, tax_rate=600), line(FEE, 212, tax_rate=600), line(FEE, 50)])
    assert (six.rate, six.amount, six.tax) == (600, 318, 18)


@pytest.mark.parametrize(
    ("lines", "due", "values", "together", "papers"),
    [
        ([line(FEE, 1)], 1, {}, False, ["invoice", "receipt"]),
        ([line(FEE, 1)], 1, {}, True, ["invoice"]),
        ([line(FEE, 1)], 1, {"deferred": True}, False, ["receipt"]),
        ([line(FEE, 1)], 1, {"deferred": True}, True, []),
        ([line(FEE, 1)], 1, {"invoiced": False}, False, ["receipt"]),
        ([line(DEPOSIT, 1)], 1, {}, False, ["receipt"]),
        ([line(DEPOSIT, -1)], -1, {}, False, ["receipt"]),
        ([line(DEPOSIT, -1)], -1, {}, True, ["receipt"]),
        ([], 0, {}, False, ["slip"]),
        ([], 0, {}, True, ["slip"]),
        ([line(FEE, 5, monthly=True)], 0, {}, False, ["slip"]),
        ([line(FEE, 0)], 0, {}, False, ["slip"]),
        ([line(DEPOSIT, -5), line(PREPAY, 5)], 0, {}, False, ["invoice", "receipt"]),
        ([line(FEE, -1)], -1, {"corrects": "o"}, False, ["red", "receipt"]),
        ([line(FEE, -1)], -1, {"corrects": "o", "unwritten": True}, False, ["receipt"]),
        ([line(FEE, 1)], 1, {"parties": (PARTY,)}, False, ["invoice", "receipt", "slip"]),
        ([], 0, {"parties": (PARTY, PARTY)}, False, ["slip", "slip"]),
        ([], 0, {"parties": (PARTY,), "clauses": (NAME,)}, False, ["slip", "contract"]),
        ([], 0, {"clauses": (NAME,)}, False, ["slip"]),
    ],
)
def test_a_sale_prints_what_was_done_and_who_signs(
    lines: list[QuoteLine], due: int, values: dict[str, Any], together: bool, papers: list[str]
) -> None:
    assert [kind for kind, _ in papers_of(sale(*lines, due=due, **values), together=together)] == papers
