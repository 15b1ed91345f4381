"""What credit control tells an outlet: done as orders of C6, looked at again first, taken back within its day."""

from __future__ import annotations

from typing import Any

import pytest

from boss_tui.answers.business import Tender
from boss_tui.chores.controlling import perform_orders
from boss_tui.chores.scheduling import SCHEDULER, perform_due
from boss_tui.verify import verify
from data.journal import Author
from data.tables.account import BalanceBucket
from data.tables.billing import CustomerBill
from data.tables.credit import CreditExemption, PublicHoliday
from data.tables.credit_control import ControlDone, ControlOrder
from data.tables.customer import Customer
from data.tables.life import ScheduledAct, Suspension
from data.tables.network import WorkOrder
from data.tables.order import ProductOrder, Subscription
from data.tables.service import ChargeSchedule, Interaction
from tests.boss_tui.transactions.following import network_answers
from tests.boss_tui.transactions.test_c06_suspend import a_line, state
from tests.boss_tui.transactions.test_c11_recharge_cards import CARDS, do, prepaid
from tests.hall import FACTS, Hall
from tests.handed import hand_down, row_line

pytestmark = pytest.mark.light

DAY = "2026-11-23"


@pytest.fixture
def line(hall: Hall) -> Subscription:
    """A line that is overdue by more than five days."""
    return a_line(hall, owing=True)


def told(hall: Hall, line: Subscription, act: str = "stop_outgoing", stage: str = "B-HALF", **values: Any) -> str:
    """Headquarters tells this outlet to do something."""
    key = f"{act}-{len(hall.rows(ControlOrder))}"
    about = {"outlet": line.outlet, "subscription_id": line.id, "number": line.number, "made_on": DAY}
    hand_down(hall.store, row_line(ControlOrder, "add", id=key, stage=stage, act=act, **{**about, **values}))
    return key


def taken_back(hall: Hall, key: str) -> None:
    hand_down(hall.store, row_line(ControlOrder, "end", id=key))


def perform(hall: Hall) -> int:
    done = perform_orders(hall.store, FACTS.outlet, FACTS.counter)
    network_answers(hall)
    return done


def came(hall: Hall, key: str) -> ControlDone:
    (row,) = hall.rows(ControlDone, control_order=key)
    assert isinstance(row, ControlDone)
    return row


def causes(hall: Hall, line: Subscription) -> list[str]:
    return sorted(row.cause for row in hall.rows(Suspension, subscription_id=line.id, state="running"))


def pay(hall: Hall, line: Subscription, fen: int = 0) -> None:
    """At the counter: all that is owed, or so much of it."""
    view = hall.desk.forms.begin("C12", {"who": line.number})
    if fen:
        view = hall.desk.forms.fill(view.id, {"amount": f"{fen / 100:.2f}"})
    assert not view.errors, view.errors
    hall.desk.orders.complete(view.id, [Tender("cash", view.quote.due)])


def is_sound(hall: Hall) -> bool:
    with hall.store.reading() as reading:
        return verify(reading) == []


def test_a_stop_is_an_order_of_c6_that_the_network_carries_out_once(hall: Hall, line: Subscription) -> None:
    key = told(hall, line)
    assert (perform(hall), perform(hall)) == (1, 0)
    done = came(hall, key)
    (order,) = hall.rows(ProductOrder, id=done.order_id)
    assert (done.outcome, order.business, order.operator, order.state) == ("done", "C6", SCHEDULER, "completed")
    assert [work.act for work in hall.rows(WorkOrder, order_id=order.id)] == ["bar_outgoing"]
    assert (causes(hall, line), state(hall, line)) == (["arrears_outgoing"], "suspended")
    assert is_sound(hall)


def test_who_has_paid_at_the_counter_meanwhile_is_not_stopped(hall: Hall, line: Subscription) -> None:
    pay(hall, line)
    key = told(hall, line)
    assert perform(hall) == 1
    assert (came(hall, key).outcome, causes(hall, line)) == ("not_needed", [])
    assert is_sound(hall)


def test_who_is_spared_by_now_is_not_stopped(hall: Hall, line: Subscription) -> None:
    (owner,) = hall.rows(Customer, id=line.customer_id)
    who = {"document_kind": owner.document_kind, "document_number": owner.document_number}
    why = {"kind": "key_account", "person": "3001", "reason": "x", "valid_to": DAY}
    hand_down(hall.store, row_line(CreditExemption, "add", id="e", **who, **why))
    key = told(hall, line)
    assert perform(hall) == 1
    assert (came(hall, key).outcome, causes(hall, line)) == ("spared", [])


@pytest.mark.parametrize(("hours", "now"), [(0, True), (11, True), (12, False), (23, False), (24, True)])
def test_by_night_nobody_is_stopped(hall: Hall, line: Subscription, hours: int, now: bool) -> None:
    told(hall, line)
    hall.clock.move(hours=hours)  # from 09:10
    assert bool(perform_orders(hall.store, FACTS.outlet, FACTS.counter)) is now


def test_on_a_holiday_only_high_spend_is_stopped(hall: Hall, line: Subscription) -> None:
    hand_down(hall.store, row_line(PublicHoliday, "add", day=DAY, name_zh="假"))
    waits = told(hall, line)
    assert perform(hall) == 0
    taken_back(hall, waits)
    key = told(hall, line, any_time=1)
    assert perform(hall) == 1
    assert came(hall, key).outcome == "done"
    assert hall.rows(ControlDone, control_order=waits) == []


def test_what_is_taken_back_works_again(hall: Hall, line: Subscription) -> None:
    key = told(hall, line)
    perform(hall)
    taken_back(hall, key)
    assert (perform(hall), perform(hall)) == (1, 0)
    done = came(hall, key)
    (order,) = hall.rows(ProductOrder, id=done.undone_order)
    assert (order.business, order.state, bool(done.undone_at)) == ("C6", "completed", True)
    assert (causes(hall, line), state(hall, line)) == ([], "active")
    assert is_sound(hall)


def test_full_stop_follows_and_a_payment_lets_go_of_both_and_of_nothing_else(hall: Hall, line: Subscription) -> None:
    told(hall, line)
    perform(hall)
    with hall.store.transaction(Author(FACTS.outlet, "test", "test")) as tx:
        (half,) = tx.all(Suspension, subscription_id=line.id, state="running")
        tx.change(half, starts_on="2026-11-13")
    full = told(hall, line, "stop_all", "B-FULL")
    assert perform(hall) == 1
    assert (came(hall, full).outcome, causes(hall, line)) == ("done", ["arrears_all", "arrears_outgoing"])
    pay(hall, line)
    assert perform_due(hall.store, FACTS.outlet) >= 1
    network_answers(hall)
    perform_due(hall.store, FACTS.outlet)
    network_answers(hall)
    assert (causes(hall, line), state(hall, line)) == ([], "active")
    assert is_sound(hall)


def test_a_part_that_is_paid_lets_out_of_the_full_stop_alone(hall: Hall, line: Subscription) -> None:
    told(hall, line)
    perform(hall)
    with hall.store.transaction(Author(FACTS.outlet, "test", "test")) as tx:
        (half,) = tx.all(Suspension, subscription_id=line.id, state="running")
        tx.change(half, starts_on="2026-11-13")
    told(hall, line, "stop_all", "B-FULL")
    perform(hall)
    key = told(hall, line, "resume", "")
    assert perform(hall) == 1
    assert came(hall, key).outcome == "not_needed", "it is within its limit, and yet nothing was paid"
    pay(hall, line, 100)
    assert perform_due(hall.store, FACTS.outlet) >= 1
    network_answers(hall)
    assert (causes(hall, line), state(hall, line)) == (["arrears_outgoing"], "suspended")
    again, full = told(hall, line, "resume", ""), told(hall, line, "stop_all", "B-FULL")
    perform(hall)
    assert (came(hall, again).outcome, causes(hall, line)) == ("not_needed", ["arrears_outgoing"])
    assert came(hall, full).outcome == "not_needed", "its days count anew"
    assert is_sound(hall)


def test_a_call_is_on_the_hall_s_list(hall: Hall, line: Subscription) -> None:
    before = len(hall.rows(Interaction, customer_id=line.customer_id))
    with hall.store.transaction(Author(FACTS.outlet, "test", "test")) as tx:
        for bill in tx.all(CustomerBill, account_id=line.account_id):
            tx.change(bill, due_on="2026-11-20")
    told(hall, line, "call", "B-CALL")
    perform(hall)
    calls = hall.rows(Interaction, customer_id=line.customer_id)
    assert len(calls) == before + 1
    assert (calls[-1].kind, calls[-1].due_on, calls[-1].matter) == ("call_back", DAY, "M8")


def test_nothing_is_done_while_no_day_is_open_or_for_a_line_that_is_no_more(hall: Hall, line: Subscription) -> None:
    key = told(hall, line, subscription_id="gone")
    assert perform(hall) == 1
    assert came(hall, key).outcome == "refused"
    later = told(hall, line, made_on="2026-11-24")
    assert perform(hall) == 0
    assert hall.rows(ControlDone, control_order=later) == []


def stopped_since(hall: Hall, line: Subscription, cause: str, day: str) -> None:
    """A stop that has stood since a day."""
    with hall.store.transaction(Author(FACTS.outlet, "test", "test")) as tx:
        (row,) = tx.all(Suspension, subscription_id=line.id, cause=cause, state="running")
        tx.change(row, starts_on=day)


@pytest.fixture
def kept(hall: Hall, line: Subscription) -> Subscription:
    """A line that is stopped, and whose number is kept."""
    told(hall, line)
    perform(hall)
    stopped_since(hall, line, "arrears_outgoing", "2026-08-01")
    told(hall, line, "stop_all", "B-FULL")
    perform(hall)
    stopped_since(hall, line, "arrears_all", "2026-08-20")
    told(hall, line, "precancel", "B-KEEP")
    assert perform(hall) == 1
    return line


def running(hall: Hall, line: Subscription) -> list[tuple[str, int]]:
    rows = hall.rows(ChargeSchedule, subscription_id=line.id, state="running")
    return [(row.item, row.amount) for row in rows]


def test_a_number_that_is_kept_is_charged_nothing_and_paid_it_is_charged_again(hall: Hall, kept: Subscription) -> None:
    assert causes(hall, kept) == ["arrears_all", "arrears_kept", "arrears_outgoing"]
    assert running(hall, kept) == [("keep_number_fee", 0)]
    assert is_sound(hall)
    pay(hall, kept)
    for _ in range(4):
        perform_due(hall.store, FACTS.outlet)
        network_answers(hall)
    assert (causes(hall, kept), state(hall, kept)) == ([], "active")
    assert ("keep_number_fee", 0) not in running(hall, kept)
    assert running(hall, kept)
    assert is_sound(hall)


def test_a_line_is_cancelled_with_a_final_bill_that_stays_owed(hall: Hall, kept: Subscription) -> None:
    stopped_since(hall, kept, "arrears_kept", "2026-08-25")
    before = {bill.id for bill in hall.rows(CustomerBill, account_id=kept.account_id)}
    key = told(hall, kept, "cancel", "B-END")
    assert perform(hall) == 1
    (order,) = hall.rows(ProductOrder, id=came(hall, key).order_id)
    assert (order.business, state(hall, kept)) == ("C9", "pendingTerminate")
    (final,) = [bill for bill in hall.rows(CustomerBill, account_id=kept.account_id) if bill.id not in before]
    assert (final.kind, final.paid, final.amount > 0) == ("final", 0, True)
    assert is_sound(hall)
    (act,) = hall.rows(ScheduledAct, subscription_id=kept.id, state="waiting")
    assert (act.business, act.due_on) == ("C9", "2026-12-01")


def test_nobody_at_a_counter_keeps_a_number_for_arrears(hall: Hall, line: Subscription) -> None:
    view = hall.desk.forms.begin("C6", {"number": line.number, "action": "suspend", "cause": "arrears_kept"})
    assert "by itself" in str(view.errors["cause"])


def test_a_card_that_is_redeemed_lets_a_prepaid_line_work_again(hall: Hall) -> None:
    line = prepaid(hall)
    with hall.store.transaction(Author(FACTS.outlet, "test", "test"), journalled=False) as tx:
        for bucket in tx.all(BalanceBucket, account_id=line.account_id):
            tx.change(bucket, amount=0)
    key = told(hall, line, "stop_outgoing", "P-HALF")
    perform(hall)
    assert (came(hall, key).outcome, causes(hall, line)) == ("done", ["arrears_outgoing"])
    do(hall, serial=CARDS[0].serial)
    do(hall, action="redeem", number=line.number, pin=CARDS[0].pin)
    assert perform_due(hall.store, FACTS.outlet) >= 1
    network_answers(hall)
    assert (causes(hall, line), state(hall, line)) == ([], "active")
