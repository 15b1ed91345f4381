"""Completing one form, or several in one go: what is written down of it, who has allowed it, where money goes."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Any

import pytest

from boss_tui.answers.business import DraftView, Notice, Outcome, Qualification, Quote, QuoteLine, Reason, Tender
from boss_tui.business.registry import BUSINESSES
from boss_tui.desk import basket, offline, orders
from boss_tui.desk.runs import business
from boss_tui.forms.typed import yuan
from data.errors import BadForm, Expired, NeedsApproval, NotAllowed, NotFound
from data.message import Message, say
from data.parameters import OFFLINE_LIMIT
from data.tables.document import PaperDocument
from data.tables.finance import Payment, Shift
from data.tables.order import Draft, ProductOrder
from data.tables.organisation import Authority, RoleRight
from data.tables.resource import Reservation
from data.tables.service import Figure
from data.tables.sync import JournalEntry
from tests.boss_tui.components.rows import Rows
from tests.boss_tui.desk.shop import Shop
from tests.hall import FACTS

LIMIT = OFFLINE_LIMIT.of_business["C12"]
NOTHING: Any = Rows()


def filled(shop: Shop, code: str, **typed: Any) -> DraftView:
    view = shop.desk.forms.begin(code, {**shop.desk.forms.example(code), **typed})
    assert not view.errors, view.errors
    return view


def cash(view: DraftView, more: int = 0) -> list[Tender]:
    return [Tender("cash", view.quote.due + more)]


def written(shop: Shop, done: Outcome) -> ProductOrder:
    row: ProductOrder = shop.one(ProductOrder, id=done.order_id)
    return row


@pytest.mark.parametrize(("code", "state"), [("C1", "inProgress"), ("C12", "completed")])
def test_what_was_done_is_written_down_as_it_was_typed_but_for_secrets(shop: Shop, code: str, state: str) -> None:
    view = filled(shop, code)
    typed = json.loads(shop.one(Draft, id=view.id).values_json)
    done = shop.desk.orders.complete(view.id, cash(view, 500))
    order = written(shop, done)
    assert (order.state, order.completed_at) == (state, shop.at() if state == "completed" else "")
    assert (order.business, order.draft_id, order.amount, order.collection) == (code, view.id, view.quote.due, "")
    assert (order.outlet, order.counter, order.operator, order.approved_by) == ("HZ01", "HZ0101", FACTS.clerk, "")
    assert (order.business_date, order.created_at) == ("2026-11-23", shop.at())
    assert json.loads(order.form_json) == {name: v for name, v in typed.items() if name not in view.secrets}
    assert bool(view.secrets) is (code == "C1")
    assert str(typed.get("name") or "") in order.form_json, "as it is read, not escaped"
    draft = shop.one(Draft, id=view.id)
    assert (draft.state, draft.order_id, draft.touched_at) == ("completed", order.id, shop.at())
    assert (done.serial, done.code, done.state) == (order.serial, code, state)
    assert (done.due, done.tendered, done.change) == (view.quote.due, view.quote.due + 500, 500)
    assert done.title == view.title
    assert done.facts["customer_id"] == order.customer_id
    assert not shop.rows(Reservation, draft_id=view.id, state="active")
    (entry,) = shop.rows(JournalEntry, serial=order.serial)
    assert (entry.kind, entry.operator) == (code, FACTS.clerk)


def test_done_once_more_it_answers_with_what_it_brought(shop: Shop) -> None:
    view = filled(shop, "C12")
    first = shop.desk.orders.complete(view.id, cash(view))
    entries = len(shop.rows(JournalEntry))
    again = shop.desk.orders.complete(view.id, [])
    assert (again.order_id, again.serial, again.state) == (first.order_id, first.serial, first.state)
    assert (again.due, again.tendered, again.change) == (first.due, first.due, 0)
    assert [paper.id for paper in again.papers] == [paper.id for paper in shop.desk.lookups.papers(first.serial)]
    assert (again.title, len(shop.rows(JournalEntry)) - entries) == (first.title, 1)  # that the papers were opened


@pytest.mark.parametrize(
    ("state", "order", "known"),
    [("completed", True, True), ("completed", False, False), ("abandoned", True, False), ("open", False, False)],
)
def test_only_what_is_completed_was_done_before(shop: Shop, state: str, order: bool, known: bool) -> None:
    view = filled(shop, "C12")
    done = shop.desk.orders.complete(view.id, cash(view))
    shop.alter(Draft, {"id": view.id}, state=state, order_id=done.order_id if order else None)
    with shop.store.reading() as reading:
        found = orders._done_before(reading, view.id)
        assert orders._done_before(reading, "none") is None
    assert (found is not None) is known


@pytest.mark.parametrize("code", ["C1", "C12", "C11"])
def test_who_it_was_done_for_is_in_view_with_their_number(shop: Shop, code: str) -> None:
    shop.desk.serving.next_customer()
    view = filled(shop, code)
    shop.desk.serving.next_customer()
    done = shop.desk.orders.complete(view.id, cash(view))
    customer = done.facts["customer_id"]
    expected = (customer, str(done.facts.get("number") or "")) if customer else ("", "")
    assert shop.desk.seat.in_view.key == expected


def test_a_form_that_is_wrong_or_not_allowed_stays_as_it_was(shop: Shop) -> None:
    view = filled(shop, "C12")
    shop.desk.forms.fill(view.id, {"number": "123"})
    before = shop.one(Draft, id=view.id)
    with pytest.raises(BadForm):
        shop.desk.orders.complete(view.id, cash(view))
    shop.alter(Shift, {"till": FACTS.counter, "state": "open"}, state="closed")
    other, figures = shop.desk.forms.begin("C12", shop.desk.forms.example("C12")), shop.rows(Figure)
    with pytest.raises(NotAllowed) as refused:
        shop.desk.orders.complete(other.id, cash(other))
    assert "shift" in str(refused.value)
    assert [str(reason) for reason in refused.value.reasons] == [str(refused.value)]
    assert shop.one(Draft, id=view.id) == before
    assert shop.rows(Figure) == figures


def test_what_a_supervisor_must_approve_is_not_done_before(shop: Shop) -> None:
    shop.alter(RoleRight, {"role": "clerk", "business": "C12"}, approval="supervised")
    view = filled(shop, "C12")
    with pytest.raises(NeedsApproval) as refused:
        shop.desk.orders.complete(view.id, cash(view))
    assert str(refused.value).startswith("A supervisor must approve this: A supervisor must approve this business")
    assert len(refused.value.reasons) == 1


@pytest.mark.parametrize(
    "bounds", [{}, {"amount_limit": 1}, {"operator": "1002"}, {"business": "C2"}, {"uses_left": 2}]
)
def test_what_was_allowed_in_advance_is_used_by_what_it_covers(shop: Shop, bounds: dict[str, Any]) -> None:
    shop.alter(RoleRight, {"role": "clerk", "business": "C12"}, approval="supervised")
    standard = {
        "outlet": FACTS.outlet,
        "number": 7,
        "kind": "grant",
        "supervisor": FACTS.supervisor,
        "made_at": shop.at(),
        "valid_until": shop.at(hours=1),
    }
    shop.add(Authority, id="a", **{**standard, **bounds})
    view = filled(shop, "C12")
    covered = bounds in ({}, {"uses_left": 2})
    told = [str(n.text) for n in view.notices if "in advance" in str(n.text)]
    assert told == (["Allowed by 2001 in advance (No. 7)."] if covered else [])
    assert view.qualification.verdict == ("yes" if covered else "override")
    if not covered:
        with pytest.raises(NeedsApproval):
            shop.desk.orders.complete(view.id, cash(view))
        return
    assert written(shop, shop.desk.orders.complete(view.id, cash(view))).approved_by == FACTS.supervisor
    left = bounds.get("uses_left", 1) - 1
    authority = shop.one(Authority, id="a")
    assert (authority.uses_left, authority.state) == (left, "active" if left else "used_up")


@pytest.mark.parametrize(
    ("reasons", "error", "told"),
    [
        ((), None, ""),
        (("yes", "fine"), None, ""),
        (("no", "never"), NotAllowed, "never"),
        (("override", "ask"), NeedsApproval, "A supervisor must approve this: ask"),
        (("override", "ask", "no", "never"), NotAllowed, "ask"),
        (("override", "ask", "override", "more"), NeedsApproval, "A supervisor must approve this: ask"),
    ],
)
def test_the_strictest_answer_counts(reasons: tuple[str, ...], error: type[NotAllowed] | None, told: str) -> None:
    pairs: list[tuple[Any, str]] = list(zip(reasons[::2], reasons[1::2], strict=True))
    against = Qualification(tuple(Reason("rule", verdict, say("{text}", text=why)) for verdict, why in pairs))
    if error is None:
        orders._must_qualify(against)
        return
    with pytest.raises(NotAllowed) as refused:
        orders._must_qualify(against)
    assert (type(refused.value), str(refused.value)) == (error, told)
    assert [str(reason) for reason in refused.value.reasons] == [why for _, why in pairs]


def test_a_rest_of_the_change_is_one_line_more(shop: Shop) -> None:
    view = filled(shop, "C1")
    done = shop.desk.orders.complete(view.id, [*cash(view, 500), Tender("rest", 300)])
    assert (done.due, done.change) == (view.quote.due + 300, 200)
    assert written(shop, done).amount == view.quote.due + 300
    other = filled(shop, "C11")
    with pytest.raises(NotAllowed) as refused:
        shop.desk.orders.complete(other.id, [*cash(other, 500), Tender("rest", 300)])
    assert refused.value.field == "tenders"


def test_there_is_no_other_business() -> None:
    assert business("C1") is BUSINESSES["C1"]
    for code in ("C99", "", "c1"):
        with pytest.raises(NotFound, match="There is no business"):
            business(code)


# several in one go


def test_what_waits_is_told_with_each_price_and_the_price_together(shop: Shop) -> None:
    assert shop.desk.basket.shown().forms == ()
    assert shop.desk.basket.shown().keeps_rest is False
    first, second = filled(shop, "C12"), filled(shop, "C1")
    shop.desk.basket.collect(first.id)
    basket = shop.desk.basket.collect(second.id)
    assert basket.forms == (
        (first.number, "C12", first.title, first.quote.due),
        (second.number, "C1", second.title, second.quote.due),
    )
    assert basket.quote.due == first.quote.due + second.quote.due
    assert basket.quote.lines == (*first.quote.lines, *second.quote.lines)
    assert basket.keeps_rest is True
    for view in (first, second):
        draft = shop.one(Draft, id=view.id)
        assert (draft.state, draft.collection, draft.touched_at) == ("held", FACTS.counter, shop.at())
    assert shop.rows(ProductOrder, draft_id=first.id) == []
    assert shop.counter("1002", "HZ0102").basket.shown().forms == ()


@pytest.mark.parametrize(("codes", "keeps"), [(("C1", "C11"), False), (("C11", "C1"), True)])
def test_a_rest_goes_where_the_last_form_has_a_balance(shop: Shop, codes: tuple[str, str], keeps: bool) -> None:
    for code in codes:
        shop.desk.basket.collect(filled(shop, code).id)
    assert shop.desk.basket.shown().keeps_rest is keeps


def test_a_form_that_is_wrong_or_pays_out_does_not_wait(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    bad = shop.desk.forms.begin("C12")
    with pytest.raises(BadForm):
        shop.desk.basket.collect(bad.id)
    view = filled(shop, "C12")
    for due, taken in ((-1, False), (0, True)):
        quote = Quote((QuoteLine("x", Message("x"), 0, due, due),))
        monkeypatch.setattr(basket.Collecting, "_rehearsed", lambda *_, q=quote, **__: [Quote(), q])
        monkeypatch.setattr(basket.Collecting, "shown", lambda _: None)
        if taken:
            shop.desk.basket.collect(view.id)
        else:
            with pytest.raises(NotAllowed, match="complete it by itself"):
                shop.desk.basket.collect(view.id)
        assert shop.one(Draft, id=view.id).state == ("held" if taken else "open")


def test_one_that_is_past_its_time_waits_no_more(shop: Shop) -> None:
    shop.desk.basket.collect(filled(shop, "C12").id)
    shop.clock.move(hours=12)
    assert shop.desk.basket.shown().forms == ()
    with pytest.raises(Expired, match="Nothing waits in the basket"):
        shop.desk.basket.complete([])


@pytest.mark.parametrize(("more", "rest"), [(0, 0), (700, 0), (700, 200), (700, 700)])
def test_one_payment_and_one_receipt_with_change_and_rest_once(shop: Shop, more: int, rest: int) -> None:
    views = [filled(shop, code) for code in ("C12", "C1")]
    for view in views:
        shop.desk.basket.collect(view.id)
    due = sum(view.quote.due for view in views)
    kept = [Tender("rest", rest)] if rest else []
    done = shop.desk.basket.complete([Tender("card", 1_000, "POS9"), Tender("cash", due - 1_000 + more), *kept])
    assert (done.due, done.tendered, done.change) == (due + rest, due + more, more - rest)
    assert [outcome.code for outcome in done.outcomes] == ["C12", "C1"]
    assert [outcome.due for outcome in done.outcomes] == [views[0].quote.due, views[1].quote.due + rest]
    orders = [written(shop, outcome) for outcome in done.outcomes]
    assert len({order.collection for order in orders}) == 1
    assert orders[0].collection
    assert len({order.serial for order in orders}) == 2
    (receipt,) = shop.rows(PaperDocument, collection=orders[0].collection)
    assert (receipt.amount, [paper.id for paper in done.papers]) == (due + rest, [receipt.id])
    paid = [payment.due for order in orders for payment in shop.rows(Payment, order_id=order.id)]
    assert sum(paid) == due + rest
    (entry,) = shop.rows(JournalEntry, kind="collection")
    assert entry.serial == orders[-1].serial
    assert {order.state for order in orders} == {"completed", "inProgress"}


def test_a_card_s_slip_that_has_paid_before_pays_no_basket(shop: Shop) -> None:
    view = filled(shop, "C12")
    shop.desk.orders.complete(view.id, [Tender("card", view.quote.due, "POS1")])
    again = filled(shop, "C1")
    shop.desk.basket.collect(again.id)
    with pytest.raises(NotAllowed):
        shop.desk.basket.complete([Tender("card", again.quote.due, "POS1")])
    assert [draft.state for draft in shop.rows(Draft, id=again.id)] == ["held"]


def test_each_is_looked_at_as_those_before_it_will_have_left_the_book(shop: Shop) -> None:
    """Also one that costs nothing: the second change of plan would find the first under way."""
    typed = shop.desk.forms.example("C8")
    first, second = filled(shop, "C8", **typed), filled(shop, "C8", **typed)
    assert first.quote.due == 0
    shop.desk.basket.collect(first.id)
    with pytest.raises(BadForm) as refused:
        shop.desk.basket.collect(second.id)
    assert list(refused.value.errors) == ["plan"]
    assert [form[0] for form in shop.desk.basket.shown().forms] == [first.number]


def test_the_form_that_can_not_be_done_is_named(shop: Shop) -> None:
    view = filled(shop, "C12")
    shop.desk.basket.collect(view.id)
    shop.alter(RoleRight, {"role": "clerk", "business": "C12"}, approval="supervised")
    with pytest.raises(NotAllowed) as refused:
        shop.desk.basket.shown()
    assert str(refused.value).startswith(f"No. {view.number} (C12): ")


# without a link


@pytest.mark.parametrize(
    ("code", "due", "online", "refused"),
    [
        ("C1", 0, False, False),
        ("C5", 0, False, True),
        ("C5", 0, True, False),
        ("C13", 0, False, False),
        ("C12", LIMIT, False, False),
        ("C12", LIMIT + 1, False, True),
        ("C12", -LIMIT - 1, False, True),
        ("C12", -LIMIT, False, False),
        ("C12", LIMIT + 1, True, False),
    ],
)
def test_what_may_be_done_without_a_link(code: str, due: int, online: bool, refused: bool) -> None:
    run: Any = SimpleNamespace(
        context=SimpleNamespace(business=code, online=online, tx=NOTHING),
        quote=Quote((QuoteLine("x", Message("x"), 0, due, due),)),
    )
    told = str(offline.in_words(NOTHING, code))
    assert [(r.rule, r.verdict, str(r.message)) for r in offline.reasons(run)] == (
        [("offline", "no", told)] if refused else []
    )
    noticed = not online and BUSINESSES[code].offline != "allowed"
    assert offline.notices(run) == ((Notice("notice", offline.in_words(NOTHING, code)),) if noticed else ())


def test_what_is_told_of_each_without_a_link(monkeypatch: pytest.MonkeyPatch) -> None:
    assert str(offline.in_words(NOTHING, "C12")) == f"Without a link: up to {yuan(LIMIT)} yuan."
    assert "hold it (F6)" in str(offline.in_words(NOTHING, "C5"))
    monkeypatch.setattr(BUSINESSES["C1"], "offline", "refused")
    assert str(offline.in_words(NOTHING, "C1")) == "This needs headquarters, which can't be reached now."
