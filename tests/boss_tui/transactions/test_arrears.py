"""What arrears keep back until they are paid (domain-facts 6), and the five numbers that an agent opens in a year."""

from __future__ import annotations

import pytest

from boss_tui.answers.business import Outcome, Tender
from data.clock import new_key
from data.errors import BossError
from data.journal import Author
from data.tables.billing import CustomerBill
from data.tables.customer import CustomerAgent
from data.tables.order import ProductOrder, Subscription
from tests.hall import FACTS, Hall

TODAY = "2026-11-23"


def owes(hall: Hall, number: str, due_on: str) -> None:
    """A bill of 88.00 that is due on a day."""
    (line,) = hall.rows(Subscription, number=number)
    with hall.store.transaction(Author(FACTS.outlet, "test", "test")) as tx:
        tx.add(
            CustomerBill,
            id=new_key(tx.clock),
            outlet=FACTS.outlet,
            account_id=line.account_id,
            month="2025-01",
            amount=8_800,
            issued_on="2025-02-01",
            due_on=due_on,
        )


@pytest.mark.parametrize(("due_on", "kept"), [("2026-11-22", True), (TODAY, False), ("2026-11-24", False)])
def test_an_overdue_bill_keeps_the_password(hall: Hall, due_on: str, kept: bool) -> None:
    example = hall.desk.forms.example("C4.4")
    owes(hall, example["number"], due_on)
    view = hall.desk.forms.begin("C4.4", example)
    assert ("88.00" in str(view.errors.get("number", ""))) is kept


@pytest.mark.parametrize("due_on", ["2026-11-22", "2026-11-24"])
def test_any_unpaid_bill_keeps_from_stopping_on_request(hall: Hall, due_on: str) -> None:
    number = hall.desk.forms.example("C4.4")["number"]
    document = hall.desk.forms.example("C4.4")["document_number"]
    owes(hall, number, due_on)
    form = {"number": number, "document_number": document, "action": "suspend"}
    view = hall.desk.forms.begin("C6", {**form, "cause": "request"})
    assert "88.00" in str(view.errors["cause"])
    with pytest.raises(BossError):
        hall.desk.orders.complete(view.id, [])
    assert "cause" not in hall.desk.forms.begin("C6", {**form, "cause": "loss"}).errors  # a loss is urgent


def opened(hall: Hall, **changes: object) -> Outcome:
    agent = {
        "by_agent": "y",
        "agent_document_number": FACTS.customers[0].document_number,
        "agent_name": FACTS.customers[0].name,
        "agent_phone": "13812345678",
    }
    view = hall.filled(**agent, **changes)
    assert not view.errors, view.errors
    return hall.desk.orders.complete(view.id, [Tender("cash", view.quote.due)])


def agent_errors(hall: Hall) -> str:
    view = hall.filled(
        by_agent="y",
        agent_document_number=FACTS.customers[0].document_number,
        agent_name=FACTS.customers[0].name,
        agent_phone="13812345678",
    )
    return " ".join(str(reason.message) for reason in view.qualification.reasons)


def acted(hall: Hall, order_id: str, month: str, times: int) -> None:
    """The agent acted so often in that month, each time like that order."""
    with hall.store.transaction(Author(FACTS.outlet, "test", "test")) as tx:
        (row,) = tx.all(CustomerAgent, order_id=order_id)
        for _ in range(times):
            tx.add(CustomerAgent, **{**row.__dict__, "id": new_key(tx.clock), "month": month})


@pytest.mark.parametrize(
    ("month", "more", "full"),
    [("2026-01", 4, True), ("2026-01", 3, False), ("2026-10", 4, True), ("2025-12", 9, False), ("2026-11", 4, True)],
)
def test_an_agent_opens_five_numbers_in_a_calendar_year(hall: Hall, month: str, more: int, full: bool) -> None:
    acted(hall, opened(hall).order_id, month, more)
    assert ("this year already" in agent_errors(hall)) is full


def test_what_was_cancelled_or_was_no_opening_does_not_count(hall: Hall) -> None:
    done = opened(hall)
    acted(hall, done.order_id, "2026-05", 4)
    assert "this year already" in agent_errors(hall)
    with hall.store.transaction(Author(FACTS.outlet, "test", "test")) as tx:
        tx.change(tx.one(ProductOrder, id=done.order_id), business="C4.2")
    assert "this year already" not in agent_errors(hall)
    with hall.store.transaction(Author(FACTS.outlet, "test", "test")) as tx:
        tx.change(tx.one(ProductOrder, id=done.order_id), business="C1", state="cancelled")
    assert "this year already" not in agent_errors(hall)
