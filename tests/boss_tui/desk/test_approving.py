"""A supervisor's word at the counter: signed on there, given in advance, or read out over the phone."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from boss_tui.answers.business import DraftView, Tender
from boss_tui.answers.hall import Bounds
from boss_tui.desk import Desk
from data.errors import BossError, NeedsApproval, NotAllowed, NotFound
from data.tables.order import ProductOrder
from data.tables.organisation import Alarm, Authority, RoleRight, Tries
from data.tables.sync import AccessLog
from tests.hall import FACTS, Hall

pytestmark = pytest.mark.light


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
    view = hall.desk.forms.begin("C2", hall.desk.forms.example("C2"))
    assert (view.errors, view.qualification.verdict) == ({}, "override")
    return view


def complete(hall: Hall, view: DraftView) -> ProductOrder:
    """The order."""
    outcome = hall.desk.orders.complete(view.id, [Tender("cash", view.quote.due)])
    order: ProductOrder = hall.rows(ProductOrder, id=outcome.order_id)[0]
    return order


def test_a_code_over_the_phone_allows_one_business_once(hall: Hall, supervisor: Desk) -> None:
    first, second = supervisor.approvals.make_codes(2, Bounds(hours=8))
    view = hall.desk.approvals.approve(form(hall).id, first.code, "")
    assert view.qualification.verdict == "yes"
    assert complete(hall, view).approved_by == FACTS.supervisor
    again = hall.desk.forms.begin("C2", hall.desk.forms.example("C2"))
    with pytest.raises(NotAllowed, match="no such code"):
        hall.desk.approvals.approve(again.id, first.code, "")
    assert hall.desk.approvals.approve(again.id, second.code, "").qualification.verdict == "yes"
    assert [row.state for row in hall.rows(Authority, order=("number",))] == ["used_up", "used_up"]
    assert len(hall.rows(AccessLog, act="authority")) == 2


def test_a_code_is_bounded_in_business_amount_and_time(hall: Hall, supervisor: Desk) -> None:
    other, small, short = (
        supervisor.approvals.make_codes(1, bounds)[0].code
        for bounds in (Bounds(8, business="C9"), Bounds(8, amount=999), Bounds(1, business="C2"))
    )
    view = form(hall)
    for code in (other, small):
        with pytest.raises(NotAllowed, match="does not reach so far"):
            hall.desk.approvals.approve(view.id, code, "")
    hall.clock.move(minutes=61)
    with pytest.raises(NotAllowed, match="out of time"):
        hall.desk.approvals.approve(view.id, short, "")


def guess(desk: Desk, view: DraftView, code: str, wrong: int = 0) -> str:
    """What a wrong code is answered with."""
    number, _, secret = code.partition("-")
    with pytest.raises(NotAllowed) as refusal:
        desk.approvals.approve(view.id, f"{number}-{(int(secret) + 1 + wrong) % 10**6:06d}", "")
    assert refusal.value.field == "staff_no", refusal.value
    return str(refusal.value)


def test_guessing_codes_costs_pauses_at_all_counters_and_raises_an_alarm(hall: Hall, supervisor: Desk) -> None:
    """Five tries wherever they are made; then the right one has to wait as well, and a supervisor is told."""
    first, second = (made.code for made in supervisor.approvals.make_codes(2, Bounds(8)))
    another = hall.counter("1002", "HZ0103")
    another.till.open_shift(0)
    desks = (hall.desk, another)
    views = (form(hall), another.forms.begin("C2", another.forms.example("C2")))
    for n in range(5):
        assert "no such code" in guess(desks[n % 2], views[n % 2], (first, second)[n % 2], n)
    for code in (first, second):
        with pytest.raises(NotAllowed, match="Too many wrong codes"):
            hall.desk.approvals.approve(views[0].id, code, "")
    assert hall.desk.approvals.approve(views[0].id, FACTS.supervisor, FACTS.password).qualification.verdict == "yes"
    (alarm,) = hall.rows(Alarm)
    assert (alarm.kind, alarm.operator, alarm.state) == ("codes", FACTS.clerk, "open")
    hall.clock.move(seconds=16)
    assert another.approvals.approve(views[1].id, second, "").qualification.verdict == "yes"


def test_a_code_that_was_guessed_at_five_times_is_one_no_more(hall: Hall, supervisor: Desk) -> None:
    """The fourth wrong try leaves it; the fifth doesn't, however long one waits. The next code is not touched."""
    spared, tried, other = (made.code for made in supervisor.approvals.make_codes(3, Bounds(8)))
    view = form(hall)
    for n in range(4):
        guess(hall.desk, view, spared, n)
    assert hall.desk.approvals.approve(view.id, spared, "").qualification.verdict == "yes"
    again = form(hall)
    for n in range(5):
        hall.clock.move(minutes=15)
        again = form(hall)
        guess(hall.desk, again, tried, n)
    hall.clock.move(minutes=15)
    with pytest.raises(NotAllowed, match="no such code"):
        hall.desk.approvals.approve(again.id, tried, "")
    hall.clock.move(minutes=15)
    assert hall.desk.approvals.approve(form(hall).id, other, "").qualification.verdict == "yes"


def test_a_right_code_counts_for_nothing(hall: Hall, supervisor: Desk) -> None:
    """Neither against the outlet, nor in its favour: what was wrong before stays counted."""
    codes = [made.code for made in supervisor.approvals.make_codes(6, Bounds(8))]
    guess(hall.desk, form(hall), codes[0])
    for code in codes:
        assert hall.desk.approvals.approve(form(hall).id, code, "").qualification.verdict == "yes"
    assert [row.tries for row in hall.rows(Tries, subject="codes")] == [1]


@pytest.mark.whole  # ten connections at once
def test_tries_at_the_same_moment_pass_no_bound(hall: Hall, supervisor: Desk) -> None:
    """Each is counted before it is looked at: of ten at once five are answered, and one more waits."""
    code = supervisor.approvals.make_codes(1, Bounds(8))[0].code
    views = [form(hall) for _ in range(10)]
    desks = [hall.counter(FACTS.clerk, FACTS.counter) for _ in views]
    with ThreadPoolExecutor(10) as pool:
        answers = list(pool.map(guess, desks, views, [code] * 10, range(10)))
    assert sum("no such code" in answer for answer in answers) == 5
    assert len(hall.rows(Alarm)) == 1
    assert [row.tries for row in hall.rows(Tries, subject="codes")] == [5]


def test_an_expired_code_stays_one_when_the_clock_is_put_back(hall: Hall, supervisor: Desk) -> None:
    """The journal knows what time it was; a minute before its end the code is right."""
    early, late = (made.code for made in supervisor.approvals.make_codes(2, Bounds(1)))
    hall.clock.move(minutes=59)
    assert hall.desk.approvals.approve(form(hall).id, early, "").qualification.verdict == "yes"
    hall.clock.move(minutes=2)
    view = form(hall)
    for minutes in (0, -4):
        hall.clock.move(minutes=minutes)
        with pytest.raises(NotAllowed, match="out of time"):
            hall.desk.approvals.approve(view.id, late, "")
    supervisor.approvals.grant(Bounds(1))
    hall.clock.move(minutes=66)
    supervisor.approvals.withdraw_authority(
        supervisor.approvals.grant(Bounds(1)).number
    )  # the journal hears of the time
    hall.clock.move(minutes=-4)
    assert form(hall).qualification.verdict == "override"
    assert supervisor.approvals.authorities() == []


def test_no_code_is_used_up_where_nothing_wants_a_word(hall: Hall, supervisor: Desk) -> None:
    """A form that needs no approval, one that can't be done, one with a mistake in it."""
    code = supervisor.approvals.make_codes(1, Bounds(8))[0].code
    free = hall.filled()
    assert hall.desk.approvals.approve(free.id, code, "").qualification.verdict == "yes"
    wrong = hall.desk.forms.fill(form(hall).id, {"number": "13"})
    with pytest.raises(BossError):
        hall.desk.approvals.approve(wrong.id, code, "")
    assert [row.uses_left for row in supervisor.approvals.authorities()] == [1]
    assert hall.rows(Tries) == []


def test_the_bounds_hold_once_more_when_it_is_done(hall: Hall, supervisor: Desk) -> None:
    """A grant of one use, or withdrawn, or a code withdrawn meanwhile: what was allowed is not done any more."""
    with hall.store.transaction(_manager()) as tx:
        tx.change(tx.one(RoleRight, role="clerk", business="C12"), approval="supervised")
    supervisor.approvals.grant(Bounds(4, uses=1, operator=FACTS.clerk))
    said = {"who": hall.desk.forms.example("C12")["who"], "action": "advance", "amount": "20"}
    one, two = (hall.desk.forms.begin("C12", said) for _ in range(2))
    assert {one.qualification.verdict, two.qualification.verdict} == {"yes"}
    complete(hall, one)
    with pytest.raises(NeedsApproval):
        hall.desk.orders.complete(two.id, [Tender("cash", two.quote.due)])
    code = supervisor.approvals.make_codes(1, Bounds(4))[0]
    hall.desk.approvals.approve(two.id, code.code, "")
    supervisor.approvals.withdraw_authority(code.number)
    with pytest.raises(NeedsApproval):
        hall.desk.orders.complete(two.id, [Tender("cash", two.quote.due)])


@pytest.mark.parametrize(("spare", "fits"), [(-1, False), (0, True), (1, True)])
def test_an_amount_is_reached_to_the_fen(hall: Hall, supervisor: Desk, spare: int, fits: bool) -> None:
    """The last that a bound lets pass, and the first that it doesn't: of a grant, and of a code."""
    due = form(hall).quote.due
    code = supervisor.approvals.make_codes(1, Bounds(8, amount=due + spare))[0].code
    view = form(hall)
    if fits:
        assert hall.desk.approvals.approve(view.id, code, "").qualification.verdict == "yes"
    else:
        with pytest.raises(NotAllowed, match="does not reach so far"):
            hall.desk.approvals.approve(view.id, code, "")
        assert [row.uses_left for row in supervisor.approvals.authorities()] == [1]
    supervisor.approvals.grant(Bounds(8, amount=due + spare))
    assert hall.desk.forms.begin("C2", hall.desk.forms.example("C2")).qualification.verdict == (
        "yes" if fits else "override"
    )


def test_a_code_s_amount_is_of_what_is_done(hall: Hall, supervisor: Desk) -> None:
    """A code for a little, and then more is typed: asked again."""
    with hall.store.transaction(_manager()) as tx:
        tx.change(tx.one(RoleRight, role="clerk", business="C12"), approval="supervised")
    who = hall.desk.forms.example("C12")["who"]
    view = hall.desk.forms.begin("C12", {"who": who, "action": "advance", "amount": "20"})
    code = supervisor.approvals.make_codes(1, Bounds(8, amount=210_000))[0].code
    assert hall.desk.approvals.approve(view.id, code, "").qualification.verdict == "yes"
    view = hall.desk.forms.fill(view.id, {"amount": "90000"})
    assert view.qualification.verdict == "override"
    with pytest.raises(NeedsApproval):
        hall.desk.orders.complete(view.id, [Tender("cash", 9_000_000)])


@pytest.mark.parametrize(
    ("bounds", "field"), [(Bounds(1, business="C99"), "business"), (Bounds(1, operator="9999"), "operator")]
)
def test_a_bound_names_what_there_is(supervisor: Desk, bounds: Bounds, field: str) -> None:
    """Else nobody could ever use it."""
    with pytest.raises(NotAllowed) as refusal:
        supervisor.approvals.grant(bounds)
    assert refusal.value.field == field


def test_a_grant_lets_one_clerk_do_it_so_often(hall: Hall, supervisor: Desk) -> None:
    supervisor.approvals.grant(Bounds(4, uses=2, business="C2", operator=FACTS.clerk))
    for _ in range(2):
        view = hall.desk.forms.begin("C2", hall.desk.forms.example("C2"))
        assert view.qualification.verdict == "yes"
        assert any("in advance" in str(notice.text) for notice in view.notices)
        assert complete(hall, view).approved_by == FACTS.supervisor
    assert form(hall).qualification.verdict == "override"
    another = hall.counter("1002", "HZ0103")
    another.till.open_shift(0)
    supervisor.approvals.grant(Bounds(4, operator=FACTS.clerk))
    assert another.forms.begin("C2", another.forms.example("C2")).qualification.verdict == "override"


def test_a_withdrawn_grant_is_none(hall: Hall, supervisor: Desk) -> None:
    made = supervisor.approvals.grant(Bounds(4))
    view = hall.desk.forms.begin("C2", hall.desk.forms.example("C2"))
    assert view.qualification.verdict == "yes"
    supervisor.approvals.withdraw_authority(made.number)
    with pytest.raises(NotAllowed, match="supervisor must approve"):
        hall.desk.orders.complete(view.id, [Tender("cash", view.quote.due)])
    assert supervisor.approvals.authorities() == []
    with pytest.raises(NotFound):
        supervisor.approvals.withdraw_authority(999)


def test_only_supervisors_give_authority_and_never_to_themselves(hall: Hall, supervisor: Desk) -> None:
    with pytest.raises(NotAllowed):
        hall.desk.approvals.make_codes(1, Bounds(1))
    with pytest.raises(NotAllowed):
        hall.desk.approvals.grant(Bounds(1))
    with pytest.raises(NotAllowed):
        hall.desk.approvals.authorities()
    with pytest.raises(NotAllowed, match="themselves"):
        supervisor.approvals.grant(Bounds(1, operator=FACTS.supervisor))
    for wide in (Bounds(0), Bounds(10_000), Bounds(1, uses=0)):
        with pytest.raises(NotAllowed):
            supervisor.approvals.grant(wide)
    with pytest.raises(NotAllowed):
        supervisor.approvals.make_codes(1_000, Bounds(1))


def test_what_is_kept_of_a_code_does_not_tell_it(hall: Hall, supervisor: Desk) -> None:
    made = supervisor.approvals.make_codes(1, Bounds(1))[0]
    (row,) = hall.rows(Authority)
    assert made.code.split("-")[1] not in f"{row!r}"
    assert supervisor.approvals.authorities()[0].code == ""
