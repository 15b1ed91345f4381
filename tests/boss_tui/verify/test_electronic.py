"""What must always hold of electronic invoices: each rule finds its own damage, and nothing else."""

from __future__ import annotations

from typing import Any

import pytest

from boss_tui.answers.business import Invoicing, Tender
from boss_tui.components.invoices import electronic_slips
from boss_tui.verify import verify
from data.journal import Author
from data.tables.electronic import ElectronicInvoice
from tests.hall import FACTS, Hall


def drawn(hall: Hall) -> Any:
    view = hall.filled(prepayment="50")
    hall.desk.invoices.keep(view.id, Invoicing("later", "", ""))
    outcome = hall.desk.orders.complete(view.id, [Tender("cash", view.quote.due)])
    hall.desk.electronic.draw(outcome.serial)
    return hall.rows(ElectronicInvoice)[0]


def found(hall: Hall) -> list[str]:
    with hall.store.reading() as reading:
        return sorted(finding.rule for finding in verify(reading))


@pytest.mark.parametrize(
    ("values", "broken"),
    [
        ({}, False),
        ({"state": "issued", "number": "1" * 20}, False),
        ({"state": "issued", "number": "1" * 19}, True),
        ({"state": "issued"}, True),
        ({"state": "issuing", "number": "1" * 20}, True),
    ],
)
def test_an_issued_one_has_its_number_and_no_other(hall: Hall, values: dict[str, str], broken: bool) -> None:
    row = drawn(hall)
    with hall.store.transaction(Author(FACTS.outlet, "t", FACTS.clerk, business_date=row.business_date)) as tx:
        if values:
            tx.change(tx.one(ElectronicInvoice, id=row.id), **values)
    assert found(hall) == (["electronic invoice is issued under its number"] if broken else [])


@pytest.mark.parametrize(("more", "broken"), [(0, False), (1, True)])
def test_no_more_is_taken_back_than_there_is(hall: Hall, more: int, broken: bool) -> None:
    row = drawn(hall)
    with hall.store.transaction(Author(FACTS.outlet, "t", FACTS.clerk, business_date=row.business_date)) as tx:
        invoice = tx.one(ElectronicInvoice, id=row.id)
        slip = electronic_slips.red(tx, invoice, invoice.amount, "01")
        if more:
            tx.change(slip, amount=invoice.amount + more)
    assert found(hall) == (["no more of an electronic invoice is taken back than it is of"] if broken else [])
