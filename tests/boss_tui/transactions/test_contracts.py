"""A contract binds: leaving its plans costs its penalty or a supervisor; it ends by itself; it comes back in 7 days."""

from __future__ import annotations

from datetime import timedelta

import pytest

from boss_tui.answers.business import DraftView, Outcome, Tender
from boss_tui.chores.scheduling import perform_due
from boss_tui.components.products.agreements import penalty
from data.demo.handsets import imei
from data.journal import Author
from data.tables.billing import CustomerBill
from data.tables.document import PaperDocument
from data.tables.life import Agreement, ScheduledAct
from data.tables.order import ProductOrder, Subscription
from data.tables.product import Product
from tests.boss_tui.transactions.following import network_answers, next_day, sound
from tests.boss_tui.transactions.test_c09_close_account import amounts, line_of, typed
from tests.boss_tui.transactions.test_c09_close_account import begin as closing
from tests.boss_tui.transactions.test_c10_handsets import TODAY, bucket, do, unit
from tests.hall import FACTS, Hall, numbered

P50, M30 = imei("86045601", 1), imei("86012305", 1)
PRICE, RETAIL, PREPAY, FEE = 199_900, 399_900, 288_000, 1_000
PENALTY = RETAIL - PRICE + PREPAY * 30 // 100


def bound(hall: Hall, bundle: str = "BD-P50", which: str = P50) -> Subscription:
    """A line of P88 with a handset under contract."""
    line = line_of(hall, plan="P88")
    view = hall.desk.forms.begin("C10", {"imei": which, "bundle": bundle, **typed(hall, line)})
    assert not view.errors, view.errors
    if view.qualification.verdict == "override":
        hall.desk.approvals.approve(view.id, FACTS.supervisor, FACTS.password)
    hall.desk.orders.complete(view.id, [numbered("card", view.quote.due, view)])
    return line


def plan(hall: Hall, line: Subscription, to: str, **more: str) -> DraftView:
    """A form of C8."""
    return hall.desk.forms.begin("C8", {**typed(hall, line), "plan": to, "starts": "now", **more})


def complete(hall: Hall, view: DraftView, kind: str = "cash") -> Outcome:
    """Do it, with a supervisor where one must allow it."""
    assert not view.errors, view.errors
    due = view.quote.due
    tenders = [Tender(kind, abs(due)) if kind == "cash" else numbered(kind, abs(due), view)] if due else []
    if view.qualification.verdict == "override":
        hall.desk.approvals.approve(view.id, FACTS.supervisor, FACTS.password, tenders)
    return hall.desk.orders.complete(view.id, tenders)


def state(hall: Hall, line: Subscription) -> tuple[str, str]:
    """Of the handset's contract, and of its next month."""
    (agreement,) = hall.rows(Agreement, subscription_id=line.id, kind="handset")
    (act,) = hall.rows(ScheduledAct, subscription_id=line.id, business="C10")
    return agreement.state, act.state


@pytest.mark.parametrize("starts", ["now", "next"])
def test_a_plan_that_it_is_not_sold_with_costs_the_penalty(hall: Hall, starts: str) -> None:
    line = bound(hall)
    before = bucket(hall, line, "prepaid")
    view = plan(hall, line, "P39", starts=starts)
    assert amounts(view)["contract_penalty"] == PENALTY
    assert view.quote.due == PENALTY
    assert view.qualification.verdict == "yes"
    outcome = complete(hall, view)
    assert (bucket(hall, line, "gift"), bucket(hall, line, "prepaid")) == (0, before + PREPAY)
    assert state(hall, line) == ("terminated", "cancelled")
    assert sound(hall)
    if starts == "now":
        network_answers(hall)
    (order,) = hall.rows(ProductOrder, id=outcome.order_id)
    hall.desk.orders.cancel(order.serial, "客户反悔", FACTS.supervisor, FACTS.password)
    network_answers(hall)
    assert state(hall, line) == ("active", "waiting")
    assert (bucket(hall, line, "gift"), bucket(hall, line, "prepaid")) == (PREPAY, before)
    assert sound(hall)


def test_a_plan_that_it_is_sold_with_costs_nothing_nor_does_any_where_the_bundle_names_none(hall: Hall) -> None:
    line = bound(hall)
    assert "contract_penalty" not in amounts(plan(hall, line, "P128"))
    other = hall.rows(Subscription, plan="P58", state="active")[0]
    do(hall, imei=M30, bundle="BD-M30", **typed(hall, other))
    assert "contract_penalty" not in amounts(plan(hall, other, "P39"))


def test_a_supervisor_lets_it_go_on(hall: Hall) -> None:
    line = bound(hall)
    view = plan(hall, line, "P39", keep="y")
    assert ("contract_penalty" in amounts(view), view.qualification.verdict) == (False, "override")
    complete(hall, view)
    network_answers(hall)
    assert state(hall, line) == ("active", "waiting")
    assert sound(hall)


def test_what_is_left_is_less_after_a_month(hall: Hall) -> None:
    line = bound(hall)
    next_day(hall, "2026-12-24")
    perform_due(hall.store, FACTS.outlet)
    hall.desk.till.open_shift(10_000)
    left = PREPAY - PREPAY // 24
    found = amounts(plan(hall, line, "P39"))
    assert (found["contract_penalty"], found["contract_prepay"]) == (RETAIL - PRICE + left * 30 // 100, -left)


def test_a_closing_costs_the_same(hall: Hall) -> None:
    line = bound(hall)
    assert amounts(closing(hall, line))["contract_penalty"] == PENALTY


def test_prepaid_under_contract_needs_a_supervisor(hall: Hall) -> None:
    line = bound(hall, "BD-M30", M30)
    with hall.store.transaction(Author(FACTS.outlet, "test", "test")) as tx:
        for product in tx.all(Product):
            tx.change(product, pay_type="any")
    view = hall.desk.forms.begin("C4.3", {**typed(hall, line), "change": "prepaid"})
    assert (view.errors, view.qualification.verdict) == ({}, "override")
    assert any("ending it costs" in str(reason.message) for reason in view.qualification.reasons)


# ending it by itself


def test_a_contract_ends_by_itself_for_its_penalty(hall: Hall) -> None:
    line = bound(hall)
    before = bucket(hall, line, "prepaid")
    elsewhere = hall.counter(FACTS.clerk, "HZ0102")
    assert (
        "document_number"
        in elsewhere.forms.begin("C10", {"action": "end", "number": line.number, "reason": "x"}).errors
    )
    view = hall.desk.forms.begin("C10", {"action": "end", "reason": "不再需要", **typed(hall, line)})
    assert (view.errors, view.quote.due) == ({}, PENALTY)
    outcome = complete(hall, view)
    assert {paper.kind for paper in outcome.papers} >= {"invoice", "receipt", "slip"}
    assert state(hall, line) == ("terminated", "cancelled")
    assert (bucket(hall, line, "gift"), bucket(hall, line, "prepaid")) == (0, before + PREPAY)
    assert unit(hall, P50).state == "sold"
    again = hall.desk.forms.begin("C10", {"action": "end", "reason": "x", **typed(hall, line)})
    assert "No contract runs" in str(again.errors["number"])
    assert sound(hall)
    hall.desk.orders.cancel(outcome.serial, "客户反悔", FACTS.supervisor, FACTS.password)
    assert state(hall, line) == ("active", "waiting")
    assert sound(hall)


def test_a_plans_contract_ends_by_itself_too(hall: Hall) -> None:
    line = line_of(hall, plan="P128")
    (agreement,) = hall.rows(Agreement, subscription_id=line.id)
    view = hall.desk.forms.begin("C10", {"action": "end", "reason": "不再需要", **typed(hall, line)})
    assert amounts(view) == {"plan_penalty": penalty(agreement, TODAY)}
    complete(hall, view)
    assert hall.rows(Agreement, subscription_id=line.id)[0].state == "terminated"
    assert sound(hall)


# back within its days


@pytest.mark.parametrize(("days", "back"), [(0, True), (7, True), (8, False)])
def test_it_comes_back_within_seven_days_with_all_that_was_paid(hall: Hall, days: int, *, back: bool) -> None:
    line = bound(hall)
    (sale,) = hall.rows(ProductOrder, business="C10")
    if days:
        next_day(hall, (TODAY + timedelta(days=days)).isoformat())
        hall.desk.till.open_shift(10_000)
    view = hall.desk.forms.begin("C10", {"action": "return", "imei": P50, "reason": "不喜欢", "faulty": "n"})
    if not back:
        assert "7 days" in str(view.errors["imei"])
        return
    assert view.quote.due == -(PRICE + PREPAY + FEE)
    complete(hall, view, "card")
    assert (unit(hall, P50).state, bucket(hall, line, "gift")) == ("returned", 0)
    assert state(hall, line) == ("terminated", "cancelled")
    assert {
        row.state for row in hall.rows(PaperDocument, order_id=sale.id) if row.kind not in {"slip", "contract"}
    } == {"red"}
    assert sound(hall)


# who owes


@pytest.mark.parametrize(("due_on", "late"), [("2026-11-23", False), ("2026-11-22", True)])
def test_who_is_in_arrears_gets_no_contract_without_a_supervisor(hall: Hall, *, due_on: str, late: bool) -> None:
    lines = hall.rows(Subscription, plan="P88", state="active")
    alone = [line for line in lines if len(hall.rows(Subscription, customer_id=line.customer_id)) == 1]
    line = next(line for line in alone if hall.rows(CustomerBill, account_id=line.account_id))
    bills = hall.rows(CustomerBill, account_id=line.account_id)
    with hall.store.transaction(Author(FACTS.outlet, "test", "test")) as tx:
        for bill in bills:
            tx.change(tx.one(CustomerBill, id=bill.id), paid=0, state="sent", due_on=due_on)
    with_contract = hall.desk.forms.begin("C10", {"imei": M30, "bundle": "BD-M30", **typed(hall, line)})
    reasons = [str(reason.message) for reason in with_contract.qualification.reasons if reason.rule != "amount"]
    assert bool(reasons) == late
    assert all("overdue" in reason for reason in reasons)
    due = with_contract.quote.due
    if late:
        hall.desk.approvals.approve(with_contract.id, FACTS.supervisor, FACTS.password)
    assert hall.desk.orders.complete(with_contract.id, [Tender("cash", due)]).due == due
    plain = hall.desk.forms.begin("C10", {"imei": imei("86012305", 2), "number": line.number})
    assert not [reason for reason in plain.qualification.reasons if "overdue" in str(reason.message)]
