"""C13 查询和咨询: who may see what, that each look is logged, what is printed and kept."""

from __future__ import annotations

from typing import Any

import pytest

from boss_tui.answers.business import Outcome, Tender
from boss_tui.components.inquiry import PARTS
from boss_tui.components.wording import spaced
from data.errors import BadForm, NotAllowed, NotFound
from data.tables.customer import Customer
from data.tables.document import PaperDocument
from data.tables.order import ProductOrder, Subscription
from data.tables.service import Interaction
from data.tables.sync import AccessLog, PrintJob
from tests.boss_tui.transactions.following import sound
from tests.hall import FACTS, Hall


def ask(hall: Hall, **changes: Any) -> Outcome:
    """A whole C13."""
    view = hall.desk.forms.begin("C13", {**hall.desk.forms.example("C13"), **changes})
    assert not view.errors, view.errors
    return hall.desk.orders.complete(view.id, [])


def test_a_question_is_kept_and_its_look_logged(hall: Hall) -> None:
    outcome = ask(hall)
    (kept,) = hall.rows(Interaction, kind="consultation")
    (look,) = hall.rows(AccessLog, act="look.balances")
    assert (kept.matter, kept.state, kept.customer_id) == ("余额多少", "completed", look.subject)
    assert (look.operator, look.reason) == (FACTS.clerk, "document")
    assert outcome.facts["rows"]
    assert not outcome.papers
    assert sound(hall)


def test_nobody_sees_anything_who_has_not_shown_who_they_are(hall: Hall) -> None:
    number = hall.desk.forms.example("C13")["number"]
    view = hall.desk.forms.begin("C13", {"number": number})
    assert "document" in str(view.errors["document_number"])
    with pytest.raises(NotAllowed):
        hall.desk.inquiry.inquire(view.id, "balances")
    assert not hall.rows(AccessLog, act="look.balances")


def test_the_service_password_will_do(hall: Hall) -> None:
    number = hall.desk.forms.example("C13")["number"]
    view = hall.desk.forms.begin("C13", {"number": number, "password": "274916"})
    assert not view.errors
    hall.desk.inquiry.inquire(view.id, "customer")
    (look,) = hall.rows(AccessLog, act="look.customer")
    assert look.reason == "password"
    assert sound(hall)


def test_a_supervisor_allows_it_for_a_reason(hall: Hall) -> None:
    number = hall.desk.forms.example("C13")["number"]
    view = hall.desk.forms.begin("C13", {"number": number, "reason": "公安协查"})
    with pytest.raises(NotAllowed, match="公安协查"):
        hall.desk.inquiry.inquire(view.id, "orders")
    hall.desk.approvals.approve(view.id, FACTS.supervisor, FACTS.password)
    hall.desk.inquiry.inquire(view.id, "orders")
    (look,) = hall.rows(AccessLog, act="look.orders")
    assert look.reason == "公安协查"


def test_every_part_can_be_looked_at(hall: Hall) -> None:
    view = hall.desk.forms.begin("C13", hall.desk.forms.example("C13"))
    for part in PARTS:
        rows = hall.desk.inquiry.inquire(view.id, part)
        assert len({len(row) for row in rows}) <= 1
    hall.desk.orders.complete(view.id, [])
    assert len(hall.rows(AccessLog)) >= len(PARTS)
    assert [cell.code for cell in hall.desk.lookups.matrix("C13") if cell.state == "waiting"] == []
    assert sound(hall)


def test_a_list_is_printed_under_no_number(hall: Hall) -> None:
    before = len(hall.rows(PaperDocument))
    outcome = ask(hall, paper="list", part="numbers")
    assert outcome.facts["number"] in "".join(outcome.papers[0].preview)
    assert len(hall.rows(PaperDocument)) == before
    assert len(hall.rows(PrintJob, document_id=outcome.order_id)) == 1
    assert sound(hall)


def test_a_slip_says_what_was_asked(hall: Hall) -> None:
    outcome = ask(hall, paper="slip", matter="套餐何时生效")
    assert outcome.papers[0].kind == "slip"
    assert "套餐何时生效" in "".join(outcome.papers[0].preview)


def test_a_price_is_given_without_doing_it(hall: Hall) -> None:
    draft = hall.desk.forms.begin("C2", hall.desk.forms.example("C2"))
    hall.desk.forms.hold(draft.id)
    paper = hall.desk.forms.quotation(draft.number)
    assert "10.00" in "".join(paper.preview)
    assert not hall.rows(ProductOrder, business="C2")
    with pytest.raises(NotFound):
        hall.desk.forms.quotation(9_999)


def test_the_knowledge_base_answers(hall: Hall) -> None:
    view = hall.desk.forms.begin("C13", hall.desk.forms.example("C13"))
    found = hall.desk.forms.choices(view.id, "matter", "充值卡 过期")
    assert [choice.value for choice in found] == ["充值卡快过期能换吗？"]
    assert hall.desk.forms.choices(view.id, "matter", "refunded invoices")


@pytest.mark.parametrize(
    ("typed", "field", "why"),
    [
        ({"number": "123"}, "number", "11 digits"),
        ({"number": FACTS.stock_prefix + "9999"}, "number", "Nobody"),
        ({"document_number": "X1"}, "document_number", "not the document"),
        ({"document_number": "", "password": "000000"}, "password", "wrong"),
        ({"document_number": "", "password": "12"}, "password", "wrong"),
        ({"document_number": ""}, "document_number", "Ask for"),
        ({"part": "secrets"}, "part", "choices"),
        ({"paper": "book"}, "paper", "choices"),
        ({"paper": "list", "part": ""}, "part", "printed"),
        ({"document_number": FACTS.customers[2].document_number}, "document_number", "not the document"),
    ],
)
def test_what_is_wrong_stands_beside_its_field(hall: Hall, typed: dict[str, Any], field: str, why: str) -> None:
    view = hall.desk.forms.begin("C13", {**hall.desk.forms.example("C13"), **typed})
    assert why in str(view.errors[field])
    with pytest.raises((BadForm, NotAllowed)):
        hall.desk.orders.complete(view.id, [Tender("cash", 1)])
    assert not hall.rows(ProductOrder, business="C13")


def test_a_list_says_the_number_and_that_there_is_nothing(hall: Hall) -> None:
    line = hall.rows(Subscription, state="active", order=("number",))[0]
    (owner,) = hall.rows(Customer, id=line.customer_id)
    typed = {"number": line.number, "document_number": owner.document_number, "part": "contracts", "paper": "list"}
    outcome = hall.desk.orders.complete(hall.desk.forms.begin("C13", typed).id, [])
    text = "\n".join(outcome.papers[0].preview)
    assert spaced(line.number) in text
    assert "无。" in text
