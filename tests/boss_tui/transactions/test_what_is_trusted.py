"""What follows from a business beside the counter: how far credit goes, what bills earn, what providers sold ends."""

from __future__ import annotations

import pytest

from boss_tui.answers.business import Tender
from boss_tui.chores.scheduling import perform_due
from data.journal import Author
from data.tables.account import CustomerCredit
from data.tables.billing import BillPayment
from data.tables.customer import Category, Customer
from data.tables.order import ProductOrder, Subscription
from data.tables.provider import ProviderSubscription
from data.tables.service import ChargeSchedule, LoyaltyAccount
from tests.boss_tui.transactions.following import network_answers, next_day, sound
from tests.hall import FACTS, Hall


def credit_of(hall: Hall, line: Subscription, fen: int) -> None:
    """So much and no more is the customer trusted with."""
    with hall.store.transaction(Author(FACTS.outlet, "test", FACTS.clerk)) as tx:
        owner = tx.one(Customer, id=line.customer_id)
        tx.change(tx.one(Category, code=owner.category), credit_limit=0)
        tx.change(tx.one(CustomerCredit, customer_id=owner.id), credit_limit=fen)


def points(hall: Hall, customer_id: str) -> int:
    """The points that a customer has."""
    return sum(row.points for row in hall.rows(LoyaltyAccount, customer_id=customer_id))


def with_a_service(hall: Hall) -> Subscription:
    """A line that takes something of a provider, and can be given away or closed: nothing is owed, no contract runs."""
    free = hall.desk.forms.example("C5")["number"]
    (line,) = hall.rows(Subscription, number=free)
    if not taken(hall, line):
        proof = {"number": free, "document_number": hall.desk.forms.example("C5")["document_number"]}
        asked = {"action": "subscribe", "service": "READ", "price_told": "y", "agrees_again": "y"}
        view = hall.desk.forms.begin("C7.5", {**proof, **asked})
        assert not view.errors, view.errors
        hall.desk.orders.complete(view.id, [])
        network_answers(hall)
    assert taken(hall, line)
    found: Subscription = line
    return found


def taken(hall: Hall, line: Subscription) -> set[str]:
    """What a line has of providers."""
    return {row.service for row in hall.rows(ProviderSubscription, subscription_id=line.id, state="active")}


@pytest.mark.parametrize(("limit", "verdict"), [(299, "override"), (300, "yes")])
def test_a_monthly_fee_beyond_the_credit_limit_is_a_supervisors_to_allow(hall: Hall, limit: int, verdict: str) -> None:
    (line,) = hall.rows(Subscription, number=hall.desk.forms.example("C5")["number"])
    (owner,) = hall.rows(Customer, id=line.customer_id)
    credit_of(hall, line, limit)
    proof = {"number": line.number, "document_number": owner.document_number}
    view = hall.desk.forms.begin("C7.4", {**proof, "subscribe": "WEATHER"})  # 3 yuan a month
    assert not view.errors
    assert view.qualification.verdict == verdict
    assert hall.desk.forms.begin("C7.4", {**proof, "cancel": "WEATHER"}).qualification.verdict == "yes"


def test_a_paid_bill_earns_points_and_loses_them_with_its_payment(hall: Hall) -> None:
    view = hall.desk.forms.begin("C12", hall.desk.forms.example("C12"))
    customer = str(view.facts["customer_id"])
    before = points(hall, customer)
    outcome = hall.desk.orders.complete(view.id, [Tender("cash", view.quote.due)])
    (order,) = hall.rows(ProductOrder, id=outcome.order_id)
    paid = sum(row.amount for row in hall.rows(BillPayment))
    assert 0 < paid <= order.amount
    assert points(hall, customer) - before == paid // 100
    hall.desk.orders.cancel(outcome.serial, "缴错", FACTS.supervisor, FACTS.password)
    assert points(hall, customer) == before
    assert sound(hall)


def test_money_that_is_paid_in_ahead_earns_nothing_yet(hall: Hall) -> None:
    (line,) = hall.rows(Subscription, number=hall.desk.forms.example("C5")["number"])
    before = points(hall, line.customer_id)
    view = hall.desk.forms.begin("C12", {"who": line.number, "action": "预存", "amount": "50"})
    hall.desk.orders.complete(view.id, [Tender("cash", 5_000)])
    assert points(hall, line.customer_id) == before


def test_a_transfer_ends_what_providers_sold_and_begins_the_new_owners_tenure(hall: Hall) -> None:
    line = with_a_service(hall)
    view = hall.desk.forms.begin("C5", {**hall.desk.forms.example("C5"), "number": line.number})
    assert any("Paid services" in str(notice.text) for notice in view.notices)
    hall.desk.approvals.approve(view.id, FACTS.supervisor, FACTS.password)
    due = hall.desk.forms.quote(view.id).quote.due
    outcome = hall.desk.orders.complete(view.id, [Tender("cash", abs(due))] if due else [])
    assert outcome.state == "completed"  # the provider's platform is told afterwards, and holds nothing
    network_answers(hall)
    assert taken(hall, line) == set()
    assert hall.rows(ChargeSchedule, subscription_id=line.id, item="provider_fee", state="running") == []
    (owner,) = hall.rows(Customer, name="沈佳音")
    (account,) = hall.rows(LoyaltyAccount, customer_id=owner.id)
    assert (account.points, account.tenure_from) == (0, "2026-11-23")
    assert sound(hall)


def test_a_closing_ends_what_providers_sold_on_its_day(hall: Hall) -> None:
    line = with_a_service(hall)
    (owner,) = hall.rows(Customer, id=line.customer_id)
    view = hall.desk.forms.begin("C9", {"number": line.number, "document_number": owner.document_number})
    hall.desk.approvals.approve(view.id, FACTS.supervisor, FACTS.password)
    due = hall.desk.forms.quote(view.id).quote.due
    hall.desk.orders.complete(view.id, [Tender("cash", abs(due))] if due else [])
    network_answers(hall)
    assert taken(hall, line)
    next_day(hall, "2026-12-01")
    perform_due(hall.store, FACTS.outlet)
    network_answers(hall)
    assert taken(hall, line) == set()
    assert sound(hall)
