"""What an opening sells (C1): the number's grade, plan and card, services, deposit, and what each costs."""

from __future__ import annotations

from typing import Any

import pytest
from rich.cells import cell_len

from boss_tui.answers.business import Tender
from boss_tui.locale import words
from data.tables.account import CustomerCredit
from data.tables.network import WorkOrder
from data.tables.order import Subscription
from data.tables.resource import NumberGrade, PhoneNumber
from screens.widgets.side_panel import quote_rows
from tests.boss_tui.transactions.test_c01_open_account import IN_A_LIST, card_of, of
from tests.hall import FACTS, Hall


def test_a_beautiful_number_costs_its_fee_and_binds_to_a_minimum_spend(hall: Hall) -> None:
    draft = hall.desk.forms.begin("C1").id
    priced = hall.desk.forms.choices(draft, "number", "AAAA") or hall.desk.forms.choices(draft, "number", "AAA")
    view = hall.filled(number=priced[0].value)
    assert "number_fee" in {line.item for line in view.quote.lines}
    outcome = hall.desk.orders.complete(view.id, [Tender("cash", view.quote.due)])
    (subscription,) = hall.rows(Subscription, number=priced[0].value)
    assert subscription.minimum_spend > 0
    assert any("最低消费" in line or "minimum spend" in line for line in outcome.papers[1].preview)


def _is_named(grade: NumberGrade, typed: str) -> bool:
    return typed.casefold() in f"{grade.name_zh} {grade.name_en}".casefold()


def test_numbers_are_found_by_the_name_of_their_grade(hall: Hall) -> None:
    draft = hall.desk.forms.begin("C1").id
    grades = {grade.code: grade for grade in hall.rows(NumberGrade)}
    of = {row.number: row.grade for row in hall.rows(PhoneNumber, outlet=FACTS.outlet)}
    code = of[hall.desk.forms.choices(draft, "number", "")[-1].value]
    for typed in (code.lower(), grades[code].name_zh[:2], grades[code].name_en.upper()):
        found = {of[choice.value] for choice in hall.desk.forms.choices(draft, "number", typed)}
        assert code in found, typed
        assert found <= {code, *(each for each in grades if _is_named(grades[each], typed))}
    assert hall.desk.forms.choices(draft, "number", "nothing of the kind") == []


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_a_minimum_spend_is_told_in_the_list_beside_the_number_and_in_the_price(hall: Hall, language: str) -> None:
    speak = words(language)
    draft = hall.desk.forms.begin("C1").id
    found = next(c for wanted in ("AAAA", "AAA") for c in hall.desk.forms.choices(draft, "number", wanted))
    grade = hall.rows(NumberGrade, code=hall.rows(PhoneNumber, number=found.value)[0].grade)[0]
    spend = f"{grade.minimum_spend // 100}.00"
    assert spend in speak(found.detail)
    assert cell_len(str(found.label)) + 1 + cell_len(speak(found.detail)) <= IN_A_LIST
    view = hall.filled(number=found.value)
    assert speak(view.notes["number"]) == speak(found.detail)
    shown = "".join(text for row in quote_rows(view.quote, 38, speak, sums=False) for text, _ in row)
    assert spend in shown
    assert str(grade.contract_months) in shown


def test_a_key_account_pays_no_entry_fee_and_the_line_says_why(hall: Hall) -> None:
    lines = {line.item: line for line in hall.filled(**of(FACTS.key_account)).quote.lines}
    assert (lines["entry_fee"].amount, lines["entry_fee"].list_amount) == (0, 5_000)
    assert "no entry fee" in lines["entry_fee"].discount.values["en"]


def test_prepaid_has_its_face_value_and_nothing_else(hall: Hall) -> None:
    view = hall.filled(plan="PRE50", iccid=card_of(hall, "prepaid"), services="")
    assert not view.errors
    assert {line.item: line.amount for line in view.quote.lines if line.amount} == {
        "prepayment": 5_000,
        "sim_fee": 2_000,
    }
    assert not view.quote.monthly
    outcome = hall.desk.orders.complete(view.id, [Tender("cash", view.quote.due)])
    (subscription,) = hall.rows(Subscription, number=outcome.facts["number"])
    assert (subscription.pay_type, subscription.roaming) == ("prepaid", "province")
    assert not hall.rows(CustomerCredit, customer_id=subscription.customer_id)


@pytest.mark.parametrize(
    ("field", "typed"), [("long_distance", "international"), ("roaming", "international"), ("prepayment", "50")]
)
def test_prepaid_does_not_go_abroad_nor_take_more(hall: Hall, field: str, typed: str) -> None:
    view = hall.filled(plan="PRE50", iccid=card_of(hall, "prepaid"), **{field: typed})
    assert field in view.errors


def test_a_card_must_fit_the_plan(hall: Hall) -> None:
    assert "iccid" in hall.filled(plan="PBANK", iccid=card_of(hall, "32K")).errors
    assert "iccid" not in hall.filled(plan="PBANK", iccid=card_of(hall, "STK")).errors


def test_international_needs_a_deposit_unless_credit_is_good(hall: Hall) -> None:
    lines = {line.item: line.amount for line in hall.filled(long_distance="international").quote.lines}
    assert lines["deposit"] == 100_000
    key: dict[str, Any] = of(FACTS.key_account)
    assert "deposit" not in {line.item for line in hall.filled(long_distance="international", **key).quote.lines}


def test_recommendation_and_notices_come_unasked(hall: Hall) -> None:
    kinds = {notice.kind for notice in hall.filled().notices}
    assert {"notice", "recommendation"} <= kinds
    assert {notice.kind for notice in hall.desk.forms.begin("C1").notices} >= {"notice"}


def test_services_that_no_command_provides_become_manual_work_orders(hall: Hall) -> None:
    outcome = hall.open_account(services="VMAIL, CLIP")
    acts = [(work.kind, work.act) for work in hall.rows(WorkOrder, order_id=outcome.order_id)]
    assert ("manual", "manual") in acts
    assert ("automatic", "set_supplementary") in acts
