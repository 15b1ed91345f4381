"""What M5 publishes, at the counter: a grade's fee is charged, its minimum spend told, its numbers rest as it says."""

from __future__ import annotations

from typing import Any

import pytest

from boss_tui.chores.scheduling import perform_due
from data.demo.hall import OUTLET
from data.journal import Author
from data.tables.life import ServiceParameter
from data.tables.order import Subscription
from data.tables.resource import NumberGrade, NumberLock, PhoneNumber
from tests.boss_tui.transactions.following import network_answers, next_day, sound
from tests.boss_tui.transactions.test_c02_change_number import change
from tests.hall import Hall
from tests.handed import hand_down, row_line

pytestmark = pytest.mark.light


def test_a_grades_fee_is_charged_as_m5_says(hall: Hall) -> None:
    one, other, third = (row.number for row in hall.rows(PhoneNumber, grade="AABB", state="idle")[:3])
    before = {line.item: line.amount for line in hall.filled(number=one).quote.lines}
    assert before["number_fee"] == 20_000
    hand_down(hall.store, row_line(NumberGrade, "change", code="AABB", fee=12_300))
    after = {line.item: line.amount for line in hall.filled(number=other).quote.lines}
    assert after == {**before, "number_fee": 12_300}
    hand_down(hall.store, row_line(NumberGrade, "change", code="AABB", fee=0, minimum_spend=0, contract_months=0))
    quote = hall.filled(number=third).quote
    assert "number_fee" not in {line.item for line in quote.lines}
    assert not any("minimum" in term.template for term in quote.terms)


def test_a_number_rests_as_long_as_its_grade_says(hall: Hall) -> None:
    outcome = change(hall)
    (old,) = hall.rows(PhoneNumber, number=outcome.facts["number"])
    hand_down(hall.store, row_line(NumberGrade, "change", code=old.grade, quarantine_days=2))
    network_answers(hall)
    (rests,) = hall.rows(PhoneNumber, number=old.number)
    assert (rests.state, rests.quarantine_until) == ("quarantined", "2026-11-25")
    next_day(hall, "2026-11-24")
    assert perform_due(hall.store, OUTLET) == 0
    next_day(hall, "2026-11-25")
    assert perform_due(hall.store, OUTLET) == 1
    assert hall.rows(PhoneNumber, number=old.number)[0].state == "idle"
    assert sound(hall)


def test_a_number_that_others_calls_are_forwarded_to_rests_on(hall: Hall) -> None:
    outcome = change(hall)
    old = outcome.facts["number"]
    network_answers(hall)
    other = next(row for row in hall.rows(Subscription, state="active") if row.number != outcome.facts["new_number"])
    author = Author(OUTLET, "test", "1001", business_date="2026-11-23")
    with hall.store.transaction(author) as tx:
        tx.add(ServiceParameter, subscription_id=other.id, service="cfu", name="forward_to", value=old)
    next_day(hall, "2027-05-22")
    assert perform_due(hall.store, OUTLET) == 0
    with hall.store.transaction(author) as tx:
        tx.change(tx.one(ServiceParameter, subscription_id=other.id, service="cfu", name="forward_to"), value="")
    assert perform_due(hall.store, OUTLET) == 1
    assert hall.rows(PhoneNumber, number=old)[0].state == "idle"


def locked(hall: Hall, number: str, cause: str, op: Any = "add", **more: str) -> None:
    hand_down(hall.store, row_line(NumberLock, op, number=number, cause=cause, reason="函 12 号", **more))


def test_a_locked_number_is_neither_offered_nor_sold(hall: Hall) -> None:
    draft = hall.desk.forms.begin("C1").id
    free = [choice.value for choice in hall.desk.forms.choices(draft, "number", "")]
    locked(hall, free[0], "dispute")
    assert free[0] not in [choice.value for choice in hall.desk.forms.choices(draft, "number", "")]
    assert hall.filled(number=free[0]).errors.keys() == {"number"}
    locked(hall, free[1], "dispute", valid_to="2026-11-22")
    assert not hall.filled(number=free[1]).errors


@pytest.mark.parametrize("code", ["C2", "C5", "C9"])
def test_a_number_on_its_way_to_another_operator_stays_as_it_is(hall: Hall, code: str) -> None:
    typed = hall.desk.forms.example(code)
    view = hall.desk.forms.begin(code)
    before = hall.desk.forms.fill(view.id, typed)
    assert not before.errors
    locked(hall, typed["number"], "porting", valid_to="2026-11-23")
    after = hall.desk.forms.fill(hall.desk.forms.begin(code).id, typed)
    assert "number" in after.errors
    assert "locked" in after.errors["number"].template


def test_a_number_that_has_left_is_closed_and_never_let_go(hall: Hall) -> None:
    outcome = change(hall)
    old = outcome.facts["number"]
    network_answers(hall)
    locked(hall, old, "ported")
    next_day(hall, "2028-01-03")
    assert perform_due(hall.store, OUTLET) == 0
    hand_down(hall.store, row_line(NumberLock, "end", number=old))
    assert perform_due(hall.store, OUTLET) == 1
    typed = hall.desk.forms.example("C9")
    locked(hall, typed["number"], "ported")
    assert "number" not in hall.desk.forms.fill(hall.desk.forms.begin("C9").id, typed).errors
