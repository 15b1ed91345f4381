"""What M19 asks of processes and numbers in one edition: each line is judged, whatever comes before it."""

from __future__ import annotations

from typing import Any

import pytest

from boss_tui.editions.lines import RowEdit
from boss_tui.management.m19.checks import sound, within
from data.parameters import PARAMETERS
from data.tables.order import Process
from tests.boss_tui.components.rows import DAY, Rows, rehearsal, row


def of(business: str, op: Any = "change", **values: Any) -> RowEdit:
    return RowEdit("process", (business,), op, values)


def found(check: Any, *lines: RowEdit) -> list[tuple[int, str]]:
    rows = Rows(*(row(Process, business=of, number=f"BP0{of[1:]:>02}") for of in ("C1", "C99")))
    return [(fault.position, fault.column) for fault in check(rehearsal(rows, dict(enumerate(lines, 1)), DAY))]


def test_a_process_is_changed_and_never_ended() -> None:
    assert found(sound, of("C1", "end")) == [(1, "")]
    assert found(sound, of("C1", "end"), of("C99")) == [(1, ""), (2, "business")]
    assert found(sound, of("C2"), of("C99")) == [(2, "business")]  # of one that is not there nothing is said


LEAST = next(each for each in PARAMETERS.values() if each.least < each.most)


@pytest.mark.parametrize(
    ("value", "wrong"),
    [(LEAST.least - 1, True), (LEAST.least, False), (LEAST.most, False), (LEAST.most + 1, True)],
)
def test_a_number_lies_between_its_bounds(value: int, wrong: bool) -> None:
    line = RowEdit("parameter", (LEAST.name, ""), "change", {"value": value})
    assert found(within, line) == [(1, "value")] * wrong
    assert found(within, RowEdit("parameter", (LEAST.name, ""), "end", {"value": value})) == []
    assert found(within, RowEdit("parameter", (LEAST.name, ""), "change", {})) == []
    assert found(within, RowEdit("parameter", ("nothing", ""), "change", {"value": value}), line) == [
        (1, "name"),
        *[(2, "value")] * wrong,
    ]
