"""What the desk does with a business that only headquarters can decide, while there is no link."""

from __future__ import annotations

import pytest

from boss_tui.desk import Desk, Station
from boss_tui.desk.offline import FORM_DAYS
from data.errors import NotAllowed
from data.journal import Author
from data.tables.sync import JournalHead
from tests.hall import FACTS, Hall


def linked_desk(hall: Hall) -> Desk:
    """A counter of an outlet that has a headquarters."""
    desk = Desk(hall.store, Station(FACTS.outlet, FACTS.counter, linked=True))
    desk.sign_on(FACTS.clerk, FACTS.password)
    return desk


def link(hall: Hall, *, up: bool) -> None:
    """Headquarters answered at the last call, or was called in vain."""
    with hall.store.transaction(Author(FACTS.outlet, "link", FACTS.clerk)) as tx:
        head = tx.one(JournalHead, outlet=FACTS.outlet)
        tx.change(head, last_contact="2026-11-23T00:00:00.000000Z", attempts=0 if up else 3)


def test_a_form_that_needs_headquarters_is_kept_until_there_is_a_link(hall: Hall) -> None:
    desk = linked_desk(hall)
    link(hall, up=False)
    view = desk.begin("C4.1", desk.example("C4.1"))
    with pytest.raises(NotAllowed, match="hold it"):
        desk.complete(view.id, [])
    desk.hold(view.id, "no link")
    hall.clock.move(days=FORM_DAYS - 1)
    assert desk.expire() == 0
    link(hall, up=True)
    assert desk.recall(view.number).values["number"] == view.values["number"]


@pytest.mark.parametrize(("code", "up"), [("C4.1", True), ("C2", False)])
def test_other_held_forms_run_out_as_ever(hall: Hall, code: str, up: bool) -> None:
    desk = linked_desk(hall)
    link(hall, up=up)
    view = desk.begin(code, desk.example(code))
    desk.hold(view.id)
    hall.clock.move(days=1)
    assert (len(desk.held()), desk.expire()) == (1, 1)
    assert not desk.held()
