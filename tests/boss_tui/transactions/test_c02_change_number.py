"""C2 改号: what may change, what the new number costs, what the network's answer brings about."""

from __future__ import annotations

import json
from typing import Any

import pytest

from boss_tui.answers.business import Outcome, Tender
from boss_tui.chores.scheduling import perform_due
from data.errors import BadForm, NotAllowed
from data.tables.life import Agreement
from data.tables.network import WorkOrder
from data.tables.order import ProductOrder, Subscription
from data.tables.resource import PhoneNumber
from tests.boss_tui.transactions.following import network_answers, next_day, sound
from tests.hall import FACTS, Hall


def change(hall: Hall, **changes: Any) -> Outcome:
    """A whole C2, paid in cash."""
    view = hall.desk.forms.begin("C2", {**hall.desk.forms.example("C2"), **changes})
    assert not view.errors, view.errors
    return hall.desk.orders.complete(view.id, [Tender("cash", view.quote.due)])


def test_the_old_number_works_until_the_network_has_the_new_one(hall: Hall) -> None:
    outcome = change(hall)
    old, new = outcome.facts["number"], outcome.facts["new_number"]
    (subscription,) = hall.rows(Subscription, number=old)
    (sold,) = hall.rows(PhoneNumber, number=new)
    assert (outcome.state, sold.state, sold.subscription_id) == ("inProgress", "sold", subscription.id)
    assert sound(hall)
    (work,) = hall.rows(WorkOrder, order_id=outcome.order_id)
    told = json.loads(work.parameters)
    assert (work.act, told["msisdn"], told["new_msisdn"], told["imsi"]) == (
        "change_number",
        old,
        new,
        subscription.imsi,
    )
    network_answers(hall)
    (after,) = hall.rows(Subscription, id=subscription.id)
    (left,) = hall.rows(PhoneNumber, number=old)
    assert (after.number, after.imsi, after.iccid) == (new, subscription.imsi, subscription.iccid)
    assert (left.state, left.subscription_id, left.quarantine_until) == ("quarantined", None, "2027-05-22")
    assert sound(hall)


def test_a_beautiful_number_brings_its_fee_minimum_spend_and_contract(hall: Hall) -> None:
    with hall.store.reading() as reading:
        beautiful = next(n for n in reading.all(PhoneNumber, grade="AABB", state="idle"))
    view = hall.desk.forms.begin("C2", {**hall.desk.forms.example("C2"), "new_number": beautiful.number})
    assert {line.item: line.amount for line in view.quote.lines} == {"handling_fee": 1_000, "number_fee": 20_000}
    outcome = hall.desk.orders.complete(view.id, [Tender("cash", 21_000)])
    network_answers(hall)
    (subscription,) = hall.rows(Subscription, number=beautiful.number)
    (agreement,) = hall.rows(Agreement, subscription_id=subscription.id)
    assert subscription.minimum_spend == 5_900
    assert (agreement.kind, agreement.months, agreement.ends_on) == ("number", 12, "2027-11-22")
    bound = hall.desk.forms.begin("C2", {"number": beautiful.number})
    assert "under contract until 2027-11-22" in str(bound.errors["number"])
    assert outcome.due == 21_000
    (paper,) = [paper for paper in outcome.papers if paper.kind == "contract"]
    told = "".join(paper.preview)
    assert all(part in told for part in ("业  务  协  议", "月数 12", "59.00", "业务办理完成之日")), told


def test_who_asks_has_to_show_who_they_are_once(hall: Hall) -> None:
    example = hall.desk.forms.example("C2")
    del example["new_number"]  # each form here would hold it
    nobody = {"number": example["number"]}
    assert "document_number" in hall.desk.forms.begin("C2", nobody).errors
    wrong = hall.desk.forms.begin("C2", {**example, "document_number": FACTS.customers[2].document_number})
    assert "not the document" in str(wrong.errors["document_number"])
    assert not hall.desk.forms.begin("C2", example).errors
    assert not hall.desk.forms.begin("C2", nobody).errors  # the same customer, a moment later
    hall.desk.serving.next_customer()
    assert "document_number" in hall.desk.forms.begin("C2", nobody).errors


def test_an_order_under_way_keeps_the_number_back(hall: Hall) -> None:
    outcome = change(hall)
    again = hall.desk.forms.begin("C2", {"number": outcome.facts["number"]})
    assert outcome.serial in str(again.errors["number"])
    with pytest.raises(BadForm):
        hall.desk.orders.complete(again.id, [])


def test_a_cancelled_change_leaves_everything_as_it_was(hall: Hall) -> None:
    outcome = change(hall)
    back = hall.desk.orders.cancel(outcome.serial, "客户反悔", FACTS.supervisor, FACTS.password)
    assert (back.state, back.due) == ("cancelled", -outcome.due)
    (new,) = hall.rows(PhoneNumber, number=outcome.facts["new_number"])
    (old,) = hall.rows(PhoneNumber, number=outcome.facts["number"])
    assert (new.state, new.subscription_id, old.state) == ("idle", None, "in_use")
    assert sound(hall)


def test_once_the_customer_has_left_the_number_is_changed_again(hall: Hall) -> None:
    outcome = change(hall)
    network_answers(hall)
    hall.clock.move(minutes=31)
    with pytest.raises(NotAllowed, match="once more"):
        hall.desk.orders.cancel(outcome.serial, "客户反悔", FACTS.supervisor, FACTS.password)


def test_a_number_comes_back_into_stock_after_its_rest(hall: Hall) -> None:
    outcome = change(hall)
    network_answers(hall)
    old = outcome.facts["number"]
    assert perform_due(hall.store, FACTS.outlet) == 0
    next_day(hall, "2027-05-22")
    assert perform_due(hall.store, FACTS.outlet) == 1
    (rested,) = hall.rows(PhoneNumber, number=old)
    assert (rested.state, rested.quarantine_until) == ("idle", "")


def test_each_cell_is_alive_or_says_why_not(hall: Hall) -> None:
    change(hall)
    network_answers(hall)
    cells = {cell.code: cell for cell in hall.desk.lookups.matrix("C2")}
    assert [code for code, cell in cells.items() if cell.state == "waiting"] == []
    assert len(cells) == 20
    assert len(hall.rows(ProductOrder, business="C2")) == 1
