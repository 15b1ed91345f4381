"""Numbers from a file: each in a segment of ours, with a grade that there is or that a pattern gives it."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from boss_tui.management.kit.intake import StockRow
from boss_tui.management.m05_number_stock import NumberIntake, no_segment
from data.tables.resource import NumberGrade, NumberPattern, NumberSegment, PhoneNumber
from tests.boss_tui.components.rows import Rows, row

PREFIX = "1825748"
ROWS = (
    row(NumberSegment, prefix=PREFIX, first="0010", last="0019"),
    row(NumberSegment, prefix="1825749", state="ended", last="9999"),
    row(NumberGrade, code="A", name_zh="靓"),
    row(NumberGrade, code="OLD", name_zh="旧", state="ended"),
    row(NumberPattern, code="EIGHT", rank=10, grade="A", pattern="8$"),
)


def judged(number: str, grade: str = "", *more: Any) -> list[tuple[int, str, str]]:
    intake = NumberIntake(Rows(*ROWS, *more), SimpleNamespace(batch="B"))  # type: ignore[arg-type]
    rows = [StockRow(7, (), {"number": number, "grade": grade})]
    return [(fault.line, fault.column, str(fault.message)) for fault in intake.judge(None, rows)]  # type: ignore[arg-type]


OUTSIDE = f"The segment has {PREFIX}0010 to {PREFIX}0019."


@pytest.mark.parametrize(
    ("number", "grade", "wrong"),
    [
        (f"{PREFIX}0009", "A", [(7, "number", OUTSIDE)]),
        (f"{PREFIX}0010", "A", []),
        (f"{PREFIX}0019", "A", []),
        (f"{PREFIX}0020", "A", [(7, "number", OUTSIDE)]),
        (
            "18257490001",
            "A",
            [(7, "number", str(no_segment("1825749")))],
        ),
        (f"{PREFIX}0010", "OLD", [(7, "grade", "There is no grade OLD.")]),
        (f"{PREFIX}0018", "", []),
        (f"{PREFIX}0017", "", [(7, "grade", "No pattern fits it: say its grade.")]),
        (f"{PREFIX}0017", "A", []),
    ],
)
def test_a_number_is_of_a_segment_and_has_a_grade(number: str, grade: str, wrong: list[tuple[int, str, str]]) -> None:
    assert judged(number, grade) == wrong


def test_where_a_pattern_fits_all_no_grade_need_be_said() -> None:
    assert judged(f"{PREFIX}0017", "", row(NumberPattern, code="REST", rank=99, grade="A", pattern="")) == []


def test_numbers_are_written_with_the_grade_that_is_said_or_given() -> None:
    tx: Any = Rows(*ROWS)
    intake = NumberIntake(tx, SimpleNamespace(batch="B"))  # type: ignore[arg-type]
    typed = ((f"{PREFIX}0017", "A"), (f"{PREFIX}0018", ""), (f"{PREFIX}0016", ""))
    intake.write(tx, [StockRow(1, (), {"number": number, "grade": grade}) for number, grade in typed])
    found = [(each.number, each.grade, each.segment, each.tail, each.batch_id) for each in tx.all(PhoneNumber)]
    assert found == [
        (f"{PREFIX}0017", "A", PREFIX, "0017", "B"),
        (f"{PREFIX}0018", "A", PREFIX, "0018", "B"),
        (f"{PREFIX}0016", "", PREFIX, "0016", "B"),
    ]
