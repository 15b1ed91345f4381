"""Who is at work: what signing on, off, locking and unlocking at each counter come to, in their order."""

from __future__ import annotations

from typing import Any

import pytest

from boss_tui.components.operators import at_work
from data.tables.finance import Shift
from data.tables.order import Draft
from data.tables.organisation import Operator
from data.tables.sync import AccessLog
from tests.boss_tui.components.rows import Rows, row


class Log(Rows):
    """With a record of sign-ons; `asked`: of when and where."""

    def __init__(self, lines: list[Any], *rows: Any) -> None:
        super().__init__(*rows)
        self.lines, self.asked = lines, dict[str, str]()

    def models(self, _model: Any, _statement: Any, **asked: str) -> list[Any]:
        self.asked = asked
        return self.lines


def line(act: str, operator: str = "1001", counter: str | None = "A", outlet: str | None = "HZ01") -> Any:
    return row(AccessLog, act=act, operator=operator, counter=counter, outlet=outlet, made_at=f"{act} {operator}")


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        ([line("sign_on")], [("A", "1001", False)]),
        ([line("sign_on"), line("sign_off")], []),
        ([line("sign_on"), line("sign_off", counter="B")], [("A", "1001", False)]),
        ([line("sign_on"), line("sign_on", "1002")], [("A", "1002", False)]),
        ([line("sign_on", counter="B"), line("sign_on", "1002")], [("A", "1002", False), ("B", "1001", False)]),
        ([line("sign_on"), line("lock")], [("A", "1001", True)]),
        ([line("sign_on"), line("lock"), line("unlock")], [("A", "1001", False)]),
        ([line("sign_on"), line("lock", "1002")], [("A", "1001", False)]),
        ([line("lock"), line("sign_off")], []),
        ([line("sign_on", counter=None, outlet=None)], [("", "1001", False)]),
    ],
)
def test_who_signed_on_last_at_a_counter_is_at_work_there(lines: list[Any], found: list[tuple[str, str, bool]]) -> None:
    reading: Any = Log(lines)
    assert [(each.counter, each.staff_no, each.locked) for each in at_work.at_work(reading)] == found
    assert reading.asked["after"].startswith("2026-11-22T01:00:00")
    assert reading.asked["outlet"] == ""


def test_with_their_name_forms_and_drawer() -> None:
    rows = [
        row(Operator, staff_no="1001", name="王小明"),
        row(Draft, operator="1001", counter="A", state="open", code="C1", number=2),
        row(Draft, operator="1001", counter="A", state="open", code="C2", number=1),
        row(Draft, operator="1001", counter="B", state="open", code="C3"),
        row(Draft, operator="1001", counter="A", state="done", code="C4"),
        row(Shift, till="A", state="open"),
        row(Shift, till="B", state="closed"),
    ]
    reading: Any = Log([line("sign_on"), line("sign_on", "1009", "B")], *rows)
    first, second = at_work.at_work(reading, "HZ01")
    assert (first.outlet, first.name, first.since, first.forms) == ("HZ01", "王小明", "sign_on 1001", ("C2", "C1"))
    assert (first.drawer, second.drawer, second.name, second.forms) == (True, False, "", ())
    assert reading.asked["outlet"] == "HZ01"
