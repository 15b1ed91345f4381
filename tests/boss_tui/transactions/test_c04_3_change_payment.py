"""C4.3 改支付方式: who pays how, what moves between the customer's own buckets, what the network is told."""

from __future__ import annotations

import json
from typing import Any

import pytest

from boss_tui.answers.business import DraftView, Outcome, Tender
from data.errors import BossError
from data.journal import Author
from data.tables.account import BalanceBucket, BalanceHold, BillingAccount
from data.tables.customer import Customer
from data.tables.life import ValueChange
from data.tables.network import WorkOrder
from data.tables.order import ProductOrder, Subscription
from data.tables.product import Product
from tests.boss_tui.transactions.following import network_answers, sound
from tests.hall import FACTS, Hall
from tests.handed import hand_down, row_line


def filled(hall: Hall, **changes: Any) -> DraftView:
    """A draft of the example, with these changes."""
    return hall.desk.forms.begin("C4.3", {**hall.desk.forms.example("C4.3"), **changes})


def change(hall: Hall, **changes: Any) -> Outcome:
    """A whole C4.3; nothing is ever due."""
    view = filled(hall, **changes)
    assert not view.errors, view.errors
    assert view.quote.due == 0
    return hall.desk.orders.complete(view.id, [])


def line_of(hall: Hall, number: str) -> tuple[Subscription, BillingAccount]:
    """A number's subscription and account."""
    (subscription,) = hall.rows(Subscription, number=number)
    (account,) = hall.rows(BillingAccount, id=subscription.account_id)
    return subscription, account


def held(hall: Hall, account: BillingAccount) -> dict[str, int]:
    """What an account holds, by kind."""
    return {bucket.kind: bucket.amount for bucket in hall.rows(BalanceBucket, account_id=account.id)}


def second_number(hall: Hall, number: str) -> str:
    """Open one more account for the owner of a number: the new number."""
    owner = hall.rows(Customer, id=line_of(hall, number)[0].customer_id)[0]
    changes = {
        "document_number": owner.document_number,
        "name": owner.name,
        "address": owner.address,
        "contact_phone": "13812345678",
        "long_distance": "domestic",
        "roaming": "national",
    }
    view = hall.filled(**changes)
    assert not view.errors, view.errors
    outcome = hall.desk.orders.complete(view.id, [Tender("cash", view.quote.due)])
    network_answers(hall)
    return str(outcome.facts["number"])


def any_pay_type(hall: Hall, number: str) -> None:
    """Let every product of a number be paid in either way, and end its international services."""
    subscription = line_of(hall, number)[0]
    others = [product.code for product in hall.rows(Product) if product.pay_type != "any"]
    hand_down(hall.store, *(row_line(Product, "change", code=code, pay_type="any") for code in others))
    with hall.store.transaction(Author(FACTS.outlet, "test", "test")) as tx:
        tx.change(tx.one(Subscription, id=subscription.id), long_distance="domestic", roaming="national")
        for hold in tx.all(BalanceHold, subscription_id=subscription.id):
            tx.change(hold, state="ended")


def test_the_bank_pays_and_no_longer(hall: Hall) -> None:
    outcome = change(hall)
    _, account = line_of(hall, outcome.facts["number"])
    assert (account.pay_method, account.bank, account.bank_account) == ("bank_debit", "ICBC", "6222020200112230012")
    assert not any(account.bank_account in line for paper in outcome.papers for line in paper.preview)
    assert {c.field for c in hall.rows(ValueChange, subject=account.id)} == {"pay_method", "bank", "bank_account"}
    change(hall, number=outcome.facts["number"], change="cash", bank="", bank_account="")
    _, account = line_of(hall, outcome.facts["number"])
    assert (account.pay_method, account.bank, account.bank_account) == ("cash", "", "")
    assert sound(hall)


def test_prepaid_once_the_network_has_it_and_back(hall: Hall) -> None:
    number = hall.desk.forms.example("C4.3")["number"]
    any_pay_type(hall, number)
    outcome = change(hall, change="prepaid", bank="", bank_account="")
    (work,) = hall.rows(WorkOrder, order_id=outcome.order_id)
    assert (work.act, json.loads(work.parameters)["profile"]) == ("change_profile", "2")
    assert (outcome.state, line_of(hall, number)[0].pay_type) == ("inProgress", "postpaid")
    network_answers(hall)
    subscription, account = line_of(hall, number)
    assert (subscription.pay_type, account.pay_type) == ("prepaid", "prepaid")
    assert sound(hall)
    back = hall.desk.forms.begin("C4.3", {"number": number, "change": "postpaid"})
    assert not back.errors
    hall.desk.orders.complete(back.id, [])
    network_answers(hall)
    subscription, account = line_of(hall, number)
    assert (subscription.pay_type, account.pay_type) == ("postpaid", "postpaid")
    assert sound(hall)
    assert [c.code for c in hall.desk.lookups.matrix("C4.3") if c.state == "waiting"] == []
    assert len(hall.desk.lookups.matrix("C4.3")) == 20


def test_plan_and_way_of_paying_change_in_one_form_and_back(hall: Hall) -> None:
    number, typed = "", {}
    for line in hall.rows(Subscription, state="active", plan="P88", pay_type="postpaid"):
        (owner,) = hall.rows(Customer, id=line.customer_id)
        typed = {"number": line.number, "document_number": owner.document_number}
        view = hall.desk.forms.begin("C4.3", {**typed, "change": "prepaid", "plan": "P39"})
        if not view.errors and view.qualification.verdict == "yes":
            number = line.number
            break
    assert number
    alone = hall.desk.forms.begin("C4.3", {**typed, "change": "prepaid"})
    assert "choose a new plan" in str(alone.errors["change"])
    wrong = hall.desk.forms.fill(alone.id, {"plan": "P128"})
    assert "paid in another way" in str(wrong.errors["plan"])
    assert {c.value for c in hall.desk.forms.choices(alone.id, "plan", "")} >= {"P39"}
    hall.desk.forms.abandon(alone.id)
    hall.desk.orders.complete(view.id, [])
    assert line_of(hall, number)[0].plan == "P88"  # not before the network has it
    network_answers(hall)
    subscription, account = line_of(hall, number)
    assert (subscription.plan, subscription.pay_type, account.pay_type) == ("P39", "prepaid", "prepaid")
    assert sound(hall)
    other = hall.desk.forms.begin("C8", {**typed, "plan": "P88", "starts": "now"})
    assert "C4.3 changes both" in str(other.errors["plan"])  # one form, no circle
    hall.desk.forms.abandon(other.id)
    back = hall.desk.forms.begin("C4.3", {**typed, "change": "postpaid", "plan": "P88"})
    assert not back.errors, back.errors
    hall.desk.orders.complete(back.id, [])
    network_answers(hall)
    subscription, account = line_of(hall, number)
    assert (subscription.plan, subscription.pay_type, account.pay_type) == ("P88", "postpaid", "postpaid")
    assert sound(hall)


def test_a_postpaid_number_of_the_hall_becomes_prepaid_by_way_of_another_plan(hall: Hall) -> None:
    """As at the counter: C4.3 says what must be changed first; then it is done, and a card of the usual kind fits."""
    typed = {name: hall.desk.forms.example("C8")[name] for name in ("number", "document_number")}
    refused = hall.desk.forms.begin("C4.3", {**typed, "change": "prepaid"})
    assert "(C8)" in str(refused.errors["change"])
    steps = (("C8", {"plan": "P39", "starts": "now"}), ("C7.4", {"cancel": "RBT"}), ("C4.3", {"change": "prepaid"}))
    for code, more in steps:
        view = hall.desk.forms.begin(code, {**typed, **more})
        assert not view.errors, view.errors
        hall.desk.orders.complete(view.id, [Tender("cash", abs(view.quote.due))] if view.quote.due else [])
        network_answers(hall)
    assert line_of(hall, typed["number"])[0].pay_type == "prepaid"
    draft = hall.desk.forms.begin("C3", {**typed, "why": "exchange"})
    assert {str(choice.label) for choice in hall.desk.forms.choices(draft.id, "iccid", "")} & {"8K", "32K"}
    assert sound(hall)


def test_a_cancelled_change_of_type_leaves_all_as_it_was(hall: Hall) -> None:
    number = hall.desk.forms.example("C4.3")["number"]
    any_pay_type(hall, number)
    before = held(hall, line_of(hall, number)[1])
    outcome = change(hall, change="prepaid", bank="", bank_account="")
    hall.desk.orders.cancel(outcome.serial, "客户反悔", FACTS.supervisor, FACTS.password)
    assert line_of(hall, number)[0].pay_type == "postpaid"
    assert held(hall, line_of(hall, number)[1]) == before
    assert sound(hall)


def test_a_deposit_goes_into_the_prepaid_balance_and_back_when_cancelled(hall: Hall) -> None:
    opened = hall.open_account(long_distance="international")
    network_answers(hall)
    number = opened.facts["number"]
    any_pay_type(hall, number)
    before = held(hall, line_of(hall, number)[1])
    owner = hall.rows(Customer, id=line_of(hall, number)[0].customer_id)[0]
    view = hall.desk.forms.begin(
        "C4.3", {"number": number, "document_number": owner.document_number, "change": "prepaid"}
    )
    assert (view.errors, view.quote.due) == ({}, 0)
    outcome = hall.desk.orders.complete(view.id, [])
    whole = sum(before.values())
    assert before["deposit"] == 100_000
    assert held(hall, line_of(hall, number)[1]) == {"prepaid": whole, "deposit": 0}
    assert sound(hall)
    hall.desk.orders.cancel(outcome.serial, "客户反悔", FACTS.supervisor, FACTS.password)
    assert held(hall, line_of(hall, number)[1]) == before
    assert sound(hall)


def test_accounts_are_merged_to_the_fen_and_split_again(hall: Hall) -> None:
    number = hall.desk.forms.example("C4.3")["number"]
    second = second_number(hall, number)
    _, first_account = line_of(hall, number)
    _, second_account = line_of(hall, second)
    before, moved = held(hall, first_account), held(hall, second_account)
    assert moved["prepaid"] > 0
    shown = {"number": second, "document_number": hall.desk.forms.example("C4.3")["document_number"]}
    view = hall.desk.forms.begin("C4.3", {**shown, "change": "merge", "account": first_account.number})
    assert not view.errors, view.errors
    hall.desk.orders.complete(view.id, [])
    assert line_of(hall, second)[1].id == first_account.id
    assert hall.rows(BillingAccount, id=second_account.id)[0].state == "closed"
    assert held(hall, first_account) == {kind: before[kind] + moved[kind] for kind in before}
    assert sound(hall)
    split = hall.desk.forms.begin("C4.3", {"number": second, "change": "split"})
    assert not split.errors
    hall.desk.orders.complete(split.id, [])
    _, own = line_of(hall, second)
    assert own.id not in {first_account.id, second_account.id}
    assert held(hall, own) == {"prepaid": 0, "deposit": 0}
    assert sound(hall)


WRONG: tuple[tuple[dict[str, str], str], ...] = (
    ({"number": "13900000000"}, "number"),
    ({"document_number": ""}, "document_number"),
    ({"document_number": FACTS.customers[5].document_number}, "document_number"),
    ({"change": "barter"}, "change"),
    ({"bank": ""}, "bank"),
    ({"bank": "BARINGS"}, "bank"),
    ({"bank_account": ""}, "bank_account"),
    ({"bank_account": "6222020200112230013"}, "bank_account"),
    ({"bank_account": "111111111111"}, "bank_account"),
    ({"change": "cash"}, "change"),
    ({"change": "postpaid"}, "change"),
    ({"change": "prepaid"}, "change"),  # the plan is postpaid alone
    ({"change": "split"}, "change"),
    ({"change": "merge"}, "account"),
    ({"change": "merge", "account": "A0000"}, "account"),
)


@pytest.mark.parametrize(("change", "field"), WRONG)
def test_a_wrong_form_is_refused_beside_its_field_and_changes_nothing(
    hall: Hall, change: dict[str, str], field: str
) -> None:
    before = hall.rows(BillingAccount)
    view = filled(hall, **change)
    assert field in view.errors
    with pytest.raises(BossError):
        hall.desk.orders.complete(view.id, [])
    assert hall.rows(BillingAccount) == before
    assert hall.rows(ProductOrder, business="C4.3") == []
