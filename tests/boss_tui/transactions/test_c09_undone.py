"""A closing that is undone before its day, or taken back on the day that it was asked for (C9)."""

from __future__ import annotations

from datetime import date

import pytest

from boss_tui.chores.scheduling import perform_due
from boss_tui.components.products.agreements import penalty
from data.errors import ClockDoubted, NotAllowed
from data.journal import Author
from data.tables.account import BalanceBucket
from data.tables.billing import CustomerBill, UsageMonth
from data.tables.life import Agreement, ScheduledAct, Suspension
from data.tables.network import WorkOrder
from data.tables.order import ProductOrder
from data.tables.service import LoyaltyAccount, LoyaltyEntry
from tests.boss_tui.transactions.following import network_answers, next_day, sound
from tests.boss_tui.transactions.test_c09_close_account import (
    CLOSES,
    amounts,
    begin,
    close,
    complete,
    end,
    give,
    line_of,
    state_of,
    stop,
)
from tests.hall import FACTS, Hall

# undoing


def test_an_undone_closing_leaves_the_number_working(hall: Hall) -> None:
    line = line_of(hall, plan="P128")
    give(hall, line, "deposit", 2_000)
    paid = close(hall, line, points="lose")
    lost = hall.rows(LoyaltyEntry, order_id=paid.order_id, reason="lapsed")
    view = begin(hall, line, action="undo")
    (agreement,) = hall.rows(Agreement, subscription_id=line.id)
    assert amounts(view) == {"plan_penalty": -penalty(agreement, date(2026, 11, 23)), "deposit": 2_000}
    outcome = complete(hall, view)
    assert [work.act for work in hall.rows(WorkOrder, order_id=outcome.order_id)] == ["unbar"]
    network_answers(hall)
    assert state_of(hall, line) == "active"
    assert {act.state for act in hall.rows(ScheduledAct, subscription_id=line.id)} == {"cancelled"}
    assert hall.rows(LoyaltyAccount, customer_id=line.customer_id)[0].points == -sum(row.points for row in lost)
    assert hall.rows(Agreement, subscription_id=line.id)[0].state == "active"
    assert sound(hall)
    end_of_month = perform_after(hall)
    assert (end_of_month, state_of(hall, line)) == (0, "active")


def perform_after(hall: Hall) -> int:
    """What is still due on the 1st."""
    next_day(hall, CLOSES)
    return perform_due(hall.store, FACTS.outlet)


def test_closed_undone_and_closed_again_the_month_is_paid_once(hall: Hall) -> None:
    line = line_of(hall, plan="P58")
    close(hall, line, points="lose")
    complete(hall, begin(hall, line, action="undo"))
    network_answers(hall)
    assert "bill_payment" not in amounts(begin(hall, line))
    with hall.store.transaction(Author(FACTS.outlet, "test", FACTS.clerk)) as tx:
        tx.add(UsageMonth, subscription_id=line.id, month="2026-11", kind="message", quantity=999, amount=50)
    assert amounts(begin(hall, line))["bill_payment"] == 50
    outcome = close(hall, line)
    assert len(hall.rows(CustomerBill, account_id=line.account_id, kind="final")) == 1
    assert sound(hall)
    hall.desk.orders.cancel(outcome.serial, "客户反悔", FACTS.supervisor, FACTS.password)
    assert sound(hall)


def test_what_another_cause_barred_stays_barred(hall: Hall) -> None:
    for extent, acts in (("all", []), ("outgoing", ["bar_outgoing"])):
        line = line_of(hall, plan="P58")
        stop(hall, line, "request", extent)
        close(hall, line)
        outcome = complete(hall, begin(hall, line, action="undo"))
        network_answers(hall)
        works = hall.rows(WorkOrder, order_id=outcome.order_id, order=("position",))
        assert [work.act for work in works] == acts
        assert state_of(hall, line) == "suspended"
    assert sound(hall)


def test_after_the_day_nothing_is_undone(hall: Hall) -> None:
    line = line_of(hall, plan="P58")
    close(hall, line)
    next_day(hall, CLOSES)
    assert "can't be undone" in str(begin(hall, line, action="undo").errors["number"])


# taking back


@pytest.mark.parametrize("answered", [True, False])
def test_a_supervisor_takes_a_closing_back_on_its_day(hall: Hall, answered: bool) -> None:
    line = line_of(hall, owes=True, pay_type="postpaid")
    give(hall, line, "deposit", 1_000)
    before = {b.id: (b.paid, b.state) for b in hall.rows(CustomerBill, account_id=line.account_id)}
    points = hall.rows(LoyaltyAccount, customer_id=line.customer_id)[0].points
    outcome = close(hall, line) if answered else complete(hall, begin(hall, line))
    back = hall.desk.orders.cancel(outcome.serial, "客户反悔", FACTS.supervisor, FACTS.password)
    assert back.due == -outcome.due
    assert sound(hall)
    network_answers(hall)
    assert state_of(hall, line) == "active"
    after = {b.id: (b.paid, b.state) for b in hall.rows(CustomerBill, account_id=line.account_id, kind="monthly")}
    assert after == before
    (final,) = hall.rows(CustomerBill, account_id=line.account_id, kind="final")
    assert (final.amount, final.paid) == (0, 0)
    assert hall.rows(LoyaltyAccount, customer_id=line.customer_id)[0].points == points
    assert hall.rows(BalanceBucket, account_id=line.account_id, kind="deposit")[0].amount == 1_000
    assert [row.state for row in hall.rows(Suspension, subscription_id=line.id)] != ["running"]
    assert sound(hall)
    assert perform_after(hall) == 0


def test_a_closing_is_taken_back_though_the_clock_was_set_back_meanwhile(hall: Hall) -> None:
    line = line_of(hall, owes=True, pay_type="postpaid")
    outcome = complete(hall, begin(hall, line))
    hall.clock.move(minutes=-10)
    with pytest.raises(ClockDoubted):
        hall.desk.orders.cancel(outcome.serial, "客户反悔", FACTS.supervisor, FACTS.password)
    hall.desk.trust.vouch_for_clock(FACTS.supervisor, FACTS.password)
    hall.desk.orders.cancel(outcome.serial, "客户反悔", FACTS.supervisor, FACTS.password)
    assert sound(hall)


def test_on_another_day_a_closing_is_undone_instead(hall: Hall) -> None:
    line = line_of(hall, plan="P58")
    outcome = close(hall, line)
    next_day(hall, "2026-11-24")
    hall.desk.till.open_shift(500_00)
    with pytest.raises(NotAllowed, match="its own business date"):
        hall.desk.orders.cancel(outcome.serial, "客户反悔", FACTS.supervisor, FACTS.password)


def test_an_undoing_that_is_called_off_closes_on_its_day(hall: Hall) -> None:
    line = line_of(hall, plan="P58")
    close(hall, line, points="lose")
    undone = complete(hall, begin(hall, line, action="undo"))
    hall.desk.orders.cancel(undone.serial, "客户反悔", FACTS.supervisor, FACTS.password)
    assert state_of(hall, line) == "pendingTerminate"
    assert hall.rows(LoyaltyAccount, customer_id=line.customer_id)[0].points == 0
    assert sound(hall)
    end(hall)
    assert state_of(hall, line) == "terminated"
    assert sound(hall)


def test_what_came_due_is_not_taken_back(hall: Hall) -> None:
    line = line_of(hall, plan="P58")
    close(hall, line)
    next_day(hall, CLOSES)
    perform_due(hall.store, FACTS.outlet)
    hall.desk.till.open_shift(500_00)
    (order,) = hall.rows(ProductOrder, business="C9", operator="scheduler")
    with pytest.raises(NotAllowed, match="not called off"):
        hall.desk.orders.cancel(order.serial, "客户反悔", FACTS.supervisor, FACTS.password)
    network_answers(hall)
    with pytest.raises(NotAllowed, match="else do this business again"):
        hall.desk.orders.cancel(order.serial, "客户反悔", FACTS.supervisor, FACTS.password)
    assert state_of(hall, line) == "terminated"
