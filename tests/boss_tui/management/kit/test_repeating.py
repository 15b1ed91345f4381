"""Rows within a row: typed as lines, held as JSON, what is wrong told by row and field."""

from __future__ import annotations

import json
from typing import Annotated

import pytest

from boss_tui.forms.fields import Ask
from boss_tui.forms.form import Form
from boss_tui.forms.typed import Day, Fen, Flag
from boss_tui.management.kit.repeating import lines_of, rows_of
from boss_tui.management.kit.working import BeforeAndAfter, change_line
from boss_tui.management.subjects import named
from data.errors import BadForm
from data.message import say


class Step(Form):
    name: Annotated[str, Ask(say("Step"), "text", length=5)]
    fee: Annotated[Fen, Ask(say("Amount"), "money")] = 0
    day: Annotated[Day | None, Ask(say("From"), "date")] = None
    own: Annotated[Flag, Ask(say("Monthly"), "flag")] = False


class Whole(Form):
    steps: Annotated[str, rows_of(Step), Ask(say("Steps"), "multiline")]


TYPED = "open | 12.5 | 20261201 | y\n\nclose\n"


def test_lines_are_rows_and_rows_are_lines_again() -> None:
    held = Whole.read({"steps": TYPED}).steps
    assert json.loads(held) == [
        {"name": "open", "fee": 1250, "day": "2026-12-01", "own": True},
        {"name": "close", "fee": 0, "day": None, "own": False},
    ]
    again = lines_of(Step, held)
    assert again == "open | 12.50 | 2026-12-01 | y\nclose | 0.00 |  | n"
    assert Whole.read({"steps": again}).steps == held


@pytest.mark.parametrize(
    ("typed", "row", "field"),
    [("a | x", "Row 1", "Amount"), ("a\n\nb | 1 | never", "Row 2", "From"), ("a | 1 | 20261201 | y | z", "Row 1", "4")],
)
def test_what_is_wrong_is_told_by_row_and_field(typed: str, row: str, field: str) -> None:
    with pytest.raises(BadForm) as refused:
        Whole.read({"steps": typed})
    told = str(refused.value.errors["steps"])
    assert row in told
    assert field in told


def test_a_process_has_its_steps_in_lines_and_changes_only_what_was_typed() -> None:
    _, processes = named("M19/process")
    row = {
        "business": "C1",
        "number": "BP001",
        "steps": '["a", "b"]',
        "draft_minutes": 120,
        "network_minutes": 60,
        "limits": "[]",
        "approvals": "[]",
        "copies": "[]",
        "revision": 1,
    }
    typed = processes.typed(row)
    assert typed["steps"] == "a\nb"
    at = BeforeAndAfter(row, row)
    assert change_line(processes, at, ("C1",), {**typed, "draft_minutes": "90"}).values == {"draft_minutes": 90}
    assert change_line(processes, at, ("C1",), {"steps": "b\na\n"}).values == {"steps": '["b","a"]'}
    with pytest.raises(BadForm):
        change_line(processes, at, ("C1",), {"steps": "-"})
