"""Invoices that were put off, at the desk: asked for as electronic ones, listed with what needs somebody first, taken
back by a supervisor's word."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from msgspec.structs import replace

from boss_tui.answers.business import Invoicing, Tender
from boss_tui.components.wording import masked_name
from boss_tui.desk.electronic import ElectronicView
from data.errors import NotAllowed, NotFound
from data.tables.customer import Customer
from data.tables.document import InvoiceRequest, PaperDocument
from data.tables.electronic import ElectronicInvoice, RedConfirmation
from data.tables.order import ProductOrder
from data.tables.organisation import RoleRight
from tests.boss_tui.desk.shop import Shop
from tests.hall import FACTS


def sold(shop: Shop, title: str = "") -> str:
    """An order whose invoice was put off."""
    view = shop.desk.forms.begin("C12", shop.desk.forms.example("C12"))
    shop.desk.invoices.keep(view.id, Invoicing("later", title))
    return shop.desk.orders.complete(view.id, [Tender("cash", view.quote.due)]).serial


def altered(shop: Shop, view: ElectronicView, **values: Any) -> None:
    shop.alter(ElectronicInvoice, {"id": view.id}, **values)


def test_one_is_asked_for_once_for_whom_is_said(shop: Shop) -> None:
    serial = sold(shop)
    made = shop.desk.electronic.draw(serial, "杭州明天科技有限公司", "", " a@b.cn ")
    assert (made.serial, made.title, made.state, made.slips) == (serial, "杭州明天科技有限公司", "waiting", ())
    assert made.left == made.amount > 0
    assert shop.one(ElectronicInvoice, id=made.id).mail == "a@b.cn"
    with pytest.raises(NotAllowed, match="asked for already"):
        shop.desk.electronic.draw(serial)
    with pytest.raises(NotAllowed, match="refused"):
        shop.desk.electronic.anew(serial)
    altered(shop, made, state="failed", message="no such title")
    assert shop.desk.electronic.anew(serial, "杭州后天科技有限公司").title == "杭州后天科技有限公司"


def test_whose_role_may_not_do_the_business_asks_for_none_of_it(shop: Shop) -> None:
    serial = sold(shop)
    shop.alter(RoleRight, {"role": "clerk", "business": "C12"}, role="nobody")
    with pytest.raises(NotAllowed, match="Your role may not do C12"):
        shop.desk.electronic.draw(serial)
    assert shop.rows(ElectronicInvoice) == []


def test_it_is_taken_back_by_a_supervisor_s_word_as_far_as_it_goes(shop: Shop) -> None:
    serial = sold(shop)
    made = shop.desk.electronic.draw(serial)
    altered(shop, made, state="issued")
    with pytest.raises(NotAllowed, match="A supervisor takes") as refused:
        shop.desk.electronic.red(serial, 1, "01")
    assert (refused.value.field, shop.rows(RedConfirmation)) == ("approved_by", [])
    shop.desk = shop.counter(FACTS.supervisor, FACTS.counter)
    view = shop.desk.electronic.red(serial, 1, "01")
    assert (view.left, [(one.amount, one.reason, one.state) for one in view.slips]) == (
        made.amount - 1,
        [(1, "01", "10")],
    )
    assert str(view.slips[0].told) != ""


@pytest.mark.parametrize("outlet", ["HZ01", "HZ02"])
def test_one_of_another_outlet_is_not_here(shop: Shop, outlet: str) -> None:
    serial = sold(shop)
    altered(shop, shop.desk.electronic.draw(serial), outlet=outlet, state="failed")
    if outlet == FACTS.outlet:
        assert shop.desk.electronic.anew(serial).state == "waiting"
        return
    with pytest.raises(NotFound):
        shop.desk.electronic.anew(serial)


def test_an_order_without_one_has_none(shop: Shop) -> None:
    with pytest.raises(NotFound, match="no electronic invoice here"):
        shop.desk.electronic.anew(sold(shop))


def test_what_needs_somebody_stands_first_and_then_the_latest(shop: Shop) -> None:
    serials = [sold(shop) for _ in range(6)]
    shop.desk.invoices.draw(serials[4])
    drawn = shop.one(InvoiceRequest, state="drawn")
    for serial, state in zip(serials, ("issued", "failed", "issuing"), strict=False):
        altered(shop, shop.desk.electronic.draw(serial), state=state)
        shop.clock.move(seconds=1)
    shop.alter(InvoiceRequest, {"order_id": shop.one(ElectronicInvoice, state="failed").order_id}, state="void")
    found = shop.desk.electronic.put_off()
    assert [(one.serial, one.state) for one in found] == [
        (serials[1], "void"),
        (serials[2], "electronic"),
        (serials[5], "waiting"),
        (serials[3], "waiting"),
        (serials[4], "drawn"),
        (serials[0], "electronic"),
    ]
    assert [one.electronic.state if one.electronic else "" for one in found] == [
        "failed",
        "issuing",
        "",
        "",
        "",
        "issued",
    ]
    assert found[4].number.endswith(f"-{shop.one(PaperDocument, id=drawn.document_id).number}")
    assert {one.number for one in found} == {"", found[4].number}
    assert {one.amount > 0 for one in found} == {True}
    assert [one.serial for one in shop.desk.electronic.listed()] == [serials[2], serials[1], serials[0]]
    assert [one.serial for one in shop.desk.electronic.listed("failed")] == [serials[1]]


def test_for_whom_an_invoice_was_put_off_is_the_title_or_the_customer(shop: Shop) -> None:
    sold(shop, "杭州明天科技有限公司")
    sold(shop)
    latest, first = shop.desk.electronic.put_off()
    assert first.title == "杭州明天科技有限公司"
    order = shop.one(ProductOrder, serial=latest.serial)
    name = shop.one(Customer, id=order.customer_id).name
    assert (latest.title, latest.shown) == (name, masked_name(name)), "a person, in a list"
    assert first.shown == masked_name(first.title)
    assert replace(first, tax_number="91330100MA2XXXXX1A").shown == first.title, "an organisation"


def test_the_month_s_credit_is_as_much_of_it_as_the_platform_tells(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(NotAllowed, match="No services"):
        shop.desk.electronic.credit()
    issuing: Any = SimpleNamespace(credit=lambda: {"limit": "500", "left": 20, "month": "2026-11"})
    monkeypatch.setattr(shop.desk.electronic, "_issuing", lambda: issuing)
    assert shop.desk.electronic.credit() == {"limit": 500, "left": 20}
