"""Slips of an outage that are entered later: once, marked, at the prices of their day; what can't be done waits."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from boss_tui.answers.business import Handwritten, Outcome, Tender
from boss_tui.reports.exceptions import exceptions
from boss_tui.verify import verify
from data.errors import BadForm, NeedsApproval, NotAllowed
from data.journal import Author
from data.parameters import SLIP_DAYS
from data.tables.document import PaperDocument
from data.tables.finance import BusinessDay
from data.tables.order import HandwrittenSlip, ProductOrder
from data.tables.tariff import PriceRule
from tests.hall import FACTS, Hall
from tests.handed import hand_down, row_line

pytestmark = pytest.mark.light


def today(hall: Hall) -> date:
    (day,) = hall.rows(BusinessDay, state="open")
    return date.fromisoformat(day.business_date)


def slip(hall: Hall, number: str = "sg-0001", days: int = 0, at: str = "08:05", by: str = FACTS.clerk) -> Handwritten:
    return Handwritten(number, (today(hall) - timedelta(days=days)).isoformat(), at, by)


def begun(hall: Hall, written: Handwritten) -> Any:
    """C1, filled, that enters a slip."""
    view = hall.desk.forms.begin("C1", slip=written)
    filled = hall.desk.forms.fill(view.id, {**hall.desk.forms.example("C1"), "prepayment": "50"})
    assert not filled.errors, filled.errors
    return filled


def entered(hall: Hall, written: Handwritten) -> Outcome:
    view = begun(hall, written)
    if view.qualification.verdict == "override":
        hall.desk.approvals.approve(view.id, FACTS.supervisor, FACTS.password, None, view.shown)
    return hall.desk.orders.complete(view.id, [Tender("cash", view.quote.due)])


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
    assert (row.number, row.known_as, row.state, row.order_id, row.business) == (
        "sg-0001",
        "SG0001",
        "entered",
        outcome.order_id,
        "C1",
    )
    assert (row.written_at, row.written_by, row.entered_by) == ("08:05", FACTS.clerk, FACTS.clerk)
    (order,) = hall.rows(ProductOrder, id=outcome.order_id)
    assert order.hand_slip == "sg-0001"
    papers = hall.rows(PaperDocument, order_id=outcome.order_id)
    assert len(papers) == 4
    for paper in papers:
        assert "sg-0001" in paper.content
        assert "drawer" not in paper.content  # the money was taken when it was written
    assert "sg-0001" in str(hall.desk.lookups.order(outcome.serial).business.values)
    (listed,) = (view for view in hall.desk.lookups.orders(outcome.serial))
    assert "sg-0001" in str(listed.business.values)
    with hall.store.reading() as reading:
        found = {
            one.kind: (one.business, one.count, one.amount)
            for one in exceptions(reading, FACTS.outlet, row.business_date)
        }
    assert found["entered_later"] == ("C1", 1, outcome.due)
    told = wrong(lambda: hall.desk.forms.begin("C1", slip=slip(hall, "SG-0001", at="9:00")))
    assert outcome.serial in told["number"]
    sound(hall)


def test_two_forms_of_one_slip_end_in_one_order(hall: Hall) -> None:
    first, second = begun(hall, slip(hall)), begun(hall, slip(hall))
    hall.desk.orders.complete(first.id, [Tender("cash", first.quote.due)])
    assert "number" in wrong(lambda: hall.desk.orders.complete(second.id, [Tender("cash", second.quote.due)]))
    assert len(hall.rows(ProductOrder, hand_slip="sg-0001")) == 1
    sound(hall)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"number": ""}, "number"),
        ({"number": "A B"}, ""),
        ({"number": "-1"}, ""),
        ({"number": "-_ "}, "number"),
        ({"number": "A\0"}, "number"),
        ({"number": "1" * 21}, "number"),
        ({"number": "单1"}, "number"),
        ({"number": "1" * 20}, ""),
        ({"days": -1}, "written_on"),
        ({"days": 0}, ""),
        ({"days": SLIP_DAYS.first}, ""),
        ({"days": SLIP_DAYS.first + 1}, "written_on"),
        ({"at": ""}, "written_at"),
        ({"at": "24:00"}, "written_at"),
        ({"at": "23:59", "days": 1}, ""),
        ({"at": "09:10"}, ""),
        ({"at": "09:11"}, "written_at"),
        ({"at": "23:59"}, "written_at"),
        ({"at": "9:5"}, "written_at"),
        ({"at": "0:00"}, ""),
        ({"at": "0805"}, ""),
        ({"at": "14:60"}, "written_at"),
        ({"at": "０８：０５"}, ""),
        ({"by": ""}, "written_by"),
        ({"by": "9999"}, "written_by"),
        ({"by": FACTS.supervisor}, ""),
    ],
)
def test_what_stands_on_a_slip_is_checked_beside_its_field(hall: Hall, changes: dict[str, Any], field: str) -> None:
    if not field:
        checked = hall.desk.handwriting.check(slip(hall, **changes))
        assert len(checked.written_at) == 5
        return
    assert set(wrong(lambda: hall.desk.handwriting.check(slip(hall, **changes)))) == {field}
    assert hall.rows(HandwrittenSlip) == []


def test_a_day_that_is_none_is_said(hall: Hall) -> None:
    assert set(wrong(lambda: hall.desk.handwriting.check(Handwritten("1", "yesterday", "14:05", FACTS.clerk)))) == {
        "written_on"
    }


def test_a_slip_of_an_earlier_day_is_at_its_prices_with_a_supervisor(hall: Hall) -> None:
    """The price of an opening rises today: what was written yesterday is at yesterday's."""
    day, before = today(hall).isoformat(), (today(hall) - timedelta(days=1)).isoformat()
    usual = begun(hall, slip(hall)).quote.due
    rules = [
        rule for rule in hall.rows(PriceRule, business="C1", state="published") if rule.amount and not rule.monthly
    ]
    new = {"valid_from": day, "valid_to": ""}
    hand_down(
        hall.store,
        *(row_line(PriceRule, "change", id=rule.id, valid_to=before) for rule in rules),
        *(
            row_line(
                PriceRule, "add", **{**rule.__dict__, **new, "id": f"{rule.id}-new", "amount": rule.amount + 1_000}
            )
            for rule in rules
        ),
    )
    dearer = begun(hall, slip(hall, "2")).quote.due
    assert dearer > usual
    yesterdays = begun(hall, slip(hall, "3", days=1))
    assert yesterdays.quote.due == usual
    assert [reason.rule for reason in yesterdays.qualification.reasons] == ["slip"]
    with pytest.raises(NeedsApproval):
        hall.desk.orders.complete(yesterdays.id, [Tender("cash", usual)])
    hall.desk.approvals.approve(yesterdays.id, FACTS.supervisor, FACTS.password, None, yesterdays.shown)
    done = hall.desk.orders.complete(yesterdays.id, [Tender("cash", usual)])
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
    assert set(wrong(lambda: hall.desk.handwriting.put_down(written, "C1", " "))) == {"why"}
    assert set(wrong(lambda: hall.desk.handwriting.put_down(written, "C99", "gone"))) == {"code"}
    assert set(wrong(lambda: hall.desk.handwriting.put_down(written, "C1", "gone", -1))) == {"taken"}
    hall.desk.handwriting.put_down(written, "C1", "number is sold")
    assert "waits already" in wrong(lambda: hall.desk.handwriting.put_down(written, "C1", "again"))["number"]
    (item,) = (item for item in hall.desk.queues.items() if item.kind == "slip")
    assert [way.name for way in item.ways] == ["enter", "settled"]
    assert hall.desk.handwriting.waiting(item.key) == ("C1", hall.desk.handwriting.check(slip(hall, "7")))
    with pytest.raises(NotAllowed, match="bl"):
        hall.desk.settling.settle("slip", item.key, "enter")
    with pytest.raises(NotAllowed, match="Nothing of this slip"):
        hall.desk.settling.settle("slip", item.key, "back-cash", "the customer")
    with pytest.raises(NotAllowed):
        hall.desk.settling.settle("slip", item.key, "settled", " ")
    hall.desk.settling.settle("slip", item.key, "settled", "given back, signed for")
    assert [i for i in hall.desk.queues.items() if i.kind == "slip"] == []
    with pytest.raises(NotAllowed, match="settled already"):
        hall.desk.settling.settle("slip", item.key, "settled", "again")
    assert "given back" in wrong(lambda: hall.desk.handwriting.check(written))["number"]
    sound(hall)


def test_what_waits_can_be_entered_after_all(hall: Hall) -> None:
    hall.desk.handwriting.put_down(slip(hall, "8"), "C1", "no card left")
    outcome = entered(hall, slip(hall, "8"))
    (row,) = hall.rows(HandwrittenSlip)
    assert (row.state, row.order_id) == ("entered", outcome.order_id)
    assert [i for i in hall.desk.queues.items() if i.kind == "slip"] == []
    sound(hall)


def test_a_slip_whose_order_was_taken_back_can_be_entered_anew_or_put_down(hall: Hall) -> None:
    """Entered for the wrong customer: the order is taken back, and the slip is not lost by it."""
    for number in ("9", "10"):
        wrongly = entered(hall, slip(hall, number))
        hall.desk.orders.cancel(wrongly.serial, "录错", FACTS.supervisor, FACTS.password)
    again = entered(hall, slip(hall, "9"))
    hall.desk.handwriting.put_down(slip(hall, "10"), "C1", "no card left")
    first, second = (hall.rows(HandwrittenSlip, number=number)[0] for number in ("9", "10"))
    assert (first.state, first.order_id) == ("entered", again.order_id)
    assert (second.state, second.order_id, second.reason) == ("open", None, "no card left")
    assert again.serial in wrong(lambda: hall.desk.handwriting.check(slip(hall, "9")))["number"]
    sound(hall)


@pytest.mark.parametrize("written", ["SG-30", "ＳＧ30", "SG 30", "sg_30", "sg30", "Sg—３０", "S.G/30"])
def test_a_slip_that_is_written_a_little_differently_is_the_same(hall: Hall, written: str) -> None:
    hall.desk.handwriting.put_down(slip(hall, "SG-30"), "C1", "gone")
    assert (
        "SG-30 waits already"
        in wrong(lambda: hall.desk.handwriting.put_down(slip(hall, written), "C1", "gone"))["number"]
    )
    outcome = entered(hall, slip(hall, written))
    assert (hall.rows(ProductOrder, id=outcome.order_id)[0].hand_slip, len(hall.rows(HandwrittenSlip))) == (written, 1)
    assert set(wrong(lambda: hall.desk.handwriting.check(slip(hall, "sg 30")))) == {"number"}


@pytest.mark.parametrize("other", ["SG-030", "SG-3O", "SG-3", "G-30", "30", "030"])
def test_other_letters_and_digits_are_another_slip(hall: Hall, other: str) -> None:
    hall.desk.handwriting.put_down(slip(hall, "SG-30"), "C1", "gone")
    hall.desk.handwriting.put_down(slip(hall, other), "C1", "gone")
    assert {row.number for row in hall.rows(HandwrittenSlip)} == {"SG-30", other}


@pytest.mark.parametrize(
    ("minutes", "at", "passes"),
    [(1, "09:11", True), (1, "09:12", False), (902, "00:12", True), (902, "00:13", False), (902, "23:59", False)],
)
def test_a_slip_of_the_wall_s_date_is_not_later_than_now(hall: Hall, minutes: int, at: str, passes: bool) -> None:
    """09:10 on the wall, and minutes more; after midnight the date of the wall is opened."""
    if minutes > 60:
        with hall.store.transaction(Author(FACTS.outlet, "test", "test")) as tx:
            for row in tx.all(BusinessDay, state="open"):
                tx.change(row, state="closed", closed_at=tx.now())
        hall.clock.move(minutes=minutes)
        chief = hall.counter(FACTS.supervisor, FACTS.counter)
        chief.day.open("2026-11-24")
    else:
        hall.clock.move(minutes=minutes)
    if passes:
        assert hall.desk.handwriting.check(slip(hall, at=at)).written_at == at
    else:
        assert "Not later than now" in wrong(lambda: hall.desk.handwriting.check(slip(hall, at=at)))["written_at"]


def test_a_day_that_goes_on_after_midnight_has_slips_of_any_time(hall: Hall) -> None:
    hall.clock.move(hours=15, minutes=2)
    assert hall.desk.handwriting.check(slip(hall, at="23:59")).written_at == "23:59"


@pytest.mark.parametrize(
    ("days", "told"),
    [
        (-1, "Not later than the open"),
        (-400, "Not later than the open"),
        (SLIP_DAYS.first + 1, "At most 31 days before"),
    ],
)
def test_a_date_is_refused_with_its_own_reason(hall: Hall, days: int, told: str) -> None:
    assert told in wrong(lambda: hall.desk.handwriting.check(slip(hall, days=days)))["written_on"]
