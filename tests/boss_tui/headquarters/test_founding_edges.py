"""What a headquarters begins with, and until when nobody has to approve it (建局)."""

from __future__ import annotations

from typing import Any

import pytest

from boss_tui.components.stations import OFFICE
from boss_tui.headquarters.founding import first_rows, founders, is_being_founded
from data import standard
from data.errors import BadForm, NotAllowed
from data.standard.people import OFFICE_ROLE
from data.tables.organisation import Counter, Operator, Outlet, Role
from data.tables.sync import Setting
from tests.boss_tui.components.rows import Rows, row

HQ, HALL = "330000", "HZ01"
SETTING = row(Setting, name=OFFICE, value=HQ)
ROLES = [row(Role, code="office", grade="manager"), row(Role, code="clerk", grade="clerk")]
DESK = row(Counter, code="3300001", outlet=HQ)


def person(staff_no: str, outlet: str = HQ, role: str = "office") -> Any:
    return row(Operator, staff_no=staff_no, outlet=outlet, role=role)


@pytest.mark.parametrize(
    ("rows", "decided", "founded"),
    [
        ([], 0, True),
        ([], 1, False),
        ([SETTING], 0, True),
        ([SETTING], 1, False),
        ([SETTING, person("3001"), DESK], 0, True),
        ([SETTING, person("3001"), person("3002")], 0, True),
        ([SETTING, person("3001"), person("3002"), DESK], 0, False),
        ([SETTING, person("3001"), person("3002"), person("3003"), DESK], 0, False),
        ([SETTING, person("3001"), person("3002", HALL), DESK], 0, True),
        ([SETTING, person("3001"), person("3002", role="clerk"), DESK], 0, True),
        ([SETTING, person("3001"), person("3002"), row(Counter, code="1", outlet=HALL)], 0, True),
        ([SETTING, person("3001"), DESK], 1, False),
    ],
)
def test_it_is_founded_until_two_managers_and_a_counter_are_there_or_something_was_decided(
    rows: list[Any], decided: int, founded: bool
) -> None:
    reading: Any = Rows(*ROLES, *rows, scalars=[decided])
    assert is_being_founded(reading) is founded


@pytest.mark.parametrize(
    ("typed", "refused"),
    [
        (["3001 顾文清", "3002 陆明远"], None),
        (["3001 顾文清", "3002 陆明远", "3003 沈一"], None),
        (["3001 顾文清"], NotAllowed),
        ([], NotAllowed),
        (["3001 顾文清", "3001 陆明远"], NotAllowed),
        (["3001 顾文清", "3002 陆明远", "3001 沈一"], NotAllowed),
        (["3001 顾文清", "3002"], BadForm),
        (["3001 顾文清", ""], BadForm),
    ],
)
def test_two_people_found_it_at_least_each_with_number_and_name(typed: list[str], refused: Any) -> None:
    if refused is None:
        assert founders(HQ, typed) == dict(each.split(" ") for each in typed)
        return
    with pytest.raises(refused):
        founders(HQ, typed)


def test_its_own_station_comes_behind_what_every_one_begins_with() -> None:
    people, hashes = {"3001": "顾文清", "3002": "陆明远"}, {"3001": "#1", "3002": "#2"}
    rows = first_rows({"code": HQ, "name_zh": "省公司"}, "3300001", people, hashes)
    begun = list(standard.rows())
    assert rows[: len(begun)] == begun
    (_, (outlet,)), (_, (counter,)), (_, staff) = own = rows[len(begun) :]
    assert [model for model, _ in own] == [Outlet, Counter, Operator]
    assert (outlet["code"], counter["code"], counter["outlet"]) == (HQ, "3300001", HQ)
    assert [(each["staff_no"], each["name"], each["password_hash"]) for each in staff] == [
        ("3001", "顾文清", "#1"),
        ("3002", "陆明远", "#2"),
    ]
    assert {(each["outlet"], each["role"], each["password_use"]) for each in staff} == {(HQ, OFFICE_ROLE, "initial")}
