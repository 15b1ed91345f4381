"""Electronic invoices (F9): for whom one is asked, what the platform is sent, asked for anew; what is taken back."""

from __future__ import annotations

import json
from typing import Any

import pytest

from boss_tui.answers.business import Invoicing, Quote, QuoteLine
from boss_tui.components.invoices import electronic_invoices as electronic
from boss_tui.components.invoices import electronic_slips as slips
from boss_tui.components.invoices import invoice_requests
from boss_tui.components.invoices.sales import Sale
from boss_tui.components.tenders.taken import Taken
from data.errors import BadForm, NotAllowed
from data.message import say
from data.tables.customer import Customer
from data.tables.document import InvoiceRequest
from data.tables.electronic import ElectronicInvoice, RedConfirmation
from data.tables.order import ProductOrder
from tests.boss_tui.components.loose import Loose
from tests.boss_tui.components.rows import DAY, context, row

TAX_NUMBER = "91350100M000100Y43"
LINES = (QuoteLine("fee", say("Fee"), 0, 1_090, 1_090, 900), QuoteLine("prepay", say("Prepayment"), 2, 50, 50))


@pytest.fixture
def loose(tx: Loose) -> Loose:
    tx.put(
        row(Customer, id="c", name="张三", document_number="1"),
        row(Customer, id="firm", name="公司甲", holder="organization", document_number=TAX_NUMBER),
        row(ProductOrder, id="order", serial="S1", outlet="HZ01", customer_id="c"),
    )
    return tx


def put_off(tx: Loose, *, when: Any = "later", name: Any = "张三", whose: tuple[str, ...] = ()) -> InvoiceRequest:
    sale = Sale("c", name, say("Several fees"), (), Quote(LINES), Taken("", 0, 0, 0, ()))
    invoice_requests.ask(context(tx, invoicing=Invoicing(when, *whose)), sale, LINES)
    return tx.one(InvoiceRequest, order_id="order")


def asked(tx: Loose, *whose: str, mail: str = "", **about: Any) -> ElectronicInvoice:
    order = tx.one(ProductOrder, id="order")
    return electronic.ask(context(tx, **{"language": "en", **about}), order, Invoicing("later", *whose), mail)


@pytest.mark.parametrize(
    ("name", "before", "whose", "found"),
    [
        ("张三", (), (), ("张三", "")),
        (say("Fee"), (), (), ("Fee", "")),
        ("张三", ("公司乙", "110105194912310"), (), ("公司乙", "110105194912310")),
        ("张三", ("公司乙", ""), ("公司丙", "110105194912310"), ("公司丙", "110105194912310")),
        ("张三", ("公司乙", ""), ("公司丙", ""), ("公司丙", "")),
    ],
)
def test_it_is_for_whom_was_said_now_else_then_else_the_customer(
    loose: Loose, name: Any, before: tuple[str, ...], whose: tuple[str, ...], found: tuple[str, str]
) -> None:
    put_off(loose, name=name, whose=before)
    made = asked(loose, *whose, mail="a@b.cn")
    assert (made.title, made.tax_number, made.mail) == (*found, "a@b.cn")
    assert (made.amount, made.tax, made.state, made.attempt) == (1_140, 90, "waiting", 1)
    request = loose.one(InvoiceRequest, order_id="order")
    assert (request.state, request.tax_number) == ("electronic", found[1])
    sent = electronic.sent(made, "9133")
    assert sent == {
        "key": f"{made.id}.1",
        "seller": "9133",
        "title": found[0],
        "tax_number": found[1],
        "mail": "a@b.cn",
        "lines": [
            {"item": "Fee", "rate": 900, "amount": 1_090, "tax": 90},
            {"item": "Prepayment", "rate": 0, "amount": 50, "tax": 0},
        ],
        "amount": 1_140,
        "tax": 90,
        "month": DAY[:7],
    }


def test_of_an_organisation_it_says_its_tax_number(loose: Loose) -> None:
    put_off(loose)
    loose.change(loose.one(ProductOrder, id="order"), customer_id="firm")
    assert json.loads(asked(loose, language="zh_CN").says)[0]["item"] == "选号费"
    loose.change(loose.one(InvoiceRequest, order_id="order"), state="waiting")
    with pytest.raises(BadForm) as refused:
        asked(loose, "公司乙")
    assert list(refused.value.errors) == ["tax_number"]
    own = asked(loose, "公司甲", TAX_NUMBER)
    assert (own.title, own.tax_number) == ("公司甲", TAX_NUMBER)


def test_it_is_asked_for_of_somebody_who_is_not_on_record_too(loose: Loose) -> None:
    put_off(loose)
    loose.change(loose.one(ProductOrder, id="order"), customer_id=None)
    assert asked(loose, "公司丙").title == "公司丙"


@pytest.mark.parametrize(
    ("mail", "right"),
    [("", True), ("a@b", True), ("@b", False), ("a@", False), ("ab", False), ("a@b c", False), ("张@b.cn", False)],
)
def test_mail_goes_to_an_address(loose: Loose, mail: str, right: bool) -> None:
    put_off(loose)
    if right:
        assert asked(loose, mail=mail).mail == mail
        return
    with pytest.raises(BadForm) as refused:
        asked(loose, mail=mail)
    assert list(refused.value.errors) == ["mail"]


@pytest.mark.parametrize("outlet", ["HZ01", "HZ02"])
def test_what_does_not_wait_here_is_not_asked_for(loose: Loose, outlet: str) -> None:
    put_off(loose, when="none" if outlet == "HZ01" else "later")
    with pytest.raises(NotAllowed):
        asked(loose, outlet=outlet)


def invoice(tx: Loose, key: str = "e", **values: Any) -> ElectronicInvoice:
    tx.put(row(ElectronicInvoice, **{"id": key, "outlet": "HZ01", "order_id": "order", "amount": 100, **values}))
    return tx.one(ElectronicInvoice, id=key)


@pytest.mark.parametrize("state", ["waiting", "issuing", "issued", "failed", "cancelled"])
def test_only_what_was_refused_is_asked_for_anew(loose: Loose, state: str) -> None:
    row_ = invoice(loose, state=state, title="公司乙", tax_number="110105194912310", message="no", attempt=1)
    if state != "failed":
        with pytest.raises(NotAllowed):
            electronic.anew(loose, row_, "公司丙", "")
        return
    after = electronic.anew(loose, row_, "公司丙", "")
    assert (after.state, after.attempt, after.message) == ("waiting", 2, "")
    assert (after.title, after.tax_number) == ("公司丙", "110105194912310")
    again = electronic.anew(loose, loose.change(after, state="failed"), "", TAX_NUMBER)
    assert (again.title, again.tax_number, electronic.key_of(again)) == ("公司丙", TAX_NUMBER, "e.3")


# taken back


def slip(tx: Loose, amount: int, state: str) -> None:
    tx.put(row(RedConfirmation, id=f"r{amount}", invoice_id="e", amount=amount, state=state))


def test_an_order_s_invoice_is_the_first_that_was_not_taken_back_unsent(loose: Loose) -> None:
    assert slips.of_order(loose, "order") is None
    invoice(loose, "a", state="cancelled", made_at="1")
    assert slips.of_order(loose, "order") is None
    invoice(loose, "c", state="failed", made_at="3")
    invoice(loose, "b", state="issued", made_at="2")
    found = slips.of_order(loose, "order")
    assert found is not None
    assert found.id == "b"


@pytest.mark.parametrize(
    ("state", "left"),
    [(state, 70 if state not in ("05", "06", "07", "08", "09") else 100) for state in slips.RED_STATES],
)
def test_what_was_denied_lapsed_or_withdrawn_took_nothing_back(loose: Loose, state: str, left: int) -> None:
    row_ = invoice(loose)
    slip(loose, 30, state)
    assert slips.left(loose, row_) == left


@pytest.mark.parametrize(
    ("state", "amount", "reason", "wrong"),
    [
        ("issued", 70, "01", []),
        ("issuing", 1, "04", []),
        ("waiting", 1, "04", []),
        ("issued", 71, "01", ["amount"]),
        ("issued", 0, "01", ["amount"]),
        ("issued", -1, "01", ["amount"]),
        ("issued", 70, "05", ["reason"]),
        ("issued", 71, "", ["reason", "amount"]),
        ("failed", 70, "01", None),
        ("cancelled", 70, "01", None),
    ],
)
def test_no_more_than_is_left_is_applied_for_with_a_reason(
    loose: Loose, state: str, amount: int, reason: str, wrong: list[str] | None
) -> None:
    row_ = invoice(loose, state=state)
    slip(loose, 30, "10")
    if wrong == []:
        made = slips.red(loose, row_, amount, reason)
        assert (made.invoice_id, made.amount, made.reason, made.state) == ("e", amount, reason, "10")
        assert (made.outlet, made.operator, made.business_date) == ("HZ01", "1001", DAY)
        return
    with pytest.raises(NotAllowed if wrong is None else BadForm) as refused:
        slips.red(loose, row_, amount, reason)
    if wrong:
        assert list(getattr(refused.value, "errors", ())) == wrong


@pytest.mark.parametrize(
    ("state", "amount", "after", "applied"),
    [
        ("issued", 100, "issued", [100]),
        ("issued", 40, "issued", [40]),
        ("issuing", 100, "issuing", [100]),
        ("issued", 0, "issued", []),
        ("issued", -5, "issued", []),
        ("waiting", 100, "cancelled", []),
        ("failed", 100, "cancelled", []),
        ("waiting", 99, None, []),
        ("failed", 99, None, []),
        ("cancelled", 100, "cancelled", []),
    ],
)
def test_what_an_order_gives_back_is_taken_back_or_is_asked_for_no_more(
    loose: Loose, state: str, amount: int, after: str | None, applied: list[int]
) -> None:
    invoice(loose, state=state)
    if after is None:
        with pytest.raises(NotAllowed, match="give a part back once it is"):
            slips.give_back(loose, "order", amount, "03")
    else:
        slips.give_back(loose, "order", amount, "03")
        assert loose.one(ElectronicInvoice, id="e").state == after
    assert loose.told(RedConfirmation, "amount") == applied
