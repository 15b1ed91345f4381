"""M2.1 and M2.2: a rule of a manager's own, asked at the counter and tried against orders of the past."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from boss_tui.answers.business import Tender
from boss_tui.components.asked import ServiceAnswer
from boss_tui.components.base import Context
from boss_tui.components.network_elements import SERVICE
from boss_tui.editions.lines import RowEdit
from boss_tui.management.m02_1 import call
from boss_tui.management.m02_1.call import CallForm, called
from boss_tui.management.m02_1.interfaces import InterfaceForm, says_why
from boss_tui.management.m02_2.bindings import PastForm, is_of_a_counter, would_have_refused
from data.errors import BadForm
from data.journal import Author
from data.message import say
from data.tables.customer import Category
from data.tables.eligibility import BusinessInterface, Interface
from data.tables.order import Subscription
from data.tables.product import Product
from tests.boss_tui.components.rows import DAY, Rows, rehearsal, row
from tests.boss_tui.transactions.following import network_answers
from tests.hall import FACTS, Hall
from tests.handed import hand_down, row_line

pytestmark = pytest.mark.light

FAULT = say("Late.").as_json()
RULE = {"code": "own", "name_zh": "自有", "rule": "customer.age >= 18", "reason_zh": "未成年"}


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ({"verdict": "yes", "told": "{}"}, {"Answered": "{}"}),
        ({"verdict": ""}, {"Answered": "nothing"}),
        ({"verdict": "", "fault": FAULT}, {"Answered": "Late."}),
        (
            {"verdict": "", "fault": FAULT, "told": "<html>"},
            {"Answered": "<html>", "Not understood": "Late."},
        ),
    ],
)
def test_a_test_call_shows_what_was_said(answer: dict[str, Any], told: dict[str, str]) -> None:
    asked: Any = SimpleNamespace(sends={"a": "1"})
    made = row(Interface, code="own", method="GET", address="http://p", path="/x", offline="yes")
    facts = call._told(made, asked, ServiceAnswer(**answer, took_ms=7, tries=1))
    shown = {str(fact.label): str(fact.value) for fact in facts}
    always = {"Asked": "GET http://p/x", "Sent": '{"a": "1"}', "Took": "7 ms, 1 try"}
    assert (shown.pop("What counts then", None) is None) is (answer["verdict"] != "")
    assert shown == {**always, **told}


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("customer.age >= 18", ""),
        ("", ""),
        ("customer.agge >= 18", "no fact customer.agge"),
        ("customer.age >=", "character 16"),
        ("customer.age", "yes or no"),
        ("customer.age + 'x' == 'y'", "Not to be told"),
        ("customer.age > 0 || " * 30, "At most 400"),
        ("'customer.agge' != ''", ""),
    ],
)
def test_a_rule_is_read_as_it_is_typed(rule: str, words: str) -> None:
    _, errors = InterfaceForm.partial({**RULE, "rule": rule})
    assert set(errors) == ({"rule"} if words else set())
    assert words in str(errors.get("rule", ""))


@pytest.mark.parametrize(
    ("changes", "column"),
    [
        ({}, ""),
        ({"reason_zh": ""}, "reason_zh"),
        ({"rule": "customer.age >"}, "rule"),  # by whatever way it came
        ({"rule": "customer.agge > 3"}, "rule"),
        ({"rule": "[1].all(n, n > 0)"}, "rule"),
        ({"rule": "", "reason_zh": ""}, "rule"),
        ({"rule": "", "code": "guardian"}, ""),
        ({"rule": "", "code": "guardian", "offline": "later"}, "offline"),
        ({"offline": "rule"}, "offline"),
    ],
)
def test_a_rule_says_why_not(changes: dict[str, str], column: str) -> None:
    made = row(Interface, **{**RULE, **changes})
    line = RowEdit("interface", (made.code,), "change", {})
    found = [fault.column for fault in says_why(rehearsal(Rows(made), {1: line}, DAY))]
    assert found == ([column] if column else [])


@pytest.mark.parametrize(
    ("business", "op", "refused"), [("C1", "add", False), ("M6", "add", True), ("M6", "end", False)]
)
def test_a_question_is_of_a_counters_business(business: str, op: Any, refused: bool) -> None:
    line = RowEdit("business_interface", (business, "own"), op, {})
    assert bool(list(is_of_a_counter(rehearsal(Rows(), {1: line}, DAY)))) is refused


def with_rule(hall: Hall, rule: str, offline: str = "yes", on_no: str = "no", business: str = "C1") -> None:
    said = {"name_zh": "自有", "reason_zh": "不可", "reason_en": "Not so.", "beside": "name", "offline": offline}
    hand_down(
        hall.store,
        row_line(Interface, "add", code="own", rule=rule, **said),
        row_line(BusinessInterface, "add", business=business, interface="own", position=99, on_no=on_no),
    )


@pytest.mark.parametrize(
    ("rule", "offline", "on_no", "verdict", "words"),
    [
        ("order.business == 'C1'", "yes", "no", "yes", ""),
        ("order.business != 'C1'", "yes", "no", "no", "Not so."),
        ("order.business != 'C1'", "yes", "override", "override", "Not so."),
        ("customer.numbers == 0 && !customer.known", "yes", "no", "yes", ""),
        ("agent.age > 3", "yes", "no", "yes", ""),  # not to be told: as when it can't be asked
        ("agent.age > 3", "override", "no", "override", "can't be asked"),
        ("agent.age > 3", "no", "override", "no", "can't be asked"),
        ("agent.age >", "override", "no", "override", "can't be asked"),  # nor what can't be read
        ("[1].all(n, n > 0)", "yes", "no", "yes", ""),
    ],
)
def test_the_clerk_is_told_by_the_rule(
    hall: Hall, rule: str, offline: str, on_no: str, verdict: str, words: str
) -> None:
    with_rule(hall, rule, offline, on_no)
    found = hall.filled().qualification
    assert found.verdict == verdict
    assert [reason.rule for reason in found.reasons] == (["own"] if words else [])
    assert all(words in str(reason.message) for reason in found.reasons)
    assert [reason.field for reason in found.reasons] == (["name"] if words == "Not so." else [""] if words else [])


@pytest.mark.parametrize(
    ("rule", "verdict"),
    [("product.code == '{plan}'", "yes"), ("product.code != '{plan}'", "no"), ("account.owed == 0", "yes")],
)
def test_a_rule_turns_on_the_plan_that_is_asked_for(hall: Hall, rule: str, verdict: str) -> None:
    plan = hall.desk.forms.example("C1")["plan"]
    with_rule(hall, rule.format(plan=plan), offline="no")
    assert hall.filled().qualification.verdict == verdict


@pytest.mark.parametrize(
    ("rule", "refused"),
    [
        ("product.code == '{plan}' && account.pay_type == '{paid}' && account.balance >= 0", False),
        ("product.code != '{plan}'", True),
        ("account.pay_type != '{paid}'", True),
        ("account.balance < 0", True),
    ],
)
@pytest.mark.parametrize(("business", "field"), [("C4.2", "number"), ("C12", "who")])
def test_a_rule_turns_on_plan_and_account_of_the_number(
    hall: Hall, business: str, field: str, rule: str, refused: bool
) -> None:
    line = hall.rows(Subscription, state="active")[0]
    with_rule(hall, rule.format(plan=line.plan, paid=line.pay_type), offline="no", business=business)
    view = hall.desk.forms.fill(hall.desk.forms.begin(business).id, {field: line.number})
    assert ("own" in [reason.rule for reason in view.qualification.reasons]) is refused


@pytest.mark.parametrize("begun", [True, False])
@pytest.mark.parametrize("business", ["C1", "C8", "C7.2", "C7.4"])
def test_a_rule_turns_on_what_is_sold(hall: Hall, business: str, *, begun: bool) -> None:
    """The plan or service that is begun, not those that the number has."""
    form = hall.desk.forms.example(business)
    had = [row.plan for row in hall.rows(Subscription, number=form.get("number", ""))]
    if business == "C7.2":
        form |= {"clip": "y"}
    asked = form.get("plan") or form.get("subscribe") or hall.rows(Product, network_act=f"{SERVICE}clip")[0].code
    sold = asked if isinstance(asked, str) else asked[0]
    with_rule(hall, f"!('{sold if begun else [*had, 'none'][0]}' in product.begins)", offline="no", business=business)
    view = hall.desk.forms.begin(business, form)
    assert ("own" in [reason.rule for reason in view.qualification.reasons]) is begun


def office(tx: Any) -> Context:
    return Context(tx, "M2.1", FACTS.outlet, "", "", "", DAY)


def test_a_test_call_answers_with_the_facts_on_which_it_turned(hall: Hall) -> None:
    line = hall.rows(Subscription, state="active")[0]
    with_rule(hall, f"customer.numbers > 99 || product.code != '{line.plan}'")
    with hall.store.reading() as reading:
        facts = called(office(reading), CallForm.read({"interface": "own", "number": line.number}))
        told = [(str(fact.label), str(fact.value)) for fact in facts]
        assert told[:2] == [("Answer", "refused"), ("Reason", "Not so.")]
        numbers, plan = told[2:]
        assert plan[1] == line.plan
        assert numbers[0] == "Numbers that they have"
        assert int(numbers[1]) >= 1
        other = CallForm.read({"interface": "own", "number": line.number, "plan": "CLIP"})
        assert [str(fact.value) for fact in called(office(reading), other)][-1] == "CLIP"
        for wrong in ({"plan": "none"}, {"interface": "none"}, {"business": "M6"}, {"number": "1"}, {"outlet": "XX"}):
            with pytest.raises(BadForm) as refused:
                list(called(office(reading), CallForm.read({"interface": "own", **wrong})))
            assert set(refused.value.errors) == set(wrong)


def past(hall: Hall, **typed: str) -> list[tuple[str, str]]:
    with hall.store.transaction(Author(FACTS.outlet, "test", "test")) as tx:
        facts = would_have_refused(office(tx), PastForm.read({"business": "C1", **typed}))
        return [(str(fact.label), str(fact.value)) for fact in facts]


def test_what_a_rule_would_have_refused(hall: Hall) -> None:
    before = past(hall)
    view = hall.filled()
    made = hall.desk.orders.complete(view.id, [Tender("cash", view.quote.due)])
    network_answers(hall)
    count = int(before[0][1].split()[0]) + 1
    assert past(hall)[:3] == [
        ("Looked at", f"{count} {'orders' if count > 1 else 'order'}"),
        ("Refused", "0 orders"),
        ("By a supervisor", "0 orders"),
    ]
    with_rule(hall, "time.hour < 3")
    found = past(hall, orders="1")
    assert found[:3] == [("Looked at", "1 order"), ("Refused", "1 order"), ("By a supervisor", "0 orders")]
    assert found[3] == (f"{made.serial} of {DAY}", "Not so.")
    with pytest.raises(BadForm):
        past(hall, business="M6")


def test_an_order_of_the_past_is_of_its_plan(hall: Hall) -> None:
    hall.open_account()
    network_answers(hall)
    with_rule(hall, f"product.code != '{hall.desk.forms.example('C1')['plan']}'", offline="no")
    assert past(hall, orders="1")[1] == ("Refused", "1 order")


@pytest.mark.parametrize(("rule", "refused"), [("'{plan}' in product.begins", 0), ("!('{plan}' in product.begins)", 1)])
def test_an_order_of_the_past_sold_what_its_form_asked_for(hall: Hall, rule: str, refused: int) -> None:
    hall.open_account()
    network_answers(hall)
    with_rule(hall, rule.format(plan=hall.desk.forms.example("C1")["plan"]), offline="no")
    assert past(hall, orders="1")[1][1].split()[0] == str(refused)


def test_an_order_of_the_past_is_counted_once(hall: Hall) -> None:
    """Its own number is among those that its customer has by now."""
    hall.open_account()
    network_answers(hall)
    for limit, refused in ((1, "0 orders"), (0, "1 order")):
        changes = [row_line(Category, "change", code=each.code, number_limit=limit) for each in hall.rows(Category)]
        hand_down(hall.store, *[line for line in changes if line.values])
        assert past(hall, orders="1")[1] == ("Refused", refused)
