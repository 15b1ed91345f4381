"""Who gives authorities, to whom, and how many: the last that is taken and the first that is not."""

from __future__ import annotations

import pytest

from boss_tui.answers.hall import Bounds
from boss_tui.desk import Desk
from data.errors import NotAllowed
from data.journal import Author
from data.parameters import AUTHORITY_CODES
from data.tables.organisation import Authority, Operator
from tests.hall import FACTS, Hall

pytestmark = pytest.mark.light


@pytest.fixture
def supervisor(hall: Hall) -> Desk:
    """A supervisor's own desk."""
    return hall.counter(FACTS.supervisor, "HZ0102")


def test_a_number_of_codes_is_made_that_somebody_can_keep(hall: Hall, supervisor: Desk) -> None:
    for count in (-1, 0, AUTHORITY_CODES.first + 1):
        with pytest.raises(NotAllowed, match="Between 1 and"):
            supervisor.approvals.make_codes(count, Bounds(hours=1))
    assert hall.rows(Authority) == []
    assert len(supervisor.approvals.make_codes(1, Bounds(hours=1))) == 1


@pytest.mark.parametrize(
    ("bounds", "told"),
    [
        (Bounds(hours=1, business="C99"), "no business C99"),
        (Bounds(hours=1, operator="9999999"), "Nobody here has the staff number"),
        (Bounds(hours=1, operator=FACTS.supervisor), "to themselves"),
    ],
)
def test_an_authority_that_would_hold_for_nothing_is_refused(
    hall: Hall, supervisor: Desk, bounds: Bounds, told: str
) -> None:
    with pytest.raises(NotAllowed, match=told):
        supervisor.approvals.grant(bounds)
    assert hall.rows(Authority) == []


@pytest.mark.parametrize(("state", "taken"), [("active", True), ("locked", True), ("left", False)])
def test_who_has_left_is_given_nothing(hall: Hall, supervisor: Desk, state: str, taken: bool) -> None:
    with hall.store.transaction(Author(FACTS.outlet, "M7", FACTS.manager)) as tx:
        tx.change(tx.one(Operator, staff_no=FACTS.clerk), state=state)
    if taken:
        assert supervisor.approvals.grant(Bounds(hours=1, operator=FACTS.clerk)).operator == FACTS.clerk
    else:
        with pytest.raises(NotAllowed, match="Nobody here has the staff number"):
            supervisor.approvals.grant(Bounds(hours=1, operator=FACTS.clerk))


def test_a_clerk_gives_no_authority_and_sees_none(hall: Hall) -> None:
    for act in (
        hall.desk.approvals.authorities,
        lambda: hall.desk.approvals.grant(Bounds(hours=1)),
        lambda: hall.desk.approvals.make_codes(1, Bounds(hours=1)),
        lambda: hall.desk.approvals.withdraw_authority(1),
    ):
        with pytest.raises(NotAllowed, match="A supervisor gives authorities"):
            act()
