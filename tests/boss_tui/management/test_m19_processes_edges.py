"""What M19 asks of processes and numbers in one edition: each line is judged, whatever comes before it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from boss_tui.components.processes.kept_process import STEPS
from boss_tui.components.stations import OFFICE
from boss_tui.editions.lines import RowEdit
from boss_tui.management.m19.checks import _nobody, sound, within
from data.parameters import PARAMETERS
from data.tables.order import Process
from data.tables.organisation import Operator, Role
from data.tables.sync import Setting
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


def of_process(business: str, *others: Any, **said: Any) -> list[tuple[str, str]]:
    """What is said beside which column of a process of which these columns are changed."""
    rows = Rows(row(Process, business=business, number="BP1"), *others)
    line = of(business, **{column: json.dumps(value) for column, value in said.items()})
    return [(fault.column, str(fault.message)) for fault in sound(rehearsal(rows, {1: line}, DAY))]


def test_a_manager_s_process_has_steps_and_limits_and_neither_words_nor_copies() -> None:
    assert of_process("M6", steps=STEPS, limits=[{"act": "change_sim"}], approvals=[], copies=[]) == []
    assert [column for column, _ in of_process("M6", copies=[{"kind": "receipt"}])] == ["copies"]
    assert of_process("C1", copies=[{"kind": "receipt"}]) == []
    assert [column for column, _ in of_process("C1", row(Process, business="C2", number="BP1"))] == ["number"]


SUPERVISOR = (
    row(Role, code="boss", grade="supervisor"),
    row(Operator, staff_no="9", role="boss", outlet="HZ01", state="active"),
)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"steps": ["identify", "sing"]}, "Row 2: there is no step sing;"),
        ({"steps": ["identify", "qualify", "identify"]}, "Row 3: identify stands there already."),
        ({"steps": ["qualify", "identify"]}, "No process does without: product, reserve, price, pay,"),
        ({"steps": [STEPS[1], STEPS[0], *STEPS[2:]]}, "The counter goes in this order: identify, qualify,"),
        ({"limits": [{"act": "change_sim"}, {"act": "nosuch"}]}, "Row 2: there is no step nosuch;"),
        ({"limits": [{"act": "change_sim"}] * 2}, "Row 2: the same as a row above it."),
        ({"approvals": [{"role": "boss", "over": 1}, {"role": "x", "over": 2}]}, "Row 2: There is no role x."),
        ({"copies": [{"kind": "receipt"}, {"kind": "poster"}]}, "Row 2: there is no paper poster;"),
    ],
)
def test_what_is_wrong_is_told_by_its_row(said: dict[str, Any], told: str) -> None:
    ((_, found),) = of_process("C1", *SUPERVISOR, **said)
    assert found.startswith(told)


def test_a_role_gives_its_word_where_somebody_who_has_it_works_at_an_outlet() -> None:
    def told(code: str, *rows: Any) -> str:
        office = row(Setting, name=OFFICE, value="HQ")
        reading: Any = Rows(office, row(Role, code="clerk", grade="clerk"), *rows)
        return str(_nobody(reading, code) or "")

    def works(outlet: str, state: str = "active", role: str = "boss") -> Any:
        return row(Operator, staff_no=outlet + role, role=role, outlet=outlet, state=state)

    boss = row(Role, code="boss", grade="supervisor")
    assert told("", boss, works("HQ"), works("HZ01")) == told("boss", boss, works("HZ01")) == ""
    nobody = "Nobody who works at an outlet has the role {}.".format
    assert told("boss", boss, works("HQ"), works("HZ01", "left")) == nobody("boss")
    assert told("", boss, works("HQ"), works("HZ01", role="clerk")) == nobody("*")
    assert told("", row(Role, code="boss", grade="supervisor", state="ended"), works("HZ01")) == nobody("*")
    assert told("clerk", works("HZ01", role="clerk")).startswith("clerk gives nobody leave")
    assert told("boss", row(Role, code="boss", grade="manager", state="ended"), works("HZ01")).startswith("There is no")
    nowhere: Any = Rows(boss, works("HQ"))  # a hall does not know the office's code
    assert _nobody(nowhere, "boss") is None
