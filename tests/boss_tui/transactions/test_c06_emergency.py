"""C6, an emergency resume 紧急开机: who may have one, how often, what works meanwhile, and that it ends by itself."""

from __future__ import annotations

from typing import Any

import pytest

from boss_tui.answers.business import DraftView, Outcome
from boss_tui.chores.scheduling import perform_due
from boss_tui.desk import Station
from boss_tui.verify import verify
from data.errors import NotAllowed
from data.journal import Author
from data.tables.account import CreditRating, CustomerCredit
from data.tables.credit import HallCredit
from data.tables.life import Suspension
from data.tables.order import ProductOrder, Subscription
from data.tables.parameter import Parameter
from data.tables.sync import JournalHead
from tests.boss_tui.chores.test_controlling import came, causes, pay, perform, told
from tests.boss_tui.transactions.following import network_answers, next_day
from tests.boss_tui.transactions.test_c06_suspend import a_line, chief, state
from tests.hall import FACTS, Hall
from tests.handed import handed_change

WHY = "家人住院，明日缴清"


@pytest.fixture
def line(hall: Hall) -> Subscription:
    """A line of a customer of five stars, that arrears have stopped outgoing."""
    found = a_line(hall, owing=True)
    handed_change(hall.store, CreditRating, code="A", term_days=0)
    rated(hall, found, "A")
    told(hall, found)
    perform(hall)
    assert (causes(hall, found), state(hall, found)) == (["arrears_outgoing"], "suspended")
    return found


def rated(hall: Hall, line: Subscription, rating: str) -> None:
    with hall.store.transaction(Author(FACTS.outlet, "test", "test")) as tx:
        tx.change(tx.one(CustomerCredit, customer_id=line.customer_id), rating=rating)


def begun(hall: Hall, line: Subscription, **other: Any) -> DraftView:
    typed = {"number": line.number, "action": "resume", "cause": "arrears_outgoing", "emergency": "y", "reason": WHY}
    return hall.desk.forms.begin("C6", {**typed, **other})


def resumed(hall: Hall, line: Subscription, **other: Any) -> Outcome:
    view = begun(hall, line, **other)
    assert not view.errors, view.errors
    view = hall.desk.approvals.approve(view.id, FACTS.supervisor, FACTS.password)
    done = hall.desk.orders.complete(view.id, [])
    by_itself(hall)
    return done


def by_itself(hall: Hall) -> None:
    """What the hall does without anybody, until nothing is left to do today."""
    network_answers(hall)
    while perform_due(hall.store, FACTS.outlet):
        network_answers(hall)


def cut_off(hall: Hall) -> None:
    """Headquarters was not reached at the last try."""
    with hall.store.transaction(Author(FACTS.outlet, "test", "test"), journalled=False) as tx:
        tx.change(tx.one(JournalHead, outlet=FACTS.outlet), attempts=1)


def is_sound(hall: Hall) -> bool:
    with hall.store.reading() as reading:
        return verify(reading) == []


def test_it_works_at_once_for_a_day_and_stops_again_by_itself(hall: Hall, line: Subscription) -> None:
    done = resumed(hall, line)
    (row,) = hall.rows(HallCredit)
    assert (row.kind, row.order_id, row.number, row.reason) == ("emergency", done.order_id, line.number, WHY)
    assert (row.valid_to, causes(hall, line), state(hall, line)) == ("2026-11-24", [], "active")
    next_day(hall, "2026-11-24")
    by_itself(hall)
    assert state(hall, line) == "active"
    next_day(hall, "2026-11-25")
    by_itself(hall)
    assert (causes(hall, line), state(hall, line)) == (["arrears_outgoing"], "suspended")
    assert is_sound(hall)


def test_who_pays_meanwhile_is_not_stopped_again(hall: Hall, line: Subscription) -> None:
    resumed(hall, line)
    pay(hall, line)
    next_day(hall, "2026-11-25")
    by_itself(hall)
    assert (causes(hall, line), state(hall, line)) == ([], "active")
    assert [row.state for row in hall.rows(Suspension, subscription_id=line.id)] == ["lifted", "cancelled"]
    assert is_sound(hall)


def test_credit_control_leaves_it_alone_meanwhile_and_goes_on_after(hall: Hall, line: Subscription) -> None:
    resumed(hall, line)
    key = told(hall, line)
    perform(hall)
    assert (came(hall, key).outcome, causes(hall, line)) == ("spared", [])
    next_day(hall, "2026-11-25")
    again = told(hall, line, made_on="2026-11-25")
    perform(hall)  # before the hall's own dated act
    by_itself(hall)
    assert (came(hall, again).outcome, causes(hall, line)) == ("done", ["arrears_outgoing"])
    assert is_sound(hall)


def test_a_full_stop_is_lifted_with_the_outgoing_one_and_both_come_back(hall: Hall, line: Subscription) -> None:
    with hall.store.transaction(Author(FACTS.outlet, "test", "test")) as tx:
        tx.change(tx.one(Suspension, subscription_id=line.id, state="running"), starts_on="2026-11-13")
    told(hall, line, "stop_all", "B-FULL")
    perform(hall)
    assert causes(hall, line) == ["arrears_all", "arrears_outgoing"]
    resumed(hall, line, cause="arrears_all")
    assert (causes(hall, line), state(hall, line)) == ([], "active")
    next_day(hall, "2026-11-25")
    by_itself(hall)
    assert (causes(hall, line), state(hall, line)) == (["arrears_all", "arrears_outgoing"], "suspended")
    assert is_sound(hall)


@pytest.mark.parametrize(("rating", "may"), [("A", True), ("B", False), ("C", False), ("D", False)])
def test_it_is_for_customers_of_four_stars_or_more(hall: Hall, line: Subscription, rating: str, may: bool) -> None:
    rated(hall, line, rating)
    errors = begun(hall, line).errors
    assert ("emergency" not in errors) is may, errors
    if not may:
        assert "4 stars" in str(errors["emergency"])


@pytest.mark.parametrize(
    ("other", "field"),
    [
        ({"reason": ""}, "reason"),
        ({"action": "suspend"}, "emergency"),
        ({"cause": "request"}, "emergency"),
        ({"cause": "arrears_kept"}, "cause"),
        ({"emergency": "x"}, "emergency"),
    ],
)
def test_what_is_wrong_with_it_is_said_beside_its_field(
    hall: Hall, line: Subscription, other: dict[str, str], field: str
) -> None:
    assert field in begun(hall, line, **other).errors
    assert hall.rows(HallCredit) == []


def test_a_clerk_needs_a_supervisors_word(hall: Hall, line: Subscription) -> None:
    view = begun(hall, line)
    assert not view.errors
    with pytest.raises(NotAllowed, match="supervisor"):
        hall.desk.orders.complete(view.id, [])
    assert (hall.rows(HallCredit), causes(hall, line)) == ([], ["arrears_outgoing"])


def test_it_is_given_once_in_a_time(hall: Hall, line: Subscription) -> None:
    resumed(hall, line)
    next_day(hall, "2026-11-25")
    by_itself(hall)
    assert "2026-12-24" in str(begun(hall, line).errors["emergency"])
    handed_change(hall.store, Parameter, name="emergency_rest", business="", value=0)
    assert not begun(hall, line).errors


def test_what_is_paid_needs_none(hall: Hall, line: Subscription) -> None:
    pay(hall, line)
    assert "without" in str(begun(hall, line).errors["emergency"])


def test_nobody_takes_the_stop_that_follows_back_unpaid(hall: Hall, line: Subscription) -> None:
    resumed(hall, line)
    view = chief(hall).forms.begin("C6", {"number": line.number, "action": "resume", "cause": "arrears_outgoing"})
    assert "by itself" in str(view.errors["cause"])


def test_without_a_link_a_line_of_this_outlet_is_resumed_so_and_no_other(hall: Hall, line: Subscription) -> None:
    hall.desk.seat.station = Station(FACTS.outlet, FACTS.counter, linked=True)
    cut_off(hall)
    assert not begun(hall, line).errors
    with hall.store.transaction(Author(FACTS.outlet, "test", "test"), journalled=False) as tx:
        tx.change(tx.one(Subscription, id=line.id), outlet="HZ02")
    assert "this outlet" in str(begun(hall, line).errors["emergency"])


def test_what_the_network_never_had_was_never_given(hall: Hall, line: Subscription) -> None:
    view = begun(hall, line)
    hall.desk.approvals.approve(view.id, FACTS.supervisor, FACTS.password)
    done = hall.desk.orders.complete(view.id, [])
    (order,) = hall.rows(ProductOrder, id=done.order_id)
    hall.desk.orders.cancel(order.serial, "误操作", FACTS.supervisor, FACTS.password)
    assert [row.state for row in hall.rows(HallCredit)] == ["withdrawn"]
    assert (causes(hall, line), state(hall, line)) == (["arrears_outgoing"], "suspended")
    assert not begun(hall, line).errors
    next_day(hall, "2026-11-25")
    by_itself(hall)
    assert causes(hall, line) == ["arrears_outgoing"]
    assert is_sound(hall)


def test_whichever_stop_of_arrears_is_named_all_are_lifted(hall: Hall, line: Subscription) -> None:
    """As the home screen begins the form: both ways, of a line that is stopped one way."""
    resumed(hall, line, cause="arrears_all")
    assert (causes(hall, line), state(hall, line)) == ([], "active")
    assert is_sound(hall)


def test_what_is_owed_stands_beside_the_other_way_out(hall: Hall, line: Subscription) -> None:
    assert [*begun(hall, line, emergency="n").errors] == ["emergency"]
