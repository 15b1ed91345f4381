"""C7.4 增值业务: several subscribed and cancelled at once, what goes together, the card, the price, the partner."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from boss_tui.answers.business import DraftView, Outcome
from data.errors import BadForm, NotAllowed
from data.tables.customer import Customer
from data.tables.network import WorkOrder
from data.tables.order import ProductOrder, Subscription, SubscriptionProduct
from data.tables.product import Product, ProductRelation
from data.tables.resource import SimCard
from data.tables.service import ChargeSchedule, SettlementEntry
from tests.boss_tui.transactions.following import findings, network_answers
from tests.hall import FACTS, Hall


def has(hall: Hall, line: Subscription) -> set[str]:
    """The products of a line."""
    return {row.product for row in hall.rows(SubscriptionProduct, subscription_id=line.id, state="active")}


def a_line(hall: Hall, plan: str = "P58", without: str = "RBT", card: str = "") -> Subscription:
    """The first active line with a plan and a card, and without a service."""
    cards = {c.iccid: c.kind for c in hall.rows(SimCard, state="in_use")}
    lines: list[Subscription] = hall.rows(Subscription, plan=plan, state="active", order=("number",))
    return next(s for s in lines if without not in has(hall, s) and (not card or cards[s.iccid] == card))


def begin(hall: Hall, line: Subscription, **typed: str) -> DraftView:
    """A form of C7.4."""
    (owner,) = hall.rows(Customer, id=line.customer_id)
    return hall.desk.forms.begin("C7.4", {"number": line.number, "document_number": owner.document_number, **typed})


def change(hall: Hall, line: Subscription, **typed: str) -> Outcome:
    """A whole C7.4, and the answers to it."""
    view = begin(hall, line, **typed)
    assert not view.errors, view.errors
    outcome = hall.desk.orders.complete(view.id, [])
    assert findings(hall) == []
    network_answers(hall)
    assert findings(hall) == []
    return outcome


def charged(hall: Hall, line: Subscription) -> dict[str, int]:
    """What is charged a month for services."""
    rows = hall.rows(ChargeSchedule, subscription_id=line.id, state="running", item="value_added_fee")
    return {row.product: row.amount for row in rows}


def test_several_begin_and_end_with_one_order(hall: Hall) -> None:
    line = a_line(hall)
    outcome = change(hall, line, subscribe="rbt, weather")
    acts = [(w.kind, json.loads(w.parameters)) for w in hall.rows(WorkOrder, order_id=outcome.order_id)]
    assert acts == [("manual", {"product": "RBT", "msisdn": line.number, "on": "on"})]
    assert {"RBT", "WEATHER"} <= has(hall, line)
    assert (charged(hall, line)["RBT"], charged(hall, line)["WEATHER"]) == (500, 300)
    change(hall, line, subscribe="IDD", cancel="WEATHER，RBT")
    assert {"RBT", "WEATHER"} & has(hall, line) == set()
    assert {"RBT", "WEATHER"} & set(charged(hall, line)) == set()
    assert "IDD" in charged(hall, line)


def test_what_ended_can_be_ordered_again(hall: Hall) -> None:
    line = a_line(hall)
    for typed in ({"subscribe": "IDD"}, {"cancel": "IDD"}, {"subscribe": "IDD"}):
        assert change(hall, line, **typed).state == "completed"
    (row,) = hall.rows(SubscriptionProduct, subscription_id=line.id, product="IDD")
    assert (row.state, row.valid_from, row.valid_to) == ("active", "2026-11-23", "")
    assert charged(hall, line)["IDD"] == 1_000


def test_a_partner_has_its_share_of_the_days_of_this_month(hall: Hall) -> None:
    line = a_line(hall)
    outcome = change(hall, line, subscribe="WEATHER,IDD")
    (share,) = hall.rows(SettlementEntry, order_id=outcome.order_id)
    assert (share.partner, share.kind, share.amount) == ("SP002", "share", 300 * 8 * 85 // (30 * 100))


def test_dependencies_are_looked_at_over_the_whole_set_after_the_change(hall: Hall) -> None:
    line = a_line(hall)
    assert "needs" in str(begin(hall, line, subscribe="IROAM").errors["subscribe"])
    change(hall, line, subscribe="IROAM,IDD")
    assert "needs" in str(begin(hall, line, cancel="IDD").errors["cancel"])
    change(hall, line, cancel="IDD,IROAM")


def test_an_stk_service_needs_an_stk_card(hall: Hall) -> None:
    plain = a_line(hall, "P88", "BANK", "32K")
    assert "card of kind STK" in str(begin(hall, plain, subscribe="BANK").errors["subscribe"])
    stk = a_line(hall, "P58", "BANK", "STK")
    outcome = change(hall, stk, subscribe="BANK,STOCK")
    assert [w.kind for w in hall.rows(WorkOrder, order_id=outcome.order_id)] == ["manual"]


def test_the_lists_show_what_the_line_may_have_and_what_it_has(hall: Hall) -> None:
    line = a_line(hall)
    view = begin(hall, line)
    may = [choice.value for choice in hall.desk.forms.choices(view.id, "subscribe", "")]
    assert "RBT" in may
    assert not {"CLIP", "DATA"} & set(may)
    more = [choice.value for choice in hall.desk.forms.choices(view.id, "subscribe", "RBT,")]
    assert all(value.startswith("RBT,") and value != "RBT,RBT" for value in more)
    mine = [choice.value for choice in hall.desk.forms.choices(view.id, "cancel", "")]
    assert "DATA" in mine
    assert not {"RBT", "CLIP"} & set(mine)


WRONG: list[tuple[dict[str, str], str, str]] = [
    ({"number": "13900000000"}, "number", "Nobody has the number"),
    ({"document_number": ""}, "document_number", "owner's document"),
    ({"document_number": FACTS.red_listed.document_number}, "document_number", "not the document"),
    ({"document_number": "", "password": "111111"}, "password", "wrong"),
    ({"subscribe": "NOTHING"}, "subscribe", "no product"),
    ({"subscribe": "P88"}, "subscribe", "no product"),
    ({"subscribe": "DATA"}, "subscribe", "already"),
    ({"subscribe": "CLIP"}, "subscribe", "C7.2"),
    ({"subscribe": "RBT,NETCARD"}, "subscribe", "exclude each other"),
    ({"cancel": "DATA"}, "cancel", "belongs to the plan"),
    ({"cancel": "WEATHER", "subscribe": "IDD"}, "cancel", "does not have"),
    ({"cancel": "P58"}, "cancel", "does not have"),
]


@pytest.mark.parametrize(("wrong", "field", "words"), WRONG)
def test_a_wrong_form_is_refused_beside_its_field(hall: Hall, wrong: dict[str, str], field: str, words: str) -> None:
    orders = len(hall.rows(ProductOrder))
    view = begin(hall, a_line(hall), **wrong)
    assert words in str(view.errors[field])
    with pytest.raises((BadForm, NotAllowed)):
        hall.desk.orders.complete(view.id, [])
    assert len(hall.rows(ProductOrder)) == orders


def test_a_prepaid_line_has_what_is_sold_to_it(hall: Hall) -> None:
    line = hall.rows(Subscription, state="active", pay_type="prepaid", order=("number",))[0]
    assert "paid like this" in str(begin(hall, line, subscribe="RBT").errors["subscribe"])


OFFERED = ["RBT", "WEATHER", "IDD", "IROAM", "VMAIL", "NETCARD", "STOCK", "BANK"]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(begins=st.lists(st.sampled_from(OFFERED), unique=True), ends=st.lists(st.sampled_from(OFFERED), unique=True))
def test_whatever_is_asked_for_either_fits_together_or_is_refused(
    hall: Hall, begins: list[str], ends: list[str]
) -> None:
    line = a_line(hall, "P58", "", "STK")
    before = has(hall, line)
    view = begin(hall, line, subscribe=",".join(begins), cancel=",".join(ends))
    if view.errors or view.qualification.verdict != "yes":
        assert has(hall, line) == before
        hall.desk.forms.abandon(view.id)
        return
    hall.desk.orders.complete(view.id, [])
    network_answers(hall)
    after = has(hall, line)
    assert after == (before | set(begins) - set(ends)) - (set(ends) - set(begins))
    for relation in hall.rows(ProductRelation):
        if relation.product in after and relation.relation != "contains":
            assert (relation.other in after) == (relation.relation == "needs")
    fees = {p.code for p in hall.rows(Product) if p.code in ("RBT", "WEATHER", "IDD", "IROAM", "VMAIL", "NETCARD")}
    assert set(charged(hall, line)) & fees == after & fees
    assert findings(hall) == []


def test_each_cell_is_alive_or_says_why_not(hall: Hall) -> None:
    change(hall, a_line(hall), subscribe="RBT")
    cells = {cell.code: cell for cell in hall.desk.lookups.matrix("C7.4")}
    assert [code for code, cell in cells.items() if cell.state == "waiting"] == []
    assert len(cells) == 20
