"""C9 销号: what is owed and given back, the bar, the day of closing, undoing and taking back."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boss_tui.answers.business import DraftView, Outcome, Tender
from boss_tui.business.registry import BUSINESSES
from boss_tui.chores.scheduling import perform_due
from boss_tui.components.billing.final_bills import Charged, days_of, less, next_month
from boss_tui.components.ledger.ledger import BANK, DEPOSITS, PREPAID, Leg, post
from boss_tui.components.products.agreements import penalty
from boss_tui.network import rows
from data.demo.handsets import imei
from data.errors import BadForm, NotAllowed
from data.journal import Author
from data.message import say
from data.tables.account import BalanceBucket, BillingAccount
from data.tables.billing import BillLine, CustomerBill, UsageMonth
from data.tables.customer import Customer
from data.tables.life import Agreement, ScheduledAct, Suspension
from data.tables.network import WorkOrder
from data.tables.order import ProductOrder, Subscription, SubscriptionProduct
from data.tables.resource import PhoneNumber, SimCard
from data.tables.service import ChargeSchedule, LoyaltyAccount, LoyaltyEntry
from tests.boss_tui.transactions.following import network_answers, next_day, sound
from tests.hall import FACTS, Hall

CLOSES = "2026-12-01"


def line_of(hall: Hall, owes: bool = False, **where: Any) -> Subscription:
    """The first number like this, whose owner has no other, and who owes bills or none."""
    lines: list[Subscription] = hall.rows(Subscription, state="active", order=("number",), **where)
    for line in lines:
        open_bills = [b for b in hall.rows(CustomerBill, account_id=line.account_id) if b.state != "settled"]
        alone = len(hall.rows(Subscription, customer_id=line.customer_id)) == 1
        if alone and line.outlet == FACTS.outlet and bool(open_bills) == owes:
            return line
    raise AssertionError("no such line in the hall")


def typed(hall: Hall, line: Subscription) -> dict[str, str]:
    """A number and its owner's document."""
    (owner,) = hall.rows(Customer, id=line.customer_id)
    return {"number": line.number, "document_number": owner.document_number}


def begin(hall: Hall, line: Subscription, **changes: Any) -> DraftView:
    """A form of C9, which a supervisor allows."""
    return hall.desk.forms.begin("C9", {**typed(hall, line), **changes})


def complete(hall: Hall, view: DraftView, kind: str = "cash") -> Outcome:
    """Do it with a supervisor's approval; the money to the fen, in one tender."""
    assert not view.errors, view.errors
    hall.desk.approvals.approve(view.id, FACTS.supervisor, FACTS.password)
    due = view.quote.due
    reference = "" if kind == "cash" else "T-1"
    return hall.desk.orders.complete(view.id, [Tender(kind, abs(due), reference)] if due else [])


def close(hall: Hall, line: Subscription, **changes: Any) -> Outcome:
    """The first step of a closing, with the network's answer."""
    outcome = complete(hall, begin(hall, line, **changes))
    network_answers(hall)
    return outcome


def amounts(view: DraftView) -> dict[str, int]:
    """The quote, item by item."""
    sums: dict[str, int] = {}
    for line in view.quote.lines:
        sums[line.item] = sums.get(line.item, 0) + line.amount
    return sums


def state_of(hall: Hall, line: Subscription) -> str:
    """What a subscription is now."""
    return str(hall.rows(Subscription, id=line.id)[0].state)


def give(hall: Hall, line: Subscription, kind: str, fen: int) -> None:
    """Money into a bucket, by the books."""
    with hall.store.transaction(Author(FACTS.outlet, "test", FACTS.clerk, business_date="2026-11-23")) as tx:
        bucket = tx.find(BalanceBucket, account_id=line.account_id, kind=kind) or tx.add(
            BalanceBucket, id=f"{kind}-{line.id}", account_id=line.account_id, kind=kind
        )
        account = DEPOSITS if kind == "deposit" else PREPAID
        post(
            tx,
            outlet=FACTS.outlet,
            business_date="2026-11-23",
            business="C12",
            operator=FACTS.clerk,
            lines=[Leg(BANK, fen, "prepayment"), Leg(account, -fen, "prepayment", bucket.id)],
        )


def spend_points(hall: Hall, line: Subscription, points: int) -> None:
    """So many points, and no others."""
    with hall.store.transaction(Author(FACTS.outlet, "test", FACTS.clerk)) as tx:
        now = tx.one(LoyaltyAccount, customer_id=line.customer_id).points
        tx.increase(LoyaltyAccount, {"customer_id": line.customer_id}, points=points - now)
        order = tx.all(ProductOrder, subscription_id=line.id)[0]
        tx.add(
            LoyaltyEntry,
            id=f"points-{line.id}",
            customer_id=line.customer_id,
            order_id=order.id,
            points=points - now,
            reason="test",
            made_at=tx.now(),
        )


def stop(hall: Hall, line: Subscription, cause: str, extent: str) -> None:
    """The number is stopped, as C6 would leave it."""
    with hall.store.transaction(Author(FACTS.outlet, "C6", FACTS.clerk)) as tx:
        order = tx.all(ProductOrder, subscription_id=line.id)[0]
        tx.change(tx.one(Subscription, id=line.id), state="suspended")
        tx.add(
            Suspension,
            id=f"{cause}-{line.id}",
            subscription_id=line.id,
            cause=cause,
            extent=extent,
            starts_on="2026-11-23",
            order_id=order.id,
        )


# the month's charges


@given(st.dates(date(2026, 1, 1), date(2027, 12, 31)), st.dates(date(2026, 1, 1), date(2027, 12, 31)))
def test_the_days_of_all_months_are_the_days_that_were_charged(one: date, other: date) -> None:
    begins, ends = sorted((one, other))
    month, days = begins.replace(day=1), 0
    while month <= ends:
        some, whole = days_of(begins.isoformat(), ends.isoformat(), month)
        assert 0 < some <= whole
        days += some
        month = next_month(month)
    assert days == (ends - begins).days + 1
    assert days_of(begins.isoformat(), "", next_month(ends))[0] == days_of("", "", next_month(ends))[1]


@given(st.lists(st.tuples(st.sampled_from("ab"), st.integers(1, 500))))
def test_what_is_billed_is_not_billed_again(lines: list[tuple[str, int]]) -> None:
    charged = [Charged(item, "", "", amount) for item, amount in lines]
    assert less(charged, charged) == []
    assert sum(line.amount for line in less(charged, ())) == sum(amount for _, amount in lines)


# the first step


def test_the_number_is_barred_at_once_and_the_day_is_set(hall: Hall) -> None:
    line = line_of(hall, plan="P58")
    view = begin(hall, line)
    assert {reason.verdict for reason in view.qualification.reasons} == {"override"}
    outcome = complete(hall, view)
    assert (outcome.state, outcome.facts["closes_on"]) == ("inProgress", CLOSES)
    (work,) = hall.rows(WorkOrder, order_id=outcome.order_id)
    told = {"msisdn": line.number, "imsi": line.imsi, "long_distance": line.long_distance}
    assert (work.act, json.loads(work.parameters)) == ("bar_all", told)
    assert state_of(hall, line) == "active"
    assert sound(hall)
    network_answers(hall)
    assert state_of(hall, line) == "pendingTerminate"
    (bar,) = hall.rows(Suspension, subscription_id=line.id)
    (act,) = hall.rows(ScheduledAct, subscription_id=line.id)
    assert (bar.cause, bar.extent, bar.state) == ("closing", "all", "running")
    assert (act.due_on, act.state, act.follows) == (CLOSES, "waiting", 1)
    assert sound(hall)


def test_the_final_bill_is_the_whole_month_and_what_was_used(hall: Hall) -> None:
    line = line_of(hall, plan="P58", minimum_spend=0)
    with hall.store.transaction(Author(FACTS.outlet, "test", FACTS.clerk)) as tx:
        tx.add(UsageMonth, subscription_id=line.id, month="2026-11", kind="voice", quantity=99_999, amount=1_234)
    fees = sum(row.amount for row in hall.rows(ChargeSchedule, subscription_id=line.id, state="running"))
    view = begin(hall, line, points="lose")
    assert amounts(view)["bill_payment"] == fees + 1_234
    assert "12.34" in [fen for _, fen in view.facts["made_of"]]
    paper = "\n".join(complete(hall, view).papers[0].preview)
    assert [word for word in ("其中套餐月费", "其中通话费", "12.34") if word not in paper] == []
    (bill,) = hall.rows(CustomerBill, account_id=line.account_id, kind="final")
    assert (bill.month, bill.amount, bill.paid, bill.state) == ("2026-11", fees + 1_234, fees + 1_234, "settled")
    assert {row.item for row in hall.rows(BillLine, bill_id=bill.id)} >= {"monthly_fee", "usage_voice"}
    assert sound(hall)


def test_a_minimum_spend_is_made_up(hall: Hall) -> None:
    line = next(s for s in hall.rows(Subscription, plan="P58") if s.minimum_spend)
    assert amounts(begin(hall, line))["bill_payment"] == line.minimum_spend


def test_a_month_that_no_bill_run_has_reached_is_on_the_final_bill_too(hall: Hall) -> None:
    line = line_of(hall, plan="P58")
    next_day(hall, "2026-12-05")
    hall.desk.till.open_shift(500_00)
    complete(hall, begin(hall, line, points="lose"))
    (bill,) = hall.rows(CustomerBill, account_id=line.account_id, kind="final")
    fees = [row.detail for row in hall.rows(BillLine, bill_id=bill.id, item="monthly_fee", order=("line",))]
    assert (bill.month, fees) == ("2026-12", ["2026-11", ""])
    assert sound(hall)


def test_unpaid_bills_are_collected_with_their_late_fee(hall: Hall) -> None:
    line = line_of(hall, owes=True, pay_type="postpaid")
    open_bills = [b for b in hall.rows(CustomerBill, account_id=line.account_id) if b.state != "settled"]
    view = begin(hall, line, points="lose")
    late = sum(
        ((b.amount - b.paid) * max(0, (date(2026, 11, 23) - date.fromisoformat(b.due_on)).days) * 3 + 500) // 1000
        for b in open_bills
    )
    assert amounts(view).get("late_fee", 0) == late
    complete(hall, view)
    assert {b.state for b in hall.rows(CustomerBill, account_id=line.account_id)} == {"settled"}
    assert sound(hall)


def test_a_bill_in_dispute_is_decided_first(hall: Hall) -> None:
    line = line_of(hall, owes=True, pay_type="postpaid")
    with hall.store.transaction(Author(FACTS.outlet, "M12", FACTS.supervisor)) as tx:
        bill = next(b for b in tx.all(CustomerBill, account_id=line.account_id) if b.state != "settled")
        tx.change(bill, state="onHold")
    assert "in dispute" in str(begin(hall, line).errors["number"])


def test_a_running_contract_costs_its_penalty(hall: Hall) -> None:
    line = line_of(hall, plan="P128")
    (agreement,) = hall.rows(Agreement, subscription_id=line.id)
    due = penalty(agreement, date(2026, 11, 23))
    assert amounts(begin(hall, line))["plan_penalty"] == due > 0


def test_balance_and_deposit_are_paid_out(hall: Hall) -> None:
    line = line_of(hall, pay_type="prepaid")
    balance = next(b.amount for b in hall.rows(BalanceBucket, account_id=line.account_id, kind="prepaid"))
    give(hall, line, "deposit", 3_000)
    view = begin(hall, line)
    expected = {"deposit": -3_000, "prepayment": -balance}
    assert {item: fen for item, fen in amounts(view).items() if fen} == {k: v for k, v in expected.items() if v}
    assert view.quote.due == -balance - 3_000
    hall.desk.approvals.approve(view.id, FACTS.supervisor, FACTS.password)
    by_transfer = [Tender("transfer", -view.quote.due, "T-1")]
    with pytest.raises(NotAllowed, match="another way than was approved"):
        hall.desk.orders.complete(view.id, by_transfer)
    hall.desk.approvals.approve(view.id, FACTS.supervisor, FACTS.password, by_transfer)
    outcome = hall.desk.orders.complete(view.id, by_transfer)
    assert outcome.due == view.quote.due
    assert {b.amount for b in hall.rows(BalanceBucket, account_id=line.account_id)} == {0}
    assert sound(hall)


def test_a_handset_under_contract_costs_its_full_price_and_a_part_of_the_prepayment(hall: Hall) -> None:
    """domain-facts 9; undone, all of that is as before, and the months go on."""
    line = line_of(hall, plan="P88")
    held = 120_000
    view = hall.desk.forms.begin("C10", {"imei": imei("86012305", 1), "bundle": "BD-M30", **typed(hall, line)})
    assert not view.errors
    hall.desk.orders.complete(view.id, [Tender("cash", view.quote.due)])
    found = amounts(begin(hall, line))
    assert (found["contract_penalty"], found["contract_prepay"]) == (199_900 - 99_900 + held * 30 // 100, -held)
    close(hall, line)
    assert {b.amount for b in hall.rows(BalanceBucket, account_id=line.account_id)} == {0}
    (month,) = hall.rows(ScheduledAct, subscription_id=line.id, business="C10")
    assert month.state == "cancelled"
    complete(hall, begin(hall, line, action="undo"))
    network_answers(hall)
    (gift,) = hall.rows(BalanceBucket, account_id=line.account_id, kind="gift")
    (month,) = hall.rows(ScheduledAct, subscription_id=line.id, business="C10")
    assert (gift.amount, month.state, state_of(hall, line)) == (held, "waiting", "active")
    assert sound(hall)


def test_more_cash_than_the_till_has_is_not_paid_out(hall: Hall) -> None:
    line = line_of(hall, pay_type="prepaid")
    give(hall, line, "prepaid", 100_000_00)
    view = begin(hall, line)
    hall.desk.approvals.approve(view.id, FACTS.supervisor, FACTS.password)
    with pytest.raises(NotAllowed, match="not so much cash"):
        hall.desk.orders.complete(view.id, [Tender("cash", -view.quote.due)])
    assert state_of(hall, line) == "active"
    assert sound(hall)


@pytest.mark.parametrize(
    ("points", "choice", "paid"), [(2_550, "spend", 2_550), (2_550, "lose", 0), (10**6, "s", None)]
)
def test_points_pay_what_is_charged_or_lapse(hall: Hall, points: int, choice: str, paid: int | None) -> None:
    line = line_of(hall, plan="P58")
    spend_points(hall, line, points)
    charged = amounts(begin(hall, line, points="lose"))["bill_payment"]
    view = begin(hall, line, points=choice)
    assert amounts(view).get("points_spent", 0) == -(charged if paid is None else paid)
    complete(hall, view)
    assert hall.rows(LoyaltyAccount, customer_id=line.customer_id)[0].points == 0
    assert sound(hall)


def test_who_keeps_another_number_keeps_the_points(hall: Hall) -> None:
    (owner,) = hall.rows(Customer, document_number=FACTS.full_document.document_number)
    line = hall.rows(Subscription, customer_id=owner.id, pay_type="postpaid")[0]
    before = hall.rows(LoyaltyAccount, customer_id=owner.id)[0].points
    close(hall, line)
    assert hall.rows(LoyaltyAccount, customer_id=owner.id)[0].points == before


def test_an_account_of_several_numbers_goes_on(hall: Hall) -> None:
    (owner,) = hall.rows(Customer, document_number=FACTS.full_document.document_number)
    first, second = hall.rows(Subscription, customer_id=owner.id, pay_type="postpaid")[:2]
    with hall.store.transaction(Author(FACTS.outlet, "C4.3", FACTS.clerk)) as tx:
        tx.change(tx.one(Subscription, id=second.id), account_id=first.account_id)
    give(hall, first, "prepaid", 5_000)
    view = begin(hall, second)
    assert "prepayment" not in amounts(view)
    assert any("Other numbers" in str(notice.text) for notice in view.notices)
    close(hall, second)
    assert hall.rows(CustomerBill, account_id=first.account_id, kind="final") == []
    end(hall)
    assert hall.rows(BillingAccount, id=first.account_id)[0].state == "active"
    assert (state_of(hall, first), state_of(hall, second)) == ("active", "terminated")
    assert sound(hall)


# the day of closing


def end(hall: Hall) -> None:
    """The 1st of next month, with the network's answer."""
    next_day(hall, CLOSES)
    assert perform_due(hall.store, FACTS.outlet) > 0
    network_answers(hall)


def test_on_the_first_nothing_is_left_of_it(hall: Hall) -> None:
    line = line_of(hall, plan="P128")
    close(hall, line)
    next_day(hall, "2026-11-30")
    assert perform_due(hall.store, FACTS.outlet) == 0
    next_day(hall, CLOSES)
    assert perform_due(hall.store, FACTS.outlet) == 1
    (order,) = hall.rows(ProductOrder, business="C9", operator="scheduler")
    works = hall.rows(WorkOrder, order_id=order.id, order=("position",))
    assert works[0].act == "delete_subscriber"
    assert sound(hall)
    network_answers(hall)
    (number,) = hall.rows(PhoneNumber, number=line.number)
    (card,) = hall.rows(SimCard, iccid=line.iccid)
    assert (state_of(hall, line), number.state, card.state) == ("terminated", "quarantined", "void")
    assert (number.quarantine_until, number.subscription_id) == ("2027-05-30", None)
    assert {row.state for row in hall.rows(SubscriptionProduct, subscription_id=line.id)} == {"ended"}
    assert {row.ends_on for row in hall.rows(ChargeSchedule, subscription_id=line.id)} == {"2026-11-30"}
    assert {row.state for row in hall.rows(Agreement, subscription_id=line.id)} == {"terminated"}
    assert {row.state for row in hall.rows(Suspension, subscription_id=line.id)} == {"lifted"}
    assert hall.rows(BillingAccount, id=line.account_id)[0].state == "closed"
    assert sound(hall)


def test_the_day_waits_for_a_bar_that_the_network_refused(hall: Hall) -> None:
    line = line_of(hall)
    order = complete(hall, begin(hall, line))
    with hall.store.transaction(Author(FACTS.outlet, "network.answer", "network")) as tx:
        rows.fail(tx, tx.one(WorkOrder, order_id=order.order_id), say("no"))
    next_day(hall, CLOSES)
    assert perform_due(hall.store, FACTS.outlet) == 0
    (task,) = hall.rows(WorkOrder, order_id=order.order_id, kind="manual")
    hall.desk.settling.settle("manual", task.id, "done", "barred there")
    network_answers(hall)
    assert (perform_due(hall.store, FACTS.outlet), state_of(hall, line)) == (1, "pendingTerminate")
    network_answers(hall)
    assert state_of(hall, line) == "terminated"
    assert sound(hall)


def test_money_that_came_later_keeps_the_account_open(hall: Hall) -> None:
    line = line_of(hall, plan="P58")
    close(hall, line)
    give(hall, line, "prepaid", 100)
    end(hall)
    assert (state_of(hall, line), hall.rows(BillingAccount, id=line.account_id)[0].state) == ("terminated", "active")
    assert sound(hall)


def test_a_line_stopped_for_another_cause_is_closed_too(hall: Hall) -> None:
    line = line_of(hall, plan="P58")
    stop(hall, line, "request", "all")
    close(hall, line)
    end(hall)
    assert state_of(hall, line) == "terminated"
    assert sound(hall)


# wrong forms


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("number", {"number": "139"}),
        ("number", {"number": "13911119999"}),
        ("document_number", {"document_number": ""}),
        ("document_number", {"document_number": FACTS.customers[3].document_number}),
        ("action", {"action": "delete"}),
        ("action", {"action": "final"}),
        ("action", {"action": "undo"}),
        ("points", {"points": "sell"}),
        ("by_agent", {"by_agent": "maybe"}),
        ("agent_phone", {"by_agent": "y", "agent_document_number": FACTS.new_customer.document_number}),
        ("agent_document_number", {"by_agent": "y", "agent_document_number": "33010219"}),
    ],
)
def test_a_wrong_form_is_refused_beside_its_field(hall: Hall, field: str, changes: dict[str, str]) -> None:
    line = line_of(hall, plan="P58")
    view = begin(hall, line, **changes)
    with pytest.raises(BadForm) as refused:
        hall.desk.orders.complete(view.id, [Tender("cash", 5_800)])
    assert field in refused.value.errors
    assert hall.rows(ProductOrder, business="C9") == []
    assert state_of(hall, line) == "active"
    assert sound(hall)


def test_what_keeps_a_number_from_being_closed(hall: Hall) -> None:
    line = line_of(hall, plan="P58")
    stop(hall, line, "fraud", "all")
    assert "stopped by" in str(begin(hall, line).errors["number"])
    other = line_of(hall, plan="P88")
    waits = hall.desk.forms.begin("C8", {**typed(hall, other), "plan": "P58", "starts": "next"})
    serial = hall.desk.orders.complete(waits.id, []).serial
    assert serial in str(begin(hall, other).errors["number"])


def test_closing_twice_is_refused_beside_the_action(hall: Hall) -> None:
    line = line_of(hall, plan="P58")
    close(hall, line)
    assert "undo" in str(begin(hall, line).errors["action"])


def test_without_a_link_only_the_form_is_taken(hall: Hall) -> None:
    assert BUSINESSES["C9"].offline == "form_only"


def test_each_cell_is_alive_or_says_why_not(hall: Hall) -> None:
    line = line_of(hall, plan="P58")
    close(hall, line)
    end(hall)
    cells = {cell.code: cell for cell in hall.desk.lookups.matrix("C9")}
    assert [code for code, cell in cells.items() if cell.state == "waiting"] == []
