"""The review of rights: due after a quarter, lapsed a month later, confirmed by an edition that another approves."""

from __future__ import annotations

from typing import Any

import pytest

from boss_tui.components.operators.delegations import gives
from boss_tui.components.operators.rights_review import have_lapsed, standing
from boss_tui.editions.subjects import Unsound
from data.errors import BossError, NotAllowed
from data.tables.organisation import Operator
from tests.boss_tui.components.rows import row
from tests.hall import FACTS, Hall
from tests.handed import handed_change
from tests.head_office import CHECKER, MAKER, HeadOffice

pytestmark = pytest.mark.light

TODAY = "2026-11-23"


@pytest.mark.parametrize(
    ("confirmed_on", "state"),
    [
        ("", "never"),
        ("2026-11-23", "good"),
        ("2026-08-26", "good"),
        ("2026-08-25", "due"),  # 90 days ago
        ("2026-07-27", "due"),
        ("2026-07-26", "lapsed"),  # and 30 more
    ],
)
def test_rights_are_due_after_a_quarter_and_lapse_a_month_later(hall: Hall, confirmed_on: str, state: str) -> None:
    person: Any = row(Operator, staff_no="1001", confirmed_on=confirmed_on)
    with hall.store.reading() as reading:
        assert standing(reading, person, TODAY).state == state
        assert have_lapsed(reading, confirmed_on, TODAY) == (state == "lapsed")


def test_who_was_not_confirmed_does_nothing_and_allows_nothing(hall: Hall) -> None:
    view = hall.desk.forms.begin("C12", hall.desk.forms.example("C12"))
    handed_change(hall.store, Operator, staff_no=FACTS.clerk, confirmed_on="2026-07-26")
    found = hall.desk.forms.fill(view.id, {})
    assert [str(reason.message) for reason in found.qualification.reasons if reason.verdict == "no"] == [
        "Your rights were not confirmed by 2026-11-23: headquarters confirms them (M7)."
    ]
    handed_change(hall.store, Operator, staff_no=FACTS.clerk, confirmed_on=TODAY)
    assert hall.desk.forms.fill(view.id, {}).qualification.verdict == "yes"
    handed_change(hall.store, Operator, staff_no=FACTS.supervisor, confirmed_on="2026-07-26")
    with pytest.raises(BossError):
        hall.counter(FACTS.supervisor, "HZ0102").forms.begin("C12", {})
    with hall.store.reading() as reading:
        assert not gives(reading, FACTS.supervisor)


def confirmed(office: HeadOffice, on: str, *staff_nos: str) -> None:
    """As if these people's rights had been looked at last on a day that is over."""
    keys, values = [(each,) for each in staff_nos], {"confirmed_on": on}
    made = office.maker.managing.change("M7/operator", keys, values, title="Looked at", reason="review")
    office.maker.editions.submit(made.edition.id)
    office.checker.editions.approve(made.edition.id)


def reviewed(office: HeadOffice) -> dict[str, str]:
    return {each.staff_no: each.state for each in office.maker.personnel.review()}


def test_a_manager_confirms_or_ends_each_and_the_overdue_stand_first(head_office: HeadOffice) -> None:
    assert set(reviewed(head_office).values()) == {"never"}
    edition = head_office.maker.personnel.confirm(["1001", CHECKER], title="Q4", reason="review").edition
    head_office.maker.managing.end("M7/operator", [("1002",)])
    head_office.maker.editions.submit(edition.id)
    head_office.checker.editions.approve(edition.id)
    found = reviewed(head_office)
    assert (found["1001"], found[CHECKER], "1002" in found) == ("good", "good", False)
    assert head_office.maker.editions.first_look().rights == 0
    confirmed(head_office, "2026-08-01", "1003")
    first = head_office.maker.personnel.review()[0]
    assert (first.staff_no, first.state, first.due_on, first.lapses_on) == ("1003", "due", "2026-10-30", "2026-11-29")
    assert head_office.maker.editions.first_look().rights == 1
    rights = [str(fact.label) for fact in head_office.maker.personnel.rights_of("1001")]
    assert rights[:2] == ["C1 Open account", "C10 Buy or exchange handset"]


def test_nobody_confirms_their_own_nor_ahead_of_time(head_office: HeadOffice, hall: Hall) -> None:
    with pytest.raises(NotAllowed, match="Another person confirms your own"):
        head_office.maker.personnel.confirm([MAKER], title="Q4", reason="review")
    with pytest.raises(NotAllowed, match="at headquarters' office"):
        hall.counter(FACTS.manager, "HZ0102").personnel.review()
    head_office.maker.managing.change("M7/operator", [("1001",)], {"confirmed_on": "20270101"}, title="x", reason="y")
    (draft,) = head_office.maker.editions.listed("draft")
    with pytest.raises(Unsound, match="Not after 2026-11-23"):
        head_office.maker.editions.submit(draft.id)


def test_who_gets_a_first_password_is_under_review_from_then_on(head_office: HeadOffice) -> None:
    about = {"staff_no": "991", "name": "李雷", "outlet": "HQ", "role": "office"}
    head_office.maker.managing.add("M7/operator", about, title="New", reason="hired")
    draft = head_office.maker.editions.submit(str(head_office.maker.personnel.give_password("991").edition))
    head_office.checker.editions.approve(draft.id)
    assert reviewed(head_office)["991"] == "good"


def test_lapsed_managers_can_still_confirm(head_office: HeadOffice) -> None:
    confirmed(head_office, "2026-01-01", MAKER, CHECKER)
    with pytest.raises(NotAllowed, match="Your rights were not confirmed"):
        head_office.made("M6")
    edition = head_office.maker.personnel.confirm([CHECKER], title="Q4", reason="review").edition
    head_office.maker.editions.submit(edition.id)
    head_office.checker.editions.approve(edition.id)
    assert reviewed(head_office)[CHECKER] == "good"
