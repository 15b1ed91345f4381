"""Several businesses for one customer in one go: one payment, one receipt, orders apart, each taken back alone."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boss_tui.answers.business import Tender
from boss_tui.components.tenders.tenders import check_tenders, net_of_change, shared_out
from data.errors import BadForm, Expired, NotAllowed
from data.tables.account import BalanceBucket
from data.tables.customer import Customer
from data.tables.document import PaperDocument
from data.tables.finance import Payment, PaymentTender
from data.tables.order import Draft, ProductOrder, Subscription
from tests.boss_tui.transactions.following import network_answers, sound
from tests.hall import FACTS, Hall


def two_forms(hall: Hall) -> int:
    """An opening and a change of number wait together; what they cost."""
    opening = hall.filled()
    assert hall.desk.basket.collect(opening.id).quote.due == opening.quote.due
    change = hall.desk.forms.begin("C2", hall.desk.forms.example("C2"))
    basket = hall.desk.basket.collect(change.id)
    assert [code for _, code, _, _ in basket.forms] == ["C1", "C2"]
    assert basket.quote.due == opening.quote.due + change.quote.due
    return basket.quote.due


def test_one_payment_one_receipt_orders_apart(hall: Hall) -> None:
    due = two_forms(hall)
    done = hall.desk.basket.complete([Tender("card", 9_000, "POS77"), Tender("cash", due)])
    assert (done.due, done.tendered, done.change) == (due, due + 9_000, 9_000)
    assert [outcome.code for outcome in done.outcomes] == ["C1", "C2"]
    orders = [hall.rows(ProductOrder, serial=outcome.serial)[0] for outcome in done.outcomes]
    assert orders[0].collection == orders[1].collection != ""
    paid = [payment for order in orders for payment in hall.rows(Payment, order_id=order.id)]
    assert sum(payment.due for payment in paid) == due
    kinds: dict[str, int] = {}
    for payment in paid:
        for tender in hall.rows(PaymentTender, payment_id=payment.id):
            kinds[tender.kind] = kinds.get(tender.kind, 0) + tender.amount
    assert kinds == {"card": 9_000, "cash": due - 9_000}
    (receipt,) = hall.rows(PaperDocument, collection=orders[0].collection)
    assert (receipt.kind, receipt.amount, receipt.order_id) == ("receipt", due, None)
    for order in orders:
        assert {"invoice", "receipt", "slip"} <= {paper.kind for paper in hall.desk.lookups.papers(order.serial)}
        assert hall.desk.lookups.order(order.serial).outbox == "pending"
    assert hall.desk.basket.shown().forms == ()
    assert sound(hall)


def test_one_of_them_is_taken_back_alone(hall: Hall) -> None:
    due = two_forms(hall)
    done = hall.desk.basket.complete([Tender("cash", due)])
    first, second = done.outcomes
    back = hall.desk.orders.cancel(second.serial, "客户反悔", FACTS.supervisor, FACTS.password)
    assert back.due == -second.due
    assert hall.rows(ProductOrder, serial=first.serial)[0].state == "inProgress"
    assert {paper.kind for paper in back.papers} == {"invoice", "receipt", "refund"}
    assert sound(hall)


def test_too_little_money_leaves_all_of_them_waiting(hall: Hall) -> None:
    due = two_forms(hall)
    with pytest.raises(NotAllowed, match="missing"):
        hall.desk.basket.complete([Tender("cash", due - 1)])
    assert len(hall.desk.basket.shown().forms) == 2
    assert hall.rows(ProductOrder, business="C2") == []


def test_one_that_can_no_longer_be_done_is_named_and_all_stay(hall: Hall) -> None:
    due = two_forms(hall)
    hall.clock.move(minutes=45)  # reservations end before forms do
    another = hall.counter("1002", "HZ0103")
    another.till.open_shift(0)
    taken = json.loads(hall.rows(Draft, code="C2")[0].values_json)["new_number"]
    view = another.forms.begin("C1", {**another.forms.example("C1"), "number": taken})
    another.orders.complete(view.id, [Tender("cash", view.quote.due)])
    with pytest.raises(NotAllowed, match=r"No\. [12] \(C[12]\): .*taken"):
        hall.desk.basket.complete([Tender("cash", due)])
    assert [draft.state for draft in hall.rows(Draft, collection=FACTS.counter)] == ["held", "held"]
    assert sound(hall)


def test_a_form_taken_up_again_leaves_the_basket(hall: Hall) -> None:
    two_forms(hall)
    numbers = [number for number, _, _, _ in hall.desk.basket.shown().forms]
    hall.desk.forms.recall(numbers[0])
    assert [number for number, _, _, _ in hall.desk.basket.shown().forms] == numbers[1:]
    hall.desk.forms.recall(numbers[1])
    with pytest.raises(Expired):
        hall.desk.basket.complete([])


TENDERS = st.lists(st.tuples(st.sampled_from(["cash", "card"]), st.integers(1, 50_000)), min_size=1, max_size=5).map(
    lambda found: [Tender(kind, fen, f"R{place}") for place, (kind, fen) in enumerate(found)]
)


@given(TENDERS, st.lists(st.integers(0, 20_000), min_size=1, max_size=4))
def test_what_is_shared_out_is_what_was_paid(tenders: list[Tender], dues: list[int]) -> None:
    try:
        change = check_tenders(sum(dues), tenders)
    except NotAllowed:
        return
    left = list(net_of_change(tenders, change))
    shares = [shared_out(left, due) for due in dues]
    assert [sum(tender.amount for tender in share) for share in shares] == dues
    assert left == []
    assert all(tender.amount > 0 for share in shares for tender in share)


# what comes later sees what came before it


def a_line(hall: Hall) -> dict[str, str]:
    """A postpaid number with little money and nothing international, and its owner's document."""
    for line in hall.rows(Subscription, state="active", pay_type="postpaid", order=("number",)):
        reach = {line.long_distance, line.roaming}
        poor = all(bucket.amount < 20_000 for bucket in hall.rows(BalanceBucket, account_id=line.account_id))
        if "international" not in reach and poor:
            owner = hall.rows(Customer, id=line.customer_id)[0]
            return {"number": line.number, "document_number": owner.document_number}
    raise AssertionError("no such line")


ABROAD = (
    ("C7.1", {"long_distance": "international"}),
    ("C7.3", {"roaming": "international", "until": "2026-12-22"}),
)


@pytest.mark.parametrize("forms", [ABROAD, ABROAD[::-1]])
def test_one_deposit_secures_both(hall: Hall, forms: tuple[tuple[str, dict[str, str]], ...]) -> None:
    """The example: two businesses of one number that one deposit secures are paid once, and both are done."""
    line = a_line(hall)
    views = [hall.desk.forms.begin(code, {**line, **typed}) for code, typed in forms]
    deposit = views[0].quote.due
    assert views[1].quote.due == deposit > 0
    for view in views:
        basket = hall.desk.basket.collect(view.id)
    assert [due for _, _, _, due in basket.forms] == [deposit, 0]
    assert basket.quote.due == deposit
    done = hall.desk.basket.complete([Tender("cash", deposit)])
    assert [outcome.due for outcome in done.outcomes] == [deposit, 0]
    network_answers(hall)
    (subscription,) = hall.rows(Subscription, number=line["number"])
    assert (subscription.long_distance, subscription.roaming) == ("international", "international")
    assert sound(hall)


def test_a_deposit_goes_back_only_with_all_that_rests_on_it(hall: Hall) -> None:
    """The one that brought it is not taken back while the other stands on it; the other way round it is."""
    line = a_line(hall)
    for code, typed in ABROAD:
        hall.desk.basket.collect(hall.desk.forms.begin(code, {**line, **typed}).id)
    deposit = hall.desk.basket.shown().quote.due
    first, second = hall.desk.basket.complete([Tender("cash", deposit)]).outcomes
    with pytest.raises(NotAllowed, match="held for international"):
        hall.desk.orders.cancel(first.serial, "客户反悔", FACTS.supervisor, FACTS.password)
    assert hall.desk.orders.cancel(second.serial, "客户反悔", FACTS.supervisor, FACTS.password).due == 0
    assert hall.desk.orders.cancel(first.serial, "客户反悔", FACTS.supervisor, FACTS.password).due == -deposit
    assert sound(hall)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (("C7.2", {"clip": "y"}), ("C7.2", {"clip": "y"})),
        (("C7.4", {"subscribe": "VMAIL"}), ("C7.4", {"subscribe": "VMAIL"})),
        (("C6", {"action": "suspend", "cause": "loss"}), ("C7.1", {"long_distance": "none"})),
        (("C9", {"action": "close"}), ("C7.2", {"clip": "y"})),
    ],
)
def test_what_does_not_go_together_is_seen_before_the_payment(
    hall: Hall, before: tuple[str, dict[str, str]], after: tuple[str, dict[str, str]]
) -> None:
    line = a_line(hall)
    first, second = (hall.desk.forms.begin(code, {**line, **typed}) for code, typed in (before, after))
    if first.qualification.verdict == "override":
        first = hall.desk.approvals.approve(first.id, FACTS.supervisor, FACTS.password)
    assert "number" not in second.errors
    hall.desk.basket.collect(first.id) if first.quote.due >= 0 else pytest.skip("it pays money out")
    with pytest.raises(BadForm) as refused:
        hall.desk.basket.collect(second.id)
    assert set(refused.value.errors) >= {"number"}
    assert [code for _, code, _, _ in hall.desk.basket.shown().forms] == [before[0]]


def test_a_plan_and_the_services_that_go_with_it(hall: Hall) -> None:
    """Different things of one number go together, and nothing of the rehearsal stays."""
    line = a_line(hall)
    before = {model: len(hall.rows(model)) for model in (ProductOrder, Payment, PaperDocument)}
    forms = {"C7.2": {"waiting": "y"}, "C7.4": {"subscribe": "VMAIL"}, "C7.1": {"long_distance": "none"}}
    for code, typed in forms.items():
        hall.desk.basket.collect(hall.desk.forms.begin(code, {**line, **typed}).id)
    assert before == {model: len(hall.rows(model)) for model in before}
    done = hall.desk.basket.complete([])
    assert len({outcome.serial for outcome in done.outcomes}) == 3
    assert not any("#" in outcome.serial for outcome in done.outcomes)
    network_answers(hall)
    assert sound(hall)
