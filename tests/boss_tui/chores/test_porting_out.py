"""Numbers that leave for another operator: five conditions, a code for an hour, taken over, closed with a final bill;
what may not be done on the way says why; a number that came back rests."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from boss_tui.chores.porting_out import CENTRE, PortingOut
from boss_tui.components.billing.bill_taxes import still_open
from boss_tui.components.ledger.ledger import DEFERRED_TAX
from boss_tui.desk.porting import PortingView
from boss_tui.remote import Caller, Unanswered, simulated_porting
from boss_tui.remote.services import Services
from boss_tui.remote.simulated import ServiceState, Simulated
from data.demo.handsets import imei
from data.errors import NotAllowed, NotFound
from data.journal import Author
from data.tables.billing import CustomerBill
from data.tables.customer import Customer
from data.tables.eligibility import Interface
from data.tables.finance import Posting, PostingLine
from data.tables.order import ProductOrder, Subscription
from data.tables.organisation import Alarm
from data.tables.porting import NumberPorting
from data.tables.resource import PhoneNumber
from data.tables.service import ChargeSchedule
from tests.boss_tui.transactions.following import network_answers, sound
from tests.hall import FACTS, Hall
from tests.handed import hand_down, row_line

SUPERVISOR = (FACTS.supervisor, FACTS.password)
UNIT, BUNDLE = imei("86012305", 1), "BD-M30"


@dataclass
class Leaving:
    """A hall, the porting centre, and a line that may leave."""

    hall: Hall
    centre: ServiceState
    work: PortingOut
    line: Subscription

    @property
    def number(self) -> str:
        return self.line.number

    @property
    def document(self) -> str:
        return str(self.hall.rows(Customer, id=self.line.customer_id)[0].document_number)

    def asked(self) -> PortingView:
        return self.hall.desk.porting.ask(self.number, self.document)

    def taken_over(self) -> None:
        """Another operator takes it, and the program hears of that and does what is due."""
        self.centre.tell(simulated_porting.take_over, self.number)
        assert self.work.step()
        network_answers(self.hall)

    def row(self) -> NumberPorting:
        found: list[NumberPorting] = self.hall.rows(NumberPorting, number=self.number, order=("-made_at", "-id"))
        return found[0]


@pytest.fixture
def leaving(hall: Hall, tmp_path: Path) -> Iterator[Leaving]:
    home = tmp_path / "services"
    home.mkdir()
    about = {"name_zh": "携号转网平台", "kind": "remote", "address": "simulated:", "path": "/v1/porting"}
    if not hall.rows(Interface, code=CENTRE):
        hand_down(hall.store, row_line(Interface, "add", code=CENTRE, timeout_ms=300, failures=1_000, **about))
    outcome = hall.open_account(prepayment="50")
    network_answers(hall)
    (order,) = hall.rows(ProductOrder, serial=outcome.serial)
    (line,) = hall.rows(Subscription, id=order.subscription_id)
    with hall.store.transaction(Author(FACTS.outlet, "test", FACTS.supervisor)) as tx:
        opened = date.fromisoformat(line.opened_on) - timedelta(days=121)
        line = tx.change(tx.one(Subscription, id=line.id), opened_on=opened.isoformat())
    caller = Caller()
    with Simulated(home) as running:
        services = Services(home, hall.store.clock, caller)
        hall.desk.seat.services = lambda: services
        yield Leaving(hall, running.state, PortingOut(hall.store, FACTS.outlet, lambda: services), line)
    caller.close()


def test_it_leaves_with_a_final_bill_and_is_not_sold_before_it_is_back(leaving: Leaving) -> None:
    hall, view = leaving.hall, leaving.asked()
    assert (view.state, len(view.code)) == ("authorised", 6)
    leaving.taken_over()
    (line,) = hall.rows(Subscription, id=leaving.line.id)
    assert line.state == "terminated"
    (order,) = hall.rows(ProductOrder, subscription_id=line.id, business="C9")
    assert order.state == "completed"
    assert [bill.kind for bill in hall.rows(CustomerBill, order_id=order.id)] == ["final"]
    assert hall.rows(PhoneNumber, number=leaving.number)[0].state == "ported"
    assert (leaving.row().state, leaving.row().left_on) == ("left", order.business_date)
    assert [alarm.kind for alarm in hall.rows(Alarm, kind="porting")] == ["porting"]
    with pytest.raises(NotAllowed) as alone:
        hall.desk.porting.came_back(leaving.number)
    assert alone.value.field == "approved_by"
    assert hall.desk.porting.came_back(leaving.number, *SUPERVISOR).state == "returned"
    (number,) = hall.rows(PhoneNumber, number=leaving.number)
    assert (number.state, number.quarantine_until > order.business_date) == ("quarantined", True)
    with pytest.raises(NotAllowed):
        hall.desk.porting.came_back(leaving.number, *SUPERVISOR)
    assert sound(hall)


@pytest.mark.parametrize("fen", [5_800, 5_640, 5_610])
def test_the_tax_that_waits_is_that_of_its_bill(leaving: Leaving, fen: int) -> None:
    """To the fen, whichever way the tax of a part of a month is rounded."""
    hall = leaving.hall
    with hall.store.transaction(Author(FACTS.outlet, "test", FACTS.supervisor)) as tx:
        for charge in tx.all(ChargeSchedule, subscription_id=leaving.line.id, item="monthly_fee"):
            tx.change(charge, amount=fen)
    leaving.asked()
    leaving.taken_over()
    (order,) = hall.rows(ProductOrder, subscription_id=leaving.line.id, business="C9")
    (bill,) = hall.rows(CustomerBill, order_id=order.id)
    (posting,) = hall.rows(Posting, order_id=order.id)
    waits = -sum(line.amount for line in hall.rows(PostingLine, posting_id=posting.id, account=DEFERRED_TAX))
    with hall.store.reading() as reading:
        assert waits == sum(one.tax for one in still_open(reading, bill)) > 0


@pytest.mark.parametrize(
    ("business", "typed", "field"),
    [
        ("C2", {}, "number"),
        ("C5", {}, "number"),
        ("C9", {}, "number"),
        ("C6", {"action": "suspend", "cause": "request"}, "cause"),
        ("C8", {"plan": "P128"}, "plan"),
        ("C10", {"action": "sell", "imei": UNIT, "bundle": BUNDLE}, "bundle"),
    ],
)
def test_what_may_not_be_done_while_a_code_counts_says_why(
    leaving: Leaving, business: str, typed: dict[str, str], field: str
) -> None:
    view = leaving.asked()
    assert view.until == leaving.row().until
    typed = {"number": leaving.number, "document_number": leaving.document, **typed}
    told = str(leaving.hall.desk.forms.begin(business, typed).errors[field])
    assert told.startswith(f"Number {leaving.number} is being ported: its authorisation code counts until ")
    leaving.hall.clock.move(minutes=61)
    assert "ported" not in str(leaving.hall.desk.forms.begin(business, typed).errors.get(field, ""))


@pytest.mark.parametrize(
    ("business", "typed"),
    [
        ("C6", {"action": "suspend", "cause": "loss"}),
        ("C6", {"action": "suspend", "cause": "fraud", "reason": "SIM swapped"}),
        ("C10", {"action": "sell", "imei": UNIT}),
    ],
)
def test_what_changes_no_condition_or_protects_the_owner_goes_on(
    leaving: Leaving, business: str, typed: dict[str, str]
) -> None:
    leaving.asked()
    typed = {"number": leaving.number, "document_number": leaving.document, **typed}
    assert not leaving.hall.desk.forms.begin(business, typed).errors


def test_a_code_counts_for_an_hour_and_is_asked_for_again(leaving: Leaving) -> None:
    first, second = leaving.asked(), leaving.asked()
    assert first.code != second.code
    assert [view.state for view in leaving.hall.desk.porting.asked()] == ["authorised", "lapsed"]
    leaving.hall.clock.move(minutes=61)
    assert leaving.hall.desk.porting.asked()[0].state == "lapsed"
    leaving.centre.tell(simulated_porting.take_over, leaving.number)  # in its last minute
    assert leaving.work.step()
    assert leaving.row().state == "left"


def test_nobody_took_it_over(leaving: Leaving) -> None:
    leaving.asked()
    assert leaving.work.step()
    assert leaving.row().state == "authorised"
    leaving.hall.clock.move(minutes=121)
    assert leaving.work.step()
    assert leaving.row().state == "lapsed"
    assert not leaving.work.step()


@pytest.mark.parametrize("fault", ["down", "broken", "garbage", "wrong", "lose"])
def test_a_centre_that_fails_changes_nothing(leaving: Leaving, fault: str) -> None:
    leaving.centre.fault(fault)
    with pytest.raises(Unanswered):
        leaving.asked()
    assert leaving.hall.rows(NumberPorting) == []
    leaving.centre.mend()
    leaving.asked()
    leaving.centre.fault(fault)
    assert not leaving.work.step()
    assert leaving.row().state == "authorised"


def test_what_stands_against_it_is_told_before_anybody_is_asked(leaving: Leaving) -> None:
    hall = leaving.hall
    for number, document, field in (
        (leaving.number, "330106199001010000", "document"),
        ("13900000000", leaving.document, "number"),
    ):
        with pytest.raises((NotAllowed, NotFound)) as refused:
            hall.desk.porting.ask(number, document)
        assert refused.value.field == field
    with hall.store.transaction(Author(FACTS.outlet, "test", FACTS.supervisor)) as tx:
        tx.change(tx.one(Subscription, id=leaving.line.id), opened_on=hall.clock.now().date().isoformat())
    with pytest.raises(NotAllowed, match="120 days since the opening") as early:
        leaving.asked()
    assert early.value.field == "number"
    assert [each.holds for each in hall.desk.porting.conditions(leaving.number)] == [True] * 4 + [False]
    assert leaving.centre.asked() == []


def test_the_centre_keeps_a_number_and_says_why(leaving: Leaving) -> None:
    leaving.centre.tell(simulated_porting.keep, leaving.number, "靓号协议期内")
    view: Any = leaving.asked()
    assert (view.state, view.reason, view.code) == ("refused", "靓号协议期内", "")
    assert not leaving.work.step()
