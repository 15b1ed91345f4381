"""Who may put rows into headquarters: two people who prove who they are; before there are two, it is a founding."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from boss_tui.home.settings import Home
from data.tables.edition import Edition
from data.tables.product import Product
from data.tables.resource import PhoneNumber
from data.tables.sync import JournalEntry
from tests.boss_tui.commands.conftest import PASSWORD, Boss

LOAD = ("headquarters", "load")
APPROVED = {"BOSS_APPROVER_PASSWORD": PASSWORD}
STATION: dict[str, list[dict[str, Any]]] = {
    "outlet": [{"code": "HQ", "name_zh": "省公司", "province": "浙江"}],
    "counter": [{"code": "HQ01", "outlet": "HQ", "name_zh": "一"}],
}
Write = Callable[[dict[str, Any]], Path]


def managers(*numbers: str, use: str = "lasting", role: str = "manager") -> dict[str, Any]:
    person = {"outlet": "HQ", "name": "何", "role": role, "password": PASSWORD, "password_use": use}
    return {"operator": [{"staff_no": number, **person} for number in numbers]}


def plan(code: str) -> dict[str, Any]:
    row = {"code": code, "name_zh": code, "kind": "service", "pay_type": "any", "valid_from": "2026-01-01"}
    return {"product": [row]}


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("empty") / "home"
    assert Boss(folder)("headquarters", "init", "--plain").code == 0
    return folder


@pytest.fixture
def office(template: Path, tmp_path: Path) -> Boss:
    """A headquarters in which nothing is published but its chart of accounts."""
    return Boss(Path(shutil.copytree(template, tmp_path / "home")))


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def written(rows: dict[str, Any]) -> Path:
        file = tmp_path / "rows.json"
        file.write_text(json.dumps(rows), encoding="utf-8")
        return file

    return written


def editions(office: Boss) -> list[tuple[str, str]]:
    with office.reading() as reading:
        return [(row.subject, row.decided_by) for row in reading.all(Edition, order=("number",))]


def test_an_empty_headquarters_is_founded_until_two_can_decide(office: Boss, write: Write) -> None:
    for rows in (plan("P1"), STATION, managers("9001"), managers("9003", role="supervisor"), managers("9002")):
        loaded = office(*LOAD, write(rows))
        assert loaded.code == 0, loaded.err
    assert editions(office) == [("founding", "")] * 5
    refused = office(*LOAD, write(plan("P2")))
    assert refused.code == 2
    assert "--operator" in refused.err
    two = ("--operator", "9001", "--approver", "9002")
    assert office(*LOAD, write(plan("P2")), *two, **APPROVED).code == 0
    assert editions(office)[5:] == [("load", "9002")]
    assert office("verify").code == 0


def test_stock_that_names_what_is_not_there_is_told_by_row_and_column(office: Boss, write: Write) -> None:
    """What comes with the file is there; else nothing of the file is loaded."""
    number = {"number": "13958001000", "segment": "1395800", "grade": "N", "tail": "1000"}
    segment, grade = {"prefix": "1395800"}, {"code": "N", "name_zh": "普通"}
    refused = office(*LOAD, write({"number_segment": [segment], "phone_number": [number]}))
    assert (refused.code, "phone_number 1 grade: There is no number grade N." in refused.err) == (2, True)
    with office.reading() as reading:
        assert reading.all(PhoneNumber) == []
    assert (
        office(*LOAD, write({"number_segment": [segment], "number_grade": [grade], "phone_number": [number]})).code == 0
    )


def test_a_founding_needs_a_counter_to_sign_on_at(office: Boss, write: Write) -> None:
    assert office(*LOAD, write({"outlet": STATION["outlet"], **managers("9001", "9002")})).code == 0
    assert office(*LOAD, write({"counter": STATION["counter"]})).code == 0  # nobody could sign on before
    assert office(*LOAD, write(plan("P1"))).code == 2


@pytest.fixture
def founded(office: Boss, write: Write) -> Boss:
    """Two managers, and one whose password has to be changed first."""
    people = [*managers("9001", "9002")["operator"], *managers("9003", use="initial")["operator"]]
    clerk = managers("9004", role="clerk")["operator"]
    assert office(*LOAD, write({**STATION, "operator": [*people, *clerk]})).code == 0
    return office


REFUSED = [
    (("", "9002"), PASSWORD, PASSWORD, 2, "--operator"),
    (("9001", ""), PASSWORD, PASSWORD, 2, "Another person has to approve it"),
    (("9001", "9001"), PASSWORD, PASSWORD, 2, "Nobody decides what they made themselves"),
    (("9001", "nobody"), PASSWORD, PASSWORD, 2, "nobody is no manager"),
    (("9001", "9004"), PASSWORD, PASSWORD, 2, "9004 is no manager"),
    (("9001", "9002"), PASSWORD, "wrong", 1, "password"),
    (("9001", "9002"), "wrong", PASSWORD, 1, "password"),
    (("9001", "9003"), PASSWORD, PASSWORD, 1, "must be changed first"),
    (("9003", "9002"), PASSWORD, PASSWORD, 1, "password"),
    (("nobody", "9002"), PASSWORD, PASSWORD, 1, "password"),
]


@pytest.mark.parametrize(("people", "own", "other", "code", "told"), REFUSED)
def test_who_does_not_prove_who_they_are_loads_nothing(
    founded: Boss, write: Write, people: tuple[str, str], own: str, other: str, code: int, told: str
) -> None:
    maker, checker = people
    environment = {"BOSS_PASSWORD": own, "BOSS_APPROVER_PASSWORD": other}
    ran = founded(*LOAD, write(plan("P1")), "--operator", maker, "--approver", checker, **environment)
    assert (ran.code, told in ran.err) == (code, True), ran
    with founded.reading() as reading:
        assert reading.all(Product) == []
    assert founded("verify").code == 0


def test_stock_alone_is_published_to_nobody(founded: Boss, write: Write) -> None:
    cards = {"sim_card": [{"iccid": "89860012345678901234", "imsi": "460001234567890", "kind": "32K", "ki": "0F" * 16}]}
    unsaid = founded(*LOAD, write(cards))
    assert (unsaid.code, "Say who works" in unsaid.err) == (2, True)
    assert founded(*LOAD, write(cards), "--operator", "9002").code == 0
    assert "0F0F" not in founded("headquarters", "dump").out
    both = founded(*LOAD, write({**cards, **plan("P1")}))
    assert both.code == 2


def test_the_journal_of_the_office_names_who_loaded(founded: Boss, write: Write) -> None:
    two = ("--operator", "9002", "--approver", "9001")
    assert founded(*LOAD, write(plan("P1")), *two, **APPROVED).code == 0
    with founded.reading() as reading:
        entries = reading.all(JournalEntry, order=("seq",))
        (edition,) = reading.all(Edition, subject="load")
    assert [entry.operator for entry in entries if entry.kind == "load"][-1] == "9002"
    assert (edition.author, edition.decided_by) == ("9002", "9001")


@pytest.mark.parametrize(
    ("damage", "rule"),
    [
        ("UPDATE edition SET decided_by = ''", "an edition is approved by another person"),
        ("UPDATE edition SET decided_by = author", "an edition is approved by another person"),
        ("UPDATE edition SET subject = 'founding', decided_by = ''", "a founding comes before all others"),
        ("UPDATE edition SET subject = 'founding'", "a founding comes before all others"),
    ],
)
def test_a_load_that_nobody_approved_is_found(founded: Boss, write: Write, damage: str, rule: str) -> None:
    two = ("--operator", "9001", "--approver", "9002")
    for code in ("P1", "P2"):
        assert founded(*LOAD, write(plan(code)), *two, **APPROVED).code == 0
    store = Home(founded.folder).open_store()
    with store.engine.connect() as connection:
        connection.execute(text(f"{damage} WHERE number = (SELECT max(number) FROM edition)"))
        connection.commit()
    store.close()
    ran = founded("verify")
    assert ran.code != 0
    assert rule in ran.out
