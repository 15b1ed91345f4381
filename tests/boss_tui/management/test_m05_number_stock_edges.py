"""Numbers from a file: each in a segment of ours, with a grade that there is or that a pattern gives it; which numbers
an act at the office is about, and to whom it leases them."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from boss_tui.management.kit.intake import StockRow
from boss_tui.management.m05 import number_acts, number_leases
from boss_tui.management.m05.number_acts import BlockForm
from boss_tui.management.m05.number_leases import LeaseForm
from boss_tui.management.m05.number_stock import NumberIntake, no_segment
from data.errors import BadForm
from data.tables.organisation import Outlet
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


# which numbers an act is about


@pytest.mark.parametrize(
    ("typed", "taken"),
    [
        ("", False),
        (PREFIX[:6], False),
        (PREFIX, True),
        (f"{PREFIX}0010", True),
        (f"{PREFIX}00100", False),
        ("2825748", False),
        ("182574x", False),
        ("182574１", True),
    ],
)
def test_seven_to_eleven_digits_say_which_numbers(typed: str, taken: bool) -> None:
    """Full-width ones as well, as an input method writes them."""
    if taken:
        assert len(BlockForm.read({"numbers": typed}).numbers) == len(typed)
        return
    with pytest.raises(BadForm):
        BlockForm.read({"numbers": typed})


@pytest.mark.parametrize(
    ("digits", "found"),
    [
        (PREFIX, (f"{PREFIX}0010", f"{PREFIX}0019")),
        (f"{PREFIX}001", (f"{PREFIX}0010", f"{PREFIX}0019")),
        (f"{PREFIX}0010", (f"{PREFIX}0010", f"{PREFIX}0010")),
        (f"{PREFIX}0019", (f"{PREFIX}0019", f"{PREFIX}0019")),
        (f"{PREFIX}0009", None),
        (f"{PREFIX}0020", None),
        (f"{PREFIX}1", None),
        ("1825749", None),
        ("1825740", None),
    ],
)
def test_a_block_is_as_much_of_them_as_their_segment_has(digits: str, found: tuple[str, str] | None) -> None:
    reading: Any = Rows(*ROWS)
    if found:
        assert number_acts._of_segment(reading, digits) == found
        return
    with pytest.raises(BadForm):
        number_acts._of_segment(reading, digits)


@pytest.mark.parametrize(
    ("outlet", "grade", "field"),
    [("HZ09", "", "outlet"), ("HZ02", "A", "outlet"), ("HZ03", "A", "outlet"), ("HZ01", "ZZ", "grade")],
)
def test_a_lease_is_to_an_outlet_that_works_and_of_a_grade_that_there_is(outlet: str, grade: str, field: str) -> None:
    """The office, which is at HZ03 here, sells nothing itself."""
    states = {"HZ01": "active", "HZ02": "closed", "HZ03": "active"}
    rows = Rows(*ROWS, *(row(Outlet, code=code, state=state) for code, state in states.items()))
    at: Any = SimpleNamespace(context=SimpleNamespace(tx=rows, outlet="HZ03"))
    form = LeaseForm.model_construct(outlet=outlet, grade=grade, numbers="", pieces=1, days=None)
    with pytest.raises(BadForm) as refused:
        list(number_leases.lease(at, form))
    assert list(refused.value.errors) == [field]
