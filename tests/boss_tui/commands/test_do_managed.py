"""`boss do M6`: an edition from one form, for every business of management; and its row of `boss matrix`."""

from __future__ import annotations

import json
from typing import Any

import pytest

from boss_tui.catalogue import BUSINESS_NAMES, COMPONENTS
from boss_tui.management.subjects import MODULES, subject
from data.demo_staff import MANAGER, OFFICE_MANAGERS, SUPERVISOR
from data.tables.finance import BusinessDay
from data.tables.order import Subscription
from tests.boss_tui.commands.conftest import Boss

_, CHECKER = OFFICE_MANAGERS
NOT_YET = [code for code in BUSINESS_NAMES if code.startswith("M") and code not in MODULES]


def changes(done: dict[str, Any]) -> list[tuple[str, str, Any]]:
    """What was changed, whatever keys new rows were given."""
    return [(each["table"], each["column"], each["after"]) for each in done["differences"]]


@pytest.mark.parametrize("code", MODULES)
def test_an_example_is_made_submitted_approved_and_seen_in_the_matrix(boss: Boss, code: str) -> None:
    example = boss("do", code, "--example").out
    looked = boss("do", code.lower(), "--form", "-", "--check", typed=example)
    assert (looked.code, set(looked.json)) == (0, {"differences"})
    assert boss("edition", "list", "--json").json == []
    done = boss("do", code, "--form", "-", typed=example)
    assert done.code == 0, done.err
    made = done.json["edition"]
    assert (made["subject"], made["state"]) == (code, "submitted")
    assert changes(done.json) == changes(looked.json)
    assert boss("edition", "approve", str(made["number"]), "--operator", CHECKER).code == 0
    cells = {cell["code"]: cell for cell in boss("matrix", code, "--json").json[code]}
    assert (cells[f"{code}-F1"]["state"], cells[f"{code}-F14"]["state"]) == ("alive", "alive")
    assert boss("verify").code == 0
    act = boss("manage", code, "act", cells[f"{code}-F1"]["serial"])
    assert (act.code, "Edition approved" in act.out, "F14 Process" in act.out) == (0, True, True)
    assert boss("manage", code, "act", done.json["serial"], "--json").json["edition"] == made["id"]
    assert boss("manage", code, "act", "HQ000000").code == 1


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["M6"], 2, "--form"),
        (["M6", "--form", "-", "--quote"], 2, "no price"),
        (["M6", "--form", "-", "--invoice", "later"], 2, "no price"),
        (["M6", "--form", "-", "--approver", "3002"], 2, "no price"),
        (["M6", "--form", "-"], 2, "rows"),
        (["M99", "--form", "-"], 1, "Managers keep nothing called M99"),
        (["M11", "--example"], 1, "Managers keep nothing called M11"),
        (["M6", "--form", "-", "--operator", "1001"], 1, "wrong"),
    ],
)
def test_what_can_t_be_said_that_way_is_refused(unchanged: Boss, arguments: list[str], code: int, said: str) -> None:
    ran = unchanged("do", *arguments, typed="{}")
    assert ran.code == code, ran
    assert said in ran.err


def test_what_is_wrong_says_row_and_field_and_leaves_nothing(boss: Boss) -> None:
    form = boss("do", "M6", "--example").json
    form["rows"][0]["values"] |= {"amount": "12.345", "category": "none"}
    ran = boss("do", "M6", "--form", "-", typed=json.dumps(form))
    assert (ran.code, "rows.0.amount" in ran.err) == (2, True)
    form["rows"][0]["values"]["amount"] = 12.5  # a number is an amount in yuan
    ran = boss("do", "M6", "--form", "-", typed=json.dumps(form))
    assert (ran.code, "rows.0.category" in ran.err) == (2, True)
    assert boss("edition", "list", "--json").json == []


@pytest.mark.parametrize("code", MODULES)
def test_all_that_it_keeps_is_listed_by_command(unchanged: Boss, code: str) -> None:
    names = [each["name"] for each in unchanged("manage", "--json", code).json if each["name"].startswith(f"{code}/")]
    assert names == [f"{code}/{entity.name}" for entity in subject(code).entities]
    for name in names:
        listed = unchanged("manage", name, "list", "--json")
        assert (listed.code, "rows" in listed.json) == (0, True), listed


@pytest.mark.parametrize("code", MODULES)
def test_what_there_is_to_try_is_tried(boss: Boss, code: str) -> None:
    tried = boss("manage", code, "try", "--example", "--json")
    if subject(code).tries is None:
        assert (tried.code, "nothing to try" in tried.err) == (1, True)
        return
    assert (tried.code, bool(tried.json)) == (0, True), tried.err
    cells = {cell["code"]: cell["state"] for cell in boss("matrix", code, "--json").json[code]}
    assert cells[f"{code}-F14"] == "alive"


def test_the_matrix_says_of_rows_of_management_what_is_not_built(unchanged: Boss) -> None:
    rows = unchanged("matrix", "--json").json
    assert all(cell["state"] == "unbuilt" for code in NOT_YET for cell in rows[code])
    assert {cell["state"] for code in MODULES for cell in rows[code]} == {"waiting", "empty"}
    for code in NOT_YET[:1]:
        out = unchanged("matrix", code).out.splitlines()
        assert (len(out), all("not built yet" in line for line in out)) == (len(COMPONENTS), True)
    reasons = unchanged("matrix", "M6", BOSS_LANGUAGE="zh_CN").out.splitlines()
    assert any("不涉及" in line and "M8" in line for line in reasons)


def test_a_hall_lends_a_limit_by_command_and_the_office_has_that_listed(boss: Boss) -> None:
    listed = boss("manage", "M8", "do", "--json").json
    assert [each["act"] for each in listed] == ["raise", "vouch", "withdraw"]
    with boss.reading() as reading:
        line = reading.all(Subscription, state="active", pay_type="postpaid", order=("number",))[0]
        day = max(row.business_date for row in reading.all(BusinessDay))
    said = (f"number={line.number}", "credit_limit=200.00", "reason=出差", f"valid_to={day}")
    done = boss("manage", "M8", "do", "raise", *said, "--operator", MANAGER)
    assert (done.code, "200.00" in done.out) == (0, True), done
    again = boss("manage", "M8", "do", "raise", *said, "--operator", MANAGER)
    assert (again.code, "one at a time" in again.err) == (1, True)
    refused = boss("manage", "M8", "do", "raise", *said, "--operator", SUPERVISOR)
    assert (refused.code, "M8.raise" in refused.err) == (1, True)
    assert boss("verify").code == 0
