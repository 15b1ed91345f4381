"""Editions by command: looked at, decided and taken back by two managers, with what each refusal ends with."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from boss_tui.headquarters import desk as offices
from boss_tui.headquarters.office import Office
from boss_tui.home_files import home_key, renew_head
from boss_tui.settings import Home
from data.clock import CHINA, SystemClock
from tests.boss_tui.commands.conftest import PASSWORD, Boss
from tests.boss_tui.editions.office import Desk as Stage
from tests.boss_tui.editions.office import price

MAKER, CHECKER = "3001", "3002"


@pytest.fixture
def boss(tmp_path: Path) -> Boss:
    """A home of headquarters with the editions' own office in it, and one edition that was submitted."""
    url = f"sqlite:///{tmp_path / 'store.db'}"
    clock = SystemClock()
    Stage.made(url, clock, clock.now().astimezone(CHINA).date().isoformat()).store.close()
    home = Home.make(tmp_path / "home", outlet="HQ", counter="HQ01", store=url, encrypted=False)
    store = home.open_store()
    desk = offices.desk(Office(store, home_key(home, "headquarters")))
    desk.signing.sign_on(MAKER, PASSWORD)
    made = desk.editions.new("M6", "Cards", "Dearer cards")
    desk.editions.put(made.id, [price(1200)])
    desk.editions.submit(made.id)
    renew_head(home, store)
    store.close()
    return Boss(home.folder)


def test_an_edition_is_found_shown_approved_and_rolled_back(boss: Boss) -> None:
    waiting = boss("edition", "list", "--waiting", "--operator", CHECKER, "--json").json
    assert [(each["number"], each["state"]) for each in waiting] == [(1, "submitted")]
    assert boss("edition", "list", "--waiting", "--operator", MAKER, "--json").json == []
    shown = boss("edition", "show", "1", "--operator", CHECKER)
    assert "Prices P1  changed  Amount  10.00  ->  12.00" in shown.out
    facts = boss("edition", "show", "1", "--operator", CHECKER, "--json").json
    assert facts["differences"][0]["after"] == 1200
    assert [act["act"] for act in facts["acts"]] == ["edition.new", "edition.submit"]
    assert facts["notices"] == []
    done = boss("edition", "approve", "1", "--seen", facts["seen"], "--operator", CHECKER, "--json")
    assert (done.code, done.json["state"]) == (0, "in_force")
    back = boss("edition", "roll-back", "1", "a mistake", "--operator", MAKER, "--json").json
    assert (back["state"], back["rolls_back"], back["left_out"]) == ("draft", done.json["id"], [])
    assert boss("edition", "submit", "2", "--operator", MAKER).code == 0
    assert "in force" in boss("edition", "approve", "2", "--operator", CHECKER).out
    assert boss("verify").code == 0


@pytest.mark.parametrize(
    ("command", "by", "code", "told"),
    [
        (("approve", "1"), MAKER, 1, "another person"),
        (("approve", "7"), CHECKER, 1, "no edition 7"),
        (("approve", "1", "--seen", "x"), CHECKER, 1, "look again"),
        (("reject", "1", " "), CHECKER, 1, "Say why"),
        (("review", "1", "fine"), CHECKER, 1, "reviewed afterwards"),
        (("withdraw", "1"), CHECKER, 1, "Only 3001"),
        (("roll-back", "1", "x"), MAKER, 1, "in force"),
        (("emergency", "1"), MAKER, 1, "draft"),
        (("show", "1"), "", 2, "--operator"),
        (("reject", "1"), CHECKER, 2, ""),
    ],
)
def test_what_is_refused_says_why_and_ends_with_its_code(
    boss: Boss, command: tuple[str, ...], by: str, code: int, told: str
) -> None:
    ran = boss("edition", *command, *(("--operator", by) if by else ()))
    assert ran.code == code
    assert told in ran.err
    assert boss("edition", "list", "--operator", MAKER, "--json").json[0]["state"] == "submitted"


def test_others_decide_too(boss: Boss) -> None:
    assert boss("edition", "reject", "1", "too dear", "--operator", CHECKER).code == 0
    assert (
        boss("edition", "list", "--state", "rejected", "--operator", MAKER, "--json").json[0]["decision"] == "too dear"
    )
    assert boss("edition", "withdraw", "1", "--operator", MAKER, "--json").json["state"] == "withdrawn"


def test_the_offices_business_date_is_closed_and_opened(boss: Boss) -> None:
    for ran in (
        boss("headquarters", "close-day", "--operator", MAKER),
        boss("headquarters", "open-day", "--operator", MAKER),
    ):
        assert ran.code == 0, ran.err
    refused = boss("headquarters", "open-day", "--operator", MAKER)
    assert refused.code == 1
    assert "still open" in refused.err


def test_a_new_home_of_headquarters_has_its_office_and_a_demonstration_its_managers(tmp_path: Path) -> None:
    empty = Boss(tmp_path / "empty")
    assert empty("headquarters", "init", "--plain", "--office", "HQ9", "--counter", "HQ901").code == 0
    rows = {
        "outlet": [{"code": "HQ9", "name_zh": "省公司", "province": "浙江"}],
        "counter": [{"code": "HQ901", "outlet": "HQ9", "name_zh": "一"}],
        "operator": [
            {
                "staff_no": "9001",
                "outlet": "HQ9",
                "name": "何",
                "role": "manager",
                "password": PASSWORD,
                "password_use": "lasting",
            }
        ],
    }
    file = tmp_path / "rows.json"
    file.write_text(json.dumps(rows), encoding="utf-8")
    assert empty("headquarters", "load", file).code == 0
    assert empty("headquarters", "open-day", "--operator", "9001").code == 0
    (loaded,) = empty("edition", "list", "--operator", "9001", "--json").json
    assert (loaded["subject"], loaded["state"], loaded["author"] != "") == ("founding", "in_force", True)
    assert empty("verify").code == 0
    demo = Boss(tmp_path / "demo")
    assert demo("headquarters", "init", "--demo", "--customers", "1", "--plain").code == 0
    assert demo("headquarters", "open-day", "--operator", CHECKER).code == 0
    assert demo("verify").code == 0
