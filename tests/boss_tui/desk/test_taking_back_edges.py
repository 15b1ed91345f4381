"""Taking an order back: who may, until when, what comes back and how it is told; each condition failing alone."""

from __future__ import annotations

import json
from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

import pytest

from boss_tui.answers.business import Outcome, Tender, TenderWay
from boss_tui.business.registry import BUSINESSES
from boss_tui.components.tenders.tenders import standard
from boss_tui.desk import cancelling, shown, staff
from boss_tui.desk.station import Operator
from data.errors import NotAllowed
from data.message import Message
from data.tables.finance import Payment, PaymentTender
from data.tables.network import NetworkCommand, WorkOrder
from data.tables.order import ProductOrder, Subscription, Trail
from data.tables.organisation import Grant
from data.tables.service import Figure
from data.tables.sync import AccessLog, JournalEntry
from tests.boss_tui.desk.shop import Shop
from tests.hall import FACTS

DAY = "2026-11-23"
CLERK = Operator("1001", "王芳", "clerk", "zh_CN")
OTHER = Operator("1002", "李四", "clerk", "zh_CN")
SUPERVISOR = Operator("2001", "赵六", "supervisor", "zh_CN", grade="supervisor")


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passwords are compared as they are: hashing them is another's to hold."""
    monkeypatch.setattr(staff, "matches", lambda stored, typed: stored != staff.NOBODYS and typed == FACTS.password)


def why(shop: Shop, order: ProductOrder, person: Operator | None = CLERK, today: str = DAY) -> str:
    with shop.store.reading() as reading:
        return str(cancelling.why_not(reading, order, FACTS.outlet, person, today) or "")


COMPLETED = "The order is completed."
ON_DAY = "It can be taken back on its own business date only, 2026-11-23."


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"outlet": "HZ02"}, "This is an order of outlet HZ02."),
        ({"state": "cancelled"}, "The order is cancelled already."),
        ({"state": "rejected"}, "Only an order in progress can be cancelled."),
        ({"state": "acknowledged"}, "Only an order in progress can be cancelled."),
        ({"state": "partial"}, "Only an order in progress can be cancelled."),
        ({"state": "inProgress"}, ""),
        ({"state": "pending"}, ""),
        ({"state": "failed"}, ""),
        ({"state": "completed"}, ""),
        ({"business": "C13"}, "Inquiry can't be cancelled."),
        ({"business": "C99"}, "C99 can't be cancelled."),
        ({"business": "C99", "state": "completed"}, "C99 can't be cancelled."),
        ({"business": "C12"}, "{C12} can't be cancelled."),
        ({"business": "C12", "state": "completed"}, ""),
        ({"business": "C4.2", "state": "completed"}, "{C4.2} can't be cancelled."),
        ({"business": "C5", "state": "completed"}, f"{COMPLETED} Transfer it back with C5: both owners sign again."),
        ({"business": "C6", "state": "completed"}, f"{COMPLETED} Lift it, or set it again, with this business."),
        ({"business": "C6"}, ""),
    ],
)
def test_what_can_be_taken_back_here_by_its_state_and_business(shop: Shop, values: dict[str, str], told: str) -> None:
    names = {code: str(business.name) for code, business in BUSINESSES.items()}
    told = told.replace("Inquiry", names["C13"]).replace("{C12}", names["C12"]).replace("{C4.2}", names["C4.2"])
    assert why(shop, shop.order(**{"business": "C8", **values})) == told


def test_an_order_that_takes_another_back_stays(shop: Shop) -> None:
    shop.order("o", state="completed")
    back = shop.order("p", state="completed", reverses="o")
    assert why(shop, back) == "This order takes another one back: it stays."


@pytest.mark.parametrize(
    ("business", "today", "told"),
    [
        ("C12", DAY, ""),
        ("C12", "2026-11-24", ON_DAY),
        ("C12", "", ""),
        ("C12", "2026-11-22", ON_DAY),
        ("C8", "2026-11-24", f"{ON_DAY} Change the plan once more."),
        ("C8", DAY, ""),
        ("C2", "2026-11-24", f"{ON_DAY} Change the number once more."),
    ],
)
def test_a_completed_order_is_reversed_on_its_own_business_date(
    shop: Shop, business: str, today: str, told: str
) -> None:
    assert why(shop, shop.order(business=business, state="completed"), CLERK, today) == told


@pytest.mark.parametrize(
    ("business", "minutes", "microseconds", "late"),
    [("C2", 30, 0, False), ("C2", 30, 1, True), ("C3", 31, 0, True), ("C2", 0, 0, False), ("C8", 600, 0, False)],
)
def test_on_the_spot_is_half_an_hour(shop: Shop, business: str, minutes: int, microseconds: int, late: bool) -> None:
    order = shop.order(business=business, state="completed")
    shop.clock.move(minutes=minutes, microseconds=microseconds)
    told = why(shop, order)
    assert told.startswith("It can be taken back on the spot only, within 30 minutes.") is late
    assert told.endswith("once more.") is late


@pytest.mark.parametrize(
    ("business", "person", "may"),
    [
        ("C8", CLERK, True),
        ("C8", OTHER, False),
        ("C8", SUPERVISOR, True),
        ("C8", None, True),
        ("C12", OTHER, True),
    ],
)
def test_another_clerk_s_order_is_taken_back_by_them_or_a_supervisor(
    shop: Shop, business: str, person: Operator | None, may: bool
) -> None:
    told = why(shop, shop.order(business=business, state="completed"), person)
    assert told == ("" if may else "Only 1001, who did it, or a supervisor can take it back.")


@pytest.mark.parametrize(
    ("values", "in_the_way"),
    [
        ({}, True),
        ({"state": "completed"}, True),
        ({"state": "cancelled"}, False),
        ({"state": "rejected"}, False),
        ({"state": "failed"}, False),
        ({"subscription_id": None}, False),
        ({"created_at": "same"}, False),
        ({"created_at": "before"}, False),
        ({"reverses": "o"}, False),
        ({"taken_back": True}, False),
    ],
)
def test_what_came_after_it_on_the_same_number_goes_first(shop: Shop, values: dict[str, Any], in_the_way: bool) -> None:
    line = shop.rows(Subscription)[0]
    order = shop.order("o", business="C8", state="completed", subscription_id=line.id)
    at = {"same": shop.at(), "before": shop.at(minutes=-1)}.get(values.pop("created_at", ""), shop.at(minutes=1))
    taken_back = values.pop("taken_back", False)
    if values.get("reverses"):
        shop.order("x", business="C8", state="completed")
        values["reverses"] = "x"
    later = shop.order("p", **{"subscription_id": line.id, "created_at": at, **values})
    if taken_back:
        shop.order("q", subscription_id=line.id, created_at=shop.at(minutes=2), reverses="p")
    told = why(shop, order)
    assert told == (
        f"Order {later.serial} came after it on the same number: take that back first." if in_the_way else ""
    )


@pytest.mark.parametrize(
    ("business", "day", "told"),
    [
        ("C8", DAY, "Once the order is completed, a supervisor can take it back until the day ends."),
        ("C8", "2026-01-02", "Change the plan once more."),
        ("C6", DAY, "Lift it, or set it again, with this business."),
        ("C2", DAY, "Once the order is completed, a supervisor can take it back until the day ends."),
    ],
)
def test_what_the_network_has_done_is_told_with_what_to_do_instead(
    shop: Shop, business: str, day: str, told: str
) -> None:
    order = shop.order("o", business=business, business_date=day)
    shop.add(WorkOrder, id="w", order_id="o", position=1, kind="automatic", act="x", state="done", created_at=shop.at())
    assert why(shop, order) == f"The network has done it already. {told}"


def test_what_is_on_its_way_is_waited_for(shop: Shop) -> None:
    order = shop.order("o", business="C8")
    shop.add(WorkOrder, id="w", order_id="o", position=1, kind="automatic", act="x", created_at=shop.at())
    shop.add(
        NetworkCommand,
        command_key="k",
        work_order_id="w",
        element="e",
        subscriber="1",
        position=1,
        command="x",
        queued_at=shop.at(),
        state="sent",
    )
    assert why(shop, order) == "Commands are on their way to the network: wait for the answer."


# who says so


@pytest.mark.parametrize(
    ("reason", "staff_no", "password", "seen", "told", "field"),
    [
        ("wrong", FACTS.supervisor, FACTS.password, "", "", ""),
        ("wrong", FACTS.manager, FACTS.password, "shown", "", ""),
        (" ", FACTS.supervisor, FACTS.password, "", "Say why the order is cancelled.", "reason"),
        ("wrong", "1002", FACTS.password, "", "Another person who is a supervisor must approve.", "staff_no"),
        ("wrong", FACTS.clerk, FACTS.password, "", "Another person who is a supervisor must approve.", "staff_no"),
        ("wrong", FACTS.supervisor, "no", "", "Staff number or password is wrong.", "password"),
        ("wrong", FACTS.supervisor, FACTS.password, "other", "It has changed meanwhile: look at it again.", ""),
    ],
)
def test_another_person_who_is_a_supervisor_takes_back_what_they_were_shown(
    shop: Shop, reason: str, staff_no: str, password: str, seen: str, told: str, field: str
) -> None:
    opened = shop.open_account()
    if seen == "shown":
        seen = shown.of_order(shop.one(ProductOrder, serial=opened.serial))
    if told:
        with pytest.raises(NotAllowed) as refused:
            shop.desk.orders.cancel(opened.serial, reason, staff_no, password, seen)
        assert (str(refused.value), refused.value.field) == (told, field)
        assert shop.one(ProductOrder, serial=opened.serial).state != "cancelled"
        return
    assert shop.desk.orders.cancel(opened.serial, reason, staff_no, password, seen).state == "cancelled"


def test_a_supervisor_at_the_counter_does_not_approve_their_own(shop: Shop) -> None:
    opened = shop.open_account()
    desk = shop.counter(FACTS.supervisor, FACTS.counter)
    with pytest.raises(NotAllowed, match="Another person"):
        desk.orders.cancel(opened.serial, "wrong", FACTS.supervisor, FACTS.password)


# what it leaves


def counted(shop: Shop, measure: str) -> list[tuple[int, int]]:
    return [(row.count, row.amount) for row in shop.rows(Figure, measure=measure)]


def test_a_cancelled_order_is_on_record_with_who_approved(shop: Shop) -> None:
    opened = shop.open_account()
    shop.alter(ProductOrder, {"serial": opened.serial}, approved_by="2002,2001")
    back = shop.desk.orders.cancel(opened.serial, " wrong card ", FACTS.supervisor, FACTS.password)
    order = shop.one(ProductOrder, serial=opened.serial)
    assert (order.state, order.approved_by, order.amount) == ("cancelled", "2001,2002", opened.due)
    assert counted(shop, "cancelled") == [(1, -opened.due)]
    (log,) = shop.rows(AccessLog, act="cancel")
    assert (log.subject, log.reason) == (opened.serial, "wrong card")
    (grant,) = shop.rows(Grant, used_order=order.id)
    assert (grant.rule, grant.expires_at) == ("cancellation", shop.at(minutes=10))
    assert (back.serial, back.due, back.tendered, back.change) == (opened.serial, -opened.due, 0, opened.due)
    assert back.facts == {
        "back": [{"kind": "cash", "amount": opened.due, "reference": ""}],
        "told": back.facts["told"],
        "approved_by": "2001,2002",
    }
    assert {paper.kind for paper in back.papers} == {"invoice", "receipt", "refund"}
    entries = len(shop.rows(JournalEntry))
    again = shop.desk.orders.cancel(opened.serial, "again", FACTS.supervisor, FACTS.password)
    assert again == back
    assert len(shop.rows(JournalEntry)) == entries


def fee(shop: Shop, tenders: Sequence[Tender] = ()) -> Outcome:
    """A C12 that is completed at once."""
    view = shop.desk.forms.begin("C12", shop.desk.forms.example("C12"))
    left = view.quote.due - sum(tender.amount for tender in tenders)
    return shop.desk.orders.complete(view.id, [*tenders, Tender("cash", left)])


def test_a_reversal_is_an_order_of_its_own_with_the_opposite_of_all(shop: Shop) -> None:
    done = fee(shop, [Tender("card", 1_000, "POS1")])
    order = shop.one(ProductOrder, serial=done.serial)
    assert order.state == "completed"
    back = shop.desk.orders.cancel(done.serial, " wrong ", FACTS.supervisor, FACTS.password)
    own = shop.one(ProductOrder, reverses=order.id)
    assert (own.business, own.amount, own.state, own.completed_at) == ("C12", -order.amount, "completed", shop.at())
    assert (own.form_json, own.touches, own.customer_id) == (order.form_json, order.touches, order.customer_id)
    assert (own.approved_by, own.serial != order.serial, own.business_date) == (FACTS.supervisor, True, DAY)
    assert shop.one(ProductOrder, serial=done.serial).state == "completed"
    assert counted(shop, "reversed") == [(1, -order.amount)]
    (log,) = shop.rows(AccessLog, act="reversal")
    assert (log.subject, log.reason) == (order.serial, "wrong")
    (trail,) = shop.rows(Trail, order_id=own.id)
    assert (trail.step, {cell.split("-")[0] for cell, _ in json.loads(trail.cells)}) == ("acceptance", {"C12"})
    assert (back.serial, back.due, back.change) == (own.serial, -order.amount, order.amount - 1_000)
    assert back.tendered == back.due + back.change
    assert sorted((t["kind"], t["amount"]) for t in back.facts["back"]) == [
        ("card", 1_000),
        ("cash", order.amount - 1_000),
    ]
    assert back.papers
    assert {"红" in "".join(paper.preview[:3]) for paper in back.papers if paper.kind != "refund"} == {True}
    assert shop.desk.orders.cancel(done.serial, "again", FACTS.supervisor, FACTS.password) == back
    with pytest.raises(NotAllowed, match="it stays"):
        shop.desk.orders.cancel(own.serial, "wrong", FACTS.supervisor, FACTS.password)


# how it is told


@pytest.mark.parametrize(
    ("kind", "amount", "told"),
    [
        ("cash", -5_001, "Give back: Cash 50.01 R"),
        ("cash", 5_001, "Take from the customer: Cash 50.01"),
        ("card", -1, "Give back: Card 0.01 R"),
        ("wechat", -5_001, "Goes back by itself: WeChat Pay 50.01"),
        ("wechat", 1, "Take from the customer: WeChat Pay 0.01"),
        ("rounding", -9, "Entered back: Rounding 0.09"),
        ("gone", -5_001, "Give back: gone 50.01 R"),
        ("rounding", 9, "Take from the customer: Rounding 0.09"),
    ],
)
def test_a_clerk_is_told_what_to_do_about_each_tender(kind: str, amount: int, told: str) -> None:
    tender: Any = SimpleNamespace(kind=kind, amount=amount, reference="R")
    way: TenderWay | None = standard().get(kind)
    message: Message = cancelling._told(way, tender)
    assert str(message).rstrip() == told


def test_of_what_is_taken_in_again_nothing_goes_out(shop: Shop) -> None:
    """A refund that is taken back brings the money in: no change, and the cash is due."""
    done = fee(shop)
    order = shop.one(ProductOrder, serial=done.serial)
    payment = shop.rows(Payment, order_id=order.id)[0]
    own = shop.order("r", reverses=order.id, state="completed", amount=500)
    shop.add(
        Payment,
        id="back",
        outlet=FACTS.outlet,
        order_id=own.id,
        posting_id=payment.posting_id,
        shift_id=payment.shift_id,
        due=500,
        tendered=500,
    )
    for line, (kind, amount) in enumerate([("cash", 400), ("card", 100)]):
        shop.add(PaymentTender, payment_id="back", line=line, kind=kind, amount=amount)
    with shop.store.reading() as reading:
        outcome = cancelling.brought(reading, own)
    assert (outcome.due, outcome.tendered, outcome.change) == (500, 500, 0)


@pytest.mark.parametrize(
    ("amount", "due", "back"),
    [(500, -500, True), (500, 500, False), (-500, 500, True), (500, 0, False), (0, -500, False)],
)
def test_what_was_given_back_is_the_opposite_of_what_was_paid(shop: Shop, amount: int, due: int, back: bool) -> None:
    done = fee(shop)
    payment = shop.rows(Payment)[0]
    assert done.serial
    order = shop.order("r", state="cancelled", amount=amount)
    shop.add(
        Payment,
        id="p",
        outlet=FACTS.outlet,
        order_id="r",
        posting_id=payment.posting_id,
        shift_id=payment.shift_id,
        due=due,
        tendered=due,
    )
    shop.add(PaymentTender, payment_id="p", line=0, kind="cash", amount=due)
    with shop.store.reading() as reading:
        found = cancelling._given_back(reading, order)
    assert [tender.amount for tender in found] == ([due] if back else [])
