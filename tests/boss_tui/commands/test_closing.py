"""A hall that is gone for good is closed by two people: what it held is taken back, and all goes on without it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from boss_tui.components.ledger.put_aside import DUE_FROM_OUTLETS, OFFICE
from boss_tui.home.settings import Home
from boss_tui.start.home_files import home_key
from boss_tui.sync.client import Refused
from boss_tui.sync.link import Link
from boss_tui.sync.rejoin import rejoin
from data.tables.act import Act
from data.tables.edition import Edition
from data.tables.finance import RunningTotal
from data.tables.organisation import Counter, Outlet
from data.tables.resource import PhoneNumber
from data.tables.sync import EnrolledOutlet, Lease
from tests.boss_tui.commands.conftest import PASSWORD, Boss
from tests.boss_tui.commands.test_headquarters import (  # noqa: F401
    APPROVED,
    BY,
    BY_TWO,
    CLERK,
    LOAD,
    OUTLET,
    copied,
    enrolled,
    linked,
    selling,
    serving,
    sold,
    supplied_headquarters,
    url,
)

CLOSE = ("headquarters", "close", OUTLET)


@pytest.fixture(scope="module")
def gone(enrolled: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:  # noqa: F811
    """The hall has sold, pushed it, and is never heard again; the office's day is open."""
    folder = tmp_path_factory.mktemp("gone")
    office, outlet = (copied(folder, enrolled / name) for name in ("headquarters", "outlet"))
    with serving(office) as url:  # noqa: F811
        assert linked(outlet, url)("sync").code == 0
        selling(outlet)
        sold(outlet)
        assert outlet("sync").code == 0
    opened = office("headquarters", "open-day", "--operator", "3001")
    assert opened.code == 0, opened.err
    return folder


@pytest.fixture
def office(gone: Path, tmp_path: Path) -> Boss:
    """Headquarters, a copy of the test's own."""
    return copied(tmp_path, gone / "headquarters")


@pytest.fixture
def sold_out(gone: Path, url: str, tmp_path: Path) -> Boss:  # noqa: F811
    """The hall, a copy of the test's own."""
    return linked(copied(tmp_path, gone / "outlet"), url)


def rows(boss: Boss, model: Any, **where: Any) -> list[Any]:
    store = Home(boss.folder).open_store()
    with store.reading() as reading:
        found = reading.all(model, **where)
    store.close()
    return found


def test_what_it_holds_is_listed_and_nothing_is_done(office: Boss, sold_out: Boss) -> None:
    told = office(*CLOSE, "--json")
    assert told.code == 0, told.err
    assert "Nothing was done" in told.err
    held = told.json
    assert {block["kind"] for block in held["blocks"]} == {"number", "sim", "invoice", "receipt", "slip", "contract"}
    numbers = next(block for block in held["blocks"] if block["kind"] == "number")
    assert (numbers["pieces"], numbers["left"]) == (200, 199)
    assert sum(held["in_hand"].values()) > 200_000  # what came from the bank, and the opening
    assert (held["exceptions"], held["held"], held["suspense"]) == (0, 0, 0)
    assert rows(office, Lease, outlet=OUTLET, state="reclaimed") == []
    shown = office(*CLOSE)
    assert "In drawers and safe" in shown.out
    assert office("headquarters", "close", "nowhere").code == 1


REFUSED = [
    ((), 2, "--operator"),
    (("--operator", "3001"), 2, "Another person has to approve it"),
    (("--operator", "3001", "--approver", "3001"), 2, "Nobody decides"),
    (("--operator", "3001", "--approver", "2001"), 2, "is no manager"),
]


@pytest.mark.parametrize(("people", "code", "told"), REFUSED)
def test_it_takes_two(office: Boss, sold_out: Boss, people: tuple[str, ...], code: int, told: str) -> None:
    ran = office(*CLOSE, "烧了", *people, **APPROVED)
    assert (ran.code, told in ran.err) == (code, True), ran
    assert rows(office, EnrolledOutlet, outlet=OUTLET)[0].closed_at == ""


def test_a_wrong_password_or_no_right_closes_nothing(office: Boss, sold_out: Boss, tmp_path: Path) -> None:
    assert office(*CLOSE, "烧了", *BY_TWO, BOSS_APPROVER_PASSWORD="wrong").code == 1
    assert office(*CLOSE, " ", *BY_TWO, **APPROVED).code == 1
    file = tmp_path / "people.json"
    person = {"outlet": "HQ", "role": "supervisor", "password": PASSWORD, "password_use": "lasting"}
    file.write_text(json.dumps({"operator": [{"staff_no": "3009", "name": "何", **person}]}), encoding="utf-8")
    assert office(*LOAD, file, *BY_TWO, **APPROVED).code == 0
    ran = office(*CLOSE, "烧了", "--operator", "3009", "--approver", "3001", **APPROVED)
    assert (ran.code, "lacks the right M7" in ran.err) == (1, True), ran
    assert rows(office, EnrolledOutlet, outlet=OUTLET)[0].closed_at == ""


def test_a_closed_hall_has_nothing_more_and_is_on_record(office: Boss, sold_out: Boss) -> None:
    held = office(*CLOSE, "--json").json
    done = office(*CLOSE, "烧毁", *BY_TWO, **APPROVED)
    assert done.code == 0, done.err
    assert {row.state for row in rows(office, Lease, outlet=OUTLET)} == {"reclaimed"}
    numbers = [row for row in rows(office, PhoneNumber) if row.lease_id in {b["lease"] for b in held["blocks"]}]
    assert {(row.state, row.outlet) for row in numbers if row.state != "sold"} == {("quarantined", "")}
    assert [row.outlet for row in numbers if row.state == "sold"] == [OUTLET]
    assert [row.state for row in rows(office, Outlet, code=OUTLET)] == ["closed"]
    assert {row.state for row in rows(office, Counter, outlet=OUTLET)} == {"closed"}
    due = rows(office, RunningTotal, outlet=OFFICE, account=DUE_FROM_OUTLETS)
    assert sum(row.amount for row in due) == sum(held["in_hand"].values())
    (edition,) = rows(office, Edition, subject="close")
    assert (edition.author, edition.decided_by) == ("3001", "3002")
    (act,) = rows(office, Act, act="outlet.close")
    assert (act.operator, act.approved_by, json.loads(act.form_json)["why"]) == ("3001", "3002", "烧毁")
    checked = office("verify")
    assert checked.code == 0, checked.out
    again = office(*CLOSE, "烧毁", *BY_TWO, **APPROVED)
    assert (again.code, "was closed on" in again.err) == (1, True)


def test_after_a_restore_all_goes_on_once_it_is_closed(office: Boss, sold_out: Boss, tmp_path: Path) -> None:
    assert office("headquarters", "restored").code == 0
    file = tmp_path / "rows.json"
    row = {"code": "HZ07", "name_zh": "新厅", "province": "浙江"}
    file.write_text(json.dumps({"outlet": [row]}), encoding="utf-8")
    refused = office(*LOAD, file, *BY_TWO, **APPROVED)
    assert refused.code == 1
    assert "boss headquarters close" in refused.err
    for line in office("headquarters", "status", "--json").json["outlets"]:
        closed = office("headquarters", "close", line["outlet"], "烧毁", *BY_TWO, **APPROVED)
        assert closed.code == 0, closed.err
    assert office(*LOAD, file, *BY_TWO, **APPROVED).code == 0
    assert office("verify").code == 0


def test_a_hall_that_comes_back_is_told_and_sells_no_more(office: Boss, sold_out: Boss) -> None:
    """Nothing that it did is lost: once it is open again and enrolled anew, what it still has is judged."""
    sold(sold_out)
    before = office(*CLOSE, "--json").json["received"]
    assert office(*CLOSE, "烧毁", *BY_TWO, **APPROVED).code == 0
    assert sold_out("sync").code != 0
    stopped = sold_out("do", "C1", "--example", "--operator", CLERK)
    assert (stopped.code, "closed outlet HZ02 for good" in stopped.err) == (1, True), stopped
    assert office(*CLOSE, "--json").json["received"] == before
    released = office("headquarters", "release", OUTLET, *BY)
    assert (released.code, "closed for good" in released.err) == (1, True)
    code = office("headquarters", "code", OUTLET, *BY)
    assert (code.code, "is closed" in code.err) == (1, True)
    leased = office("headquarters", "lease", OUTLET, "number", "5", *BY)
    assert (leased.code, "nothing is handed to it" in leased.err) == (1, True)
    store = Home(sold_out.folder).open_store()
    link = Link(store, OUTLET, Home(sold_out.folder).settings.headquarters, home_key(Home(sold_out.folder)))
    with pytest.raises(Refused, match="for good"):
        rejoin(link)  # nor does a restored copy of it begin anew
    store.close()


def test_it_is_opened_again_by_an_edition_and_enrolled_anew(
    office: Boss,
    sold_out: Boss,
    url: str,  # noqa: F811
    tmp_path: Path,
) -> None:
    sold(sold_out)
    assert office(*CLOSE, "烧毁", *BY_TWO, **APPROVED).code == 0
    file = tmp_path / "again.json"
    dumped = office("headquarters", "dump", "--part", "organisation").json
    row = next(row for row in dumped["outlet"] if row["code"] == OUTLET)
    counter = next(row for row in dumped["counter"] if row["outlet"] == OUTLET)
    again = {"outlet": [{**row, "state": "active"}], "counter": [{**counter, "state": "active"}]}
    file.write_text(json.dumps(again), encoding="utf-8")
    loaded = office(*LOAD, file, *BY_TWO, **APPROVED)
    assert loaded.code == 0, loaded.err
    code = office("headquarters", "code", OUTLET, *BY).out.strip()
    enrolling = sold_out("headquarters", "enrol", code, "--url", url)
    assert enrolling.code == 0, enrolling.err
    assert sold_out("sync").code == 0
    told = office("headquarters", "exceptions", "--json").json
    assert {each["reason"] for each in told} <= {"lease", "foreign", "stale", "move"}
    assert told, "it sold from a block that was taken back"
