"""要发票吗: an invoice now, later or none; whose it is; what is drawn later, once, and what taking back does to it."""

from __future__ import annotations

from typing import Any

import pytest

from boss_tui.answers.business import Invoicing, Outcome, Tender
from boss_tui.verify import verify
from data.demo.handsets import imei
from data.errors import BadForm, NotAllowed
from data.tables.customer import Customer
from data.tables.document import InvoiceRequest, PaperDocument, PaperTax
from data.tables.finance import Payment
from data.tables.order import Draft, ProductOrder, Subscription
from tests.boss_tui.transactions.following import network_answers
from tests.boss_tui.transactions.test_c09_close_account import begin, complete, line_of, typed
from tests.hall import FACTS, Hall

COMPANY = FACTS.organization
LATER, NONE = Invoicing("later"), Invoicing("none")


def opened(hall: Hall, asked: Invoicing | None = None, **changes: Any) -> Outcome:
    """A C1 with a fee, paid in cash, with this said of its invoice."""
    view = hall.filled(**{"prepayment": "50", **changes})
    assert not view.errors, view.errors
    if asked is not None:
        hall.desk.invoices.keep(view.id, asked)
    return hall.desk.orders.complete(view.id, [Tender("cash", view.quote.due)])


def company(hall: Hall, asked: Invoicing | None = None) -> Outcome:
    """The same for an organisation, with the one who came."""
    somebody = FACTS.new_customer
    return opened(
        hall,
        asked,
        document_kind=COMPANY.document_kind,
        document_number=COMPANY.document_number,
        name=COMPANY.name,
        by_agent="y",
        agent_document_number=somebody.document_number,
        agent_name=somebody.name,
        agent_phone="13812345678",
    )


def kinds(outcome: Outcome) -> list[str]:
    """The papers of an outcome."""
    return [paper.kind for paper in outcome.papers]


def sound(hall: Hall) -> None:
    """Nothing in the store breaks a rule."""
    with hall.store.reading() as reading:
        assert verify(reading) == []


def taken_back(hall: Hall, serial: str) -> Outcome:
    return hall.desk.orders.cancel(serial, "客户要求", FACTS.supervisor, FACTS.password)


@pytest.mark.parametrize(
    ("asked", "papers"),
    [
        (None, ["invoice", "receipt", "slip", "contract"]),
        (Invoicing(), ["invoice", "receipt", "slip", "contract"]),
        (LATER, ["receipt", "slip", "contract"]),
        (NONE, ["receipt", "slip", "contract"]),
    ],
)
def test_a_receipt_is_printed_in_every_case(hall: Hall, asked: Invoicing | None, papers: list[str]) -> None:
    outcome = opened(hall, asked)
    assert kinds(outcome) == papers
    (receipt,) = hall.rows(PaperDocument, order_id=outcome.order_id, kind="receipt")
    told = hall.rows(PaperTax, document_id=receipt.id)
    assert bool(told) == ("invoice" not in papers), "tax is owed whether an invoice is printed or not"
    assert receipt.tax == sum(one.tax for one in told)
    assert [r.state for r in hall.rows(InvoiceRequest)] == {"later": ["waiting"], "none": ["declined"]}.get(
        asked.when if asked else "", []
    )
    sound(hall)


def test_what_was_put_off_is_drawn_once_and_says_what_it_would_have_said(hall: Hall) -> None:
    at_once, later = opened(hall), opened(hall, LATER)
    assert hall.desk.lookups.order(later.serial).undrawable is None
    paper = hall.desk.invoices.draw(later.serial)
    (usual,) = hall.rows(PaperDocument, order_id=at_once.order_id, kind="invoice")
    (drawn,) = hall.rows(PaperDocument, order_id=later.order_id, kind="invoice")
    assert (drawn.id, drawn.amount, drawn.tax, drawn.drawn_later) == (paper.id, usual.amount, usual.tax, 1)
    assert later.serial in "\n".join(paper.preview)
    with pytest.raises(NotAllowed, match="drawn already"):
        hall.desk.invoices.draw(later.serial)
    assert len(hall.rows(PaperDocument, order_id=later.order_id, kind="invoice")) == 1
    sound(hall)


def test_none_is_drawn_of_an_order_that_has_one_or_wanted_none(hall: Hall) -> None:
    for asked, why in ((None, "No invoice waits"), (NONE, "No invoice was wanted")):
        done = opened(hall, asked)
        assert why in str(hall.desk.lookups.order(done.serial).undrawable)
        with pytest.raises(NotAllowed, match=why):
            hall.desk.invoices.draw(done.serial)


@pytest.mark.parametrize("asked", [LATER, NONE])
def test_an_order_without_an_invoice_needs_no_red_one_and_none_is_drawn_then(hall: Hall, asked: Invoicing) -> None:
    done = opened(hall, asked)
    back = taken_back(hall, done.serial)
    assert kinds(back) == ["receipt", "refund"]
    assert not hall.rows(PaperDocument, kind="invoice", order_id=done.order_id)
    with pytest.raises(NotAllowed):
        hall.desk.invoices.draw(done.serial)
    sound(hall)


def test_one_that_was_drawn_later_is_red_lettered_as_any(hall: Hall) -> None:
    done = opened(hall, LATER)
    drawn = hall.desk.invoices.draw(done.serial)
    assert sorted(kinds(taken_back(hall, done.serial))) == ["invoice", "receipt", "refund"]
    (original,) = hall.rows(PaperDocument, id=drawn.id)
    (red,) = hall.rows(PaperDocument, kind="invoice", reason=drawn.number)
    assert original.state == "red"
    assert (red.amount, red.tax, red.drawn_later) == (-original.amount, -original.tax, 1)
    with pytest.raises(NotAllowed):
        hall.desk.invoices.draw(done.serial)
    sound(hall)


def test_a_company_has_its_own_title_and_number_and_a_person_none(hall: Hall) -> None:
    paper = next(paper for paper in company(hall).papers if paper.kind == "invoice")
    text = "\n".join(paper.preview)
    assert COMPANY.name in text
    assert COMPANY.document_number in text
    person = next(paper for paper in opened(hall).papers if paper.kind == "invoice")
    assert "Title" not in "\n".join(person.preview)
    assert "抬头" not in "\n".join(person.preview)
    sound(hall)


def test_what_the_box_begins_with_is_on_record(hall: Hall) -> None:
    view = hall.filled()
    assert hall.desk.invoices.asked(view.id) == Invoicing("now", view.values["name"], "")
    hall.desk.invoices.keep(view.id, Invoicing("later", view.values["name"], ""))
    (draft,) = hall.rows(Draft, id=view.id)
    assert '"title": ""' in draft.invoicing_json, "their own is kept as their own"
    hall.desk.invoices.keep(view.id, Invoicing("now", "杭州明天科技有限公司", "91330102073112345G"[:15]))
    assert hall.desk.invoices.asked(view.id).title == "杭州明天科技有限公司"


def test_another_title_is_printed_now_and_when_it_is_drawn_later(hall: Hall) -> None:
    asked = Invoicing("now", "某某事务所", COMPANY.document_number)
    text = "\n".join(next(p for p in opened(hall, asked).papers if p.kind == "invoice").preview)
    assert "某某事务所" in text
    assert COMPANY.document_number in text
    later = opened(hall, Invoicing("later", "某某事务所", COMPANY.document_number))
    assert hall.desk.lookups.order(later.serial).buyer == Invoicing("later", "某某事务所", COMPANY.document_number)
    assert "某某事务所" in "\n".join(hall.desk.invoices.draw(later.serial).preview)
    other = opened(hall, LATER)
    with pytest.raises(BadForm) as refusal:
        hall.desk.invoices.draw(other.serial, "另一公司", "123")
    assert list(refusal.value.errors) == ["tax_number"]
    text = "\n".join(hall.desk.invoices.draw(other.serial, "另一公司", COMPANY.document_number).preview)
    assert "另一公司" in text
    sound(hall)


def test_an_organisation_has_a_tax_number(hall: Hall) -> None:
    done = company(hall, LATER)
    assert hall.desk.lookups.order(done.serial).buyer.tax_number == COMPANY.document_number
    with pytest.raises(BadForm) as refusal:
        hall.desk.invoices.draw(done.serial, "龙泉青瓷销售分公司", "")
    assert list(refusal.value.errors) == ["tax_number"]


def test_a_basket_has_one_answer_and_its_receipt_says_the_tax(hall: Hall) -> None:
    for _ in range(2):
        view = hall.filled(prepayment="50", **({} if not hall.desk.basket.shown().forms else {"name": "王小明"}))
        assert not view.errors
        hall.desk.basket.collect(view.id)
    hall.desk.invoices.keep("", LATER)
    due = hall.desk.basket.shown().quote.due
    done = hall.desk.basket.complete([Tender("cash", due)])
    assert [kinds(outcome) for outcome in done.outcomes] == [["slip", "contract"]] * 2
    (receipt,) = (hall.rows(PaperDocument, id=paper.id)[0] for paper in done.papers)
    assert receipt.tax == sum(one.tax for one in hall.rows(PaperTax, document_id=receipt.id)) > 0
    assert [request.state for request in hall.rows(InvoiceRequest)] == ["waiting", "waiting"]
    sound(hall)
    first, second = done.outcomes
    drawn = hall.desk.invoices.draw(first.serial)
    sound(hall)
    for outcome in (first, second):
        back = taken_back(hall, outcome.serial)
        assert ("invoice" in kinds(back)) == (outcome is first)
    assert hall.rows(PaperDocument, id=drawn.id)[0].state == "red"
    sound(hall)


def test_the_tax_is_of_the_day_of_payment_and_a_later_invoice_enters_none(hall: Hall) -> None:
    done = opened(hall, LATER)
    assert hall.rows(Payment, order_id=done.order_id)
    before = hall.desk.reports.shown("x").preview
    hall.desk.invoices.draw(done.serial)
    assert hall.desk.reports.shown("x").preview[5:] == before[5:]
    hall.desk.reports.print("x")
    day = "\n".join(hall.desk.reports.shown("day").preview)
    assert "补开" in day or "drawn later" in day
    (order,) = hall.rows(ProductOrder, id=done.order_id)
    assert order.state == "inProgress"


# a part of it is given back


def pay_in(hall: Hall, line: Subscription, asked: Invoicing) -> Outcome:
    """Money in advance, in cash."""
    hall.clock.move(minutes=1)
    view = hall.desk.forms.begin("C12", {"who": line.number, "action": "advance", "amount": "200"})
    hall.desk.invoices.keep(view.id, asked)
    return hall.desk.orders.complete(view.id, [Tender("cash", 20_000)])


def refund(hall: Hall, line: Subscription, yuan: int) -> Outcome:
    """So much of it again."""
    hall.clock.move(minutes=1)
    (owner,) = hall.rows(Customer, id=line.customer_id)
    typed = {"who": line.number, "action": "refund", "amount": str(yuan), "reason": "客户要求"}
    view = hall.desk.forms.begin("C12", {**typed, "document_number": owner.document_number})
    return hall.desk.orders.complete(view.id, [Tender("cash", yuan * 100)])


def test_what_is_refunded_comes_off_the_invoice_that_is_drawn_later(hall: Hall) -> None:
    line = line_of(hall, plan="P58")
    paid = pay_in(hall, line, LATER)
    back = refund(hall, line, 50)
    assert "invoice" not in kinds(back)
    with pytest.raises(NotAllowed):
        taken_back(hall, paid.serial)
    taken_back(hall, back.serial)  # not refunded, after all
    refund(hall, line, 80)
    drawn = hall.desk.invoices.draw(paid.serial)
    assert hall.rows(PaperDocument, id=drawn.id)[0].amount == 12_000
    assert "invoice" in kinds(refund(hall, line, 20)), "drawn, it is red-lettered as any"
    sound(hall)


def test_nothing_is_drawn_of_what_was_refunded_whole_until_that_is_taken_back(hall: Hall) -> None:
    line = line_of(hall, plan="P58")
    paid = pay_in(hall, line, LATER)
    back = refund(hall, line, 200)
    with pytest.raises(NotAllowed):
        hall.desk.invoices.draw(paid.serial)
    taken_back(hall, back.serial)
    hall.desk.invoices.draw(paid.serial)
    sound(hall)


def test_a_payment_without_an_invoice_is_refunded_and_taken_back_as_ever(hall: Hall) -> None:
    line = line_of(hall, plan="P58")
    paid = pay_in(hall, line, NONE)
    back = refund(hall, line, 200)
    with pytest.raises(NotAllowed):
        taken_back(hall, paid.serial)
    taken_back(hall, back.serial)
    taken_back(hall, paid.serial)
    sound(hall)


@pytest.mark.parametrize("asked", [LATER, NONE])
def test_one_card_of_three_is_returned_before_the_invoice(hall: Hall, asked: Invoicing) -> None:
    example = hall.desk.forms.example("C11")
    view = hall.desk.forms.begin("C11", {**example, "count": "3"})
    hall.desk.invoices.keep(view.id, asked)
    sold = hall.desk.orders.complete(view.id, [Tender("cash", view.quote.due)])
    each = sold.due // 3
    view = hall.desk.forms.begin("C11", {"action": "return", "serial": example["serial"], "reason": "未使用"})
    hall.desk.approvals.approve(view.id, FACTS.supervisor, FACTS.password)
    assert "invoice" not in kinds(hall.desk.orders.complete(view.id, [Tender("cash", each)]))
    if asked is LATER:
        drawn = hall.desk.invoices.draw(sold.serial)
        assert hall.rows(PaperDocument, id=drawn.id)[0].amount == 2 * each
    sound(hall)


def test_a_handset_with_tax_is_returned_before_its_invoice(hall: Hall) -> None:
    example = hall.desk.forms.example("C10")
    view = hall.desk.forms.begin("C10", {**example, "bundle": ""})
    assert not view.errors, view.errors
    hall.desk.invoices.keep(view.id, LATER)
    sold = hall.desk.orders.complete(view.id, [Tender("cash", view.quote.due)])
    view = hall.desk.forms.begin("C10", {"action": "return", "imei": example["imei"], "reason": "不满意"})
    assert not view.errors, view.errors
    if view.qualification.verdict == "override":
        hall.desk.approvals.approve(view.id, FACTS.supervisor, FACTS.password)
    back = hall.desk.orders.complete(view.id, [Tender("cash", -view.quote.due)])
    assert "invoice" not in kinds(back)
    with pytest.raises(NotAllowed):
        hall.desk.invoices.draw(sold.serial)
    sound(hall)


@pytest.mark.parametrize("asked", [LATER, NONE])
def test_a_closing_that_gives_an_advance_back_has_a_red_letter_and_no_invoice_of_its_own(
    hall: Hall, asked: Invoicing
) -> None:
    """Both put off: the fee of the final bill, and what is given back of the invoice of the advance; then undone."""
    line = line_of(hall, plan="P58")
    pay_in(hall, line, Invoicing())
    owner = next(iter(hall.rows(Customer, id=line.customer_id)))
    view = hall.desk.forms.begin(
        "C9", {"number": line.number, "document_number": owner.document_number, "action": "close", "points": "spend"}
    )
    assert not view.errors, view.errors
    hall.desk.invoices.keep(view.id, asked)
    tenders = [Tender("cash", abs(view.quote.due))] if view.quote.due else []
    hall.desk.approvals.approve(view.id, FACTS.supervisor, FACTS.password, tenders)
    outcome = hall.desk.orders.complete(view.id, tenders)
    red = [row for row in hall.rows(PaperDocument, order_id=outcome.order_id, kind="invoice") if row.amount < 0]
    assert red
    assert hall.rows(InvoiceRequest, order_id=outcome.order_id)
    sound(hall)
    taken_back(hall, outcome.serial)
    sound(hall)


@pytest.mark.parametrize("closing", [Invoicing(), LATER, NONE])
@pytest.mark.parametrize("undoing", [Invoicing(), LATER, NONE])
def test_a_closing_and_its_undoing_may_each_be_invoiced_later(
    hall: Hall, closing: Invoicing, undoing: Invoicing
) -> None:
    """The penalty comes off its own invoice, drawn or not; what is paid in again has one of its own."""
    line = line_of(hall, plan="P88")
    view = hall.desk.forms.begin("C10", {"imei": imei("86012305", 1), "bundle": "BD-M30", **typed(hall, line)})
    hall.desk.orders.complete(view.id, [Tender("cash", view.quote.due)])
    done = []
    for asked, changes in ((closing, {}), (undoing, {"action": "undo"})):
        view = begin(hall, line, **changes)
        hall.desk.invoices.keep(view.id, asked)
        done.append(complete(hall, view))
        network_answers(hall)
        sound(hall)
    for outcome, asked in zip(done, (closing, undoing), strict=True):
        (request,) = hall.rows(InvoiceRequest, order_id=outcome.order_id) or (None,)
        if request is not None and request.state == "waiting":
            assert "invoice" in hall.desk.invoices.draw(outcome.serial).kind
        assert (request is None) == (asked.when == "now")
    sound(hall)
