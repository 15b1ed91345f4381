"""What a voucher of what is paid out says: the lines that make it up, the orders that they are of, how it went out."""

from __future__ import annotations

from typing import Any

import pytest

from boss_tui.answers.business import Quote, QuoteLine, Tender
from boss_tui.components.documents import paid_back
from boss_tui.components.invoices.sales import Sale
from boss_tui.components.tenders.taken import Taken
from data.message import say
from data.tables.customer import Customer
from data.tables.document import PaperDocument
from data.tables.order import ProductOrder
from printers.document import Document
from tests.boss_tui.components.rows import Rows, row

ORDERS = [row(ProductOrder, id=key, serial=f"S{key}", customer_id="c") for key in "123"]


def line(amount: int, source: str = "", *, monthly: bool = False) -> QuoteLine:
    return QuoteLine("fee", say("Fee"), 0, amount, amount, monthly=monthly, source=source)


@pytest.mark.parametrize(
    ("corrects", "lines", "serials", "amounts"),
    [
        ("", [line(-1, "1"), line(1, "2")], ("S1",), [-1, 1]),
        ("", [line(0, "1"), line(-5, "2", monthly=True), line(-3, "3")], ("S3",), [-3]),
        ("2", [line(-1, "1"), line(-1, "2"), line(-1)], ("S2", "S1"), [-1, -1, -1]),
        ("", [line(-1)], (), [-1]),
    ],
)
def test_a_sale_that_pays_out_names_the_orders_of_what_goes_back(
    corrects: str, lines: list[QuoteLine], serials: tuple[str, ...], amounts: list[int]
) -> None:
    about = tuple((say("Fact"), str(n)) for n in range(4))
    taken = Taken("", -9, -9, 0, (Tender("cash", -9),))
    sale = Sale("c", "王小明", say("Close"), about, Quote(tuple(lines)), taken, corrects=corrects)
    found = paid_back.of_sale(Rows(*ORDERS), sale)  # type: ignore[arg-type]
    assert (found.of, [amount for _, amount in found.lines]) == (serials, amounts)
    assert [value for _, value in found.facts[2:]] == ["0", "1"]
    assert found.reason == sale.title


@pytest.mark.parametrize(("customer", "name"), [("c", "王小明"), (None, "")])
def test_of_an_order_that_is_taken_back_only_what_goes_out_is_told(customer: str | None, name: str) -> None:
    order = row(ProductOrder, id="9", serial="S9", customer_id=customer)
    tenders = Tender("cash", -5), Tender("card", 0), Tender("cash", 5)
    rows: Any = Rows(order, row(Customer, id="c", name="王小明"))
    found = paid_back.of_order(rows, "9", "x", Taken("", -5, -5, 0, tenders))
    assert (found.customer, found.of, found.reason, found.amount) == (name, ("S9",), "x", 5)
    assert (found.facts, found.tenders) == ((), tenders[:1])


def test_what_an_order_was_is_told_as_its_first_paper_told_it() -> None:
    def paper(key: str, business: str) -> Any:
        facts = [{"label": "Number", "value": str(n)} for n in range(4)]
        told = Document("slip", (), {"business": business, "customer": "王*明", "facts": facts})
        return row(PaperDocument, id=key, order_id="1", made_at=key, content=told.as_text())

    rows: Any = Rows(*ORDERS, paper("2", "Refund"), paper("1", "Open account"))
    found = paid_back.of_order(rows, "1", "x", Taken("", -5, -5, 0, ()))
    assert [str(value) for _, value in found.facts] == ["Open account", "王*明", "0", "1"]
