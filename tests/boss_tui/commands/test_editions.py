"""Editions by command: looked at, decided and taken back by two managers, with what each refusal ends with."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from boss_tui.editions.lines import RowEdit
from boss_tui.headquarters import desk as offices
from boss_tui.headquarters.office import Office
from boss_tui.headquarters.stream import publish
from boss_tui.home.settings import Home
from boss_tui.start.home_files import home_key, renew_head
from data.clock import CHINA, SystemClock
from data.journal import Author
from data.standard.codes import BUSINESSES, MANAGEMENT
from data.tables.edition import Edition
from tests.boss_tui.commands.conftest import PASSWORD, Boss
from tests.boss_tui.editions.office import KEY, price
from tests.boss_tui.editions.office import Desk as Stage

MAKER, CHECKER = "3001", "3002"


@pytest.fixture(params=[""])
def boss(request: pytest.FixtureRequest, tmp_path: Path) -> Boss:
    """A home of headquarters with the editions' own office in it, and one edition that was submitted: for a scope, of
    which an outlet is."""
    scope = request.param
    url = f"sqlite:///{tmp_path / 'store.db'}"
    clock = SystemClock()
    Stage.made(url, clock, clock.now().astimezone(CHINA).date().isoformat()).store.close()
    home = Home.make(tmp_path / "home", outlet="HQ", counter="HQ01", store=url, encrypted=False)
    store = home.open_store()
    desk = offices.desk(Office(store, home_key(home, "headquarters")))
    desk.signing.sign_on(MAKER, PASSWORD)
    if scope:
        of_region = RowEdit("outlet", ("H1",), "add", {"name_zh": "某厅", "province": "浙江", "region": "R1"})
        with store.transaction(Author("", "publish", ""), journalled=False) as tx:
            made = Edition(id="f2", number=9999, subject="load", title="Outlets", author="", made_at="", at_once=1)
            made.counts_from = "2026-01-01"
            publish(tx, KEY, made, [of_region])
    made = desk.editions.new("M6", "Cards", "Dearer cards", scope=scope)
    desk.editions.put(made.id, [price(1200)])
    desk.editions.submit(made.id)
    renew_head(home, store)
    store.close()
    return Boss(home.folder)


@pytest.mark.parametrize("boss", ["", "region:R1", "outlet:H1"], indirect=True)
def test_an_edition_is_found_shown_approved_and_rolled_back(boss: Boss) -> None:
    waiting = boss("edition", "list", "--waiting", "--operator", CHECKER, "--json").json
    assert [(each["number"], each["state"]) for each in waiting] == [(1, "submitted")]
    assert boss("edition", "list", "--waiting", "--operator", MAKER, "--json").json == []
    shown = boss("edition", "show", "1", "--operator", CHECKER)
    assert "price rule P1  changed  Amount  10.00  ->  12.00" in shown.out
    facts = boss("edition", "show", "1", "--operator", CHECKER, "--json").json
    assert facts["differences"][0]["after"] == 1200
    assert [act["act"] for act in facts["acts"]] == ["edition.new", "edition.submit"]
    assert facts["notices"] == []
    done = boss("edition", "approve", "1", "--seen", facts["seen"], "--operator", CHECKER, "--json")
    assert (done.code, done.json["state"]) == (0, "in_force")
    back = boss("edition", "roll-back", "1", "a mistake", "--operator", MAKER, "--json").json
    assert (back["state"], back["rolls_back"], back["left_out"]) == ("draft", done.json["id"], [])
    shown = boss("edition", "show", "2", "--operator", MAKER)
    assert re.search(r"Rolls back +1\n", shown.out), shown.out
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


def test_what_an_edition_can_not_be_is_told_by_row_and_field(boss: Boss) -> None:
    by = ("--operator", MAKER)
    assert boss("edition", "withdraw", "1", *by).code == 0
    said = ("business=C9", "amount=1")
    made = boss("manage", "M6", "new", "id=X0", "item=card", *said, "--title", "t", "--reason", "r", *by)
    assert made.code == 0, made.err
    strange = boss("manage", "M6", "new", "id=X1", "item=nothing", *said, *by)
    lists = "boss manage M6 fields item lists what there is."
    assert (strange.code, strange.err.splitlines()[0]) == (2, f"item: There is no charge item nothing. {lists}")
    again = ("manage", "M6", "new", "id=X1", "item=card", *said, *by)
    assert "price rule X0 holds for the same" in boss(*again).err
    made = boss(*again, "--anyway")
    assert made.code == 0, made.err
    refused = boss("edition", "submit", "2", *by)
    assert refused.code == 1
    assert "Price rule X1, From: price rule X0 holds for the same" in refused.err


def test_others_decide_too(boss: Boss) -> None:
    assert boss("edition", "reject", "1", "too dear", "--operator", CHECKER).code == 0
    assert (
        boss("edition", "list", "--state", "rejected", "--operator", MAKER, "--json").json[0]["decision"] == "too dear"
    )
    assert boss("edition", "withdraw", "1", "--operator", MAKER, "--json").json["state"] == "withdrawn"
    shown = boss("edition", "show", "1", "--operator", MAKER).out
    assert re.search(rf"Withdrawal +{MAKER} \S+: -\n", shown), shown
    assert "Decided by" not in shown, "who rejected it did not withdraw it"


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


FOUNDED = ("headquarters", "init", "--plain", "--office", "ZJ", "--counter", "ZJ01", "--province", "浙江")
FOUNDERS = ("--manager", "3001 顾文清", "--manager", "3002 陆明远")


def test_a_headquarters_is_founded_with_its_managers_and_what_every_one_begins_with(tmp_path: Path) -> None:
    """Nothing of it is sold yet; who was named signs on with a password for once, and changes it first."""
    boss = Boss(tmp_path / "founded")
    secrets = boss(*FOUNDED, *FOUNDERS, "--json").json["passwords"]
    assert list(secrets) == ["3001", "3002"]
    assert boss("verify").code == 0
    told = boss("headquarters", "dump").json
    assert [(row["code"], row["province"]) for row in told["outlet"]] == [("ZJ", "浙江")]
    assert {row["business"] for row in told["process"]} == {*BUSINESSES, *MANAGEMENT}
    assert {row["code"] for row in told["category"]} == {"black", "red", "organization", "ordinary"}
    accounts = {row["code"] for row in told["ledger_account"]}
    assert {row["ledger_account"] for row in told["charge_item"]} <= accounts
    assert not {"product", "price_rule", "number_segment", "network_element"} & {each for each in told if told[each]}
    refused = boss("headquarters", "open-day", "--operator", "3001", BOSS_PASSWORD=secrets["3001"])
    assert refused.code == 1
    assert "password" in refused.err
    chosen = {"BOSS_PASSWORD": secrets["3001"], "BOSS_NEW_PASSWORD": "Office-2026-x1"}
    assert boss("staff", "password", "--operator", "3001", **chosen).code == 0
    assert boss("headquarters", "open-day", "--operator", "3001", BOSS_PASSWORD="Office-2026-x1").code == 0


@pytest.mark.parametrize(
    ("more", "told"),
    [
        (FOUNDERS[:2], "Two people at least"),
        ((*FOUNDERS[:2], *FOUNDERS[:2]), "of different numbers"),
        ((*FOUNDERS[:2], "--manager", "3002"), "needed"),
        ((*FOUNDERS[:2], "--manager", "陆明远 3002"), ""),
        ((*FOUNDERS, "--province", " "), "which province"),
    ],
)
def test_a_headquarters_is_not_founded_by_halves(tmp_path: Path, more: tuple[str, ...], told: str) -> None:
    boss = Boss(tmp_path / "founded")
    refused = boss(*FOUNDED, *more)
    assert refused.code > 0
    assert told in refused.err
    assert not boss.folder.exists()
