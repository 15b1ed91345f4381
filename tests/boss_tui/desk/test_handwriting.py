"""Slips of an outage that are entered later: once, marked, at the prices of their day; what can't be done waits."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from boss_tui.answers import Handwritten, Outcome, Tender
from boss_tui.components.handwritten import DAYS
from boss_tui.reports.exceptions import exceptions
from boss_tui.verify import verify
from data.errors import BadForm, NeedsApproval, NotAllowed
from data.journal import Author
from data.tables.document import PaperDocument
from data.tables.finance import BusinessDay
from data.tables.order import HandwrittenSlip, ProductOrder
from data.tables.tariff import PriceRule
from tests.hall import FACTS, Hall


def today(hall: Hall) -> date:
    (day,) = hall.rows(BusinessDay, state="open")
    return date.fromisoformat(day.business_date)


def slip(hall: Hall, number: str = "sg-0001", days: int = 0, at: str = "14:05", by: str = FACTS.clerk) -> Handwritten:
    return Handwritten(number, (today(hall) - timedelta(days=days)).isoformat(), at, by)


def begun(hall: Hall, written: Handwritten) -> Any:
    """C1, filled, that enters a slip."""
    view = hall.desk.begin("C1", slip=written)
    filled = hall.desk.fill(view.id, {**hall.desk.example("C1"), "prepayment": "50"})
    assert not filled.errors, filled.errors
    return filled


def entered(hall: Hall, written: Handwritten) -> Outcome:
    view = begun(hall, written)
    if view.qualification.verdict == "override":
        hall.desk.approve(view.id, FACTS.supervisor, FACTS.password, None, view.shown)
    return hall.desk.complete(view.id, [Tender("cash", view.quote.due)])


def wrong(act: Any) -> dict[str, str]:
    with pytest.raises(BadForm) as fault:
        act()
    return {name: str(message) for name, message in fault.value.errors.items()}


def sound(hall: Hall) -> None:
    with hall.store.reading() as reading:
        assert verify(reading) == []


def test_a_slip_is_entered_once_and_marked_on_papers_and_lists(hall: Hall) -> None:
    outcome = entered(hall, slip(hall, " sg-0001 "))
    (row,) = hall.rows(HandwrittenSlip)
    assert (row.number, row.state, row.order_id, row.business) == ("SG-0001", "entered", outcome.order_id, "C1")
    assert (row.written_at, row.written_by, row.entered_by) == ("14:05", FACTS.clerk, FACTS.clerk)
    (order,) = hall.rows(ProductOrder, id=outcome.order_id)
    assert order.hand_slip == "SG-0001"
    papers = hall.rows(PaperDocument, order_id=outcome.order_id)
    assert len(papers) == 4
    for paper in papers:
        assert "SG-0001" in paper.content
        assert "drawer" not in paper.content  # the money was taken when it was written
    assert "SG-0001" in str(hall.desk.order(outcome.serial).business.values)
    (listed,) = (view for view in hall.desk.orders(outcome.serial))
    assert "SG-0001" in str(listed.business.values)
    with hall.store.reading() as reading:
        found = {
            one.kind: (one.business, one.count, one.amount)
            for one in exceptions(reading, FACTS.outlet, row.business_date)
        }
    assert found["entered_later"] == ("C1", 1, outcome.due)
    told = wrong(lambda: hall.desk.begin("C1", slip=slip(hall, "SG-0001", at="9:00")))
    assert outcome.serial in told["number"]
    sound(hall)


def test_two_forms_of_one_slip_end_in_one_order(hall: Hall) -> None:
    first, second = begun(hall, slip(hall)), begun(hall, slip(hall))
    hall.desk.complete(first.id, [Tender("cash", first.quote.due)])
    assert "number" in wrong(lambda: hall.desk.complete(second.id, [Tender("cash", second.quote.due)]))
    assert len(hall.rows(ProductOrder, hand_slip="SG-0001")) == 1
    sound(hall)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"number": ""}, "number"), ({"number": "A B"}, "number"), ({"number": "-1"}, "number"),
        ({"number": "1" * 21}, "number"), ({"number": "单1"}, "number"), ({"number": "1" * 20}, ""),
        ({"days": -1}, "written_on"), ({"days": 0}, ""), ({"days": DAYS}, ""), ({"days": DAYS + 1}, "written_on"),
        ({"at": ""}, "written_at"), ({"at": "24:00"}, "written_at"), ({"at": "23:59"}, ""),
        ({"at": "9:5"}, "written_at"),
        ({"at": "0:00"}, ""), ({"at": "1405"}, ""), ({"at": "14:60"}, "written_at"), ({"at": "１４：０５"}, ""),
        ({"by": ""}, "written_by"), ({"by": "9999"}, "written_by"), ({"by": FACTS.supervisor}, ""),
    ],
)  # fmt: skip
def test_what_stands_on_a_slip_is_checked_beside_its_field(hall: Hall, changes: dict[str, Any], field: str) -> None:
    if not field:
        checked = hall.desk.check_slip(slip(hall, **changes))
        assert len(checked.written_at) == 5
        return
    assert set(wrong(lambda: hall.desk.check_slip(slip(hall, **changes)))) == {field}
    assert hall.rows(HandwrittenSlip) == []


def test_a_day_that_is_none_is_said(hall: Hall) -> None:
    assert set(wrong(lambda: hall.desk.check_slip(Handwritten("1", "yesterday", "14:05", FACTS.clerk)))) == {
        "written_on"
    }


def test_a_slip_of_an_earlier_day_is_at_its_prices_with_a_supervisor(hall: Hall) -> None:
    """The price of an opening rises today: what was written yesterday is at yesterday's."""
    day, before = today(hall).isoformat(), (today(hall) - timedelta(days=1)).isoformat()
    usual = begun(hall, slip(hall)).quote.due
    with hall.store.transaction(Author(FACTS.outlet, "test", "test")) as tx:
        old = [
            rule for rule in tx.all(PriceRule, business="C1", state="published") if rule.amount > 0 and not rule.monthly
        ]
        for rule in old:
            tx.change(rule, valid_to=before)
            values = {**rule.__dict__, "id": f"{rule.id}-new", "valid_from": day, "valid_to": "", "version": 1}
            tx.add(PriceRule, **{**values, "amount": rule.amount + 1_000})
    dearer = begun(hall, slip(hall, "2")).quote.due
    assert dearer > usual
    yesterdays = begun(hall, slip(hall, "3", days=1))
    assert yesterdays.quote.due == usual
    assert [reason.rule for reason in yesterdays.qualification.reasons] == ["slip"]
    with pytest.raises(NeedsApproval):
        hall.desk.complete(yesterdays.id, [Tender("cash", usual)])
    hall.desk.approve(yesterdays.id, FACTS.supervisor, FACTS.password, None, yesterdays.shown)
    done = hall.desk.complete(yesterdays.id, [Tender("cash", usual)])
    (order,) = hall.rows(ProductOrder, id=done.order_id)
    assert (order.business_date, order.approved_by) == (day, FACTS.supervisor)
    sound(hall)


def test_what_a_supervisor_allowed_is_of_that_slip_alone(hall: Hall) -> None:
    first = begun(hall, slip(hall, "1", days=1))
    second = begun(hall, slip(hall, "2", days=2))
    assert first.shown
    assert first.shown != second.shown


def test_a_slip_of_today_needs_nobody(hall: Hall) -> None:
    assert begun(hall, slip(hall)).qualification.verdict == "yes"


def test_what_can_t_be_done_waits_until_somebody_has_settled_it(hall: Hall) -> None:
    written = slip(hall, "7")
    assert set(wrong(lambda: hall.desk.put_slip_down(written, "C1", " "))) == {"why"}
    assert set(wrong(lambda: hall.desk.put_slip_down(written, "C99", "gone"))) == {"code"}
    assert set(wrong(lambda: hall.desk.put_slip_down(written, "C1", "gone", -1))) == {"amount"}
    hall.desk.put_slip_down(written, "C1", "number is sold")
    assert "waits already" in wrong(lambda: hall.desk.put_slip_down(written, "C1", "again"))["number"]
    (item,) = (item for item in hall.desk.waiting() if item.kind == "slip")
    assert [way.name for way in item.ways] == ["enter", "settled"]
    assert hall.desk.slip_waiting(item.key) == ("C1", hall.desk.check_slip(slip(hall, "7")))
    with pytest.raises(NotAllowed, match="bl"):
        hall.desk.settle("slip", item.key, "enter")
    with pytest.raises(NotAllowed, match="Nothing of this slip"):
        hall.desk.settle("slip", item.key, "back-cash", "the customer")
    with pytest.raises(NotAllowed):
        hall.desk.settle("slip", item.key, "settled", " ")
    hall.desk.settle("slip", item.key, "settled", "given back, signed for")
    assert [i for i in hall.desk.waiting() if i.kind == "slip"] == []
    with pytest.raises(NotAllowed, match="settled already"):
        hall.desk.settle("slip", item.key, "settled", "again")
    assert "given back" in wrong(lambda: hall.desk.check_slip(written))["number"]
    sound(hall)


def test_what_waits_can_be_entered_after_all(hall: Hall) -> None:
    hall.desk.put_slip_down(slip(hall, "8"), "C1", "no card left")
    outcome = entered(hall, slip(hall, "8"))
    (row,) = hall.rows(HandwrittenSlip)
    assert (row.state, row.order_id) == ("entered", outcome.order_id)
    assert [i for i in hall.desk.waiting() if i.kind == "slip"] == []
    sound(hall)


def test_a_slip_whose_order_was_taken_back_can_be_entered_anew_or_put_down(hall: Hall) -> None:
    """Entered for the wrong customer: the order is taken back, and the slip is not lost by it."""
    for number in ("9", "10"):
        wrongly = entered(hall, slip(hall, number))
        hall.desk.cancel(wrongly.serial, "录错", FACTS.supervisor, FACTS.password)
    again = entered(hall, slip(hall, "9"))
    hall.desk.put_slip_down(slip(hall, "10"), "C1", "no card left")
    first, second = (hall.rows(HandwrittenSlip, number=number)[0] for number in ("9", "10"))
    assert (first.state, first.order_id) == ("entered", again.order_id)
    assert (second.state, second.order_id, second.reason) == ("open", None, "no card left")
    assert again.serial in wrong(lambda: hall.desk.check_slip(slip(hall, "9")))["number"]
    sound(hall)
