"""What a run of a draft's rules over past orders tells: per interface, and the first orders by name."""

from __future__ import annotations

import json
from typing import Any

import pytest

from boss_tui.management.m02_2 import run
from data.message import say
from data.tables.job import Job
from tests.boss_tui.components.rows import row


def lines(refused: int, override: int, named: int) -> list[str]:
    told = say("No.").as_json()
    said: dict[str, Any] = {
        "seen": {"C1": 9},
        "refused": {"C1": refused},
        "override": {"C1": override},
        "named": [["C1", f"S{n}", "2026-11-23", told] for n in range(named)],
    }
    return [str(each) for each in run.told(row(Job, done=9, said=json.dumps(said)))]


@pytest.mark.parametrize(
    ("refused", "override", "named", "rest"),
    [(1, 1, 2, []), (2, 1, 2, ["and 1 more"]), (0, 0, 0, []), (0, 3, 1, ["and 2 more"])],
)
def test_those_that_are_not_named_are_counted(refused: int, override: int, named: int, rest: list[str]) -> None:
    found = lines(refused, override, named)
    assert found[1] == f"C1: {refused} of the last 9 refused, {override} by a supervisor"
    assert found[2:] == [*(f"C1 S{n} of 2026-11-23: No." for n in range(named)), *rest]
