"""What managers try before it counts."""

from __future__ import annotations

from tests.head_office import HeadOffice

GRADE = {"code": "TWIN", "name_zh": "双胞", "name_en": "Twins", "fee": "880.00", "minimum_spend": "88.00"}
PATTERN = {"code": "TWIN", "rank": "1", "grade": "TWIN", "pattern": "88$"}


def test_a_row_is_looked_at_with_the_rows_of_its_draft_that_have_its_code_in_other_tables(
    head_office: HeadOffice,
) -> None:
    """A pattern may be called as its grade is; without the draft's grade its numbers would be of none."""
    maker = head_office.maker
    maker.managing.add("M5/number_grade", GRADE, title="Twins", reason="new")
    found = maker.trying.preview("M5/number_pattern", None, PATTERN)
    assert str(found[0].label) == "TWIN Twins, 880.00 yuan, 88.00 a month"
