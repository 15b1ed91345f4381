"""Headquarters takes an order that who stood in for a supervisor allowed, and the order of who was handed a right."""

from __future__ import annotations

import pytest

from boss_tui.answers.business import Tender
from boss_tui.desk import Desk
from boss_tui.headquarters.rules.claim import Known
from boss_tui.headquarters.rules.people import gives_word
from data.tables.order import ProductOrder
from data.tables.organisation import Delegation
from tests.hall import FACTS
from tests.linked_hall import LinkedHall

DEPUTY, UNTIL = "1002", "2026-11-30"


@pytest.fixture
def supervisor(linked: LinkedHall) -> Desk:
    """A supervisor of the hall."""
    return linked.hall.counter(FACTS.supervisor, "HZ0102")


def close_account(linked: LinkedHall, approver: str) -> str:
    """The serial of a C9, with somebody's word (empty: nobody's)."""
    desk = linked.hall.desk
    view = desk.forms.begin("C9", desk.forms.example("C9"))
    if approver:
        view = desk.approvals.approve(view.id, approver, FACTS.password)
    return desk.orders.complete(view.id, [Tender("cash", view.quote.due)] if view.quote.due else []).serial


def test_the_word_of_who_stands_in_counts_at_headquarters(linked: LinkedHall, supervisor: Desk) -> None:
    supervisor.delegating.hand(DEPUTY, "approvals", "", UNTIL, "away")
    serial = close_account(linked, DEPUTY)
    supervisor.delegating.withdraw(1)
    linked.exchange()
    assert [order.approved_by for order in linked.central_rows(ProductOrder, serial=serial)] == [DEPUTY]
    assert [row.taker for row in linked.central_rows(Delegation)] == [DEPUTY]
    assert linked.is_sound()


def test_so_does_what_is_done_by_a_right_that_was_handed_over(linked: LinkedHall, supervisor: Desk) -> None:
    supervisor.delegating.hand(FACTS.clerk, "C9", "", UNTIL, "short of people")
    serial = close_account(linked, "")
    linked.exchange()
    assert len(linked.central_rows(ProductOrder, serial=serial)) == 1
    assert linked.is_sound()


def test_it_counts_on_its_dates_and_not_for_what_its_giver_does(linked: LinkedHall, supervisor: Desk) -> None:
    supervisor.delegating.hand(DEPUTY, "approvals", "20261124", UNTIL, "away")
    linked.exchange()
    with linked.office.store.reading() as reading:
        known = Known(reading, outlet=FACTS.outlet)

        def counts(day: str, maker: str = FACTS.clerk) -> str:
            return gives_word(known, DEPUTY, FACTS.outlet, day, maker)

        assert [counts(day) for day in ("2026-11-23", "2026-11-24", UNTIL, "2026-12-01")] == ["no", "yes", "yes", "no"]
        assert [counts(UNTIL, maker) for maker in (FACTS.supervisor, DEPUTY)] == ["no", "no"]
