"""C1 taken back by a supervisor on its own day: nothing is left of it, and never once something else was done."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from boss_tui.answers.business import Outcome, Tender
from boss_tui.components.ledger.ledger import BANK, PREPAID, Leg, post
from data.errors import NotAllowed
from data.journal import Author
from data.tables.account import BalanceBucket, BillingAccount
from data.tables.billing import UsageMonth
from data.tables.customer import Customer
from data.tables.finance import Payment, PaymentTender
from data.tables.life import Agreement
from data.tables.network import WorkOrder
from data.tables.order import ProductOrder, Subscription, SubscriptionProduct
from data.tables.resource import NumberGrade, PhoneNumber, SimCard
from data.tables.service import ChargeSchedule, Interaction, LoyaltyAccount, SettlementEntry
from tests.boss_tui.transactions.following import findings, network_answers, next_day
from tests.hall import FACTS, FLOAT, Hall

WHY = "客户反悔"
INTERNATIONAL = {"long_distance": "international", "prepayment": "50"}


def take_back(hall: Hall, serial: str) -> Outcome:
    return hall.desk.orders.cancel(serial, WHY, FACTS.supervisor, FACTS.password)


def opened(hall: Hall, **changes: Any) -> tuple[Outcome, Subscription]:
    """An account that the network has opened: paid by card and cash."""
    view = hall.filled(**changes)
    card = view.quote.due // 2
    done = hall.desk.orders.complete(view.id, [Tender("card", card, "R1"), Tender("cash", view.quote.due - card)])
    network_answers(hall)
    order = hall.rows(ProductOrder, serial=done.serial)[0]
    assert order.state == "completed"
    return done, hall.rows(Subscription, id=order.subscription_id)[0]


def test_all_of_it_is_undone_once_the_network_has_forgotten_it(hall: Hall) -> None:
    done, line = opened(hall, services="VMAIL", **INTERNATIONAL)
    back = take_back(hall, done.serial)
    assert (back.due, back.change, back.state) == (-done.due, done.due - done.due // 2, "inProgress")
    assert [paper.kind for paper in back.papers] == ["invoice", "receipt", "refund"]
    assert [w.act for w in hall.rows(WorkOrder, order_id=back.order_id, order=("position",))] == [
        "delete_subscriber",
        "manual",
    ]
    assert findings(hall) == []
    network_answers(hall)
    assert hall.rows(ProductOrder, id=back.order_id)[0].state == "completed"
    (number,) = hall.rows(PhoneNumber, number=line.number)
    assert (number.state, number.subscription_id, number.quarantine_until) == ("quarantined", None, "2027-02-21")
    assert [card.state for card in hall.rows(SimCard, iccid=line.iccid)] == ["void"]
    assert hall.rows(Subscription, id=line.id)[0].state == "cancelled"
    assert {row.state for row in hall.rows(SubscriptionProduct, subscription_id=line.id)} == {"ended"}
    assert findings(hall) == []


def beautiful(hall: Hall) -> tuple[PhoneNumber, NumberGrade]:
    """A free number that binds for some months."""
    grades = {row.code: row for row in hall.rows(NumberGrade) if row.contract_months}
    free = hall.rows(PhoneNumber, state="idle", outlet=FACTS.outlet, order=("number",))
    number = next(row for row in free if row.grade in grades)
    return number, grades[number.grade]


def test_a_beautiful_number_binds_from_the_day_on_which_it_works(hall: Hall) -> None:
    number, grade = beautiful(hall)
    view = hall.filled(number=number.number)
    done = hall.desk.orders.complete(view.id, [Tender("cash", view.quote.due)])
    assert hall.rows(Agreement, kind="number", order_id=done.order_id) == []  # it does not work yet
    network_answers(hall)
    (bound,) = hall.rows(Agreement, kind="number", order_id=done.order_id)
    assert (bound.months, bound.value, bound.state) == (grade.contract_months, grade.minimum_spend, "active")
    assert bound.starts_on == "2026-11-23"
    changing = hall.desk.forms.begin("C2", {"number": number.number, "password": "135790"})
    assert f"under contract until {bound.ends_on}" in str(changing.errors["number"])
    take_back(hall, done.serial)
    network_answers(hall)
    assert [row.state for row in hall.rows(Agreement, id=bound.id)] == ["terminated"]
    assert findings(hall) == []


def test_an_ordinary_number_binds_to_nothing(hall: Hall) -> None:
    done, _ = opened(hall)
    assert hall.rows(Agreement, order_id=done.order_id) == []


def test_money_goes_back_as_it_came_and_nothing_is_charged_or_owed(hall: Hall) -> None:
    done, line = opened(hall, **INTERNATIONAL)
    back = take_back(hall, done.serial)
    network_answers(hall)
    tenders = [t for p in hall.rows(Payment, order_id=back.order_id) for t in hall.rows(PaymentTender, payment_id=p.id)]
    assert {(t.kind, t.amount, t.reference) for t in tenders} == {
        ("card", -(done.due // 2), "R1"),
        ("cash", done.due // 2 - done.due, ""),
    }
    assert {b.amount for b in hall.rows(BalanceBucket, account_id=line.account_id)} == {0}
    assert hall.rows(BillingAccount, id=line.account_id)[0].state == "closed"
    charges = hall.rows(ChargeSchedule, subscription_id=line.id)
    assert charges
    assert all((row.state, row.ends_on) == ("ended", "2026-11-22") for row in charges)
    assert hall.rows(LoyaltyAccount, customer_id=line.customer_id)[0].points == 0
    orders = [done.order_id, back.order_id]
    assert sum(row.amount for one in orders for row in hall.rows(SettlementEntry, order_id=one)) == 0
    assert {row.state for row in hall.rows(Interaction, order_id=done.order_id)} == {"completed"}


def test_the_same_answer_a_second_time_and_the_taking_back_stays(hall: Hall) -> None:
    done, _ = opened(hall)
    back = take_back(hall, done.serial)
    assert take_back(hall, done.serial) == back
    with pytest.raises(NotAllowed, match="it stays"):
        take_back(hall, back.serial)
    network_answers(hall)
    with pytest.raises(NotAllowed, match="it stays"):
        take_back(hall, back.serial)
    assert findings(hall) == []


def test_while_it_is_taken_back_nothing_else_is_done_with_the_number(hall: Hall) -> None:
    done, line = opened(hall)
    back = take_back(hall, done.serial)
    view = hall.desk.forms.begin("C2", {"number": line.number, "document_number": owner(hall, line)})
    assert "now" in str(view.errors["number"])
    network_answers(hall)
    assert hall.rows(ProductOrder, id=back.order_id)[0].state == "completed"


def another_order(hall: Hall, line: Subscription) -> None:
    view = hall.desk.forms.begin("C9", {"number": line.number, "document_number": owner(hall, line), "action": "close"})
    hall.desk.approvals.approve(view.id, FACTS.supervisor, FACTS.password)
    due = hall.desk.forms.quote(view.id).quote.due
    hall.desk.orders.complete(view.id, [Tender("cash", abs(due))] if due else [])


def owner(hall: Hall, line: Subscription) -> str:
    return str(hall.rows(Customer, id=line.customer_id)[0].document_number)


def used(hall: Hall, line: Subscription) -> None:
    with hall.store.transaction(Author(FACTS.outlet, "test", FACTS.clerk)) as tx:
        tx.add(UsageMonth, subscription_id=line.id, month="2026-11", kind="message", quantity=9, amount=90)


def paid_in(hall: Hall, line: Subscription) -> None:
    (bucket,) = hall.rows(BalanceBucket, account_id=line.account_id, kind="prepaid")
    with hall.store.transaction(Author(FACTS.outlet, "test", FACTS.clerk)) as tx:
        post(
            tx,
            outlet=FACTS.outlet,
            business_date="2026-11-23",
            business="C12",
            operator=FACTS.clerk,
            lines=[Leg(BANK, 3_000), Leg(PREPAID, -3_000, "prepayment", bucket.id)],
        )


@pytest.mark.parametrize(
    ("since", "words"),
    [(another_order, "came after it"), (used, "was used, or billed"), (paid_in, "Money moved")],
)
def test_what_was_done_since_keeps_it_back(hall: Hall, since: Callable[[Hall, Subscription], None], words: str) -> None:
    done, line = opened(hall)
    since(hall, line)
    before = len(hall.rows(ProductOrder))
    with pytest.raises(NotAllowed, match=words):
        take_back(hall, done.serial)
    assert len(hall.rows(ProductOrder)) == before
    assert hall.rows(Subscription, id=line.id)[0].state == "active"
    assert findings(hall) == []


def test_another_day_it_is_closed_instead(hall: Hall) -> None:
    done, _ = opened(hall)
    next_day(hall, "2026-11-24")
    hall.clock.move(days=1)
    hall.desk.till.open_shift(FLOAT)
    with pytest.raises(NotAllowed, match=r"own business date only, 2026-11-23. Close the number with C9 instead."):
        take_back(hall, done.serial)


def test_only_who_opened_it_or_a_supervisor(hall: Hall) -> None:
    done, _ = opened(hall)
    other = hall.counter("1002", "HZ0102")
    other.till.open_shift(FLOAT)
    with pytest.raises(NotAllowed, match="who did it, or a supervisor"):
        other.orders.cancel(done.serial, WHY, FACTS.supervisor, FACTS.password)
