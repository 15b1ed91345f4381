"""A form that was open when its program ended is offered again: at its counter, and to its operator anywhere."""

from __future__ import annotations

import pytest

from boss_tui.desk import Desk
from boss_tui.reports.left_open import left_open
from data.errors import NotFound
from data.tables.organisation import Operator
from tests.hall import FACTS, Hall
from tests.handed import handed_change

pytestmark = pytest.mark.light

OTHER_COUNTER, OTHER_CLERK = "HZ0102", "1002"


def numbers(desk: Desk) -> list[int]:
    """The forms that a desk offers."""
    return [form.number for form in desk.held.forms()]


def test_what_is_on_the_screen_is_not_offered(hall: Hall) -> None:
    hall.filled()
    assert numbers(hall.desk) == []


def test_after_a_power_cut_it_is_offered_with_customer_and_number(hall: Hall) -> None:
    view = hall.filled()
    again = hall.counter(FACTS.clerk, FACTS.counter)
    (form,) = again.held.forms()
    assert (form.number, form.unfinished, form.phone) == (view.number, True, view.values["number"])
    assert form.customer[0] == view.values["name"][0]
    assert view.values["name"] not in form.customer
    taken = again.forms.recall(view.number)
    assert taken.values == view.values
    assert {(h.kind, h.key) for h in taken.held} == {(h.kind, h.key) for h in view.held}
    assert numbers(again) == []


def test_it_is_offered_to_its_operator_elsewhere_and_to_others_at_its_counter_alone(hall: Hall) -> None:
    view = hall.filled()
    assert numbers(hall.counter(OTHER_CLERK, FACTS.counter)) == [view.number]
    assert numbers(hall.counter(FACTS.clerk, OTHER_COUNTER)) == [view.number]
    stranger = hall.counter(OTHER_CLERK, OTHER_COUNTER)
    assert numbers(stranger) == []
    with pytest.raises(NotFound):
        stranger.forms.recall(view.number)


def test_signing_off_with_an_open_form_leaves_it_to_the_next_sign_on(hall: Hall) -> None:
    view = hall.filled()
    hall.desk.signing.sign_off()
    hall.desk.signing.sign_on(FACTS.clerk, FACTS.password)
    assert numbers(hall.desk) == [view.number]


def test_nothing_typed_or_past_its_time_is_not_offered(hall: Hall) -> None:
    hall.desk.forms.begin("C1")
    hall.filled()
    hall.clock.move(hours=3)
    assert numbers(hall.counter(FACTS.clerk, FACTS.counter)) == []


@pytest.mark.parametrize(("about", "offered"), [({"state": "left"}, True), ({"state": "locked"}, True), ({}, False)])
def test_a_form_of_who_works_here_no_more_is_anybodys(hall: Hall, about: dict[str, str], offered: bool) -> None:
    view = hall.filled()
    handed_change(hall.store, Operator, staff_no=FACTS.clerk, **(about or {"name": "still here"}))
    stranger = hall.counter(OTHER_CLERK, OTHER_COUNTER)
    assert numbers(stranger) == [view.number] * offered
    assert [form.number for form in stranger.held.in_work()] == [view.number] * (not offered)
    with hall.store.reading() as reading:
        left = [one for one in left_open(reading, FACTS.outlet, "2026-11-23") if one.kind == "left"]
    assert [one.count for one in left] == [1] * offered
    listed = [one for one in hall.counter(FACTS.supervisor, "HZ0103").day.check() if one.key == "left"]
    assert [one.kind for one in listed] == ["staff"] * offered, "where all that they left is listed"
    if offered:
        told = f"Form {view.number} of C1, at {FACTS.counter} (it keeps 2 of the stock), of {FACTS.clerk} "
        assert str(listed[0].detail).startswith(told)
        stranger.forms.abandon(stranger.forms.recall(view.number).id)
        assert numbers(stranger) == []


def test_whose_drawer_stops_the_close_is_said_to_be_gone(hall: Hall) -> None:
    supervisor = hall.counter(FACTS.supervisor, "HZ0102")
    (shift,) = [one for one in supervisor.day.check() if one.stops]
    assert "no more" not in str(shift.detail)
    handed_change(hall.store, Operator, staff_no=FACTS.clerk, state="left")
    (shift,) = [one for one in supervisor.day.check() if one.stops]
    assert str(shift.detail).startswith("Works here no more; since")
