"""C6 停机/复机: who may stop a line for what, on which day, what the network bars, what it costs, and what lifts it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boss_tui.answers.business import DraftView, Outcome, Tender
from boss_tui.chores.scheduling import perform_due
from boss_tui.components.products.suspending import extent_of
from boss_tui.desk import Desk
from boss_tui.network.dialects import dialect
from boss_tui.network.element import Element
from boss_tui.network.gateway import FolderGateway
from boss_tui.network.preload import preload
from boss_tui.verify import verify
from data.demo.hall import ELEMENT
from data.errors import BadForm, NotAllowed
from data.journal import Author
from data.tables.billing import CustomerBill
from data.tables.customer import Customer
from data.tables.life import ScheduledAct, ServiceParameter, Suspension
from data.tables.network import WorkOrder
from data.tables.order import ProductOrder, Subscription
from data.tables.service import ChargeSchedule
from tests.boss_tui.transactions.following import findings, network_answers, next_day, sound
from tests.hall import FACTS, Hall


def a_line(hall: Hall, *, owing: bool = False) -> Subscription:
    """The first active postpaid line whose account owes, or doesn't."""
    open_bills = {b.account_id for b in hall.rows(CustomerBill) if b.state in ("sent", "partiallyPaid", "onHold")}
    overdue = {b.account_id for b in hall.rows(CustomerBill) if b.state == "sent" and b.due_on < "2026-11-23"}
    lines: list[Subscription] = hall.rows(Subscription, state="active", pay_type="postpaid", order=("number",))
    return next(s for s in lines if (s.account_id in overdue if owing else s.account_id not in open_bills))


def document(hall: Hall, line: Subscription) -> str:
    """Its owner's."""
    return str(hall.rows(Customer, id=line.customer_id)[0].document_number)


def form(hall: Hall, line: Subscription, action: str, cause: str, **more: Any) -> dict[str, Any]:
    """A form of C6 by its owner's document."""
    return {"number": line.number, "document_number": document(hall, line), "action": action, "cause": cause, **more}


def do(hall: Hall, line: Subscription, action: str, cause: str, desk: Desk | None = None, **more: Any) -> Outcome:
    """A whole C6."""
    at = desk or hall.desk
    view = at.forms.begin("C6", form(hall, line, action, cause, **more))
    assert not view.errors, view.errors
    return at.orders.complete(view.id, [])


def chief(hall: Hall) -> Desk:
    """A supervisor at another counter."""
    return hall.counter(FACTS.supervisor, "HZ0102")


def state(hall: Hall, line: Subscription) -> str:
    """Its state now."""
    return str(hall.rows(Subscription, id=line.id)[0].state)


def acts(hall: Hall, outcome: Outcome) -> list[str]:
    """What the network is asked for an order."""
    return [work.act for work in hall.rows(WorkOrder, order_id=outcome.order_id, order=("position",))]


def forward(hall: Hall, line: Subscription) -> None:
    """Calls of a line go elsewhere when it is busy."""
    with hall.store.transaction(Author(FACTS.outlet, "forward", FACTS.clerk)) as tx:
        tx.add(ServiceParameter, subscription_id=line.id, service="cfb", name="forward_to", value="057188886666")


# the way


def test_a_loss_is_reported_with_the_password_alone_and_stops_the_line_at_once(hall: Hall) -> None:
    line = a_line(hall)
    forward(hall, line)
    view = hall.desk.forms.begin(
        "C6", {"number": line.number, "action": "suspend", "cause": "loss", "password": "274916"}
    )
    assert not view.errors
    outcome = hall.desk.orders.complete(view.id, [])
    assert acts(hall, outcome) == ["bar_all", "erase_forwarding"]
    assert (outcome.state, state(hall, line)) == ("inProgress", "active")
    assert not findings(hall)
    network_answers(hall)
    assert state(hall, line) == "suspended"
    assert not hall.rows(ServiceParameter, subscription_id=line.id)[0].value
    assert [paper.kind for paper in outcome.papers] == ["slip"]
    assert not findings(hall)


def test_a_loss_is_lifted_by_document_only(hall: Hall) -> None:
    line = a_line(hall)
    do(hall, line, "suspend", "loss")
    network_answers(hall)
    hall.desk.serving.next_customer()
    by_password = {"number": line.number, "action": "resume", "cause": "loss", "password": "274916"}
    assert "document" in str(hall.desk.forms.begin("C6", by_password).errors["document_number"])
    outcome = do(hall, line, "resume", "loss")
    (work,) = hall.rows(WorkOrder, order_id=outcome.order_id)
    told = json.loads(work.parameters)
    assert (work.act, told["long_distance"], told["imsi"]) == ("unbar", line.long_distance, line.imsi)
    network_answers(hall)
    assert state(hall, line) == "active"
    assert not findings(hall)


def test_a_password_shown_for_a_loss_does_not_stand_for_the_document(hall: Hall) -> None:
    line = a_line(hall)
    hall.desk.forms.begin("C6", {"number": line.number, "action": "suspend", "cause": "loss", "password": "274916"})
    later = hall.desk.forms.begin("C6", {"number": line.number, "action": "suspend", "cause": "request"})
    assert "document_number" in later.errors


def test_with_two_causes_it_stays_stopped_till_the_last_is_gone(hall: Hall) -> None:
    line = a_line(hall, owing=True)
    one_way = do(hall, line, "suspend", "arrears_outgoing", chief(hall))
    assert acts(hall, one_way) == ["bar_outgoing"]
    network_answers(hall)
    lost = do(hall, line, "suspend", "loss")
    assert acts(hall, lost) == ["bar_all"]
    network_answers(hall)
    found = do(hall, line, "resume", "loss")
    assert acts(hall, found) == ["bar_outgoing"]
    network_answers(hall)
    assert state(hall, line) == "suspended"
    assert not findings(hall)


def test_arrears_leave_the_forwarding_and_are_lifted_only_when_paid(hall: Hall) -> None:
    line = a_line(hall, owing=True)
    forward(hall, line)
    outcome = do(hall, line, "suspend", "arrears_all", chief(hall))
    assert acts(hall, outcome) == ["bar_all"]
    network_answers(hall)
    again = hall.desk.forms.begin("C6", form(hall, line, "resume", "arrears_all"))
    assert "overdue still" in str(again.errors["emergency"])
    with hall.store.transaction(Author(FACTS.outlet, "pay", FACTS.clerk)) as tx:
        for bill in tx.all(CustomerBill, account_id=line.account_id):
            tx.change(bill, due_on="2026-12-31")
    do(hall, line, "resume", "arrears_all", chief(hall))
    network_answers(hall)
    assert state(hall, line) == "active"
    assert hall.rows(ServiceParameter, subscription_id=line.id)[0].value == "057188886666"


def test_paid_arrears_resume_by_themselves(hall: Hall) -> None:
    line = a_line(hall, owing=True)
    do(hall, line, "suspend", "arrears_all", chief(hall))
    network_answers(hall)
    view = hall.desk.forms.begin("C12", {"who": line.number})
    hall.desk.orders.complete(view.id, [Tender("cash", view.quote.due)])
    assert perform_due(hall.store, FACTS.outlet) == 1
    network_answers(hall)
    assert state(hall, line) == "active"
    assert not findings(hall)


# who may


def test_what_is_the_operators_own_needs_a_supervisor(hall: Hall) -> None:
    line = a_line(hall)
    typed = {"number": line.number, "action": "suspend", "cause": "fraud", "reason": "异常呼叫"}
    view = hall.desk.forms.begin("C6", typed)
    assert (view.errors, view.qualification.verdict) == ({}, "override")
    with pytest.raises(NotAllowed, match="supervisor"):
        hall.desk.orders.complete(view.id, [])
    approved = hall.desk.approvals.approve(view.id, FACTS.supervisor, FACTS.password)
    assert approved.qualification.verdict == "yes"
    hall.desk.orders.complete(view.id, [])
    network_answers(hall)
    assert [s.reason for s in hall.rows(Suspension, cause="fraud", state="running")] == ["异常呼叫"]
    assert state(hall, line) == "suspended"


# on request: days and money


def test_a_stop_on_request_wants_everything_paid(hall: Hall) -> None:
    view = hall.desk.forms.begin("C6", form(hall, a_line(hall, owing=True), "suspend", "request"))
    assert "collect them first" in str(view.errors["cause"])


def charges(hall: Hall, line: Subscription) -> list[tuple[str, str, str, str]]:
    """What a line is charged, when: product or item, from, until, state."""
    rows = hall.rows(ChargeSchedule, subscription_id=line.id, order=("item", "product", "starts_on"))
    return [(row.product or row.item, row.starts_on, row.ends_on, row.state) for row in rows]


def plan_charges(hall: Hall, line: Subscription) -> list[tuple[str, str, str]]:
    """Those of its plan."""
    return [row[1:] for row in charges(hall, line) if row[0] == line.plan]


def test_full_months_cost_the_keep_number_fee_and_nothing_else(hall: Hall) -> None:
    line = a_line(hall)
    ((opened, _, _),) = plan_charges(hall, line)
    view = hall.desk.forms.begin("C6", form(hall, line, "suspend", "request"))
    assert [(q.item, q.amount, q.monthly) for q in view.quote.lines] == [("keep_number_fee", 500, True)]
    assert view.quote.due == 0
    hall.desk.orders.complete(view.id, [])
    network_answers(hall)
    assert plan_charges(hall, line) == [(opened, "2026-11-30", "ended")]
    assert ("keep_number_fee", "2026-12-01", "", "running") in charges(hall, line)
    assert not findings(hall)
    next_day(hall, "2027-02-10")
    do(hall, line, "resume", "request")
    network_answers(hall)
    assert ("keep_number_fee", "2026-12-01", "2027-01-31", "ended") in charges(hall, line)
    assert plan_charges(hall, line) == [(opened, "2026-11-30", "ended"), ("2027-02-01", "", "running")]
    assert not findings(hall)


@pytest.mark.parametrize("back", ["2026-11-24", "2026-12-20"])
def test_without_a_full_month_between_it_is_as_if_it_had_not_been(hall: Hall, back: str) -> None:
    line = a_line(hall)
    before = plan_charges(hall, line)
    do(hall, line, "suspend", "request")
    network_answers(hall)
    next_day(hall, back)
    do(hall, line, "resume", "request")
    network_answers(hall)
    assert plan_charges(hall, line) == before
    (fee,) = hall.rows(ChargeSchedule, subscription_id=line.id, item="keep_number_fee")
    assert fee.state == "ended"
    assert fee.ends_on < fee.starts_on


def test_a_stop_has_its_day_and_ends_on_another_also_when_nobody_worked_on_them(hall: Hall) -> None:
    line = a_line(hall)
    planned = do(hall, line, "suspend", "request", starts_on="20261201", ends_on="2026-12-10")
    assert (planned.state, state(hall, line)) == ("completed", "active")
    assert perform_due(hall.store, FACTS.outlet) == 0
    assert not findings(hall)
    next_day(hall, "2026-12-02")
    assert perform_due(hall.store, FACTS.outlet) == 1
    network_answers(hall)
    assert state(hall, line) == "suspended"
    assert not findings(hall)
    next_day(hall, "2026-12-15")
    assert perform_due(hall.store, FACTS.outlet) == 1
    network_answers(hall)
    assert state(hall, line) == "active"
    assert [s.state for s in hall.rows(Suspension, subscription_id=line.id)] == ["lifted"]
    assert not findings(hall)


def test_switched_off_over_both_days_it_is_stopped_and_lifted_in_this_order(hall: Hall) -> None:
    line = a_line(hall)
    do(hall, line, "suspend", "request", starts_on="2026-12-01", ends_on="2026-12-10")
    next_day(hall, "2026-12-15")
    assert perform_due(hall.store, FACTS.outlet) == 1
    assert perform_due(hall.store, FACTS.outlet) == 0, "its end waits for the network's answer to its beginning"
    network_answers(hall)
    assert perform_due(hall.store, FACTS.outlet) == 1
    network_answers(hall)
    assert state(hall, line) == "active"
    assert not findings(hall)


def test_who_comes_before_the_day_ends_it_and_the_day_brings_nothing_more(hall: Hall) -> None:
    line = a_line(hall)
    do(hall, line, "suspend", "request", ends_on="2026-12-10")
    network_answers(hall)
    do(hall, line, "resume", "request")
    network_answers(hall)
    assert [act.state for act in hall.rows(ScheduledAct)] == ["cancelled"]
    next_day(hall, "2026-12-15")
    assert perform_due(hall.store, FACTS.outlet) == 0


def test_what_was_planned_is_taken_back_by_resuming(hall: Hall) -> None:
    line = a_line(hall)
    do(hall, line, "suspend", "request", starts_on="2026-12-01")
    back = do(hall, line, "resume", "request")
    assert (back.state, acts(hall, back)) == ("completed", [])
    assert [s.state for s in hall.rows(Suspension, subscription_id=line.id)] == ["cancelled"]
    next_day(hall, "2026-12-02")
    assert perform_due(hall.store, FACTS.outlet) == 0
    assert (state(hall, line), sound(hall)) == ("active", True)


def test_a_cancelled_stop_never_was_and_a_cancelled_resumption_leaves_it_stopped(hall: Hall) -> None:
    line = a_line(hall)
    stopped = do(hall, line, "suspend", "request", ends_on="2026-12-10")
    hall.desk.orders.cancel(stopped.serial, "客户反悔", FACTS.supervisor, FACTS.password)
    assert [s.state for s in hall.rows(Suspension, subscription_id=line.id)] == ["cancelled"]
    do(hall, line, "suspend", "request", ends_on="2026-12-10")
    network_answers(hall)
    resumed = do(hall, line, "resume", "request")
    hall.desk.orders.cancel(resumed.serial, "客户反悔", FACTS.supervisor, FACTS.password)
    assert state(hall, line) == "suspended"
    assert not findings(hall)
    waiting = hall.rows(ScheduledAct, subscription_id=line.id, state="waiting")
    assert [json.loads(act.parameters)["action"] for act in waiting][-1] == "resume"


# what can't be done


WRONG: list[tuple[dict[str, str], str, str]] = [
    ({"number": "13900000000"}, "number", "Nobody has the number"),
    ({"document_number": ""}, "document_number", "owner's document"),
    ({"document_number": FACTS.red_listed.document_number}, "document_number", "not the document"),
    ({"action": "stop"}, "action", "Not one of the choices"),
    ({"cause": "closing"}, "cause", "Not one of the choices"),
    ({"action": "resume"}, "cause", "not stopped for this cause"),
    ({"starts_on": "2026-11-22"}, "starts_on", "day is over"),
    ({"starts_on": "2062-01-15"}, "starts_on", "too far ahead"),
    ({"starts_on": "2026-12-05", "ends_on": "2026-12-05"}, "ends_on", "not after"),
    ({"cause": "loss", "starts_on": "2026-12-05"}, "starts_on", "at once"),
    ({"cause": "loss", "ends_on": "2026-12-05"}, "ends_on", "at once"),
    ({"cause": "fraud"}, "reason", "Say why"),
    ({"cause": "court", "reason": "法"}, "reason", "court's document"),
    ({"cause": "arrears_all"}, "cause", "Nothing is overdue"),
    ({"cause": "loss", "document_number": "", "password": "111111"}, "password", "wrong"),
]


@pytest.mark.parametrize(("wrong", "field", "words"), WRONG)
def test_a_wrong_form_is_refused_beside_its_field(hall: Hall, wrong: dict[str, str], field: str, words: str) -> None:
    before = len(hall.rows(ProductOrder)), len(hall.rows(Suspension))
    view: DraftView = hall.desk.forms.begin("C6", {**form(hall, a_line(hall), "suspend", "request"), **wrong})
    assert words in str(view.errors[field])
    with pytest.raises((BadForm, NotAllowed)):
        hall.desk.orders.complete(view.id, [])
    assert (len(hall.rows(ProductOrder)), len(hall.rows(Suspension))) == before


def test_a_cause_is_set_once(hall: Hall) -> None:
    line = a_line(hall)
    do(hall, line, "suspend", "loss")
    network_answers(hall)
    assert "already" in str(hall.desk.forms.begin("C6", form(hall, line, "suspend", "loss")).errors["cause"])


# the network's copy


@given(st.lists(st.sampled_from(["outgoing", "all"])))
def test_all_causes_together_bar_the_most_that_any_asks_for(extents: list[str]) -> None:
    causes = [Suspension(extent=extent) for extent in extents]
    widest = "all" if "all" in extents else "outgoing" if extents else ""
    assert extent_of(causes) == widest
    assert {extent_of([cause]) for cause in causes} == set(extents)


@pytest.mark.parametrize("speech", ["huawei", "ericsson"])
def test_the_book_says_what_an_element_should_bar_and_forward(hall: Hall, tmp_path: Any, speech: str) -> None:
    lines = hall.rows(Subscription, state="active", pay_type="postpaid", order=("number",))
    forward(hall, lines[0])
    one_way = a_line(hall, owing=True)
    do(hall, one_way, "suspend", "arrears_outgoing", chief(hall))
    do(hall, next(s for s in lines if s.id not in (one_way.id, lines[0].id)), "suspend", "loss")
    network_answers(hall)
    spoken = dialect(speech)
    element = Element(tmp_path / "e.db", spoken, FolderGateway(tmp_path / "g"), clock=hall.clock, code=ELEMENT)
    with hall.store.reading() as reading:
        preload(element.state, reading, ELEMENT, speaks=spoken)
        assert verify(reading, network=element) == []
        with element.state.transaction():
            for command in spoken.render("unbar", {"msisdn": one_way.number, "long_distance": one_way.long_distance}):
                element.machine.obey(element.state, command.text)
        assert [(f.rule, f.key) for f in verify(reading, network=element)] == [
            ("network agrees with the book", one_way.id)
        ]
    element.close()


def test_each_cell_is_alive_or_says_why_not(hall: Hall) -> None:
    line = a_line(hall)
    do(hall, line, "suspend", "request")
    network_answers(hall)
    cells = {cell.code: cell for cell in hall.desk.lookups.matrix("C6")}
    assert [code for code, cell in cells.items() if cell.state == "waiting"] == []
    assert len(cells) == 20


def test_a_plan_does_not_change_while_its_line_is_stopped_on_request(hall: Hall) -> None:
    line = a_line(hall)
    typed = {"number": line.number, "document_number": document(hall, line), "starts": "next"}
    plan = "P88" if line.plan != "P88" else "P58"
    changed = hall.desk.orders.complete(hall.desk.forms.begin("C8", {**typed, "plan": plan}).id, [])
    do(hall, line, "suspend", "request")
    network_answers(hall)
    next_day(hall, "2026-12-02")
    perform_due(hall.store, FACTS.outlet)
    (item,) = [item for item in hall.desk.queues.items() if item.kind == "dated"]
    assert "owner's request" in str(item.reason)
    do(hall, line, "resume", "request")
    network_answers(hall)
    hall.desk.settling.settle("dated", item.key, "retry")
    perform_due(hall.store, FACTS.outlet)
    network_answers(hall)
    assert hall.rows(ProductOrder, id=changed.order_id)[0].state == "completed"
    assert [row[2] for row in plan_charges(hall, line)] == ["ended"]
    assert not findings(hall)
