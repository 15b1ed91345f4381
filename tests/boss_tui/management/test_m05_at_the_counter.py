"""What M5 publishes, at the counter: a grade's fee is charged, its minimum spend told."""

from __future__ import annotations

from data.tables.resource import NumberGrade, PhoneNumber
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
