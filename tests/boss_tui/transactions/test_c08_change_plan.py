"""C8 优惠变更: what each plan would have cost, what ends and begins, now or next month, and taking back."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boss_tui.answers.business import DraftView, Outcome, Tender
from boss_tui.chores.scheduling import perform_due
from boss_tui.components.products.agreements import penalty
from boss_tui.forms.typed import yuan
from data.errors import BadForm, NotAllowed
from data.journal import Author
from data.tables.billing import UsageMonth, charge
from data.tables.customer import Customer
from data.tables.life import Agreement, ScheduledAct, ValueChange
from data.tables.network import WorkOrder
from data.tables.order import ProductOrder, Subscription, SubscriptionProduct
from data.tables.product import Product
from data.tables.resource import SimCard
from data.tables.service import ChargeSchedule
from data.tables.tariff import PriceRule
from tests.boss_tui.transactions.following import network_answers, next_day, sound
from tests.hall import FACTS, Hall
from tests.handed import hand_down, row_line


def line_of(hall: Hall, plan: str) -> dict[str, str]:
    """The first number with a plan, and its owner's document."""
    line = next(s for s in hall.rows(Subscription, plan=plan, state="active") if s.outlet == FACTS.outlet)
    (owner,) = hall.rows(Customer, id=line.customer_id)
    return {"number": line.number, "document_number": owner.document_number}


def begin(hall: Hall, old: str, new: str, starts: str = "now", **changes: Any) -> DraftView:
    """A form of C8."""
    return hall.desk.forms.begin("C8", {**line_of(hall, old), "plan": new, "starts": starts, **changes})


def change(hall: Hall, old: str, new: str, starts: str = "now") -> Outcome:
    """A whole C8."""
    view = begin(hall, old, new, starts)
    assert not view.errors, view.errors
    due = view.quote.due
    return hall.desk.orders.complete(view.id, [Tender("cash", due)] if due else [])


def products(hall: Hall, number: str) -> set[str]:
    """What a number has now."""
    (line,) = hall.rows(Subscription, number=number)
    return {row.product for row in hall.rows(SubscriptionProduct, subscription_id=line.id, state="active")}


def charged(hall: Hall, number: str) -> dict[str, int]:
    """What is charged a month for it, by product."""
    (line,) = hall.rows(Subscription, number=number)
    return {row.product: row.amount for row in hall.rows(ChargeSchedule, subscription_id=line.id, state="running")}


def plan_of(hall: Hall, number: str) -> str:
    """Its plan."""
    return str(hall.rows(Subscription, number=number)[0].plan)


# the comparison


@given(st.integers(0, 10**7), st.integers(0, 10**6), st.integers(1, 2_000_000), st.integers(0, 500))
def test_each_begun_unit_beyond_what_is_included_is_charged(used: int, free: int, unit: int, price: int) -> None:
    amount = charge(used, free, unit, price)
    if used <= free:
        assert amount == 0
    else:
        units = (used - free) / unit
        assert units * price <= amount < (units + 1) * price + 1
    assert charge(used + unit, free, unit, price) >= amount


def test_plans_are_compared_over_the_customers_own_three_months(hall: Hall) -> None:
    typed = line_of(hall, "P58")
    (line,) = hall.rows(Subscription, number=typed["number"])
    with hall.store.transaction(Author(FACTS.outlet, "usage", "billing")) as tx:
        for row in tx.all(UsageMonth, subscription_id=line.id):
            key = {"subscription_id": line.id, "month": row.month, "kind": row.kind}
            minutes = {"2026-08": 300, "2026-09": 500, "2026-10": 700}[row.month] if row.kind == "voice" else 0
            tx.increase(UsageMonth, key, quantity=minutes * 60 - row.quantity, amount=-row.amount)
    view = hall.desk.forms.begin("C8", {**typed, "plan": "P88"})
    by_plan = {offer["plan"]: offer for offer in view.facts["comparison"]}
    services = sum(amount for product, amount in charged(hall, line.number).items() if product != "P58")
    assert view.facts["months"] == ["2026-08", "2026-09", "2026-10"]
    assert by_plan["P58"]["months"] == [5_800 + services, 5_800 + services + 200 * 19, 5_800 + services + 400 * 19]
    assert by_plan["P88"]["months"] == [8_800 + services, 8_800 + services, 8_800 + services + 200 * 19]
    assert by_plan["P58"]["in_force"]
    totals = [offer["total"] for offer in view.facts["comparison"]]
    assert totals == sorted(totals)
    chosen = hall.desk.forms.choices(view.id, "plan", "")
    assert [choice.value for choice in chosen] == [o["plan"] for o in view.facts["comparison"] if not o["in_force"]]


def test_nobody_sees_what_was_used_before_they_show_who_they_are(hall: Hall) -> None:
    number = line_of(hall, "P58")["number"]
    view = hall.desk.forms.begin("C8", {"number": number, "plan": "P88"})
    assert "comparison" not in view.facts
    assert not any("cost" in str(choice.detail) for choice in hall.desk.forms.choices(view.id, "plan", ""))


# now


def test_services_that_begin_with_the_plan_are_told_to_the_network_first(hall: Hall) -> None:
    outcome = change(hall, "P58", "P128")
    number = outcome.facts["number"]
    assert (outcome.state, plan_of(hall, number)) == ("inProgress", "P58")
    works = [(w.act, json.loads(w.parameters).get("service")) for w in hall.rows(WorkOrder, order_id=outcome.order_id)]
    assert works == [("set_supplementary", "clip"), ("set_supplementary", "waiting")]
    assert sound(hall)
    network_answers(hall)
    assert plan_of(hall, number) == "P128"
    assert {"P128", "CLIP", "CW", "DATA"} <= products(hall, number)
    assert "P58" not in products(hall, number)
    assert charged(hall, number)["P128"] == 12_800
    assert "P58" not in charged(hall, number)
    (line,) = hall.rows(Subscription, number=number)
    (ended,) = hall.rows(ChargeSchedule, subscription_id=line.id, product="P58")
    (begun,) = hall.rows(ChargeSchedule, subscription_id=line.id, product="P128")
    assert (ended.ends_on, begun.starts_on) == ("2026-11-22", "2026-11-23")
    (noted,) = hall.rows(ValueChange, subject=line.id, field="plan")
    assert (noted.before, noted.after) == ("P58", "P128")
    assert sound(hall)


def test_what_is_lost_is_said_before_it_is_lost_and_stands_on_the_slip(hall: Hall) -> None:
    view = begin(hall, "P88", "P58")
    assert any("Ends with the change" in str(notice.text) for notice in view.notices)
    outcome = hall.desk.orders.complete(view.id, [])
    assert [paper.kind for paper in outcome.papers] == ["slip"]
    assert "来电显示" in "\n".join(outcome.papers[0].preview)
    network_answers(hall)
    assert "CLIP" not in products(hall, outcome.facts["number"])
    assert sound(hall)


def test_services_that_the_customer_chose_stay(hall: Hall) -> None:
    chose = next(
        s.number for s in hall.rows(Subscription, plan="P58", state="active") if "RBT" in products(hall, s.number)
    )
    (line,) = hall.rows(Subscription, number=chose)
    (owner,) = hall.rows(Customer, id=line.customer_id)
    view = hall.desk.forms.begin(
        "C8", {"number": chose, "document_number": owner.document_number, "plan": "P88", "starts": "now"}
    )
    hall.desk.orders.complete(view.id, [])
    network_answers(hall)
    assert {"P88", "RBT"} <= products(hall, chose)
    assert charged(hall, chose) == {"P88": 8_800, "RBT": 500}


def test_a_service_that_is_not_sold_any_more_stays_too(hall: Hall) -> None:
    chose = next(
        s.number for s in hall.rows(Subscription, plan="P58", state="active") if "RBT" in products(hall, s.number)
    )
    with hall.store.transaction(Author(FACTS.outlet, "M4", FACTS.manager)) as tx:
        tx.change(tx.one(Product, code="RBT"), state="retired")
    (line,) = hall.rows(Subscription, number=chose)
    (owner,) = hall.rows(Customer, id=line.customer_id)
    view = hall.desk.forms.begin("C8", {"number": chose, "document_number": owner.document_number, "plan": "P88"})
    assert "plan" not in view.errors


def test_this_months_fee_is_by_days_when_it_starts_at_once(hall: Hall) -> None:
    view = begin(hall, "P58", "P128")
    services = sum(line.amount for line in view.quote.lines if line.item == "value_added_fee")
    said = view.notes["starts"]
    assert said.values == {  # 22 of 30 days of the old, 8 of the new
        "old": f"{(5_800 + services) * 22 // 30 / 100:.2f}",
        "new": f"{(12_800 + services) * 8 // 30 / 100:.2f}",
    }


# next month


def test_from_next_month_the_order_waits_for_its_day(hall: Hall) -> None:
    outcome = change(hall, "P58", "P128", "next")
    number = outcome.facts["number"]
    assert (outcome.state, outcome.facts["from"], plan_of(hall, number)) == ("pending", "2026-12-01", "P58")
    assert perform_due(hall.store, FACTS.outlet) == 0
    assert sound(hall)
    next_day(hall, "2026-12-02")
    assert perform_due(hall.store, FACTS.outlet) == 1
    (order,) = hall.rows(ProductOrder, id=outcome.order_id)
    assert order.state == "inProgress"
    network_answers(hall)
    (line,) = hall.rows(Subscription, number=number)
    (begun,) = hall.rows(ChargeSchedule, subscription_id=line.id, product="P128")
    assert (line.plan, begun.starts_on) == ("P128", "2026-12-01")
    assert sound(hall)


def test_until_then_it_can_be_cancelled(hall: Hall) -> None:
    outcome = change(hall, "P58", "P128", "next")
    hall.desk.orders.cancel(outcome.serial, "客户反悔", FACTS.supervisor, FACTS.password)
    assert [act.state for act in hall.rows(ScheduledAct)] == ["cancelled"]
    next_day(hall, "2026-12-01")
    assert perform_due(hall.store, FACTS.outlet) == 0
    assert plan_of(hall, outcome.facts["number"]) == "P58"
    assert sound(hall)


def test_a_plan_that_is_withdrawn_meanwhile_is_not_begun(hall: Hall) -> None:
    outcome = change(hall, "P58", "P128", "next")
    with hall.store.transaction(Author(FACTS.outlet, "M4", FACTS.manager)) as tx:
        tx.change(tx.one(Product, code="P128"), state="retired")
    next_day(hall, "2026-12-01")
    perform_due(hall.store, FACTS.outlet)
    (order,) = hall.rows(ProductOrder, id=outcome.order_id)
    assert (order.state, plan_of(hall, outcome.facts["number"])) == ("failed", "P58")


def test_who_came_this_month_changes_at_once_others_next_month(hall: Hall) -> None:
    new = hall.open_account(plan="P58")
    network_answers(hall)
    fresh = hall.desk.forms.begin(
        "C8", {"number": new.facts["number"], "document_number": _document(hall, new), "plan": "P88"}
    )
    old = begin(hall, "P58", "P88", "")
    assert "from today" in str(fresh.notes["starts"].template)
    assert old.notes["starts"].values == {"day": "2026-12-01"}


def _document(hall: Hall, outcome: Outcome) -> str:
    (order,) = hall.rows(ProductOrder, id=outcome.order_id)
    return str(hall.rows(Customer, id=order.customer_id)[0].document_number)


# contracts, and taking back


def test_a_penalty_is_of_what_is_left_of_the_contract() -> None:
    bound = Agreement(starts_on="2026-01-01", ends_on="2026-12-31", value=36_500, penalty_percent=30)
    assert penalty(bound, date(2026, 1, 1)) == 36_500 * 30 // 100
    assert penalty(bound, date(2026, 12, 31)) == 30
    assert penalty(bound, date(2027, 1, 1)) == 0


def test_a_contract_that_runs_costs_its_penalty_and_runs_on_when_the_change_is_taken_back(hall: Hall) -> None:
    typed = line_of(hall, "P58")
    (line,) = hall.rows(Subscription, number=typed["number"])
    with hall.store.transaction(Author(FACTS.outlet, "bind", FACTS.manager)) as tx:
        bound = tx.add(
            Agreement,
            id="contract",
            customer_id=line.customer_id,
            subscription_id=line.id,
            kind="plan",
            starts_on="2026-01-01",
            ends_on="2026-12-31",
            months=12,
            value=36_500,
        )
    outcome = change(hall, "P58", "P88")
    assert outcome.due == 39 * 30  # 39 days of 1 yuan, 30 per cent
    network_answers(hall)
    assert hall.rows(Agreement, id=bound.id)[0].state == "terminated"
    assert sound(hall)
    back = hall.desk.orders.cancel(outcome.serial, "客户反悔", FACTS.supervisor, FACTS.password)
    assert (back.due, back.state) == (-outcome.due, "inProgress")
    network_answers(hall)
    assert plan_of(hall, line.number) == "P58"
    assert charged(hall, line.number)["P58"] == 5_800
    assert {"P58", "DATA"} <= products(hall, line.number)
    assert "CLIP" not in products(hall, line.number)
    assert hall.rows(Agreement, id=bound.id)[0].state == "active"
    assert sound(hall)


def test_a_change_that_needs_no_network_is_there_and_back_at_once(hall: Hall) -> None:
    (line,) = hall.rows(Subscription, number=line_of(hall, "P58")["number"])
    assert hall.rows(SimCard, iccid=line.iccid)[0].kind == "STK"
    outcome = change(hall, "P58", "PBANK")
    assert (outcome.state, plan_of(hall, outcome.facts["number"])) == ("completed", "PBANK")
    hall.desk.orders.cancel(outcome.serial, "客户反悔", FACTS.supervisor, FACTS.password)
    assert plan_of(hall, outcome.facts["number"]) == "P58"
    assert sound(hall)


def test_another_day_it_is_changed_once_more_not_taken_back(hall: Hall) -> None:
    outcome = change(hall, "P58", "P88")
    network_answers(hall)
    next_day(hall, "2026-11-24")
    with pytest.raises(NotAllowed, match="own business date"):
        hall.desk.orders.cancel(outcome.serial, "客户反悔", FACTS.supervisor, FACTS.password)


WRONG: list[tuple[dict[str, str], str, str]] = [
    ({"number": "13900000000"}, "number", "Nobody has the number"),
    ({"number": "1390000"}, "number", ""),
    ({"document_number": FACTS.customers[1].document_number}, "document_number", "not the document"),
    ({"document_number": ""}, "document_number", "owner's document"),
    ({"password": "12345", "document_number": ""}, "password", "password is wrong"),
    ({"plan": "P58"}, "plan", "plan in force"),
    ({"plan": "P999"}, "plan", "no product"),
    ({"plan": "CLIP"}, "plan", "no product"),
    ({"plan": "PSTU"}, "plan", "Student"),
    ({"plan": "PSEN"}, "plan", "60 and older"),
    ({"plan": "PRE50"}, "plan", "paid in another way"),
    ({"starts": "later"}, "starts", "Not one of the choices"),
]


@pytest.mark.parametrize(("wrong", "field", "words"), WRONG)
def test_a_wrong_form_is_refused_beside_its_field(hall: Hall, wrong: dict[str, str], field: str, words: str) -> None:
    orders = len(hall.rows(ProductOrder))
    view = hall.desk.forms.begin("C8", {**line_of(hall, "P58"), "plan": "P88", "starts": "now", **wrong})
    assert words in str(view.errors[field])
    with pytest.raises((BadForm, NotAllowed)):
        hall.desk.orders.complete(view.id, [])
    assert len(hall.rows(ProductOrder)) == orders


def test_a_card_that_can_not_carry_the_plan_keeps_it_back(hall: Hall) -> None:

    kinds = {card.iccid: card.kind for card in hall.rows(SimCard, state="in_use")}
    line = next(s for s in hall.rows(Subscription, plan="P88", state="active") if kinds[s.iccid] == "32K")
    (owner,) = hall.rows(Customer, id=line.customer_id)
    form = {"number": line.number, "document_number": owner.document_number, "plan": "PBANK"}
    assert "needs a card of kind STK" in str(hall.desk.forms.begin("C8", form).errors["plan"])


def test_each_cell_is_alive_or_says_why_not(hall: Hall) -> None:
    change(hall, "P58", "P88")
    network_answers(hall)
    cells = {cell.code: cell for cell in hall.desk.lookups.matrix("C8")}
    assert [code for code, cell in cells.items() if cell.state == "waiting"] == []
    assert len(cells) == 20


def test_a_plan_that_began_today_has_cost_nothing_yet(hall: Hall) -> None:
    first = begin(hall, "P58", "P88")
    number = first.values["number"]
    before = fen_before(hall, number)
    assert first.notes["starts"].values["old"] == yuan(before)
    hall.desk.forms.abandon(first.id)
    change(hall, "P58", "P88")
    network_answers(hall)
    again = hall.desk.forms.begin("C8", {**first.values, "plan": "P58"})
    after = fen_before(hall, number)
    assert after < before
    assert again.notes["starts"].values["old"] == yuan(after)


def fen_before(hall: Hall, number: str) -> int:
    """What is charged for the days of this month before today, where each charge began before it."""
    (line,) = hall.rows(Subscription, number=number)
    today = hall.clock.now().date()
    days = (date(today.year + today.month // 12, today.month % 12 + 1, 1) - timedelta(days=1)).day
    began = [
        row
        for row in hall.rows(ChargeSchedule, subscription_id=line.id, state="running")
        if row.starts_on < f"{today:%Y-%m-02}"
    ]
    return int(sum(row.amount for row in began) * (today.day - 1) // days)


@pytest.mark.parametrize("code", ["C4.3", "C7.1", "C7.2", "C7.3", "C7.4", "C7.5", "C8"])
def test_a_month_is_told_as_it_is_charged_whatever_the_business_s_own_rules_say(hall: Hall, code: str) -> None:
    form = hall.desk.forms.example(code)
    before = hall.desk.forms.begin(code, form).quote
    rule = {"id": "MONTH", "item": "monthly_fee", "business": code, "amount": 3_900, "monthly": 1}
    hand_down(hall.store, row_line(PriceRule, "add", **rule))
    assert hall.desk.forms.begin(code, form).quote.monthly == before.monthly
