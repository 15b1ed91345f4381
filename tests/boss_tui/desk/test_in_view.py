"""The customer in view: one thing for what is shown, what forms begin with and what is proven; when proof lapses."""

from __future__ import annotations

from typing import Any

import pytest

from boss_tui.answers.business import DraftView
from boss_tui.components.inquiry import PARTS
from boss_tui.components.operators.passwords import hashed
from boss_tui.desk import Desk
from data.errors import BadForm, NotAllowed
from data.journal import Author
from data.parameters import PROOF_MINUTES
from data.tables.customer import Customer
from data.tables.order import ProductOrder, Subscription
from data.tables.parameter import Parameter
from tests.hall import FACTS, Hall
from tests.handed import handed_change

pytestmark = pytest.mark.light

PASSWORD = "274916"
ASKS = ("C3", "C4.1", "C4.2", "C4.4", "C5", "C6", "C7.1", "C7.4", "C7.5", "C8", "C9", "C13")
"""Businesses that ask who it is; C6 lifts a loss here."""


def people(hall: Hall, count: int = 2) -> list[tuple[Subscription, Customer]]:
    """A number of each of so many people, all active."""
    found: dict[str, tuple[Subscription, Customer]] = {}
    for line in hall.rows(Subscription, state="active", order=("number",)):
        (owner,) = hall.rows(Customer, id=line.customer_id)
        if owner.holder == "individual" and not owner.document_expires:
            found.setdefault(owner.id, (line, owner))
    return list(found.values())[:count]


def shows(desk: Desk, line: Subscription, owner: Customer) -> DraftView:
    """A business in which somebody has shown their document."""
    view = desk.forms.begin("C4.2", {"number": line.number, "document_number": owner.document_number})
    assert "document_number" not in view.errors
    return view


def is_asked(desk: Desk, code: str, line: Subscription, **more: Any) -> bool:
    """Whether a business asks for the document of the owner of a number."""
    typed = {"action": "resume", "cause": "loss"} if code == "C6" else {}
    view = desk.forms.begin(code, {"number": line.number, **typed, **more})
    desk.forms.abandon(view.id)
    return "document_number" in view.errors


@pytest.mark.parametrize("code", ASKS)
def test_proof_lapses_as_soon_as_another_customer_is_in_view(hall: Hall, code: str) -> None:
    (line, owner), other = people(hall)
    shows(hall.desk, line, owner)
    assert not is_asked(hall.desk, code, line), "they have shown it a moment ago"
    shows(hall.desk, *other)
    assert is_asked(hall.desk, code, line)


def _looked_for(hall: Hall, other: tuple[Subscription, Customer]) -> None:
    hall.desk.serving.meet(other[1].id)


def _only_typed(hall: Hall, other: tuple[Subscription, Customer]) -> None:
    hall.desk.forms.begin("C12", {"who": other[0].number})


def _opens_an_account(hall: Hall, other: tuple[Subscription, Customer]) -> None:
    del other
    hall.desk.forms.begin("C1", {"document_number": FACTS.new_customer.document_number})


def _locks(hall: Hall, other: tuple[Subscription, Customer]) -> None:
    del other
    hall.desk.signing.lock()
    hall.desk.signing.unlock(FACTS.password)


def _signs_off(hall: Hall, other: tuple[Subscription, Customer]) -> None:
    del other
    hall.desk.signing.sign_off()
    hall.desk.signing.sign_on(FACTS.clerk, FACTS.password)


def _next_one(hall: Hall, other: tuple[Subscription, Customer]) -> None:
    del other
    hall.desk.serving.next_customer()


def _minutes_pass(hall: Hall, other: tuple[Subscription, Customer]) -> None:
    del other
    hall.clock.move(minutes=PROOF_MINUTES.first + 1)


def _clock_goes_back(hall: Hall, other: tuple[Subscription, Customer]) -> None:
    del other
    hall.clock.move(minutes=-60)
    hall.desk.trust.vouch_for_clock(FACTS.supervisor, FACTS.password)


@pytest.mark.parametrize(
    "happens",
    [_looked_for, _only_typed, _opens_an_account, _locks, _signs_off, _next_one, _minutes_pass, _clock_goes_back],
)
def test_what_makes_proof_lapse(hall: Hall, happens: Any) -> None:
    (line, owner), other = people(hall)
    shows(hall.desk, line, owner)
    happens(hall, other)
    assert is_asked(hall.desk, "C3", line)


def test_a_form_in_the_middle_of_the_customer_keeps_what_was_typed_into_it_and_proves_nothing_more(hall: Hall) -> None:
    (line, owner), other = people(hall)
    form = shows(hall.desk, line, owner)
    shows(hall.desk, *other)
    again = hall.desk.forms.quote(form.id)
    assert "document_number" not in again.errors
    assert again.in_view == (owner.id, line.number)
    assert is_asked(hall.desk, "C3", line)


def test_as_long_as_they_are_served_proof_lasts(hall: Hall) -> None:
    (line, owner), _ = people(hall)
    shows(hall.desk, line, owner)
    for _ in range(3):
        hall.clock.move(minutes=PROOF_MINUTES.first - 1)
        assert not is_asked(hall.desk, "C3", line)


def test_managers_say_how_long_proof_lasts(hall: Hall) -> None:
    handed_change(hall.store, Parameter, name="proof_minutes", business="", value=2)
    (line, owner), _ = people(hall)
    shows(hall.desk, line, owner)
    hall.clock.move(minutes=1)
    assert not is_asked(hall.desk, "C3", line)
    hall.clock.move(minutes=3)
    assert is_asked(hall.desk, "C3", line)


def test_a_held_form_that_is_taken_up_proves_nothing_to_others(hall: Hall) -> None:
    (line, owner), _ = people(hall)
    form = shows(hall.desk, line, owner)
    hall.desk.forms.hold(form.id)
    hall.desk.serving.next_customer()
    hall.desk.forms.recall(form.number)
    assert is_asked(hall.desk, "C3", line)


def two_lines(hall: Hall) -> tuple[Customer, Subscription, Subscription]:
    """Somebody with two numbers, each with a service password of its own."""
    (line, owner), _ = people(hall)
    opened = hall.open_account(document_number=owner.document_number, name=owner.name)
    with hall.store.transaction(Author(FACTS.outlet, "test", "test")) as tx:
        second = tx.all(Subscription, number=opened.facts["number"])[0]
        tx.change(second, state="active", password_hash=hashed("864209"))
        for order in tx.all(ProductOrder, subscription_id=second.id):
            tx.change(order, state="completed")
    hall.desk.serving.next_customer()
    return owner, line, hall.rows(Subscription, id=second.id)[0]


@pytest.mark.parametrize("code", ["C4.2", "C4.4", "C7.1", "C7.4", "C7.5", "C8", "C13"])
def test_a_password_proves_the_right_to_its_own_number_only(hall: Hall, code: str) -> None:
    owner, first, second = two_lines(hall)
    view = hall.desk.forms.begin("C13", {"number": first.number, "password": PASSWORD})
    assert not view.errors
    assert not is_asked(hall.desk, code, first)
    assert is_asked(hall.desk, code, second)
    shows(hall.desk, first, owner)
    assert not is_asked(hall.desk, code, second), "a document proves the person"


def test_a_password_proves_nothing_where_a_document_is_asked_for(hall: Hall) -> None:
    _, first, _ = two_lines(hall)
    hall.desk.forms.begin("C13", {"number": first.number, "password": PASSWORD})
    for code in ("C3", "C9", "C5"):
        assert is_asked(hall.desk, code, first)


def test_what_a_password_opens_says_nothing_of_the_owners_other_numbers(hall: Hall) -> None:
    owner, first, second = two_lines(hall)
    view = hall.desk.forms.begin("C13", {"number": first.number, "password": PASSWORD})
    others = {second.number, second.iccid, second.imsi}
    for code, part in PARTS.items():
        if part.personal:
            with pytest.raises(NotAllowed, match="own number"):
                hall.desk.inquiry.inquire(view.id, code)
            continue
        cells = {str(cell) for row in hall.desk.inquiry.inquire(view.id, code) for cell in row}
        assert not others & cells, code
    view = hall.desk.forms.fill(view.id, {"document_number": owner.document_number})
    assert {second.number, second.iccid} <= {
        str(c) for row in hall.desk.inquiry.inquire(view.id, "resources") for c in row
    }
    assert hall.desk.inquiry.inquire(view.id, "points")


def test_a_part_of_the_person_is_printed_for_their_document_alone(hall: Hall) -> None:
    _, first, _ = two_lines(hall)
    view = hall.desk.forms.begin(
        "C13", {"number": first.number, "password": PASSWORD, "part": "points", "paper": "list"}
    )
    assert "own number" in str(view.errors["part"])
    with pytest.raises(BadForm):
        hall.desk.orders.complete(view.id, [])


@pytest.mark.parametrize("happens", [_looked_for, _locks, _minutes_pass])
def test_a_look_is_for_who_stands_here_now(hall: Hall, happens: Any) -> None:
    (line, owner), other = people(hall)
    view = hall.desk.forms.begin("C13", {"number": line.number, "document_number": owner.document_number})
    hall.desk.inquiry.inquire(view.id, "balances")
    happens(hall, other)
    with pytest.raises(NotAllowed, match="once more"):
        hall.desk.inquiry.inquire(view.id, "balances")
    with pytest.raises(BadForm):
        hall.desk.orders.complete(view.id, [])
    view = hall.desk.forms.fill(view.id, {"document_number": owner.document_number})
    assert hall.desk.inquiry.inquire(view.id, "balances")


def test_who_is_in_view_is_one_thing(hall: Hall) -> None:
    (line, owner), (other_line, other) = people(hall)
    assert hall.desk.serving.in_view() is None
    hall.desk.serving.meet(owner.id, line.number)
    card = hall.desk.serving.in_view()
    assert card is not None
    assert (card.customer_id, card.number, card.certain, card.sought) == (owner.id, line.number, True, True)
    assert hall.desk.forms.assumed("C3", {}) == {"number": line.number}
    assert hall.desk.forms.assumed("C12", {}) == {"who": line.number}
    view = hall.desk.forms.begin("C2", {"number": other_line.number})
    assert view.in_view == (other.id, other_line.number)
    card = hall.desk.serving.in_view()
    assert card is not None
    assert (card.customer_id, card.sought) == (other.id, False)
    assert hall.desk.forms.assumed("C3", {}) == {"number": other_line.number}
    assert hall.desk.forms.assumed("C1", {}) == {}, "the next account may be anybody's"
    assert hall.desk.forms.assumed("C3", {"number": "1"}) == {"number": "1"}


def test_who_opens_an_account_takes_the_place_of_who_was_in_view(hall: Hall) -> None:
    (line, owner), (_, other) = people(hall)
    hall.desk.serving.meet(owner.id, line.number)
    view = hall.desk.forms.begin("C1", {"document_kind": "00"})
    assert view.in_view == (owner.id, line.number)
    view = hall.desk.forms.fill(view.id, {"document_number": FACTS.new_customer.document_number})
    assert view.in_view == ("", "")
    assert hall.desk.serving.in_view() is None
    view = hall.desk.forms.fill(view.id, {"document_number": other.document_number})
    assert view.in_view[0] == other.id


def test_who_has_just_been_served_is_in_view_with_the_number_they_got(hall: Hall) -> None:
    opened = hall.open_account()
    card = hall.desk.serving.in_view()
    assert card is not None
    assert card.number == opened.facts["number"]
