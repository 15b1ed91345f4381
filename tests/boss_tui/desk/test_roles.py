"""What headquarters publishes of roles and people, at the counter: rights of a role, its hours, a dismissal."""

from __future__ import annotations

import pytest

from boss_tui.answers.business import Tender
from boss_tui.editions.lines import RowEdit
from data.errors import NeedsApproval, NotAllowed, SignedOff
from data.tables.finance import Shift
from data.tables.organisation import Operator, Role, RoleRight
from tests.hall import FACTS, FLOAT, Hall
from tests.handed import hand_down, handed_change, row_line

pytestmark = pytest.mark.light

COUNTED = {10_000: FLOAT // 10_000}


def test_a_role_of_ones_own_does_what_it_was_given_and_no_more(hall: Hall) -> None:
    role = RowEdit("role", ("night",), "add", {"name_zh": "夜班"})
    right = RowEdit("role_right", ("night", "C12"), "add", {})
    hand_down(hall.store, role, right, row_line(Operator, "change", staff_no=FACTS.clerk, role="night"))
    assert {line.code for line in hall.desk.signing.businesses() if line.allowed} == {"C12"}
    with pytest.raises(NotAllowed, match="Your role may not do C1"):
        hall.desk.forms.begin("C1")
    view = hall.desk.forms.begin("C12", hall.desk.forms.example("C12"))
    assert hall.desk.orders.complete(view.id, [Tender("cash", view.quote.due)]).serial
    with pytest.raises(NotAllowed, match="A supervisor looks after the staff"):
        hall.desk.signing.staff()
    handed_change(hall.store, Role, code="night", grade="supervisor")
    assert hall.desk.signing.staff()
    assert hall.desk.signing.state().grade == "supervisor"


def test_outside_its_hours_a_role_needs_a_supervisors_word(hall: Hall) -> None:
    view = hall.filled()
    assert view.qualification.verdict == "yes"
    handed_change(hall.store, Role, code="clerk", to_time="09:05")  # it is ten past nine
    view = hall.desk.forms.fill(view.id, {})
    assert [(reason.rule, reason.verdict) for reason in view.qualification.reasons] == [("hours", "override")]
    with pytest.raises(NeedsApproval):
        hall.desk.orders.complete(view.id, [Tender("cash", view.quote.due)])
    hall.desk.approvals.approve(view.id, FACTS.supervisor, FACTS.password)
    assert hall.desk.orders.complete(view.id, [Tender("cash", view.quote.due)]).serial


def test_a_dismissal_in_the_middle_of_a_shift_works(hall: Hall) -> None:
    """The edition comes by the stream: the desk stops at the next key, nobody signs on again, the drawer is counted."""
    view = hall.filled()
    hand_down(hall.store, row_line(Operator, "end", staff_no=FACTS.clerk))
    with pytest.raises(SignedOff):
        hall.desk.forms.fill(view.id, {"note": "one more"})
    with pytest.raises(NotAllowed, match="works here no more"):
        hall.counter(FACTS.clerk, FACTS.counter)
    desk = hall.counter(FACTS.supervisor, FACTS.counter)
    assert [form.number for form in desk.held.forms()] == [view.number]  # what they were in waits at their counter
    desk.till.close_shift(COUNTED, of=FACTS.clerk)
    (shift,) = hall.rows(Shift, operator=FACTS.clerk, business_date="2026-11-23")
    assert (shift.state, shift.operator, shift.closed_by) == ("closed", FACTS.clerk, FACTS.supervisor)
    desk.till.open_shift(FLOAT)
    view = desk.forms.fill(view.id, {})
    assert desk.orders.complete(view.id, [Tender("cash", view.quote.due)]).serial


def test_a_right_that_is_taken_away_stops_a_form_that_is_open(hall: Hall) -> None:
    view = hall.filled()
    hand_down(hall.store, row_line(RoleRight, "end", role="clerk", business="C1"))
    again = hall.desk.forms.fill(view.id, {})
    assert again.qualification.verdict == "no"
