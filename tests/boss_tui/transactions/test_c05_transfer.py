"""C5 过户: what keeps a number back, whose money goes where, what stays with the old owner."""

from __future__ import annotations

import json
from typing import Any

import pytest

from boss_tui.answers.business import DraftView, Outcome, Tender
from boss_tui.components.operators.passwords import matches
from data.clock import new_key
from data.errors import BossError, NotAllowed
from data.journal import Author
from data.tables.account import BalanceBucket, BillingAccount, CustomerCredit
from data.tables.billing import BillLine, CustomerBill, UsageMonth
from data.tables.customer import Category, Customer, CustomerAgent
from data.tables.document import PaperDocument
from data.tables.life import Agreement
from data.tables.network import WorkOrder
from data.tables.order import ProductOrder, Subscription
from data.tables.resource import NumberGrade, PhoneNumber
from data.tables.service import ChargeSchedule
from tests.boss_tui.transactions.following import network_answers, next_day, sound
from tests.hall import FACTS, Hall


def filled(hall: Hall, **changes: Any) -> DraftView:
    """A draft of the example, with these changes."""
    return hall.desk.forms.begin("C5", {**hall.desk.forms.example("C5"), **changes})


def transfer(hall: Hall, **changes: Any) -> Outcome:
    """A whole C5, approved, and paid or paid out in cash."""
    view = filled(hall, **changes)
    assert not view.errors, view.errors
    hall.desk.approvals.approve(view.id, FACTS.supervisor, FACTS.password)
    due = hall.desk.forms.quote(view.id).quote.due
    return hall.desk.orders.complete(view.id, [Tender("cash", abs(due))] if due else [])


def line_of(hall: Hall, number: str) -> tuple[Subscription, BillingAccount]:
    """A number's subscription and account."""
    (subscription,) = hall.rows(Subscription, number=number)
    (account,) = hall.rows(BillingAccount, id=subscription.account_id)
    return subscription, account


def held(hall: Hall, account: BillingAccount) -> dict[str, int]:
    """What an account holds, by kind."""
    return {bucket.kind: bucket.amount for bucket in hall.rows(BalanceBucket, account_id=account.id)}


def billed(hall: Hall, outcome: Outcome) -> int:
    """What the old owner was billed with a transfer."""
    return sum(bill.amount for bill in hall.rows(CustomerBill, order_id=outcome.order_id))


def test_the_number_goes_and_history_stays(hall: Hall) -> None:
    number = hall.desk.forms.example("C5")["number"]
    before, old_account = line_of(hall, number)
    balance = held(hall, old_account)["prepaid"]
    outcome = transfer(hall)
    after, account = line_of(hall, number)
    (owner,) = hall.rows(Customer, id=after.customer_id)
    assert owner.name == "沈佳音"
    assert (after.iccid, after.imsi, after.plan) == (before.iccid, before.imsi, before.plan)
    assert (account.customer_id, account.pay_method) == (owner.id, "cash")
    assert held(hall, account) == {"prepaid": max(0, balance - billed(hall, outcome)), "deposit": 0}
    assert hall.rows(BillingAccount, id=old_account.id)[0].state == "closed"
    assert matches(after.password_hash, "274916")
    assert len(hall.rows(CustomerCredit, customer_id=owner.id)) == 1
    assert [paper.kind for paper in outcome.papers] == ["invoice", "receipt", "slip", "slip", "invoice"]
    assert (outcome.due, outcome.state) == (2_000 + max(0, billed(hall, outcome) - balance), "completed")
    (order,) = hall.rows(ProductOrder, id=outcome.order_id)
    assert (order.customer_id, order.approved_by) == (before.customer_id, FACTS.supervisor)
    assert sound(hall)
    with pytest.raises(NotAllowed, match="Transfer it back"):
        hall.desk.orders.cancel(outcome.serial, "客户反悔", FACTS.supervisor, FACTS.password)
    assert [c.code for c in hall.desk.lookups.matrix("C5") if c.state == "waiting"] == []
    assert len(hall.desk.lookups.matrix("C5")) == 20


def test_the_balance_goes_back_to_the_fen(hall: Hall) -> None:
    number = hall.desk.forms.example("C5")["number"]
    balance = held(hall, line_of(hall, number)[1])["prepaid"]
    outcome = transfer(hall, balance="back")
    assert outcome.due == 2_000 + billed(hall, outcome) - balance
    assert held(hall, line_of(hall, number)[1]) == {"prepaid": 0, "deposit": 0}
    assert sound(hall)


def test_international_services_end_with_the_deposit_that_stood_for_them(hall: Hall) -> None:
    opened = hall.open_account(long_distance="international", roaming="international")
    network_answers(hall)
    number = opened.facts["number"]
    subscription, old_account = line_of(hall, number)
    assert held(hall, old_account)["deposit"] == 100_000
    (owner,) = hall.rows(Customer, id=subscription.customer_id)
    outcome = transfer(hall, number=number, document_number=owner.document_number)
    told = [(w.act, json.loads(w.parameters)) for w in hall.rows(WorkOrder, order_id=outcome.order_id)]
    assert {act for act, _ in told} == {"set_long_distance", "set_roaming"}
    assert {p.get("old_long_distance", p.get("old_roaming")) for _, p in told} == {"international"}
    assert outcome.due == 2_000 - 100_000
    network_answers(hall)
    after, account = line_of(hall, number)
    assert (after.long_distance, after.roaming) == ("domestic", "national")
    assert held(hall, account)["deposit"] == 0
    assert sound(hall)


def test_a_running_contract_costs_its_penalty(hall: Hall) -> None:
    number = hall.desk.forms.example("C5")["number"]
    subscription, _ = line_of(hall, number)
    example = hall.desk.forms.example("C5")
    with hall.store.transaction(Author(FACTS.outlet, "test", "test")) as tx:
        tx.add(
            Agreement,
            id=new_key(tx.clock),
            customer_id=subscription.customer_id,
            subscription_id=subscription.id,
            kind="plan",
            starts_on="2026-11-23",
            ends_on="2027-11-22",
            months=12,
            value=100_000,
        )
    refused = hall.desk.forms.begin("C5", example)
    assert "300.00" in str(refused.errors["penalty"])
    paid = hall.desk.forms.fill(refused.id, {"penalty": "y"})
    assert not paid.errors
    assert {line.item: line.amount for line in paid.quote.lines}["plan_penalty"] == 30_000
    balance = held(hall, line_of(hall, number)[1])["prepaid"]
    outcome = transfer(hall, **example, penalty="y")
    assert outcome.due == 32_000 + max(0, billed(hall, outcome) - balance)
    assert [a.state for a in hall.rows(Agreement, subscription_id=subscription.id)] == ["terminated"]
    assert sound(hall)


def test_a_beautiful_number_is_barred_for_a_time(hall: Hall) -> None:
    example = hall.desk.forms.example("C5")
    with hall.store.transaction(Author(FACTS.outlet, "test", "test")) as tx:
        number = tx.one(PhoneNumber, number=example["number"])
        tx.change(tx.one(NumberGrade, code=number.grade), transfer_ban_months=240)
    assert "can't be transferred until" in str(hall.desk.forms.begin("C5", example).errors["number"])


def test_blacklists_of_the_new_owner_are_asked(hall: Hall) -> None:
    bad, shared = FACTS.blacklisted, FACTS.blacklisted_by_partner
    view = filled(hall, new_document_number=bad.document_number, new_name=bad.name)
    assert "blacklist" in str(view.errors["new_document_number"])
    view = filled(hall, new_document_number=shared.document_number, new_name=shared.name)
    assert {r.rule for r in view.qualification.reasons} >= {"blacklist_partner"}


WRONG: tuple[tuple[dict[str, str], str], ...] = (
    ({"number": "13900000000"}, "number"),
    ({"document_number": ""}, "document_number"),
    ({"document_number": FACTS.customers[5].document_number}, "document_number"),
    ({"new_document_number": "110105194912310021"}, "new_document_number"),
    ({"new_document_kind": "07"}, "new_birth_date"),
    ({"new_name": "沈1"}, "new_name"),
    ({"new_address": "杭州"}, "new_address"),
    ({"new_phone": "123"}, "new_phone"),
    ({"new_expires": "2020-01-01"}, "new_expires"),
    ({"new_password": "111111"}, "new_password"),
    ({"repeat_password": "274917"}, "repeat_password"),
    ({"balance": "half"}, "balance"),
    ({"by_agent": "y"}, "agent_name"),
)


@pytest.mark.parametrize(("change", "field"), WRONG)
def test_a_wrong_form_is_refused_beside_its_field_and_changes_nothing(
    hall: Hall, change: dict[str, str], field: str
) -> None:
    before = hall.rows(Subscription)
    view = filled(hall, **change)
    assert field in view.errors
    with pytest.raises(BossError):
        hall.desk.orders.complete(view.id, [])
    assert hall.rows(Subscription) == before
    assert hall.rows(ProductOrder, business="C5") == []


def test_the_owner_can_not_be_the_new_owner(hall: Hall) -> None:
    example = hall.desk.forms.example("C5")
    view = filled(hall, new_document_number=example["document_number"])
    assert "owner already" in str(view.errors["new_document_number"])


def test_arrears_keep_the_number_back_and_are_shown(hall: Hall) -> None:
    example = hall.desk.forms.example("C5")
    _, account = line_of(hall, example["number"])
    with hall.store.transaction(Author(FACTS.outlet, "test", "test")) as tx:
        tx.add(
            CustomerBill,
            id=new_key(tx.clock),
            outlet=FACTS.outlet,
            account_id=account.id,
            month="2025-01",
            amount=8_800,
            issued_on="2025-02-01",
            due_on="2025-02-20",
        )
    view = hall.desk.forms.begin("C5", example)
    assert "88.00" in str(view.errors["number"])
    assert any("2025-01" in str(notice.text) for notice in view.notices)
    payment = hall.desk.forms.begin("C4.3", {"number": example["number"], "change": "prepaid"})
    assert "change" in payment.errors


def test_no_sixth_number_for_the_new_owner(hall: Hall) -> None:
    example = hall.desk.forms.example("C5")
    taker = next(
        c
        for c in hall.rows(Customer)
        if c.document_kind == "00" and c.category == "ordinary" and c.document_number != example["document_number"]
    )
    with hall.store.transaction(Author(FACTS.outlet, "test", "test")) as tx:
        for category in tx.all(Category):
            tx.change(category, number_limit=1)
    view = hall.desk.forms.begin(
        "C5", {**example, "new_document_number": taker.document_number, "new_name": taker.name}
    )
    assert "1 number already" in str(view.errors["new_document_number"])


def test_what_the_old_owner_set_for_a_day_keeps_the_number_back(hall: Hall) -> None:
    form = hall.desk.forms.example("C5")
    (line,) = hall.rows(Subscription, number=form["number"])
    plan = "P88" if line.plan != "P88" else "P58"
    typed = {"number": line.number, "document_number": form["document_number"], "plan": plan, "starts": "next"}
    view = hall.desk.forms.begin("C8", typed)
    assert not view.errors, view.errors
    hall.desk.orders.complete(view.id, [Tender("cash", view.quote.due)] if view.quote.due else [])
    refused = hall.desk.forms.begin("C5", form)
    assert "C8 waits for 2026-12-01" in str(refused.errors["number"])


AGENT = {
    "new_by_agent": "y",
    "new_agent_document_number": FACTS.new_customer.document_number,
    "new_agent_name": FACTS.new_customer.name,
    "new_agent_phone": "13812345678",
}


def test_somebody_may_act_for_the_new_owner_and_stands_on_the_slip(hall: Hall) -> None:
    outcome = transfer(hall, **AGENT)
    (agent,) = hall.rows(CustomerAgent, order_id=outcome.order_id)
    (owner,) = hall.rows(Customer, name="沈佳音")
    assert (agent.customer_id, agent.document_number) == (owner.id, FACTS.new_customer.document_number)
    slips = [paper for paper in outcome.papers if paper.kind == "slip"]
    assert all(any(FACTS.new_customer.name in line for line in slip.preview) for slip in slips)
    assert sound(hall)


@pytest.mark.parametrize("wanted", ["new_agent_document_number", "new_agent_name", "new_agent_phone"])
def test_the_new_owners_agent_shows_everything(hall: Hall, wanted: str) -> None:
    view = filled(hall, **{**AGENT, wanted: ""})
    assert set(view.errors) == {wanted}


def test_the_new_owner_does_not_act_for_themselves(hall: Hall) -> None:
    example = hall.desk.forms.example("C5")
    own = {"new_agent_document_number": example["new_document_number"]}
    view = hall.desk.forms.begin("C5", {**example, **AGENT, **own})
    assert "the same person" in str(view.errors["new_agent_document_number"])


def test_an_organisation_takes_a_number_over_by_an_agent_only(hall: Hall) -> None:
    company = {
        "new_document_kind": "30",
        "new_document_number": FACTS.organization.document_number,
        "new_name": FACTS.organization.name,
    }
    assert "new_by_agent" in filled(hall, **company).errors
    assert "new_by_agent" not in filled(hall, **company, **AGENT).errors


OLD_AGENT = {
    "by_agent": "y",
    "agent_document_number": FACTS.new_customer.document_number,
    "agent_name": FACTS.new_customer.name,
    "agent_phone": "13812345678",
}


def test_who_gets_the_number_does_not_give_it_away(hall: Hall) -> None:
    example = hall.desk.forms.example("C5")
    new, old = example["new_document_number"], example["document_number"]
    view = hall.desk.forms.begin("C5", {**example, **OLD_AGENT, "agent_document_number": new, "agent_name": "沈佳音"})
    assert "can't act for the old one" in str(view.errors["agent_document_number"])
    lower = hall.desk.forms.begin(
        "C5", {**example, **OLD_AGENT, "new_document_number": FREE_X, "agent_document_number": FREE_X.lower()}
    )
    assert "can't act for the old one" in str(lower.errors["agent_document_number"])
    view = hall.desk.forms.begin("C5", {**example, **AGENT, "new_agent_document_number": old})
    assert "can't act for the new one" in str(view.errors["new_agent_document_number"])
    view = hall.desk.forms.begin("C5", {**example, **OLD_AGENT, "agent_document_number": old})
    assert "the same person" in str(view.errors["agent_document_number"])


FREE_X = "11010519491231002X"


def test_nobody_acts_for_both_sides_but_two_agents_may(hall: Hall) -> None:
    example = hall.desk.forms.example("C5")
    view = hall.desk.forms.begin("C5", {**example, **OLD_AGENT, **AGENT})
    assert "both sides" in str(view.errors["new_agent_document_number"])
    view = hall.desk.forms.begin("C5", {**example, **OLD_AGENT, **AGENT, "new_agent_document_number": FREE_X})
    assert not view.errors
    view = hall.desk.forms.begin("C5", {**example, **OLD_AGENT})
    assert not view.errors


@pytest.mark.parametrize(("born", "refused"), [("20101123", False), ("20101124", True)])
def test_an_agent_is_sixteen_in_every_business(hall: Hall, born: str, refused: bool) -> None:
    first = f"110105{born}002"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    check = "10X98765432"[sum(int(d) * w for d, w in zip(first, weights, strict=True)) % 11]
    for code in ("C5", "C2", "C9"):
        view = hall.desk.forms.begin(
            code, {**hall.desk.forms.example(code), **OLD_AGENT, "agent_document_number": first + check}
        )
        assert ("agent_document_number" in view.errors) is refused, code


# who pays the running month


def fees(hall: Hall, line: Subscription, days: int) -> int:
    """What a line's monthly fees come to for so many days of November, each rounded down; and what was used."""
    rows = [row for row in hall.rows(ChargeSchedule, subscription_id=line.id) if row.state == "running"]
    used = sum(row.amount for row in hall.rows(UsageMonth, subscription_id=line.id, month="2026-11"))
    return int(sum(row.amount * days // 30 for row in rows) + used)


def closing_bill(hall: Hall, number: str) -> int:
    """What the final bill of a closing would come to now."""
    line, _ = line_of(hall, number)
    (owner,) = hall.rows(Customer, id=line.customer_id)
    typed = {"number": number, "document_number": owner.document_number, "action": "close"}
    view = hall.desk.forms.begin("C9", typed)
    hall.desk.forms.abandon(view.id)
    return sum(one.amount for one in view.quote.lines if one.item == "bill_payment")


def _slips(outcome: Outcome) -> str:
    return "".join(line for paper in outcome.papers if paper.kind == "slip" for line in paper.preview)


def test_each_owner_pays_their_own_days(hall: Hall) -> None:
    """The example: on the 23rd the old owner pays 22 of 30 days and what was used; the new one has the rest."""
    number = hall.desk.forms.example("C5")["number"]
    line, old = line_of(hall, number)
    whole = closing_bill(hall, number)
    outcome = transfer(hall)
    (bill,) = hall.rows(CustomerBill, order_id=outcome.order_id)
    assert (bill.account_id, bill.kind, bill.state, bill.paid) == (old.id, "final", "settled", bill.amount)
    assert bill.amount == fees(hall, line, 22)
    assert closing_bill(hall, number) == whole - bill.amount > 0
    assert "2026-11-22" in _slips(outcome)
    assert sound(hall)


def test_or_all_of_it_is_the_new_owners(hall: Hall) -> None:
    number = hall.desk.forms.example("C5")["number"]
    whole = closing_bill(hall, number)
    outcome = transfer(hall, month="first")
    assert billed(hall, outcome) == 0
    assert closing_bill(hall, number) == whole
    assert "从1日起" in _slips(outcome)
    assert sound(hall)


def test_a_number_that_goes_twice_in_a_month_is_charged_once(hall: Hall) -> None:
    example = hall.desk.forms.example("C5")
    number = example["number"]
    whole = closing_bill(hall, number)
    first = transfer(hall)
    line, _ = line_of(hall, number)
    (owner,) = hall.rows(Customer, id=line.customer_id)
    another = hall.desk.forms.example("C5")["new_document_number"]
    second_owner = {**example, "document_number": owner.document_number, "new_document_number": another}
    second = transfer(hall, **second_owner)
    assert billed(hall, second) == 0
    assert closing_bill(hall, number) == whole - billed(hall, first)
    assert sound(hall)


@pytest.mark.parametrize("balance", ["goes", "back"])
def test_the_fee_is_invoiced_and_private_money_is_not(hall: Hall, balance: str) -> None:
    """Whether money is paid in or out: the fee and the bill stand on the invoice, what moves between two people on
    none. What the advance paid of the bill, or what goes back, is taken off its own invoice (domain-facts 8)."""
    number = hall.desk.forms.example("C5")["number"]
    before, account = line_of(hall, number)
    advance = held(hall, account)["prepaid"]
    outcome = transfer(hall, balance=balance)
    invoice, red = hall.rows(PaperDocument, order_id=outcome.order_id, kind="invoice", order=("number",))
    assert invoice.amount == 2_000 + billed(hall, outcome)
    assert red.amount == -(billed(hall, outcome) if balance == "goes" else advance)
    assert red.reason
    assert {invoice.customer_id, red.customer_id} == {before.customer_id}
    assert sound(hall)


def test_on_the_1st_nothing_of_the_month_is_the_old_owners(hall: Hall) -> None:
    next_day(hall, "2026-12-01")
    hall.desk.till.open_shift(100_000)
    outcome = transfer(hall)
    lines = [
        row
        for bill in hall.rows(CustomerBill, order_id=outcome.order_id)
        for row in hall.rows(BillLine, bill_id=bill.id)
    ]
    assert all("2026-11" in row.detail for row in lines)
    assert sound(hall)
