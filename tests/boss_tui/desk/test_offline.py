"""What the desk does with a business that only headquarters can decide, while there is no link."""

from __future__ import annotations

from datetime import timedelta

import pytest

from boss_tui.desk import Desk, Station
from data.clock import stamp
from data.errors import BadForm, NotAllowed
from data.journal import Author
from data.parameters import OFFLINE_FORM_DAYS
from data.tables.sync import JournalHead
from tests.hall import FACTS, Hall

pytestmark = pytest.mark.light


def linked_desk(hall: Hall) -> Desk:
    """A counter of an outlet that has a headquarters."""
    desk = Desk(hall.store, Station(FACTS.outlet, FACTS.counter, linked=True))
    desk.signing.sign_on(FACTS.clerk, FACTS.password)
    return desk


def link(hall: Hall, *, up: bool, ago: float = 0) -> None:
    """Headquarters answered at the last call, or was called in vain; so many seconds ago."""
    with hall.store.transaction(Author(FACTS.outlet, "link", FACTS.clerk)) as tx:
        head = tx.one(JournalHead, outlet=FACTS.outlet)
        answered = stamp(tx.clock.now() - timedelta(seconds=ago))
        tx.change(head, last_contact=answered, attempts=0 if up else 3)


def test_a_form_that_needs_headquarters_is_kept_until_there_is_a_link(hall: Hall) -> None:
    desk = linked_desk(hall)
    link(hall, up=False)
    view = desk.forms.begin("C4.1", desk.forms.example("C4.1"))
    with pytest.raises(NotAllowed, match="hold it"):
        desk.orders.complete(view.id, [])
    desk.forms.hold(view.id, "no link")
    hall.clock.move(days=OFFLINE_FORM_DAYS.first - 1)
    assert desk.forms.expire() == 0
    link(hall, up=True)
    assert desk.forms.recall(view.number).values["number"] == view.values["number"]


@pytest.mark.parametrize(("code", "up"), [("C4.1", True), ("C2", False)])
def test_other_held_forms_run_out_as_ever(hall: Hall, code: str, up: bool) -> None:
    desk = linked_desk(hall)
    link(hall, up=up)
    view = desk.forms.begin(code, desk.forms.example(code))
    desk.forms.hold(view.id)
    hall.clock.move(days=1)
    assert (len(desk.held.forms()), desk.forms.expire()) == (1, 1)
    assert not desk.held.forms()


AGES = [(0, True), (599, True), (601, False), (86_400, False)]


@pytest.mark.parametrize(("ago", "believed"), AGES)
def test_a_contact_is_believed_while_it_is_young(hall: Hall, ago: float, believed: bool) -> None:
    """Ten minutes, unless the station says otherwise; the status line and the rule say the same."""
    desk = linked_desk(hall)
    link(hall, up=True, ago=ago)
    assert desk.queues.counts().headquarters is believed
    view = desk.forms.begin("C4.1", desk.forms.example("C4.1"))
    refused = [reason.rule for reason in view.qualification.reasons if reason.rule == "offline"]
    assert refused == ([] if believed else ["offline"])


@pytest.mark.parametrize(("seconds", "believed"), [(60, False), (240, True)])
def test_how_old_a_contact_may_be_is_set(hall: Hall, seconds: float, believed: bool) -> None:
    """A setting of the counter."""
    desk = Desk(hall.store, Station(FACTS.outlet, FACTS.counter, linked=True, contact_seconds=seconds))
    link(hall, up=True, ago=120)
    assert desk.queues.counts().headquarters is believed


def test_no_clock_makes_an_old_contact_a_new_one(hall: Hall) -> None:
    """Set back to just after it: the journal knows what time it was."""
    desk = linked_desk(hall)
    link(hall, up=True)
    hall.clock.move(minutes=11)
    hall.open_account()
    hall.clock.move(minutes=-4)
    assert desk.queues.counts().headquarters is False


@pytest.mark.parametrize("counter", ["X1", "", "HZ0101 ", "hz0101"])
def test_a_counter_that_there_is_none_of_opens_to_nobody(hall: Hall, counter: str) -> None:
    """It says which there are."""
    with pytest.raises(BadForm, match=f"no counter.*{FACTS.counter}") as refusal:
        Desk(hall.store, Station(FACTS.outlet, counter)).signing.sign_on(FACTS.clerk, FACTS.password)
    assert refusal.value.field == "counter"
