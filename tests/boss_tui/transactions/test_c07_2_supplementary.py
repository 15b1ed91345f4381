"""C7.2 程控: forwarding with its number, switched services, barring; one order for several, and only what changes."""

from __future__ import annotations

import json
from typing import Any

import pytest

from boss_tui.answers.business import DraftView, Outcome, Tender
from boss_tui.network.dialects import dialect
from data.errors import BadForm, NotAllowed
from data.tables.customer import Customer
from data.tables.life import ServiceParameter
from data.tables.network import WorkOrder
from data.tables.order import ProductOrder, Subscription, SubscriptionProduct
from data.tables.service import ChargeSchedule
from tests.boss_tui.transactions.following import findings, network_answers
from tests.hall import FACTS, Hall

HALL = "057188886666"


def a_line(hall: Hall, plan: str = "P58", **wanted: Any) -> Subscription:
    """The first active line with a plan."""
    found: list[Subscription] = hall.rows(Subscription, plan=plan, state="active", order=("number",), **wanted)
    return found[0]


def begin(hall: Hall, line: Subscription, **typed: str) -> DraftView:
    """A form of C7.2."""
    (owner,) = hall.rows(Customer, id=line.customer_id)
    return hall.desk.forms.begin("C7.2", {"number": line.number, "document_number": owner.document_number, **typed})


def change(hall: Hall, line: Subscription, **typed: str) -> Outcome:
    """A whole C7.2, and the network's answer."""
    view = begin(hall, line, **typed)
    assert not view.errors, view.errors
    outcome = hall.desk.orders.complete(view.id, [])
    assert findings(hall) == []
    network_answers(hall)
    assert findings(hall) == []
    return outcome


def works(hall: Hall, outcome: Outcome) -> list[tuple[str, dict[str, Any]]]:
    """What the network was asked, without the number."""
    rows = hall.rows(WorkOrder, order_id=outcome.order_id, order=("position",))
    return [(w.act, {k: v for k, v in json.loads(w.parameters).items() if k != "msisdn"}) for w in rows]


def has(hall: Hall, line: Subscription) -> set[str]:
    """The products of a line."""
    return {row.product for row in hall.rows(SubscriptionProduct, subscription_id=line.id, state="active")}


def forwarding(hall: Hall, line: Subscription) -> dict[str, str]:
    """Where its calls go."""
    rows = hall.rows(ServiceParameter, subscription_id=line.id, name="forward_to")
    return {row.service: row.value for row in rows if row.value}


def test_several_changes_make_one_order_and_only_what_changes_goes_to_the_network(hall: Hall) -> None:
    line = a_line(hall)
    outcome = change(hall, line, cfb=HALL, cfnry="13900001111", waiting="y", hold="y", conference="y", clip="n")
    assert works(hall, outcome) == [
        ("register_forwarding", {"kind": "busy", "number": HALL}),
        ("register_forwarding", {"kind": "no_reply", "number": "13900001111"}),
        ("set_supplementary", {"service": "waiting", "on": "on"}),
        ("set_supplementary", {"service": "hold", "on": "on"}),
        ("set_supplementary", {"service": "conference", "on": "on"}),
    ]
    assert forwarding(hall, line) == {"cfb": HALL, "cfnry": "13900001111"}
    assert {"CW", "HOLD", "MPTY"} <= has(hall, line)
    again = begin(hall, line, cfb=HALL, waiting="y")
    assert [str(reason.message) for reason in again.qualification.reasons] == ["Nothing is changed yet."]
    with pytest.raises(NotAllowed, match="Nothing is changed"):
        hall.desk.orders.complete(again.id, [])


def test_forwarding_is_moved_ended_and_shown_as_it_is(hall: Hall) -> None:
    line = a_line(hall)
    change(hall, line, cfu=HALL)
    assert begin(hall, line).notes["cfu"].values == {"number": HALL}
    moved = change(hall, line, cfu="13900001111")
    assert works(hall, moved) == [("register_forwarding", {"kind": "always", "number": "13900001111"})]
    ended = change(hall, line, cfu="n")
    assert works(hall, ended) == [("erase_forwarding", {"kind": "always", "number": "13900001111"})]
    assert forwarding(hall, line) == {}


def test_unconditional_forwarding_is_said_to_leave_the_others_without_effect(hall: Hall) -> None:
    line = a_line(hall)
    change(hall, line, cfb=HALL)
    told = [str(notice.text) for notice in begin(hall, line, cfu="13900001111").notices]
    assert any("other forwarding" in text for text in told)
    assert not any("other forwarding" in str(n.text) for n in begin(hall, line, cfu="13900001111", cfb="n").notices)


def test_what_it_costs_is_said_with_its_first_day_and_charged_from_it(hall: Hall) -> None:
    line = next(s for s in hall.rows(Subscription, plan="P58", state="active") if "CLIR" not in has(hall, s))
    view = begin(hall, line, clir="y")
    assert [(q.item, q.resource, q.amount) for q in view.quote.lines] == [("value_added_fee", "CLIR", 500)]
    assert any("5.00" in str(n.text) for n in view.notices)
    assert {"code": "CLIR", "now": False, "then": True, "fee": 500, "name": view.facts["services"][-1]["name"]} in (
        view.facts["services"]
    )
    change(hall, line, clir="y")
    (charge,) = hall.rows(ChargeSchedule, subscription_id=line.id, product="CLIR")
    assert (charge.state, charge.starts_on, charge.amount) == ("running", "2026-11-23", 500)
    change(hall, line, clir="n")
    assert "CLIR" not in has(hall, line)
    change(hall, line, clir="y")  # what ended comes back
    assert [c.state for c in hall.rows(ChargeSchedule, subscription_id=line.id, product="CLIR", order=("id",))] == [
        "ended",
        "running",
    ]


def test_barring_is_programmed_by_hand_and_its_password_told(hall: Hall) -> None:
    line = a_line(hall)
    outcome = change(hall, line, barring="international")
    assert works(hall, outcome) == [("manual", {"task": "barring", "program": "international"})]
    assert "0000" in "\n".join(outcome.papers[0].preview)
    assert hall.rows(ServiceParameter, subscription_id=line.id, service="barring")[0].value == "international"
    change(hall, line, barring="none")
    assert hall.rows(ServiceParameter, subscription_id=line.id, service="barring")[0].value == ""


def test_a_lost_line_loses_its_forwarding(hall: Hall) -> None:
    line = a_line(hall)
    change(hall, line, cfb=HALL)
    view = hall.desk.forms.begin(
        "C6", {"number": line.number, "action": "suspend", "cause": "loss", "password": "274916"}
    )
    outcome = hall.desk.orders.complete(view.id, [])
    assert works(hall, outcome)[1] == ("erase_forwarding", {"kind": "busy", "number": HALL})
    network_answers(hall)
    assert forwarding(hall, line) == {}


def test_a_cancelled_change_leaves_everything_as_it_was(hall: Hall) -> None:
    line = a_line(hall)
    before = has(hall, line)
    view = begin(hall, line, cfb=HALL, waiting="y")
    outcome = hall.desk.orders.complete(view.id, [])
    hall.desk.orders.cancel(outcome.serial, "客户反悔", FACTS.supervisor, FACTS.password)
    assert (forwarding(hall, line), has(hall, line), findings(hall)) == ({}, before, [])


WRONG: list[tuple[dict[str, str], str, str]] = [
    ({"number": "13900000000"}, "number", "Nobody has the number"),
    ({"document_number": ""}, "document_number", "owner's document"),
    ({"document_number": FACTS.red_listed.document_number}, "document_number", "not the document"),
    ({"document_number": "", "password": "111111"}, "password", "wrong"),
    ({"cfu": "12"}, "cfu", "A mobile, fixed, foreign"),
    ({"cfb": "CALL"}, "cfb", "A mobile, fixed, foreign"),
    ({"cfu": "110"}, "cfu", "is a service"),
    ({"cfb": "10086"}, "cfb", "is a service"),
    ({"cfnry": "95588"}, "cfnry", "is a service"),
    ({"cfu": "0571888866"}, "cfu", "area code"),
    ({"cfu": "12900001111"}, "cfu", "No mobile number begins with 129"),
    ({"cfu": "1390000111"}, "cfu", "A mobile, fixed, foreign"),
    ({"cfnrc": "0085291234567"}, "cfnrc", "abroad"),
    ({"waiting": "yes"}, "waiting", "Not one of the choices"),
    ({"barring": "all"}, "barring", "Not one of the choices"),
    ({"conference": "y"}, "conference", "needs"),
]


@pytest.mark.parametrize(("wrong", "field", "words"), WRONG)
def test_a_wrong_form_is_refused_beside_its_field(hall: Hall, wrong: dict[str, str], field: str, words: str) -> None:
    orders = len(hall.rows(ProductOrder))
    view = begin(hall, a_line(hall, long_distance="domestic"), **wrong)
    assert words in str(view.errors[field])
    with pytest.raises((BadForm, NotAllowed)):
        hall.desk.orders.complete(view.id, [])
    assert len(hall.rows(ProductOrder)) == orders


def test_a_line_does_not_forward_to_itself_nor_loses_what_its_plan_contains(hall: Hall) -> None:
    line = a_line(hall, "P88")
    assert "itself" in str(begin(hall, line, cfu=line.number).errors["cfu"])
    assert "belongs to the plan" in str(begin(hall, line, clip="n").errors["clip"])


def test_each_cell_is_alive_or_says_why_not(hall: Hall) -> None:
    change(hall, a_line(hall), cfb=HALL, waiting="y", clir="y")
    cells = {cell.code: cell for cell in hall.desk.lookups.matrix("C7.2")}
    assert [code for code, cell in cells.items() if cell.state == "waiting"] == []
    assert len(cells) == 20


def test_forwarding_is_set_again_where_the_number_changes(hall: Hall) -> None:
    line = a_line(hall)
    change(hall, line, cfb=HALL)
    numbers = hall.desk.forms.begin("C2", {**hall.desk.forms.example("C2"), "number": line.number})
    assert not numbers.errors, numbers.errors
    outcome = hall.desk.orders.complete(numbers.id, [Tender("cash", numbers.quote.due)])
    again = works(hall, outcome)[1]
    assert again == ("register_forwarding", {"kind": "busy", "number": HALL})
    for speech in ("huawei", "ericsson"):
        assert dialect(speech).render(again[0], {**again[1], "msisdn": outcome.facts["new_number"]})
