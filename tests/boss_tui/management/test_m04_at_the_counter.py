"""What M4 publishes, at the counter: a new plan is sold, a retired one served and sold no more, a form keeps less."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from boss_tui.answers.business import Tender
from data.clock import stamp
from data.tables.billing import PlanRate
from data.tables.customer import Customer
from data.tables.network import WorkOrder
from data.tables.order import Subscription, SubscriptionProduct
from data.tables.product import Product, ProductRelation
from data.tables.resource import Reservation, ReservationLimit
from data.tables.service import ChargeSchedule
from data.tables.tariff import PriceRule
from tests.boss_tui.transactions.following import network_answers, sound
from tests.hall import Hall
from tests.handed import hand_down, row_line

pytestmark = pytest.mark.light


def test_a_new_plan_is_sold_with_what_it_contains(hall: Hall) -> None:
    assert hall.filled(plan="PNEW").errors.keys() == {"plan"}
    hand_down(
        hall.store,
        row_line(Product, "add", code="PNEW", name_zh="新套餐", pay_type="postpaid", sim_kinds="8K,32K,STK"),
        row_line(ProductRelation, "add", product="PNEW", other="CLIP", relation="contains"),
        row_line(PriceRule, "add", id="N", item="monthly_fee", business="C1", product="PNEW", amount=2_900, monthly=1),
        row_line(PlanRate, "add", plan="PNEW", kind="voice", included=6_000, unit=60, price=19),
    )
    view = hall.filled(plan="PNEW")
    assert not view.errors
    assert [(line.resource, line.amount) for line in view.quote.lines if line.monthly] == [("PNEW", 2_900)]
    outcome = hall.desk.orders.complete(view.id, [Tender("cash", view.quote.due)])
    acts = {row.act: json.loads(row.parameters) for row in hall.rows(WorkOrder, order_id=outcome.order_id)}
    assert acts["set_supplementary"]["service"] == "clip"
    network_answers(hall)
    (line,) = hall.rows(Subscription, number=outcome.facts["number"])
    assert {row.product for row in hall.rows(SubscriptionProduct, subscription_id=line.id)} == {"PNEW", "CLIP"}
    assert sound(hall)


def test_a_retired_plan_is_sold_no_more_and_served_on(hall: Hall) -> None:
    outcome = hall.open_account(plan="P58")
    network_answers(hall)
    hand_down(hall.store, row_line(Product, "end", code="P58"))
    assert hall.filled(plan="P58").errors.keys() == {"plan"}
    (line,) = hall.rows(Subscription, number=outcome.facts["number"])
    assert (line.state, line.plan) == ("active", "P58")
    running = hall.rows(ChargeSchedule, subscription_id=line.id, state="running")
    assert [row.product for row in running] == ["P58"]
    who = {"number": line.number, "document_number": hall.rows(Customer, id=line.customer_id)[0].document_number}
    more = hall.desk.forms.begin("C7.2", {**who, "begins": "CW"})
    assert not more.errors
    away = hall.desk.forms.begin("C8", {**who, "plan": "P88", "starts": "now"})
    assert not away.errors
    assert sound(hall)


def test_a_form_keeps_a_number_for_as_long_as_m4_says(hall: Hall) -> None:
    hand_down(hall.store, row_line(ReservationLimit, "change", kind="number", minutes=2))
    before = hall.store.clock.now()
    hall.filled()
    (held,) = hall.rows(Reservation, kind="number", state="active")
    assert stamp(before + timedelta(minutes=2)) <= held.until <= stamp(hall.store.clock.now() + timedelta(minutes=2))
