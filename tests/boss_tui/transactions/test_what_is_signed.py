"""What the customer signs: each business that binds somebody prints it, with price, day and signatures."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from boss_tui.answers.business import DraftView, Outcome, PaperView, Quote, QuoteLine, Tender
from boss_tui.business.registry import BUSINESSES
from boss_tui.components.customers.parties import Party, party
from boss_tui.components.invoices.sales import Sale, papers_of
from boss_tui.components.tenders.taken import Taken
from data.message import say
from data.tables.customer import Customer
from data.tables.document import PaperDocument
from data.tables.order import Subscription
from tests.hall import FACTS, Hall

BINDING = sorted(code for code, business in BUSINESSES.items() if business.binds)


def filled(hall: Hall, code: str, form: Mapping[str, Any]) -> DraftView:
    """A form without a fault, allowed by whoever must allow it."""
    view = hall.desk.forms.begin(code, dict(form))
    assert not view.errors, view.errors
    if view.qualification.verdict == "override":
        view = hall.desk.approvals.approve(view.id, FACTS.supervisor, FACTS.password)
    return view


def done(hall: Hall, view: DraftView) -> Outcome:
    """Completed, whatever it costs."""
    due = view.quote.due
    return hall.desk.orders.complete(view.id, [Tender("cash", abs(due))] if due else [])


def said(paper: PaperView) -> str:
    """What a paper says, without the blanks that place it."""
    return "\n".join("".join(line.split()) for line in paper.preview)


def slips(outcome: Outcome) -> list[str]:
    """What its slips say."""
    return [said(paper) for paper in outcome.papers if paper.kind == "slip"]


# which papers

FEE, DEPOSIT = QuoteLine("fee", say("Fee"), 0, 1_000, 1_000), QuoteLine("deposit", say("Deposit"), 1, 5_000, 5_000)
BACK = replace(DEPOSIT, amount=-5_000)
MONTHLY = replace(FEE, monthly=True)
ONE = (Party("c", "张三"),)


@pytest.mark.parametrize(
    ("lines", "bound", "together", "kinds"),
    [
        ((), (), False, ["slip"]),
        ((), ONE, False, ["slip"]),
        ((MONTHLY,), ONE, False, ["slip"]),
        ((FEE,), (), False, ["invoice", "receipt"]),
        ((FEE,), ONE, False, ["invoice", "receipt", "slip"]),
        ((FEE,), ONE, True, ["invoice", "slip"]),
        ((FEE,), (), True, ["invoice"]),
        ((DEPOSIT,), ONE, False, ["receipt", "slip"]),
        ((DEPOSIT,), (), True, []),
        ((BACK,), ONE, False, ["receipt", "slip"]),
        ((DEPOSIT, BACK), ONE, False, ["receipt", "slip"]),
        ((DEPOSIT, BACK), ONE, True, ["receipt", "slip"]),
        ((FEE,), (*ONE, *ONE), False, ["invoice", "receipt", "slip", "slip"]),
    ],
)
def test_which_papers_a_sale_prints(
    lines: tuple[QuoteLine, ...], bound: tuple[Party, ...], together: bool, kinds: list[str]
) -> None:
    quote = Quote(lines)
    sale = Sale("c", "张三", say("Fee"), (), quote, Taken("", quote.due, 0, 0, ()), parties=bound)
    assert [kind for kind, _ in papers_of(sale, together=together)] == kinds
    contracts = [kind for kind, _ in papers_of(replace(sale, clauses=(say("Fee"),)), together=together)]
    assert contracts == [*kinds, *["contract"] * len(bound)]


@pytest.mark.parametrize("code", BINDING)
def test_each_business_that_binds_prints_what_was_agreed_with_price_day_and_signature(hall: Hall, code: str) -> None:
    view = filled(hall, code, hall.desk.forms.example(code))
    outcome = done(hall, view)
    (slip, *more) = slips(outcome)
    assert len(more) == (1 if code == "C5" else 0)
    for line in view.quote.lines:
        if line.amount:
            assert f"{line.amount / 100:.2f}{'/月' if line.monthly else ''}" in slip
    if view.quote.due:
        assert f"本次实收{view.quote.due / 100:.2f}" in slip
    elif not any(line.amount and not line.monthly for line in view.quote.lines):
        assert ("本次不收款，按月计费。" if view.quote.monthly else "免费办理，不收付款项。") in slip
    if view.quote.monthly:
        assert f"每月费用{view.quote.monthly / 100:.2f}/月" in slip
    assert "生效时间" in slip
    assert "签名____________" in slip


# who signs


@pytest.mark.parametrize(
    ("born", "holder", "agent", "by"),
    [
        ("1990-01-01", "individual", "", ""),
        ("1990-01-01", "individual", "李四", "agent"),
        ("2008-11-23", "individual", "李四", "agent"),  # 18 today
        ("2008-11-24", "individual", "李四", "guardian"),  # 18 tomorrow
        ("", "individual", "李四", "agent"),
        ("", "organization", "李四", "organization"),
    ],
)
def test_who_signs_for_whom(born: str, holder: str, agent: str, by: str) -> None:
    customer = Customer(id="c", name="张三", birth_date=born, holder=holder, document_number="110101199003071234")
    found = party(customer, date(2026, 11, 23), agent)
    assert (found.by, found.signer, found.document) == (by, agent, "110***********1234")


def test_both_owners_have_the_transfer_in_their_own_name_and_both_sign_each(hall: Hall) -> None:
    typed = hall.desk.forms.example("C5")
    old, new = slips(done(hall, filled(hall, "C5", typed)))
    (line,) = hall.rows(Subscription, number=typed["number"])
    rows = hall.rows(PaperDocument, kind="slip")
    names = {hall.rows(Customer, id=row.customer_id)[0].name for row in rows}
    assert len(names) == 2
    assert "沈佳音" in names
    assert "客户沈佳音" in new
    assert "客户沈佳音" not in old
    assert line.customer_id in {row.customer_id for row in rows}
    for copy in (old, new):
        assert "原机主签名____________" in copy
        assert "新机主签名____________" in copy


def test_an_agent_signs_in_the_owners_place(hall: Hall) -> None:
    typed = {
        **hall.desk.forms.example("C2"),
        "by_agent": "y",
        "agent_document_number": "330106199003073610",
        "agent_name": "李代办",
        "agent_phone": "13812345678",
    }
    (slip,) = slips(done(hall, filled(hall, "C2", typed)))
    assert "客户代办人签名____________\n(李代办)" in slip


def test_an_opening_has_its_contract_with_the_clauses_that_are_published(hall: Hall) -> None:
    outcome = hall.open_account()
    (contract,) = [said(paper) for paper in outcome.papers if paper.kind == "contract"]
    assert "入网协议" in contract
    assert "1.甲方（客户）须提供真实有效的证件" in contract
    assert "运营商盖章____________" in contract
    view = hall.desk.forms.begin("C1")
    assert not any(notice.kind == "clause" for notice in view.notices)  # the clerk is not shown the contract


# which of the things that a business does


@pytest.mark.parametrize(
    ("form", "title"),
    [
        ({"action": "suspend", "cause": "loss"}, "停机：挂失"),
        ({"action": "suspend", "cause": "request"}, "停机：报停"),
    ],
)
def test_papers_lists_and_dialogs_say_whether_it_stops_or_resumes_and_why(
    hall: Hall, form: dict[str, str], title: str
) -> None:
    from boss_tui.locale import words

    speak = words("zh_CN")
    typed = {**hall.desk.forms.example("C6"), **form}
    view = hall.desk.forms.begin("C6", typed)
    assert view.title
    assert speak(view.title) == title
    outcome = hall.desk.orders.complete(view.id, [])
    assert outcome.title
    assert speak(outcome.title) == title
    assert f"业务{title}" in slips(outcome)[0]
    shown = next(order for order in hall.desk.lookups.orders("") if order.serial == outcome.serial)
    assert speak(shown.business) == title
    assert (speak(say("Business")), f"C6 {title}") in [
        (speak(label), value if isinstance(value, str) else speak(value))
        for label, value in hall.desk.lookups.order(outcome.serial).lines
    ]


def test_a_default_that_nobody_typed_is_said_too() -> None:
    from boss_tui.locale import words

    assert words("zh_CN")(BUSINESSES["C11"].titled({})) == "售充值卡"
    assert words("en")(BUSINESSES["C9"].titled({"action": "undo"})) == "Closing undone"
    assert words("en")(BUSINESSES["C6"].titled({"action": "suspend"})) == "Suspend or resume"
