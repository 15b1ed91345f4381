"""A supervisor's word at the counter: signed on there, given in advance, or read out over the phone."""

from __future__ import annotations

from typing import Any

import pytest

from boss_tui.answers import Bounds, DraftView, Tender
from boss_tui.desk import Desk
from data.errors import NotAllowed, NotFound
from data.tables.order import ProductOrder
from data.tables.organisation import Authority, RoleRight
from data.tables.sync import AccessLog
from tests.hall import FACTS, Hall


@pytest.fixture
def supervisor(hall: Hall) -> Desk:
    """A supervisor's own desk; C2 needs one for a clerk."""
    with hall.store.transaction(_manager()) as tx:
        tx.change(tx.one(RoleRight, role="clerk", business="C2"), approval="supervised")
    return hall.counter(FACTS.supervisor, "HZ0102")


def _manager() -> Any:
    from data.journal import Author

    return Author(FACTS.outlet, "M7", FACTS.manager)


def form(hall: Hall) -> DraftView:
    """A C2 that wants a supervisor's word."""
    view = hall.desk.begin("C2", hall.desk.example("C2"))
    assert (view.errors, view.qualification.verdict) == ({}, "override")
    return view


def complete(hall: Hall, view: DraftView) -> ProductOrder:
    """The order."""
    outcome = hall.desk.complete(view.id, [Tender("cash", view.quote.due)])
    order: ProductOrder = hall.rows(ProductOrder, id=outcome.order_id)[0]
    return order


def test_a_code_over_the_phone_allows_one_business_once(hall: Hall, supervisor: Desk) -> None:
    first, second = supervisor.make_codes(2, Bounds(hours=8))
    view = hall.desk.approve(form(hall).id, first.code, "")
    assert view.qualification.verdict == "yes"
    assert complete(hall, view).approved_by == FACTS.supervisor
    again = hall.desk.begin("C2", hall.desk.example("C2"))
    with pytest.raises(NotAllowed, match="no such code"):
        hall.desk.approve(again.id, first.code, "")
    assert hall.desk.approve(again.id, second.code, "").qualification.verdict == "yes"
    assert [row.state for row in hall.rows(Authority, order=("number",))] == ["used_up", "used_up"]
    assert len(hall.rows(AccessLog, act="authority")) == 2


def test_a_code_is_bounded_in_business_amount_and_time(hall: Hall, supervisor: Desk) -> None:
    other, small, short = (
        supervisor.make_codes(1, bounds)[0].code
        for bounds in (Bounds(8, business="C9"), Bounds(8, amount=999), Bounds(1, business="C2"))
    )
    view = form(hall)
    for code in (other, small):
        with pytest.raises(NotAllowed, match="does not reach so far"):
            hall.desk.approve(view.id, code, "")
    hall.clock.move(minutes=61)
    with pytest.raises(NotAllowed, match="out of time"):
        hall.desk.approve(view.id, short, "")


def test_guessing_codes_ends_them_for_the_day(hall: Hall, supervisor: Desk) -> None:
    code = supervisor.make_codes(1, Bounds(8))[0].code
    view = form(hall)
    for guess in range(5):
        with pytest.raises(NotAllowed, match="no such code"):
            hall.desk.approve(view.id, f"{code.split('-')[0]}-00000{guess}", "")
    with pytest.raises(NotAllowed, match="Too many wrong codes"):
        hall.desk.approve(view.id, code, "")
    assert hall.desk.approve(view.id, FACTS.supervisor, FACTS.password).qualification.verdict == "yes"


def test_a_grant_lets_one_clerk_do_it_so_often(hall: Hall, supervisor: Desk) -> None:
    supervisor.grant(Bounds(4, uses=2, business="C2", operator=FACTS.clerk))
    for _ in range(2):
        view = hall.desk.begin("C2", hall.desk.example("C2"))
        assert view.qualification.verdict == "yes"
        assert any("in advance" in str(notice.text) for notice in view.notices)
        assert complete(hall, view).approved_by == FACTS.supervisor
    assert form(hall).qualification.verdict == "override"
    another = hall.counter("1002", "HZ0103")
    another.open_shift(0)
    supervisor.grant(Bounds(4, operator=FACTS.clerk))
    assert another.begin("C2", another.example("C2")).qualification.verdict == "override"


def test_a_withdrawn_grant_is_none(hall: Hall, supervisor: Desk) -> None:
    made = supervisor.grant(Bounds(4))
    view = hall.desk.begin("C2", hall.desk.example("C2"))
    assert view.qualification.verdict == "yes"
    supervisor.withdraw_authority(made.number)
    with pytest.raises(NotAllowed, match="supervisor must approve"):
        hall.desk.complete(view.id, [Tender("cash", view.quote.due)])
    assert supervisor.authorities() == []
    with pytest.raises(NotFound):
        supervisor.withdraw_authority(999)


def test_only_supervisors_give_authority_and_never_to_themselves(hall: Hall, supervisor: Desk) -> None:
    with pytest.raises(NotAllowed):
        hall.desk.make_codes(1, Bounds(1))
    with pytest.raises(NotAllowed):
        hall.desk.grant(Bounds(1))
    with pytest.raises(NotAllowed):
        hall.desk.authorities()
    with pytest.raises(NotAllowed, match="themselves"):
        supervisor.grant(Bounds(1, operator=FACTS.supervisor))
    for wide in (Bounds(0), Bounds(10_000), Bounds(1, uses=0)):
        with pytest.raises(NotAllowed):
            supervisor.grant(wide)
    with pytest.raises(NotAllowed):
        supervisor.make_codes(1_000, Bounds(1))


def test_what_is_kept_of_a_code_does_not_tell_it(hall: Hall, supervisor: Desk) -> None:
    made = supervisor.make_codes(1, Bounds(1))[0]
    (row,) = hall.rows(Authority)
    assert made.code.split("-")[1] not in f"{row!r}"
    assert supervisor.authorities()[0].code == ""
