"""What M7 asks of roles and rights, each rule failing alone: rights, limits, and what no role has both of."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest

from boss_tui.catalogue import BUSINESS_NAMES, RIGHTS
from boss_tui.editions.lines import RowEdit
from boss_tui.management.m07.duties import are_apart, is_a_right, limits_fit
from data.tables.organisation import DutyConflict, RoleRight
from tests.boss_tui.components.rows import DAY, Rows, rehearsal, row


def right(business: str, role: str = "clerk", **limits: Any) -> Any:
    return row(RoleRight, role=role, business=business, **limits)


def apart(holds: str, excludes: str) -> Any:
    return row(DutyConflict, holds=holds, excludes=excludes, reason_zh="不相容")


def given(business: str, role: str = "clerk", op: Any = "add", **values: Any) -> RowEdit:
    return RowEdit("role_right", (role, business), op, values)


def declared(holds: str, excludes: str, op: Any = "add") -> RowEdit:
    return RowEdit("duty_conflict", (holds, excludes), op, {"reason_zh": "不相容"})


def found(check: Any, rows: Iterable[Any], *lines: RowEdit) -> list[tuple[int, str]]:
    return [(fault.position, fault.column) for fault in check(rehearsal(Rows(*rows), dict(enumerate(lines, 1)), DAY))]


def test_every_business_is_a_right_and_what_is_managed_has_three() -> None:
    assert set(BUSINESS_NAMES) <= RIGHTS.keys()
    assert {"M4.check", "M17.1.emergency"} <= RIGHTS.keys()
    assert not {"C1.check", "M15", "M4.undo", "C*"} & RIGHTS.keys()


@pytest.mark.parametrize(
    ("line", "columns"),
    [
        (given("C7.4"), []),
        (given("M2.1.check"), []),
        (given("M4.Check"), ["business"]),
        (given("C1.check"), ["business"]),
        (given("C*"), ["business"]),  # a role is given its rights one by one
        (given("M15"), ["business"]),
        (given("M15", op="end"), []),  # what should not be there can go
        (declared("C*", "M7"), []),
        (declared("M4", "M4.check"), []),
        (declared("M15", "M7"), ["holds"]),
        (declared("M7", "all"), ["excludes"]),
        (declared("M7", "M7"), ["excludes"]),
        (declared("C*", "C1"), ["excludes"]),
        (declared("C1", "C*"), ["excludes"]),
        (RowEdit("operator", ("M15",), "add", {}), []),
    ],
)
def test_a_right_is_one_that_there_is(line: RowEdit, columns: list[str]) -> None:
    assert found(is_a_right, [], line) == [(1, column) for column in columns]


def test_a_pair_is_declared_once_whichever_comes_first() -> None:
    rows = [apart("M4", "M5"), apart("M5", "M4")]
    assert found(is_a_right, rows, declared("M5", "M4")) == [(1, "excludes")]
    assert found(is_a_right, rows[:1], declared("M4", "M5")) == []


@pytest.mark.parametrize(
    ("row", "columns"),
    [
        (right("C12", refund_limit=100, refund_day_limit=100), []),
        (right("C12", refund_limit=101, refund_day_limit=100), ["refund_limit"]),
        (right("C12", refund_limit=0, refund_day_limit=100), ["refund_limit"]),  # any amount at once
        (right("C12", refund_limit=100), []),
        (right("C12", amount_limit=100, approval="supervised"), []),
        (right("M4", amount_limit=1), ["amount_limit"]),
        (right("M4", refund_limit=1), ["refund_limit"]),
        (right("M4", refund_limit=1, refund_day_limit=1), ["refund_limit", "refund_day_limit"]),
        (right("M4", approval="supervised"), ["approval"]),
        (right("M4"), []),
    ],
)
def test_limits_go_together_and_management_has_none(row: Any, columns: list[str]) -> None:
    assert found(limits_fit, [row], given(row.business, op="change")) == [(1, column) for column in columns]


@pytest.mark.parametrize(
    ("pair", "lines", "at"),
    [
        (("C12", "M5"), [given("C12"), given("M5")], [(2, "business")]),  # both given: the later one is told
        (("M5", "C12"), [given("M5"), given("C12")], [(2, "business")]),
        (("C12", "M5"), [given("M5")], [(1, "business")]),
        (("C12", "M5"), [given("C12", op="change")], [(1, "business")]),
        (("C12", "M5"), [declared("C12", "M5")], [(1, "excludes")]),  # nobody may have both already
        (("C12", "M5"), [given("C12", role="other")], []),  # what another role is given is no fault of this one
        (("C12", "M5"), [RowEdit("operator", ("1",), "add", {})], []),
        (("C*", "M5"), [given("M5")], [(1, "business")]),
        (("C12", "M5.check"), [given("M5")], []),
        (("C1", "M5"), [given("M5")], []),
    ],
)
def test_no_role_has_what_is_kept_apart(pair: tuple[str, str], lines: list[RowEdit], at: list[tuple[int, str]]) -> None:
    rows = [right("C12"), right("M5"), right("C12", role="other"), apart(*pair)]
    assert found(are_apart, rows, *lines) == at


@pytest.mark.parametrize("gone", ["C12", "M5"])
def test_two_roles_may_have_one_right_each(gone: str) -> None:
    rows = [right("C12"), right("M5", role="keeper"), apart("C12", "M5")]
    assert found(are_apart, rows, given("C12"), given("M5", role="keeper")) == []
    rows = [each for each in (right("C12"), right("M5"), apart("C12", "M5")) if getattr(each, "business", "") != gone]
    assert found(are_apart, rows, given(gone, op="end"), declared("C12", "M5")) == []  # set right and declared at once


@pytest.mark.parametrize(
    "first", [RowEdit("operator", ("1",), "add", {}), given("C12", op="end"), declared("C1", "M5")]
)
def test_each_line_of_an_edition_is_judged_whatever_comes_before_it(first: RowEdit) -> None:
    limited = right("M4", amount_limit=1)
    assert found(limits_fit, [limited], first, given("M4", op="change")) == [(2, "amount_limit")]
    assert found(is_a_right, [limited], first, given("M15")) == [(2, "business")]
