"""Paying: which ways there are, what is kept of what was handed over, and asking for money by a telephone's code."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Any

import pytest
from msgspec.structs import replace

from boss_tui.answers.business import DraftView, Invoicing, Tender
from boss_tui.desk import Desk, Station, paying
from boss_tui.desk.paying import tenders_of
from boss_tui.payments.gateway import Answer
from data.errors import BadForm, NotAllowed, NotFound, Outside
from data.journal import canonical
from data.message import say
from data.tables.customer import Customer
from data.tables.finance import Shift
from data.tables.mobile import MobilePayment
from data.tables.order import Draft, ProductOrder, Subscription
from data.tables.organisation import RoleRight
from data.tables.sync import JournalHead
from tests.boss_tui.desk.shop import Shop
from tests.hall import FACTS

CODE = "134567890123456799"


class Gateway:
    """A payment service that answers what it is told to, and says what it was asked."""

    def __init__(self, *answers: Answer | Outside) -> None:
        self.answers, self.asked = list(answers), list[tuple[Any, ...]]()

    def _answer(self, *asked: Any) -> Answer:
        self.asked.append(asked)
        answer = self.answers.pop(0)
        if isinstance(answer, Outside):
            raise answer
        return answer

    def ask(self, order_no: str, provider: str, amount: int, code: str) -> Answer:
        return self._answer("ask", order_no, provider, amount, code)

    def query(self, order_no: str) -> Answer:
        return self._answer("query", order_no)

    def reverse(self, order_no: str) -> Answer:
        return self._answer("reverse", order_no)

    def refund(self, order_no: str, refund_no: str, amount: int) -> Answer:
        return self._answer("refund", order_no, refund_no, amount)

    def bill(self, _provider: str, _date: str) -> Any:
        raise NotImplementedError


def form(shop: Shop, code: str = "C12") -> DraftView:
    return shop.desk.forms.begin(code, shop.desk.forms.example(code))


def with_gateway(shop: Shop, *answers: Answer | Outside) -> Gateway:
    made = Gateway(*answers)
    shop.desk.seat.gateway = made  # type: ignore[assignment]
    return made


# the ways


@pytest.mark.parametrize(
    ("linked", "gateway", "closed"),
    [
        (False, True, {}),
        (False, False, dict.fromkeys(("wechat", "alipay", "unionpay"), "No payment service")),
        (True, True, dict.fromkeys(("wechat", "alipay", "unionpay"), "Without a link")),
        (True, False, dict.fromkeys(("wechat", "alipay", "unionpay"), "Without a link")),
    ],
)
def test_why_a_way_can_not_be_taken_now(shop: Shop, linked: bool, gateway: bool, closed: dict[str, str]) -> None:
    desk = Desk(shop.store, Station(FACTS.outlet, FACTS.counter, linked=linked))
    desk.seat.operator = shop.desk.seat.operator
    if gateway:
        desk.seat.gateway = Gateway()  # type: ignore[assignment]
    found = {way.code: str(way.closed) for way in desk.paying.tender_ways() if way.closed is not None}
    assert found.keys() == closed.keys()
    assert all(found[code].startswith(closed[code]) for code in closed)


# what was handed over


def kept(shop: Shop, view: DraftView) -> list[Any]:
    made: list[Any] = json.loads(shop.one(Draft, id=view.id).tenders_json)
    return made


def test_what_was_handed_over_is_kept_with_its_form(shop: Shop) -> None:
    view = form(shop)
    assert shop.desk.paying.tendered(view.id) == ()
    handed = (Tender("card", 2_000, "POS1"), Tender("cash", 500))
    shop.desk.paying.keep_tenders(view.id, handed)
    assert kept(shop, view) == [["card", 2_000, "POS1"], ["cash", 500, ""]]
    assert shop.desk.paying.tendered(view.id) == handed
    assert tuple(tenders_of(shop.one(Draft, id=view.id))) == handed
    shop.desk.paying.keep_tenders(view.id, [])
    assert shop.desk.paying.tendered(view.id) == ()


def test_of_several_in_one_go_the_first_keeps_it(shop: Shop) -> None:
    views = [form(shop), form(shop, "C1"), form(shop, "C11")]
    for view in views:
        shop.desk.basket.collect(view.id)
    shop.alter(Draft, {"id": views[1].id}, tenders_json='[["cash", 1, ""]]')
    shop.desk.paying.keep_tenders("", [Tender("cash", 500)])
    assert [kept(shop, view) for view in views] == [[["cash", 500, ""]], [], []]
    assert shop.desk.paying.tendered("") == (Tender("cash", 500),)
    with_gateway(shop, Answer("waiting"))
    asked = shop.desk.mobile.ask("", 100, CODE)
    assert shop.one(MobilePayment, order_no=asked.order_no).draft_id == views[0].id
    shop.desk.paying.keep_tenders("", [Tender("cheque", 500, "支票1")])
    assert "支票1" in shop.one(Draft, id=views[0].id).tenders_json


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ({}, True),
        ({"booked": 1}, False),
        ({"dropped": 1}, False),
        ({"state": "asked"}, False),
        ({"state": "closed"}, False),
        ({"refund_of": "x"}, False),
        ({"draft_id": "other"}, False),
    ],
)
def test_what_was_paid_by_telephone_is_found_with_its_form(shop: Shop, values: dict[str, Any], found: bool) -> None:
    view = form(shop)
    payment(shop, "p", **{"draft_id": view.id, "state": "paid", **values})
    handed = [Tender("wechat", 777, "old"), Tender("cash", 500), Tender("gone", 3)]
    shop.alter(Draft, {"id": view.id}, tenders_json=json.dumps([[t.kind, t.amount, t.reference] for t in handed]))
    told = [Tender("cash", 500), Tender("gone", 3), *([Tender("wechat", 5_001, "p")] if found else [])]
    assert shop.desk.paying.tendered(view.id) == tuple(told)


def test_a_slip_that_has_paid_before_is_refused_while_it_is_in_hand(shop: Shop) -> None:
    view = form(shop)
    shop.desk.orders.complete(view.id, [Tender("card", view.quote.due, "POS1")])
    other = form(shop)
    shop.desk.paying.keep_tenders(other.id, [Tender("card", 100, "POS2")])
    with pytest.raises(NotAllowed):
        shop.desk.paying.keep_tenders(other.id, [Tender("card", 100, "POS2"), Tender("card", 50, " pos1 ")])
    assert kept(shop, other) == [["card", 100, "POS2"]]
    with pytest.raises(NotAllowed):
        shop.desk.paying.keep_tenders(other.id, [Tender("card", 100, "POS2"), Tender("card", 50, "POS2")])
    shop.desk.paying.keep_tenders(other.id, [Tender("cash", 100), Tender("card", 100, "POS3")])
    assert kept(shop, other) == [["cash", 100, ""], ["card", 100, "POS3"]]


def test_one_that_was_kept_before_is_not_asked_again(shop: Shop) -> None:
    """It is this form's own already, whatever has become of it since."""
    view, other = form(shop), form(shop)
    shop.desk.paying.keep_tenders(other.id, [Tender("card", 100, "POS1")])
    shop.desk.orders.complete(view.id, [Tender("card", view.quote.due, "POS1")])
    shop.desk.paying.keep_tenders(other.id, [Tender("card", 200, "POS1")])
    assert kept(shop, other) == [["card", 200, "POS1"]]


@pytest.mark.parametrize(("forms", "due", "out"), [(1, -5, True), (1, 0, False), (1, 5, False), (2, -5, False)])
def test_a_number_of_money_paid_out_is_held_against_what_was_paid_out(
    shop: Shop, monkeypatch: pytest.MonkeyPatch, forms: int, due: int, out: bool
) -> None:
    """In one go several are paid for: money comes in then."""
    asked: list[bool] = []
    views = [form(shop, code) for code in ("C12", "C11")[:forms]]
    for view in views if forms > 1 else ():
        shop.desk.basket.collect(view.id)
    monkeypatch.setattr(paying, "check_unused", lambda *_, out: asked.append(out))
    monkeypatch.setattr(shop.desk.runs, "filled_in", lambda *_: SimpleNamespace(quote=SimpleNamespace(due=due)))
    handed = [Tender("gone", 3, "X"), Tender("card", 100, "POS9")]
    shop.desk.paying.keep_tenders("" if forms > 1 else views[0].id, handed)
    assert asked == [out]
    assert len(kept(shop, views[0])) == 2, "a way that is none any more is told when it is paid"


# by telephone


def payment(shop: Shop, key: str, **values: Any) -> None:
    standard = {
        "outlet": FACTS.outlet,
        "counter": FACTS.counter,
        "operator": "1001",
        "business_date": "2026-11-23",
        "kind": "wechat",
        "provider": "wechat",
        "amount": 5_001,
        "asked_at": shop.at(),
    }
    shop.add(MobilePayment, order_no=key, **{**standard, **values})


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        (Answer("paid", "T1", "fine"), "paid"),
        (Answer("waiting"), "asked"),
        (Answer("unknown"), "unknown"),
        (Answer("closed", "", "no money"), "closed"),
        (Outside(say("Nobody answered.")), "asked"),
    ],
)
def test_whom_was_asked_for_what_is_on_disk(shop: Shop, answer: Answer | Outside, state: str) -> None:
    view, gateway = form(shop), with_gateway(shop, answer)
    asked = shop.desk.mobile.ask(view.id, 5_001, f" {CODE[:4]} {CODE[4:]}")
    row = shop.one(MobilePayment, order_no=asked.order_no)
    assert gateway.asked == [("ask", row.order_no, "wechat", 5_001, CODE)]
    assert (row.kind, row.provider, row.amount, row.draft_id, row.code_end) == (
        "wechat",
        "wechat",
        5_001,
        view.id,
        "6799",
    )
    assert (row.outlet, row.counter, row.operator) == (FACTS.outlet, FACTS.counter, FACTS.clerk)
    assert (row.business_date, row.asked_at) == ("2026-11-23", shop.at())
    assert (row.state, asked.state) == (state, state)
    if isinstance(answer, Answer):
        assert (row.transaction_no, row.reason, asked.reason) == (answer.transaction_no, answer.reason, answer.reason)


@pytest.mark.parametrize(
    ("code", "amount", "field", "told"),
    [
        (CODE[:-1], 100, "reference", "This is no payment code."),
        ("", 100, "reference", "This is no payment code."),
        ("9" * 18, 100, "reference", "This is no payment code."),
        (CODE, 0, "amount", "An amount above 0."),
        (CODE, -1, "amount", "An amount above 0."),
        (CODE, 1, "", ""),
    ],
)
def test_only_a_code_is_asked_for_an_amount(shop: Shop, code: str, amount: int, field: str, told: str) -> None:
    view, gateway = form(shop), with_gateway(shop, Answer("paid"))
    if not told:
        assert shop.desk.mobile.ask(view.id, amount, code).state == "paid"
        return
    with pytest.raises(NotAllowed) as refused:
        shop.desk.mobile.ask(view.id, amount, code)
    assert (str(refused.value), refused.value.field) == (told, field)
    assert (gateway.asked, shop.rows(MobilePayment)) == ([], [])


def test_without_a_service_a_link_or_a_shift_nobody_is_asked(shop: Shop) -> None:
    view = form(shop)
    with pytest.raises(NotAllowed) as refused:
        shop.desk.mobile.ask(view.id, 100, CODE)
    assert (str(refused.value), refused.value.field) == ("No payment service is set up here.", "kind")
    gateway = with_gateway(shop, Answer("paid"))
    shop.alter(Shift, {"till": FACTS.counter, "state": "open"}, state="closed")
    with pytest.raises(NotAllowed) as refused:
        shop.desk.mobile.ask(view.id, 100, CODE)
    assert (refused.value.field, gateway.asked, shop.rows(MobilePayment)) == ("tenders", [], [])


@pytest.mark.parametrize(
    ("state", "asks", "after"),
    [
        ("asked", True, "paid"),
        ("unknown", True, "paid"),
        ("paid", False, "paid"),
        ("closed", False, "closed"),
        ("reversed", False, "reversed"),
        ("refunded", False, "refunded"),
    ],
)
def test_its_provider_is_asked_again_while_it_is_not_final(shop: Shop, state: str, asks: bool, after: str) -> None:
    payment(shop, "p", state=state)
    assert shop.desk.mobile.look_at("p").state == state, "nobody to ask"
    gateway = with_gateway(shop, Answer("paid"))
    assert shop.desk.mobile.look_at("p").state == after
    assert gateway.asked == ([("query", "p")] if asks else [])


def test_a_provider_that_does_not_answer_leaves_it_as_it_stands(shop: Shop) -> None:
    payment(shop, "p", state="unknown")
    payment(shop, "q", outlet="HZ02")
    with_gateway(shop, Outside(say("Nobody answered.")))
    assert shop.desk.mobile.look_at("p").state == "unknown"
    with pytest.raises(NotFound):
        shop.desk.mobile.look_at("q")


@pytest.mark.parametrize(
    ("values", "after"),
    [
        ({"state": "asked"}, ("unknown", 1)),
        ({"state": "unknown"}, ("unknown", 1)),
        ({"state": "paid"}, ("paid", 1)),
        ({"state": "closed"}, ("closed", 0)),
        ({"state": "reversed"}, ("reversed", 0)),
        ({"state": "paid", "booked": 1}, None),
    ],
)
def test_what_nobody_waits_for_is_given_up(shop: Shop, values: dict[str, Any], after: tuple[str, int] | None) -> None:
    payment(shop, "p", **values)
    if after is None:
        with pytest.raises(NotAllowed, match="take the order back"):
            shop.desk.mobile.drop("p")
        after = "paid", 0
    else:
        shop.desk.mobile.drop("p")
    row = shop.one(MobilePayment, order_no="p")
    assert (row.state, row.dropped) == after


# the invoice


def test_whose_the_invoice_is_stands_there_until_it_is_said_otherwise(shop: Shop) -> None:
    line = shop.rows(Subscription, state="active")[0]
    owner = shop.one(Customer, id=line.customer_id)
    view = shop.desk.forms.begin("C12", {**shop.desk.forms.example("C12"), "who": line.number})
    assert shop.desk.invoices.asked(view.id).title == owner.name
    shop.desk.invoices.keep(view.id, Invoicing("later"))
    assert (shop.desk.invoices.asked(view.id).when, shop.desk.invoices.asked(view.id).title) == ("later", owner.name)
    shop.desk.invoices.keep(view.id, Invoicing("now", "杭州明天科技有限公司", "9133010207311234A4"))
    said = shop.desk.invoices.asked(view.id)
    assert (said.when, said.title, said.tax_number) == ("now", "杭州明天科技有限公司", "9133010207311234A4")
    with pytest.raises(BadForm):
        shop.desk.invoices.keep(view.id, Invoicing("now", "杭州明天科技有限公司", "1"))
    assert shop.desk.invoices.asked(view.id) == said


@pytest.mark.parametrize(
    ("who", "title", "tax"),
    [
        ("new_customer", FACTS.new_customer.name, ""),
        ("organization", FACTS.organization.name, FACTS.organization.document_number),
    ],
)
def test_of_somebody_new_it_is_as_they_are_typed(shop: Shop, who: str, title: str, tax: str) -> None:
    known = getattr(FACTS, who)
    view = shop.desk.forms.begin(
        "C1",
        {
            **shop.desk.forms.example("C1"),
            "document_kind": known.document_kind,
            "document_number": known.document_number,
            "name": known.name,
        },
    )
    said = shop.desk.invoices.asked(view.id)
    assert (said.title, said.tax_number) == (title, tax)
    empty = shop.desk.invoices.asked(shop.desk.forms.begin("C1").id)
    assert (empty.title, empty.tax_number) == ("", "")


def test_all_forms_of_a_basket_have_one_answer(shop: Shop) -> None:
    views = [form(shop), form(shop, "C1")]
    for view in views:
        shop.desk.basket.collect(view.id)
    shop.desk.invoices.keep("", Invoicing("none"))
    assert [json.loads(shop.one(Draft, id=view.id).invoicing_json)["when"] for view in views] == ["none", "none"]


def test_an_invoice_that_was_put_off_is_drawn_once(shop: Shop) -> None:
    view = form(shop)
    shop.desk.invoices.keep(view.id, Invoicing("later"))
    done = shop.desk.orders.complete(view.id, [Tender("cash", view.quote.due)])
    assert "invoice" not in {paper.kind for paper in done.papers}
    order = shop.desk.lookups.order(done.serial)
    assert order.undrawable is None
    assert order.buyer.title
    assert "Invoice" in {str(name) for name, _ in order.lines}
    paper = shop.desk.invoices.draw(done.serial)
    assert paper.kind == "invoice"
    with pytest.raises(NotAllowed):
        shop.desk.invoices.draw(done.serial)
    assert shop.desk.lookups.order(done.serial).undrawable is not None


def test_a_head_that_is_stopped_sells_nothing(shop: Shop) -> None:
    shop.alter(JournalHead, {"outlet": FACTS.outlet}, stopped=canonical(say("Two copies.").as_json()))
    with pytest.raises(NotAllowed, match="This outlet is stopped: Two copies"):
        shop.desk.forms.begin("C2")


@pytest.mark.parametrize(("title", "tax"), [("", ""), ("杭州明天科技有限公司", "9133010207311234A4")])
def test_an_order_says_whose_invoice_it_will_be(shop: Shop, title: str, tax: str) -> None:
    view = form(shop)
    shop.desk.invoices.keep(view.id, Invoicing("later", title, tax))
    done = shop.desk.orders.complete(view.id, [Tender("cash", view.quote.due)])
    owner = shop.one(Customer, id=done.facts["customer_id"])
    buyer = shop.desk.lookups.order(done.serial).buyer
    assert (buyer.title, buyer.tax_number) == (title or owner.name, tax)


def test_of_an_order_that_none_was_asked_for_it_will_be_nobody_s(shop: Shop) -> None:
    view = form(shop)
    done = shop.desk.orders.complete(view.id, [Tender("cash", view.quote.due)])
    assert shop.desk.lookups.order(done.serial).buyer == Invoicing()


def test_whose_role_may_not_do_the_business_draws_no_invoice_of_it_and_takes_none_back(shop: Shop) -> None:
    view = form(shop)
    shop.desk.invoices.keep(view.id, Invoicing("later"))
    done = shop.desk.orders.complete(view.id, [Tender("cash", view.quote.due)])
    opened = shop.open_account()
    for code in ("C12", "C1"):
        shop.alter(RoleRight, {"role": "clerk", "business": code}, role="nobody")
    with pytest.raises(NotAllowed, match="Your role may not do C12"):
        shop.desk.invoices.draw(done.serial)
    with pytest.raises(NotAllowed, match="Your role may not do C1"):
        shop.desk.orders.cancel(opened.serial, "wrong", FACTS.supervisor, FACTS.password)
    assert shop.one(ProductOrder, serial=opened.serial).state == "inProgress"


def test_a_form_without_a_kind_of_document_or_a_name_has_an_invoice_of_nobody(shop: Shop) -> None:
    view = shop.desk.forms.begin("C1", {"document_number": FACTS.organization.document_number})
    assert shop.desk.invoices.asked(view.id).title == ""
    view = shop.desk.forms.begin("C1", {"name": FACTS.new_customer.name})
    said = shop.desk.invoices.asked(view.id)
    assert (said.title, said.tax_number) == (FACTS.new_customer.name, "")


@pytest.mark.parametrize(
    ("way", "online", "gateway", "closed"),
    [
        ({}, True, False, None),
        ({}, False, False, "Without a link this can't be taken."),
        ({"offline": True}, False, False, None),
        ({"provider": "alipay"}, True, True, None),
        ({"provider": "alipay"}, True, False, "No payment service is set up here."),
        ({"provider": "alipay"}, False, True, "Without a link this can't be taken."),
        ({"provider": "alipay", "closed": say("It rests.")}, True, False, "It rests."),
        ({"provider": "alipay", "closed": say("It rests.")}, True, True, "It rests."),
        ({"closed": say("It rests.")}, True, False, "It rests."),
    ],
)
def test_a_way_of_paying_is_closed_for_one_reason(
    shop: Shop, way: dict[str, Any], online: bool, gateway: bool, closed: str | None
) -> None:
    if gateway:
        with_gateway(shop)
    (card,) = (each for each in shop.desk.paying.tender_ways() if each.code == "card")
    asked = replace(card, **{"offline": False, "provider": "", "closed": None, **way})
    found = shop.desk.paying._as_it_stands(asked, online)
    assert (None if found.closed is None else str(found.closed)) == closed
    assert replace(found, closed=None) == replace(asked, closed=None)
