"""For how long a number rests: as its grade says, else as the parameter; longer after fraud."""

from __future__ import annotations

import pytest

from boss_tui.components.resources.number_rest import days_of_rest
from data.tables.parameter import Parameter
from data.tables.resource import NumberGrade
from tests.boss_tui.components.rows import Rows, row


@pytest.mark.parametrize(
    ("days", "fraud", "rests"),
    [(0, False, 90), (180, False, 180), (1, False, 1), (0, True, 365), (180, True, 365), (400, True, 400)],
)
def test_a_number_rests_as_long_as_its_grade_says(days: int, fraud: bool, rests: int) -> None:
    rows = Rows(row(NumberGrade, code="A", quarantine_days=days))
    assert days_of_rest(rows, "A", fraud=fraud) == rests  # type: ignore[arg-type]


def test_the_parameter_says_for_grades_that_do_not() -> None:
    rows = Rows(
        row(NumberGrade, code="A"),
        row(Parameter, name="quarantine_days", business="", value=30),
        row(Parameter, name="quarantine_fraud_days", business="", value=20),
    )
    assert days_of_rest(rows, "A") == 30  # type: ignore[arg-type]
    assert days_of_rest(rows, "A", fraud=True) == 30  # type: ignore[arg-type]
    assert days_of_rest(rows, "none") == 30  # type: ignore[arg-type]
