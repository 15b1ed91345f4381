"""An approval covers what the approver was shown, and nothing else: whatever changes in it asks again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from boss_tui.answers.business import DraftView, Quote, QuoteLine, Reason, Tender
from boss_tui.answers.hall import Bounds
from boss_tui.desk import Desk
from boss_tui.desk.shown import at_stake, paid_out
from data.errors import NeedsApproval, NotAllowed
from data.journal import Author
from data.message import say
from data.tables.order import ProductOrder, Subscription
from data.tables.organisation import Grant, Operator, RoleRight
from data.tables.tariff import PriceRule
from tests.boss_tui.transactions.following import sound
from tests.boss_tui.transactions.test_c09_close_account import line_of, typed
from tests.hall import FACTS, Hall

pytestmark = pytest.mark.light


@pytest.fixture
def supervisor(hall: Hall) -> Desk:
    """A supervisor's own desk."""
    return hall.counter(FACTS.supervisor, "HZ0102")


def closing(hall: Hall, number: str = "") -> DraftView:
    """A C9 that pays money out, which a clerk needs a supervisor for."""
    (line,) = hall.rows(Subscription, number=number) if number else (line_of(hall),)
    pay_in(hall, line.number)
    view = hall.desk.forms.begin("C9", typed(hall, line))
    assert (view.errors, view.qualification.verdict) == ({}, "override")
    assert view.quote.due < 0
    return view


def pay_in(hall: Hall, number: str) -> None:
    """An advance that a closing pays out again."""
    view = hall.desk.forms.begin("C12", {"who": number, "action": "advance", "amount": "450"})
    assert not view.errors, view.errors
    hall.desk.orders.complete(view.id, [Tender("cash", 45_000)])


def approved(hall: Hall, view: DraftView, **more: Any) -> DraftView:
    """The same with a supervisor's word."""
    allowed = hall.desk.approvals.approve(view.id, FACTS.supervisor, FACTS.password, **more)
    assert allowed.qualification.verdict == "yes"
    return allowed


def cash(view: DraftView) -> list[Tender]:
    """What is due, in cash."""
    return [Tender("cash", abs(view.quote.due))] if view.quote.due else []


def another_number(hall: Hall, view: DraftView) -> dict[str, str]:
    """Another number whose closing pays out, with its owner's document."""
    lines = hall.rows(Subscription, state="active", outlet=FACTS.outlet, order=("number",))
    other = next(line for line in lines if line.number > str(view.values["number"]))
    return typed(hall, other)


def test_another_number_is_another_approval(hall: Hall) -> None:
    """C9 approved, Esc at the payment, another number: asked again, and nothing is paid out."""
    view = approved(hall, closing(hall))
    changed = hall.desk.forms.fill(view.id, another_number(hall, view))
    assert changed.qualification.verdict == "override"
    with pytest.raises(NeedsApproval):
        hall.desk.orders.complete(view.id, cash(changed))
    back = hall.desk.forms.fill(view.id, {name: view.values[name] for name in ("number", "document_number")})
    assert back.qualification.verdict == "yes"  # what was shown stands there again
    order = hall.rows(ProductOrder, id=hall.desk.orders.complete(view.id, cash(back)).order_id)[0]
    assert order.approved_by == FACTS.supervisor


def test_any_other_field_asks_again(hall: Hall) -> None:
    """Also one that changes no price: a reason, how points are spent, an action."""
    line = line_of(hall)
    said = {"number": line.number, "action": "suspend", "cause": "fraud", "reason": "异常呼叫"}
    for view, change in (
        (hall.desk.forms.begin("C6", said), {"reason": "异常呼叫 2"}),
        (closing(hall), {"points": "lose"}),
    ):
        approved(hall, view)
        assert hall.desk.forms.fill(view.id, change).qualification.verdict == "override"
        back = {name: view.values.get(name) or "" for name in change}
        assert hall.desk.forms.fill(view.id, back).qualification.verdict == "yes"


def test_the_way_of_payment_out_is_approved(hall: Hall) -> None:
    """Cash was shown: a transfer asks again; and the other way round."""
    view = approved(hall, closing(hall))
    way = [Tender("transfer", -view.quote.due, "6222020000000000001")]
    with pytest.raises(NeedsApproval):
        hall.desk.orders.complete(view.id, way)
    approved(hall, view, tenders=way)
    elsewhere = [Tender("transfer", -view.quote.due, "6222020000000000002")]
    with pytest.raises(NeedsApproval):
        hall.desk.orders.complete(view.id, elsewhere)
    hall.desk.orders.complete(view.id, way)
    used = {(grant.paid_out != "", bool(grant.used_order)) for grant in hall.rows(Grant, draft_id=view.id)}
    assert used == {(True, True), (True, False)}
    assert sound(hall)


def test_a_price_that_changes_asks_again(hall: Hall) -> None:
    """What was shown is what is paid, also when it is headquarters that changes it."""
    with hall.store.transaction(Author(FACTS.outlet, "M7", FACTS.manager)) as tx:
        tx.change(tx.one(RoleRight, role="clerk", business="C2"), approval="supervised")
    view = hall.desk.forms.begin("C2", hall.desk.forms.example("C2"))
    approved(hall, view)
    with hall.store.transaction(Author(FACTS.outlet, "M8", FACTS.manager)) as tx:
        for rule in tx.all(PriceRule, business="C2"):
            tx.change(rule, amount=rule.amount + 1)
    with pytest.raises(NeedsApproval):
        hall.desk.orders.complete(view.id, [Tender("cash", view.quote.due + 1)])


def test_what_changed_before_the_word_was_given_is_not_approved(hall: Hall, supervisor: Desk) -> None:
    """The digest of what was on the screen is what they put their word to; a code is not used up by it."""
    view = closing(hall)
    code = supervisor.approvals.make_codes(1, Bounds(8))[0].code
    hall.desk.forms.fill(view.id, another_number(hall, view))
    for staff_no, password in ((FACTS.supervisor, FACTS.password), (code, "")):
        with pytest.raises(NotAllowed, match="changed meanwhile"):
            hall.desk.approvals.approve(view.id, staff_no, password, seen=view.shown)
    assert [row.uses_left for row in supervisor.approvals.authorities()] == [1]


@pytest.mark.parametrize("who", ["another clerk", "the supervisor"])
def test_a_held_form_that_another_takes_up_asks_again(hall: Hall, supervisor: Desk, who: str) -> None:
    """Held, recalled by the same at the same counter: approved. By anybody else: not."""
    view = approved(hall, closing(hall))
    hall.desk.forms.hold(view.id)
    assert hall.desk.forms.recall(view.number).qualification.verdict == "yes"
    hall.desk.forms.hold(view.id)
    other = supervisor if who == "the supervisor" else hall.counter("1002", "HZ0103")
    other.till.open_shift(0)
    taken = other.forms.recall(view.number)
    assert taken.qualification.verdict == ("yes" if who == "the supervisor" else "override")
    other.forms.hold(view.id)
    assert hall.desk.forms.recall(view.number).qualification.verdict == "yes"


def test_an_approval_ends_with_its_minutes(hall: Hall) -> None:
    """Ten of them, and no clock that is put back brings it to life again."""
    view = approved(hall, closing(hall))
    hall.clock.move(minutes=9)
    assert hall.desk.forms.quote(view.id).qualification.verdict == "yes"
    hall.clock.move(minutes=2)
    assert hall.desk.forms.quote(view.id).qualification.verdict == "override"
    supervisor_works(hall)
    hall.clock.move(minutes=-4)
    assert hall.desk.forms.quote(view.id).qualification.verdict == "override"


def supervisor_works(hall: Hall) -> None:
    """Something is written, so that the journal knows what time it is."""
    with hall.store.transaction(Author(FACTS.outlet, "test", FACTS.supervisor)) as tx:
        tx.more["told"] = 1


@pytest.mark.parametrize("change", [{"state": "locked"}, {"state": "left"}, {"role": "clerk"}])
def test_the_word_of_who_is_no_supervisor_any_more_holds_for_nothing(hall: Hall, change: dict[str, str]) -> None:
    """Locked, gone or in another role between word and deed: by sign-on, and given in advance."""
    desk = hall.counter(FACTS.supervisor, "HZ0102")
    view = approved(hall, closing(hall))
    desk.approvals.grant(Bounds(4, operator=FACTS.clerk))
    with hall.store.transaction(Author(FACTS.outlet, "M7", FACTS.manager)) as tx:
        tx.change(tx.one(Operator, staff_no=FACTS.supervisor), **change)
    with pytest.raises(NeedsApproval):
        hall.desk.orders.complete(view.id, cash(view))


@pytest.mark.parametrize(("right", "told"), [({"approval": "supervised"}, "may not do this either"), (None, "either")])
def test_nobody_allows_what_their_own_role_may_not(hall: Hall, right: dict[str, str] | None, told: str) -> None:
    """A supervisor whose role needs a word itself, for this business."""
    view = closing(hall)
    with hall.store.transaction(Author(FACTS.outlet, "M7", FACTS.manager)) as tx:
        row = tx.one(RoleRight, role="supervisor", business="C9")
        tx.change(row, **(right or {"approval": "supervised"}))
    with pytest.raises(NotAllowed, match=told):
        hall.desk.approvals.approve(view.id, FACTS.supervisor, FACTS.password)


def test_an_order_that_changed_is_not_taken_back_on_the_old_word(hall: Hall) -> None:
    """What the supervisor was shown was an order in another state."""
    serial = hall.open_account().serial
    seen = hall.desk.lookups.order(serial).shown
    with hall.store.transaction(Author(FACTS.outlet, "test", FACTS.clerk)) as tx:
        order = tx.one(ProductOrder, serial=serial)
        tx.change(order, amount=order.amount + 1)
    with pytest.raises(NotAllowed, match="changed meanwhile"):
        hall.desk.orders.cancel(serial, "wrong plan", FACTS.supervisor, FACTS.password, seen)


LINES: list[tuple[Callable[[], Quote], list[Tender] | None, str]] = [
    (lambda: price(0), None, ""),
    (lambda: price(1), [Tender("card", 1, "x")], ""),
    (lambda: price(-1), None, '[["cash",1,""]]'),
    (lambda: price(-3), [Tender("transfer", 2, "b"), Tender("cash", 1)], '[["cash",1,""],["transfer",2,"b"]]'),
]


def price(due: int) -> Quote:
    """A price of one line."""
    return Quote((QuoteLine("fee", say("Fee"), 0, due, due),))


@pytest.mark.parametrize(("quote", "tenders", "told"), LINES)
def test_only_money_out_has_a_way_to_be_approved(
    quote: Callable[[], Quote], tenders: list[Tender] | None, told: str
) -> None:
    """In whatever order it was typed; cash where nobody said."""
    assert paid_out(quote(), tenders) == told


@pytest.mark.parametrize(
    ("due", "verdict", "amount", "stake"),
    [(5, "override", 4, 5), (5, "override", 6, 6), (-5, "override", 0, 5), (0, "no", 9, 0)],
)
def test_what_is_at_stake_is_the_larger(due: int, verdict: Any, amount: int, stake: int) -> None:
    """What is paid in or out, or what a reason says of fees that are left out and money that is moved."""
    assert at_stake(price(due), [Reason("rule", verdict, say("Why"), amount=amount)]) == stake
