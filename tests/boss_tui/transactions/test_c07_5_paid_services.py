"""C7.5 付费业务: the list, a double yes, cancelling, disputes and what the provider answers, barring a provider."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pytest

from boss_tui.answers.business import DraftView, Outcome
from boss_tui.desk import Desk
from data.errors import BadForm, NotAllowed
from data.message import Message
from data.tables.account import BalanceBucket
from data.tables.customer import Customer
from data.tables.finance import PostingLine
from data.tables.network import WorkOrder
from data.tables.order import ProductOrder, Subscription
from data.tables.parameter import Parameter
from data.tables.provider import Dispute, ProviderBar, ProviderSubscription
from data.tables.service import ChargeSchedule, SettlementEntry
from tests.boss_tui.transactions.following import findings, network_answers
from tests.hall import FACTS, Hall
from tests.handed import handed_change


def a_line(hall: Hall, service: str = "", *, postpaid: bool = True) -> Subscription:
    """The first active line that has a provider's service, or (empty) nothing of any."""
    has = {row.subscription_id: row.service for row in hall.rows(ProviderSubscription, state="active")}
    lines: list[Subscription] = hall.rows(Subscription, state="active", order=("number",))
    return next(s for s in lines if has.get(s.id, "") == service and (s.pay_type == "postpaid") == postpaid)


def begin(hall: Hall, line: Subscription, desk: Desk | None = None, **typed: str) -> DraftView:
    """A form of C7.5."""
    (owner,) = hall.rows(Customer, id=line.customer_id)
    at = desk or hall.desk
    return at.forms.begin("C7.5", {"number": line.number, "document_number": owner.document_number, **typed})


def do(hall: Hall, line: Subscription, action: str, service: str, desk: Desk | None = None, **typed: str) -> Outcome:
    """A whole C7.5, and the platform's work done by hand."""
    yes = {"price_told": "y", "agrees_again": "y"} if action == "subscribe" else {}
    view = begin(hall, line, desk, action=action, service=service, **yes, **typed)
    assert not view.errors, view.errors
    outcome = (desk or hall.desk).orders.complete(view.id, [])
    assert findings(hall) == []
    network_answers(hall)
    assert findings(hall) == []
    return outcome


def charged(hall: Hall, line: Subscription) -> dict[str, int]:
    """What is charged a month for providers' services."""
    rows = hall.rows(ChargeSchedule, subscription_id=line.id, item="provider_fee", state="running")
    return {row.product: row.amount for row in rows}


def has(hall: Hall, line: Subscription) -> set[str]:
    """What a line has of providers."""
    return {row.service for row in hall.rows(ProviderSubscription, subscription_id=line.id, state="active")}


def test_what_partners_charge_is_listed_once_the_customer_is_known(hall: Hall) -> None:
    line = a_line(hall, "STARS")
    nobody = hall.desk.forms.begin("C7.5", {"number": line.number})
    assert "paid_services" not in nobody.facts
    (one,) = begin(hall, line).facts["paid_services"]
    assert (one["code"], one["fee"], one["told_by"], one["state"]) == ("STARS", 800, "message", "active")
    assert any("ordered by a message" in str(notice.text) for notice in begin(hall, line).notices)


def test_to_subscribe_the_customer_agrees_twice(hall: Hall) -> None:
    line = a_line(hall)
    once = begin(hall, line, action="subscribe", service="MUSIC", price_told="y")
    assert set(once.errors) == {"agrees_again"}
    with pytest.raises(BadForm):
        hall.desk.orders.complete(once.id, [])
    outcome = do(hall, line, "subscribe", "music")
    (work,) = hall.rows(WorkOrder, order_id=outcome.order_id)
    assert (work.kind, json.loads(work.parameters)["provider"]) == ("manual", "SP001")
    (row,) = hall.rows(ProviderSubscription, subscription_id=line.id)
    assert (row.service, row.told_by, row.order_id) == ("MUSIC", "counter", outcome.order_id)
    assert charged(hall, line) == {"MUSIC": 1_000}


def test_what_is_charged_by_the_piece_has_no_monthly_fee(hall: Hall) -> None:
    line = a_line(hall)
    do(hall, line, "subscribe", "GAME")
    assert (has(hall, line), charged(hall, line)) == ({"GAME"}, {})


def test_cancelled_it_is_charged_no_more_and_can_be_had_again(hall: Hall) -> None:
    line = a_line(hall, "STARS")
    do(hall, line, "cancel", "STARS")
    assert (has(hall, line), charged(hall, line)) == (set(), {})
    do(hall, line, "subscribe", "STARS")
    assert (has(hall, line), charged(hall, line)) == ({"STARS"}, {"STARS": 800})


def test_a_barred_provider_sells_nothing_to_the_line_until_the_bar_is_lifted(hall: Hall) -> None:
    line = a_line(hall, "STARS")
    do(hall, line, "bar", "GAME")  # of the same provider
    assert has(hall, line) == set()
    refused = begin(hall, line, action="subscribe", service="STARS", price_told="y", agrees_again="y")
    assert "barred" in str(refused.errors["service"])
    do(hall, line, "unbar", "STARS")
    do(hall, line, "subscribe", "STARS")
    do(hall, line, "bar", "STARS")
    assert [bar.state for bar in hall.rows(ProviderBar, subscription_id=line.id)] == ["active"]


def test_a_disputed_charge_is_asked_for_and_given_back_when_the_provider_agrees(hall: Hall) -> None:
    line = a_line(hall, "STARS")
    bucket = hall.rows(BalanceBucket, account_id=line.account_id, kind="prepaid")[0].amount
    asked = do(hall, line, "dispute", "STARS", month="2026-10", reason="没有订过")
    assert asked.state == "completed"
    (dispute,) = hall.rows(Dispute)
    assert (dispute.amount, dispute.state) == (800, "requested")
    assert hall.rows(SettlementEntry, order_id=asked.order_id) == []
    clerk = begin(hall, line, action="refunded", service="STARS")
    assert clerk.qualification.verdict == "override"
    chief = hall.counter(FACTS.supervisor, "HZ0102")
    chief.till.open_shift(10_000)
    given = do(hall, line, "refunded", "STARS", chief)
    assert (given.due, hall.rows(Dispute)[0].state) == (0, "refunded")
    assert hall.rows(BalanceBucket, account_id=line.account_id, kind="prepaid")[0].amount == bucket + 800
    (entry,) = hall.rows(SettlementEntry, order_id=given.order_id)
    assert (entry.partner, entry.amount) == ("SP004", -800)
    assert sum(row.amount for row in hall.rows(PostingLine, account="2241")) == 800
    again = begin(hall, line, action="dispute", service="STARS", month="2026-10", reason="再要一次")
    assert "already" in str(again.errors["month"])


def test_a_refused_dispute_moves_no_money_and_can_be_made_again(hall: Hall) -> None:
    line = a_line(hall, "STARS")
    do(hall, line, "dispute", "STARS", month="2026-10", amount="5", reason="没有订过")
    chief = hall.counter(FACTS.supervisor, "HZ0102")
    chief.till.open_shift(10_000)
    outcome = do(hall, line, "refused", "STARS", chief)
    assert hall.rows(SettlementEntry, order_id=outcome.order_id) == []
    assert [(d.amount, d.state) for d in hall.rows(Dispute)] == [(500, "refused")]
    do(hall, line, "dispute", "STARS", month="2026-10", reason="有录音为证")


WRONG: list[tuple[dict[str, str], str, str]] = [
    ({"number": "13900000000"}, "number", "Nobody has the number"),
    ({"document_number": ""}, "document_number", "owner's document"),
    ({"document_number": FACTS.red_listed.document_number}, "document_number", "not the document"),
    ({"document_number": "", "password": "111111"}, "password", "wrong"),
    ({"action": "steal"}, "action", "Not one of the choices"),
    ({"service": "NOTHING"}, "service", "No provider sells"),
    ({"action": "subscribe"}, "service", "has this service already"),
    ({"service": "MUSIC"}, "service", "does not have"),
    ({"action": "unbar"}, "service", "not barred"),
    ({"action": "refused"}, "service", "No dispute"),
    ({"action": "dispute", "month": "2026-10"}, "reason", "what the customer says"),
    ({"action": "dispute", "reason": "没有订过"}, "month", "Which month"),
    ({"action": "dispute", "reason": "没有订过", "month": "2026-13"}, "month", "A month such as"),
    ({"action": "dispute", "reason": "没有订过", "month": "2026-12"}, "month", "did not have it"),
    ({"action": "dispute", "reason": "没有订过", "month": "2026-10", "amount": "8.01"}, "amount", "8.00"),
    ({"action": "dispute", "reason": "没有订过", "month": "2026-10", "amount": "0"}, "amount", "Between"),
]


@pytest.mark.parametrize(("wrong", "field", "words"), WRONG)
def test_a_wrong_form_is_refused_beside_its_field(hall: Hall, wrong: dict[str, str], field: str, words: str) -> None:
    orders = len(hall.rows(ProductOrder))
    view = begin(hall, a_line(hall, "STARS"), None, **{"action": "cancel", "service": "STARS", **wrong})
    assert words in str(view.errors[field])
    with pytest.raises((BadForm, NotAllowed)):
        hall.desk.orders.complete(view.id, [])
    assert len(hall.rows(ProductOrder)) == orders


def test_managers_say_how_old_a_month_may_be_that_is_disputed(hall: Hall) -> None:
    """The business date is of November: with 0 months before it October is too old."""
    line = a_line(hall, "STARS")

    def errors() -> Mapping[str, Message]:
        return begin(hall, line, action="dispute", service="STARS", month="2026-10", reason="没有订过").errors

    assert "month" not in errors()
    handed_change(hall.store, Parameter, name="dispute_months", business="", value=0)
    assert "last 0 months" in str(errors()["month"])


def test_a_cancelled_order_leaves_everything_as_it_was(hall: Hall) -> None:
    line = a_line(hall, "STARS")
    view = begin(hall, line, action="bar", service="STARS")
    outcome = hall.desk.orders.complete(view.id, [])
    hall.desk.orders.cancel(outcome.serial, "客户反悔", FACTS.supervisor, FACTS.password)
    assert (has(hall, line), hall.rows(ProviderBar), findings(hall)) == ({"STARS"}, [], [])


def test_the_lists_show_what_is_sold_and_what_the_line_has(hall: Hall) -> None:
    line = a_line(hall, "STARS")
    sold = begin(hall, line, action="subscribe")
    assert [c.value for c in hall.desk.forms.choices(sold.id, "service", "")] == [
        "MUSIC",
        "MORNING",
        "READ",
        "GAME",
        "STARS",
    ]
    mine = begin(hall, line, action="cancel")
    assert [c.value for c in hall.desk.forms.choices(mine.id, "service", "")] == ["STARS"]
    hall.desk.serving.next_customer()
    assert hall.desk.forms.choices(mine.id, "service", "") == []


def test_each_cell_is_alive_or_says_why_not(hall: Hall) -> None:
    line = a_line(hall, "STARS")
    do(hall, line, "cancel", "STARS")
    do(hall, line, "dispute", "STARS", month="2026-10", reason="没有订过")
    chief = hall.counter(FACTS.supervisor, "HZ0102")
    chief.till.open_shift(10_000)
    do(hall, line, "refunded", "STARS", chief)
    do(hall, line, "subscribe", "READ")
    cells = {cell.code: cell for cell in hall.desk.lookups.matrix("C7.5")}
    assert [code for code, cell in cells.items() if cell.state == "waiting"] == []
    assert len(cells) == 20
