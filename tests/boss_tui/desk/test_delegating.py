"""Rights and words that are handed to another person: for a time, never more than one's own, never for oneself."""

from __future__ import annotations

import pytest

from boss_tui.answers.business import DraftView, Tender
from boss_tui.desk import Desk
from boss_tui.verify import verify
from data.errors import NotAllowed, NotFound
from data.tables.act import Act
from data.tables.edition import Edition
from data.tables.order import ProductOrder
from data.tables.organisation import DutyConflict, Grant, Operator, RoleRight
from tests.hall import FACTS, Hall
from tests.handed import hand_down, handed_change, row_line
from tests.head_office import CHECKER, HeadOffice

pytestmark = pytest.mark.light

DAY, NEXT, LATER = "2026-11-23", "2026-11-24", "2026-11-30"
DEPUTY, OTHER = "1002", "1003"
THIRD = "3003"


@pytest.fixture
def supervisor(hall: Hall) -> Desk:
    """A supervisor's own desk; C2 needs one for a clerk."""
    handed_change(hall.store, RoleRight, role="clerk", business="C2", approval="supervised")
    return hall.counter(FACTS.supervisor, "HZ0102")


def form(desk: Desk) -> DraftView:
    """A C2 that wants a supervisor's word."""
    view = desk.forms.begin("C2", desk.forms.example("C2"))
    assert (view.errors, view.qualification.verdict) == ({}, "override")
    return view


def test_who_stands_in_allows_for_the_supervisor_and_it_is_seen(hall: Hall, supervisor: Desk) -> None:
    view = form(hall.desk)
    with pytest.raises(NotAllowed, match="Another person who is a supervisor"):
        hall.desk.approvals.approve(view.id, DEPUTY, FACTS.password)
    made = supervisor.delegating.hand(DEPUTY, "approvals", "", LATER, "away")
    assert (made.number, made.state, made.since) == (1, "in_force", DAY)
    assert hall.desk.approvals.approve(view.id, DEPUTY, FACTS.password).qualification.verdict == "yes"
    serial = hall.desk.orders.complete(view.id, [Tender("cash", view.quote.due)]).serial
    (order,) = hall.rows(ProductOrder, serial=serial)
    assert order.approved_by == DEPUTY
    assert {grant.on_behalf_of for grant in hall.rows(Grant, used_order=order.id)} == {FACTS.supervisor}
    told = {str(label): str(value) for label, value in hall.desk.lookups.order(serial).lines}
    assert told["Approved by"] == f"{DEPUTY} for {FACTS.supervisor}"
    (act,) = hall.rows(Act, act="delegation.hand")
    assert (act.business, act.operator) == ("M7", FACTS.supervisor)
    with hall.store.reading() as reading:
        assert verify(reading) == []


def test_it_never_covers_what_either_of_the_two_does(hall: Hall, supervisor: Desk) -> None:
    supervisor.delegating.hand(FACTS.clerk, "approvals", "", LATER, "away")
    view = form(hall.desk)
    with pytest.raises(NotAllowed):  # the deputy's own
        hall.desk.approvals.approve(view.id, FACTS.clerk, FACTS.password)
    for act in (supervisor.supervisors.other, supervisor.supervisors.approved):  # their supervisor's
        with pytest.raises(NotAllowed, match="Nobody allows by delegation"):
            act(FACTS.clerk, FACTS.password)
    assert supervisor.supervisors.word("", "", supervisor.seat.nobody().message) == (FACTS.supervisor, None)
    with pytest.raises(NotAllowed, match="Nobody allows by delegation"):
        hall.desk.supervisors.word(FACTS.clerk, FACTS.password, hall.desk.seat.nobody().message)


def test_it_reaches_no_further_than_the_role_of_who_gave_it(hall: Hall, supervisor: Desk) -> None:
    supervisor.delegating.hand(DEPUTY, "approvals", "", LATER, "away")
    view = form(hall.desk)
    handed_change(hall.store, RoleRight, role="supervisor", business="C2", approval="supervised")
    with pytest.raises(NotAllowed, match="Who approves may not do this either"):
        hall.desk.approvals.approve(view.id, DEPUTY, FACTS.password)


def test_it_begins_ends_and_is_withdrawn(hall: Hall, supervisor: Desk) -> None:
    supervisor.delegating.hand(DEPUTY, "approvals", NEXT, LATER, "away")
    assert [each.state for each in supervisor.delegating.listed()] == ["to_come"]
    view = form(hall.desk)
    with pytest.raises(NotAllowed, match="Another person who is a supervisor"):
        hall.desk.approvals.approve(view.id, DEPUTY, FACTS.password)
    supervisor.delegating.hand(OTHER, "approvals", DAY, DAY, "today")
    hall.desk.approvals.approve(view.id, OTHER, FACTS.password)
    supervisor.delegating.withdraw(2)
    assert hall.desk.forms.fill(view.id, {}).qualification.verdict == "override"  # their word went with it
    assert [each.state for each in supervisor.delegating.listed()] == ["to_come"]
    assert [each.state for each in supervisor.delegating.listed(past=True)] == ["withdrawn", "to_come"]
    with pytest.raises(NotAllowed, match="ended already"):
        supervisor.delegating.withdraw(2)
    with pytest.raises(NotFound):
        supervisor.delegating.withdraw(9)
    assert [str(each.what) for each in supervisor.personnel.leaving(DEPUTY)] == [
        f"Delegation 1: the word to others of {FACTS.supervisor} to {DEPUTY}, until {LATER}"
    ]


def test_it_goes_with_who_gave_it(hall: Hall, supervisor: Desk) -> None:
    supervisor.delegating.hand(DEPUTY, "approvals", "", LATER, "away")
    handed_change(hall.store, Operator, staff_no=FACTS.supervisor, state="left")
    (seen,) = hall.counter(FACTS.manager, "HZ0103").delegating.listed()
    assert seen.state == "idle"
    view = form(hall.desk)
    with pytest.raises(NotAllowed, match="Another person who is a supervisor"):
        hall.desk.approvals.approve(view.id, DEPUTY, FACTS.password)


def test_a_right_is_done_by_who_has_it_for_a_time(hall: Hall, supervisor: Desk) -> None:
    supervisor.delegating.hand(FACTS.clerk, "c2", "", LATER, "short of people")
    view = hall.desk.forms.begin("C2", hall.desk.forms.example("C2"))
    assert view.qualification.verdict == "yes"  # alone, as their supervisor does it
    assert hall.desk.orders.complete(view.id, [Tender("cash", view.quote.due)]).serial
    with pytest.raises(NotAllowed, match="A supervisor hands over"):
        hall.desk.delegating.hand(DEPUTY, "C2", "", LATER, "on and on")  # never handed on


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"taker": FACTS.supervisor}, "taker"),
        ({"taker": "3001"}, "taker"),
        ({"taker": ""}, "taker"),
        ({"taker": FACTS.manager}, "taker"),
        ({"right": "M6.check"}, "right"),
        ({"right": "C99"}, "right"),
        ({"right": ""}, "right"),
        ({"since": "20261101"}, "since"),
        ({"since": "x"}, "since"),
        ({"until": ""}, "until"),
        ({"until": "20261101"}, "until"),
        ({"until": "20270601"}, "until"),
        ({"reason": " "}, "reason"),
    ],
)
def test_what_can_not_be_handed_over(supervisor: Desk, changes: dict[str, str], field: str) -> None:
    asked = {"taker": DEPUTY, "right": "approvals", "since": "", "until": LATER, "reason": "away", **changes}
    with pytest.raises(NotAllowed) as refused:
        supervisor.delegating.hand(*asked.values())
    assert refused.value.field == field
    assert supervisor.delegating.listed(past=True) == []


def test_nobody_has_it_twice_at_a_time(supervisor: Desk) -> None:
    supervisor.delegating.hand(DEPUTY, "approvals", "", NEXT, "away")
    with pytest.raises(NotAllowed, match="They have it then already, of 2001 until 2026-11-24"):
        supervisor.delegating.hand(DEPUTY, "approvals", NEXT, LATER, "away")
    supervisor.delegating.hand(DEPUTY, "approvals", "20261125", LATER, "away")


def test_duties_stay_apart(hall: Hall, supervisor: Desk) -> None:
    pair = {"holds": "C12", "excludes": "M5", "reason_zh": "钱物分管", "reason_en": "cash from stock"}
    hand_down(hall.store, row_line(DutyConflict, "add", **pair))
    with pytest.raises(NotAllowed, match="With C12 they would have what is kept apart from M5") as refused:
        supervisor.delegating.hand(DEPUTY, "M5", "", LATER, "away")
    assert refused.value.field == "right"


# at the office


@pytest.fixture
def reader(head_office: HeadOffice) -> Desk:
    """Somebody at the office who may look at M6 and check nothing."""
    rows = [
        {"table": "role", "op": "add", "values": {"code": "reader", "name_zh": "查询", "grade": "manager"}},
        {"table": "role_right", "op": "add", "values": {"role": "reader", "business": "M6"}},
        {"table": "operator", "op": "change", "key": THIRD, "values": {"role": "reader"}},
    ]
    made = head_office.maker.managing.make("M7", {"title": "Reader", "reason": "to see", "rows": rows})
    head_office.checker.editions.approve(made.edition.id)
    return head_office.at_work(THIRD)


def test_the_right_to_check_is_handed_over_and_the_decision_says_for_whom(
    head_office: HeadOffice, reader: Desk
) -> None:
    made = head_office.made("M6")
    with pytest.raises(NotAllowed, match=r"it lacks the right M6\.check"):
        reader.editions.approve(made.edition.id)
    head_office.checker.delegating.hand(THIRD, "M6.check", "", LATER, "holiday")
    assert [each.id for each in reader.editions.waiting()] == [made.edition.id]
    reader.editions.approve(made.edition.id)
    (edition,) = head_office.rows(Edition, id=made.edition.id)
    assert (edition.state, edition.decided_by, edition.decided_for) == ("in_force", THIRD, CHECKER)
    (act,) = head_office.rows(Act, act="edition.approve", edition=edition.id)
    assert f'"for":"{CHECKER}"' in act.form_json
    assert head_office.is_sound()


def test_nobody_decides_for_who_made_it(head_office: HeadOffice, reader: Desk) -> None:
    head_office.maker.delegating.hand(THIRD, "M6.check", "", LATER, "holiday")
    made = head_office.made("M6")
    with pytest.raises(NotAllowed, match="Nobody decides what they made themselves"):
        reader.editions.approve(made.edition.id)
    assert head_office.rows(Edition, id=made.edition.id)[0].state == "submitted"
