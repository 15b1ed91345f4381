"""What M7 asks of people and places, each rule failing alone; numbers that were given are looked up at an office."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest

from boss_tui.editions.lines import RowEdit
from boss_tui.management.m07.people import (
    an_agents_has_its_agent,
    has_a_role,
    is_of_age,
    leaves_no_drawer_behind,
    nobody_has_it,
    nothing_runs_there,
    somebody_is_left,
    still_holds,
)
from data.errors import BadForm, NotAllowed
from data.tables.finance import Shift
from data.tables.organisation import CashLimit, Counter, Operator, Outlet, Role, RoleRight
from tests.boss_tui.components.rows import DAY, Rows, rehearsal, row
from tests.head_office import HeadOffice


def person(staff_no: str = "1001", **changes: Any) -> Any:
    return row(Operator, **{"staff_no": staff_no, "outlet": "HZ01", "name": "王芳", **changes})


def hall(**changes: Any) -> Any:
    return row(Outlet, **{"code": "HZ01", "name_zh": "厅", "province": "浙江", **changes})


def counter(**changes: Any) -> Any:
    return row(Counter, **{"code": "HZ0101", "outlet": "HZ01", "name_zh": "一号台", **changes})


def shift(**changes: Any) -> Any:
    standard = {"id": "s", "outlet": "HZ01", "till": "HZ0101", "operator": "1001", "business_date": DAY}
    return row(Shift, **{**standard, "opened_at": "", **changes})


def of(table: str, key: str, op: Any = "change", **values: Any) -> RowEdit:
    return RowEdit(table, (key,), op, values)


def found(check: Any, rows: Iterable[Any], *lines: RowEdit) -> list[tuple[int, str]]:
    return [(fault.position, fault.column) for fault in check(rehearsal(Rows(*rows), dict(enumerate(lines, 1)), DAY))]


@pytest.mark.parametrize(
    ("about", "columns"),
    [
        ({}, []),
        ({"birth_date": "2010-11-23"}, []),  # sixteen today
        ({"birth_date": "2010-11-24"}, ["birth_date"]),  # tomorrow
        ({"birth_date": "2030-01-01"}, ["birth_date"]),
        ({"birth_date": "2010-11-24", "state": "left"}, []),
    ],
)
def test_nobody_works_who_is_too_young(about: dict[str, str], columns: list[str]) -> None:
    assert found(is_of_age, [person(**about)], of("operator", "1001")) == [(1, column) for column in columns]


@pytest.mark.parametrize(
    ("role", "op", "values", "columns"),
    [
        ("clerk", "add", {}, []),  # the grades are roles from the first on
        ("manager", "add", {}, []),
        ("cashier", "add", {}, []),
        ("nobody", "add", {}, ["role"]),
        ("nobody", "change", {"role": "nobody"}, ["role"]),
        ("nobody", "change", {"name": "王方"}, []),
        ("former", "add", {}, ["role"]),
    ],
)
def test_a_role_is_one_that_there_is(role: str, op: str, values: dict[str, str], columns: list[str]) -> None:
    rows = [
        row(Role, code="cashier", name_zh="收费员"),
        row(Role, code="former", name_zh="旧岗", state="closed"),
        person(role=role),
        row(CashLimit, role=role),
        row(RoleRight, role=role, business="C1"),
    ]
    assert found(has_a_role, rows, of("operator", "1001", op, **values)) == [(1, column) for column in columns]
    if op == "add":
        given = RowEdit("role_right", (role, "C1"), "add", {})
        assert found(has_a_role, rows, given) == [(1, column) for column in columns]
        assert found(has_a_role, rows, of("cash_limit", role, "add")) == [(1, column) for column in columns]


@pytest.mark.parametrize(
    ("role", "people", "columns"),
    [
        ({"state": "closed"}, [person(role="cashier")], ["state"]),
        ({"state": "closed"}, [person(role="cashier", state="locked")], ["state"]),
        ({"state": "closed"}, [person(role="cashier", state="left")], []),
        ({"state": "closed"}, [person(role="clerk")], []),
        ({}, [person(role="cashier")], []),
    ],
)
def test_a_role_that_somebody_has_stays(role: dict[str, str], people: list[Any], columns: list[str]) -> None:
    rows = [row(Role, code="cashier", name_zh="收费员", **role), *people]
    assert found(nobody_has_it, rows, of("role", "cashier")) == [(1, column) for column in columns]


@pytest.mark.parametrize(
    ("state", "shifts", "columns"),
    [
        ("closed", [shift()], ["state"]),
        ("closed", [shift(state="suspended")], ["state"]),
        ("closed", [shift(state="closed")], []),
        ("closed", [shift(till="HZ0102")], []),
        ("active", [shift()], []),
    ],
)
def test_a_counter_with_a_drawer_stays(state: str, shifts: list[Any], columns: list[str]) -> None:
    assert found(nothing_runs_there, [counter(state=state), *shifts], of("counter", "HZ0101")) == [
        (1, column) for column in columns
    ]


@pytest.mark.parametrize(
    ("state", "rest", "columns"),
    [
        ("closed", [], []),
        ("closed", [person()], ["state"]),
        ("closed", [person(state="locked")], ["state"]),
        ("closed", [person(state="left")], []),
        ("closed", [person(outlet="HZ02")], []),
        ("closed", [counter()], ["state"]),
        ("closed", [counter(state="closed")], []),
        ("active", [person(), counter()], []),
    ],
)
def test_an_outlet_with_people_or_counters_stays(state: str, rest: list[Any], columns: list[str]) -> None:
    rows = [hall(state=state), *rest]
    assert found(nothing_runs_there, rows, of("outlet", "HZ01")) == [(1, column) for column in columns]


@pytest.mark.parametrize(
    ("about", "sound"),
    [
        ({}, True),
        ({"channel": "agent", "partner": "AG001"}, True),
        ({"channel": "agent"}, False),
        ({"partner": "AG001"}, False),
    ],
)
def test_an_agents_outlet_says_whose_it_is(about: dict[str, str], sound: bool) -> None:
    assert found(an_agents_has_its_agent, [hall(**about)], of("outlet", "HZ01")) == ([] if sound else [(1, "partner")])


@pytest.mark.parametrize(
    ("about", "values", "shifts", "columns"),
    [
        ({"outlet": "HZ02"}, {"outlet": "HZ02"}, [shift()], ["outlet"]),
        ({"outlet": "HZ02"}, {"outlet": "HZ02"}, [shift(state="suspended")], ["outlet"]),
        ({"outlet": "HZ02"}, {"outlet": "HZ02"}, [shift(state="closed")], []),
        ({"outlet": "HZ02"}, {"outlet": "HZ02"}, [shift(operator="1002")], []),
        ({"name": "王方"}, {"name": "王方"}, [shift()], []),  # another name moves nobody
        ({"state": "left"}, {"state": "left"}, [shift()], []),  # a dismissal waits for nothing
        ({"state": "left", "outlet": "HZ02"}, {"outlet": "HZ02", "state": "left"}, [shift()], []),
    ],
)
def test_who_moves_closes_the_drawer_first(
    about: dict[str, str], values: dict[str, str], shifts: list[Any], columns: list[str]
) -> None:
    rows = [person(**about), *shifts]
    assert found(leaves_no_drawer_behind, rows, of("operator", "1001", **values)) == [(1, each) for each in columns]


def managers(*of_two: tuple[str, str], makes: str = "maker", checks: str = "checker") -> list[Any]:
    return [
        row(RoleRight, role=makes, business="M7"),
        row(RoleRight, role=checks, business="M7.check"),
        *(person(f"300{n}", role=role, state=state) for n, (role, state) in enumerate(of_two)),
    ]


@pytest.mark.parametrize(
    ("rows", "sound"),
    [
        (managers(("maker", "active"), ("checker", "active")), True),
        (managers(("both", "active"), ("both", "active"), makes="both", checks="both"), True),
        (managers(("both", "active"), ("both", "left"), makes="both", checks="both"), False),
        (managers(("both", "active"), ("both", "locked"), makes="both", checks="both"), False),
        (managers(("maker", "active"), ("checker", "left")), False),
        (managers(("maker", "left"), ("checker", "active")), False),
        (managers(("maker", "active"), ("maker", "active")), False),
    ],
)
@pytest.mark.parametrize("line", [of("operator", "3001"), RowEdit("role_right", ("checker", "M7.check"), "end", {})])
def test_two_people_are_left_who_look_after_the_staff(rows: list[Any], sound: bool, line: RowEdit) -> None:
    assert found(somebody_is_left, rows, of("counter", "HZ0101"), line) == ([] if sound else [(2, "")])
    assert found(somebody_is_left, rows, of("operator", "9", "add")) == []


def test_a_staff_number_is_given_once(head_office: HeadOffice) -> None:
    about = {"staff_no": "1001", "name": "李雷", "outlet": "HZ01"}
    ended = head_office.maker.managing.make("M7", edition({"table": "operator", "op": "end", "key": "1001"}))
    head_office.checker.editions.approve(ended.edition.id)
    assert head_office.rows(Operator, staff_no="1001")[0].state == "left"
    with pytest.raises((BadForm, NotAllowed), match="1001 was somebody's already"):
        head_office.maker.managing.make("M7", edition({"table": "operator", "op": "add", "values": about}))
    again = {"table": "operator", "op": "change", "key": "1001", "values": {"state": "active"}}
    back = head_office.maker.managing.make("M7", edition(again))  # the same person comes back
    assert head_office.checker.editions.approve(back.edition.id).state == "in_force"


def edition(*rows: dict[str, Any]) -> dict[str, Any]:
    return {"title": "Staff", "reason": "to see", "rows": list(rows)}


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"staff_no": "99 1"}, "rows.0.staff_no"),
        ({"outlet": "HZ77"}, "There is no outlet HZ77"),
        ({"role": "nobody"}, "There is no role nobody"),
        ({"language": "de"}, "rows.0.language"),
        ({"state": "gone"}, "rows.0.state"),
        ({"name": ""}, "rows.0.name"),
        ({"birth_date": "31-12-1990"}, "rows.0.birth_date"),
        ({"birth_date": "2020-01-01"}, "Nobody works before 16"),
        ({"password_hash": "x"}, "rows.0.password_hash"),
        ({"staff_no": "1002"}, "is there already"),
    ],
)
def test_ten_wrong_people_are_refused_in_words(head_office: HeadOffice, values: dict[str, str], told: str) -> None:
    about = {"staff_no": "991", "name": "李雷", "outlet": "HZ01", **values}
    before = head_office.rows(Operator)
    with pytest.raises((BadForm, NotAllowed)) as refused:
        head_office.maker.managing.make("M7", edition({"table": "operator", "op": "add", "values": about}))
    errors = getattr(refused.value, "errors", {})
    reasons = getattr(refused.value, "reasons", ())
    assert told in f"{refused.value} {errors} {[str(each) for each in reasons]}"
    assert head_office.rows(Operator) == before


def test_each_line_is_judged_whatever_comes_before_it() -> None:
    stays, closes = hall(code="HZ02"), hall(state="closed")
    left, moves = person("1002", state="left"), person(outlet="HZ02")
    drawer = shift()
    rows = [stays, closes, left, moves, counter(), drawer]
    assert found(nothing_runs_there, rows, of("outlet", "HZ02"), of("outlet", "HZ01")) == [(2, "state")]
    first = of("operator", "1002", outlet="HZ02")
    assert found(leaves_no_drawer_behind, rows, first, of("operator", "1001", outlet="HZ02")) == [(2, "outlet")]


def test_what_people_hold_is_told_of_each_who_goes_and_of_nobody_who_comes_or_stays() -> None:
    rows = [person("1001"), person("1002"), person("1003"), person("1004")]
    comes, stays = of("operator", "1001", "add"), of("operator", "1002", name="王方")
    moves, ends = of("operator", "1003", outlet="HZ02"), of("operator", "1004", "end")
    assert {at for at, _ in found(still_holds, rows, comes, stays, moves, ends)} == {3, 4}
    for state, goes in (("active", False), ("locked", True), ("left", True)):
        assert bool(found(still_holds, rows, of("operator", "1002", state=state))) is goes


def test_of_many_in_a_role_five_are_told() -> None:
    there = [person(str(1000 + n), role="cashier") for n in range(6)]
    rows = [row(Role, code="cashier", name_zh="收费员", state="closed"), *there]
    (fault,) = nobody_has_it(rehearsal(Rows(*rows), {1: of("role", "cashier")}, DAY))
    assert str(fault.message) == "Still in this role: 1000, 1001, 1002, 1003, 1004."
