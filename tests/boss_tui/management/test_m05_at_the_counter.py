"""What M5 publishes, at the counter: a grade's fee is charged, its minimum spend told, its numbers rest as it says."""

from __future__ import annotations

from boss_tui.scheduling import perform_due
from data.demo.hall import OUTLET
from data.journal import Author
from data.tables.life import ServiceParameter
from data.tables.order import Subscription
from data.tables.resource import NumberGrade, PhoneNumber
from tests.boss_tui.transactions.following import network_answers, next_day, sound
from tests.boss_tui.transactions.test_c02_change_number import change
from tests.hall import Hall
from tests.handed import hand_down, row_line


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
