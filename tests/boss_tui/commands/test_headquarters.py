"""A real outlet and a real headquarters by commands alone: enrolled, supplied, selling, by link and on a stick."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from boss_tui.commands.making import keep_setting
from boss_tui.editions.lines import history
from boss_tui.headquarters.service import Running
from boss_tui.home.settings import Home
from boss_tui.start.home_files import home_key
from boss_tui.verify.handed import TABLES
from data.tables import all_tables
from data.tables.billing import PlanRate
from data.tables.content import Article
from data.tables.organisation import Operator
from data.tables.provider import ProviderService
from data.tables.stock import HandsetBundle
from data.tables.sync import AccessLog, EnrolmentCode, FeedItem
from data.tables.tariff import TaxRate
from tests.boss_tui.commands.conftest import PASSWORD, Boss

OUTLET, COUNTER, CLERK, SUPERVISOR = "HZ02", "HZ0201", "5001", "5002"
INITIAL = "given-by-hq"
LOAD = ("headquarters", "load")
BY = ("--operator", "3001")
BY_TWO = (*BY, "--approver", "3002")
APPROVED = {"BOSS_APPROVER_PASSWORD": PASSWORD}
STAFF: dict[str, list[dict[str, Any]]] = {
    "outlet": [{"code": OUTLET, "name_zh": "乡镇营业厅", "name_en": "Village Hall", "province": "浙江"}],
    "counter": [{"code": COUNTER, "outlet": OUTLET, "name_zh": "1号台"}],
    "operator": [
        {"staff_no": CLERK, "outlet": OUTLET, "name": "何静", "role": "clerk", "password": INITIAL},
        {"staff_no": SUPERVISOR, "outlet": OUTLET, "name": "吴平", "role": "supervisor", "password": INITIAL},
    ],
}
RANGE = {"first_number": 1, "last_number": 90_000, "next_number": 1, "outlet": ""}
FREE = {
    "document_range": [
        {"id": f"free-{kind}", "kind": kind, "code": f"HQ-{kind}", **RANGE}
        for kind in ("invoice", "receipt", "slip", "contract")
    ]
}


@pytest.fixture(scope="module")
def supplied_headquarters(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Headquarters with a demonstration's catalogue and stock, and one more outlet from a file."""
    folder = tmp_path_factory.mktemp("supplied") / "headquarters"
    office = Boss(folder)
    made = office("headquarters", "init", "--demo", "--customers", "1", "--plain")
    assert made.code == 0, made.err
    file = folder / "staff.json"
    file.write_text(json.dumps({**STAFF, **FREE}), encoding="utf-8")
    loaded = office(*LOAD, file, *BY_TWO, "--json", **APPROVED)
    assert loaded.code == 0, loaded.err
    return folder


@contextmanager
def serving(office: Boss) -> Iterator[str]:
    """Where a headquarters is served."""
    home = Home(office.folder)
    store = home.open_store()
    with Running(store, home_key(home, "headquarters")) as running:
        yield running.url
    store.close()


def copied(folder: Path, made: Path) -> Boss:
    """A home as it was made."""
    return Boss(Path(shutil.copytree(made, folder / made.name)))


@pytest.fixture(scope="module")
def enrolled(supplied_headquarters: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """That headquarters, and an outlet that is enrolled and knows who works there; it has nothing to sell yet."""
    folder = tmp_path_factory.mktemp("enrolled")
    office, boss = copied(folder, supplied_headquarters), Boss(folder / "outlet")
    assert boss("init", "--outlet", OUTLET, "--counter", COUNTER, "--plain").code == 0
    code = office("headquarters", "code", OUTLET, *BY).out.strip()
    with serving(office) as url:
        told = boss("headquarters", "enrol", code, "--url", url)
    assert told.code == 0, told.err
    assert office("headquarters", "hand-down", OUTLET).code == 0
    return folder


@pytest.fixture
def office(request: pytest.FixtureRequest, supplied_headquarters: Path, tmp_path: Path) -> Boss:
    """That headquarters, a copy of the test's own; as the outlet has enrolled, where the test has that."""
    with_outlet = "outlet" in request.fixturenames
    made = request.getfixturevalue("enrolled") / "headquarters" if with_outlet else supplied_headquarters
    return copied(tmp_path, made)


@pytest.fixture
def url(office: Boss) -> Iterator[str]:
    """Where it is served."""
    with serving(office) as running:
        yield running


@pytest.fixture
def outlet(enrolled: Path, url: str, tmp_path: Path) -> Boss:
    """The outlet, a copy of the test's own."""
    return linked(copied(tmp_path, enrolled / "outlet"), url)


def linked(outlet: Boss, url: str) -> Boss:
    """An outlet to which headquarters answers there."""
    keep_setting(Home(outlet.folder), "headquarters", url)
    return outlet


def selling(outlet: Boss) -> None:
    """Everybody chooses a password of their own; day and shift are opened, a printer is set up."""
    for staff_no in (CLERK, SUPERVISOR):
        first = outlet("till", "open", "500", "--operator", staff_no, BOSS_PASSWORD=INITIAL)
        assert first.code == 1
        assert "Change the password that headquarters gave you first." in first.err
        chosen = outlet("staff", "password", "--operator", staff_no, BOSS_PASSWORD=INITIAL, BOSS_NEW_PASSWORD=PASSWORD)
        assert chosen.code == 0, chosen.err
    assert outlet("till", "day-open", "--operator", SUPERVISOR).code == 0
    assert outlet("printer", "set", "P80", "file:/dev/null", "--profile", "80mm-silent").code == 0
    empty = outlet("till", "open", "500", "--operator", CLERK)
    assert (empty.code, "from the bank" in empty.err) == (1, True), "a new safe is empty"
    brought = outlet("till", "bank", "withdrawal", "2000", "--reference", "ZP1", "--operator", SUPERVISOR)
    assert brought.code == 0, brought.err
    assert outlet("till", "open", "500", "--operator", CLERK).code == 0


def sold(outlet: Boss) -> Any:
    form = outlet("do", "C1", "--example", "--operator", CLERK)
    assert form.code == 0, form.err
    done = outlet("do", "C1", "--form", "-", "--operator", CLERK, typed=form.out)
    assert done.code == 0, done.err
    return done.json


def test_a_new_outlet_is_supplied_and_sells(office: Boss, outlet: Boss, url: str) -> None:
    first = outlet("sync", "--json")
    assert first.code == 0, first.err
    assert first.json["applied"] > 3  # what is published to all and to it, and the stock that it asked for itself
    assert first.json["waiting"] == 0
    asked = first.json["asked_for"]
    assert {what.split()[0] for what in asked} == {"number", "sim", "invoice", "receipt", "slip", "contract"}
    assert {"number N", "sim 8K", "sim 32K", "sim STK", "sim prepaid"} <= set(asked), "each kind of card by itself"
    selling(outlet)
    done = sold(outlet)
    assert outlet("order", done["serial"], "--operator", CLERK, "--json").json["outbox"] == "pending"
    assert outlet("sync").code == 0
    assert outlet("order", done["serial"], "--operator", CLERK, "--json").json["outbox"] == "acknowledged"
    line = next(line for line in office("headquarters", "status", "--json").json["outlets"] if line["outlet"] == OUTLET)
    assert line["received"] == outlet("sync", "--status", "--json").json["acknowledged"]
    assert line["exceptions"] == 0
    assert office("headquarters", "exceptions", "--json").json == []
    checked = outlet("verify", "--headquarters")
    assert checked.code == 0, checked.out
    checked = office("verify")
    assert checked.code == 0, checked.out


def test_a_new_outlet_has_exactly_headquarters_rows_and_its_own_staff(office: Boss, outlet: Boss) -> None:
    """Plan rates, provider services, bundles and articles were published and never arrived; everybody's staff did."""
    assert outlet("sync").code == 0
    there, here = Home(office.folder).open_store(), Home(outlet.folder).open_store()
    with there.reading() as central, here.reading() as own:
        for name in TABLES:
            model = all_tables()[name]
            rows = [
                row for row in map(vars, central.all(model)) if model.__scope__ != "outlet" or row["outlet"] == OUTLET
            ]
            assert sorted(map(str, map(vars, own.all(model)))) == sorted(map(str, rows)), name
            assert rows or not central.all(model) or model.__scope__, name
        assert {row.staff_no for row in own.all(Operator)} == {CLERK, SUPERVISOR}
        staff = [row.password_hash for row in central.all(Operator) if row.outlet != OUTLET]
        told = " ".join(row.body for row in own.all(FeedItem))
        assert [hashed for hashed in staff if hashed in told] == []
        assert min(len(own.all(model)) for model in (PlanRate, ProviderService, HandsetBundle, Article)) > 0
    there.close()
    here.close()
    read = office("headquarters", "hand-down", OUTLET, "--json").json
    assert read == {"published": read["published"], "read": {OUTLET: read["published"]}}
    assert office("verify").code == 0
    assert outlet("verify").code == 0


def test_a_price_is_loaded_with_a_date_and_another_persons_word(office: Boss, outlet: Boss, tmp_path: Path) -> None:
    file = tmp_path / "prices.json"
    file.write_text(json.dumps({"tax_rate": [{"category": "new", "valid_from": "2026-01-01", "rate": 100}]}))
    load = (*LOAD, file, "--author", "3002")
    for approver, told in (("", "Another person"), ("3002", "Nobody decides"), ("1001", "is no manager")):
        refused = office(*load, "--approver", approver, **APPROVED)
        assert refused.code == 2
        assert told in refused.err
    dated = (*load, "--approver", "3001", "--from")
    assert office(*dated, "2020-01-01", **APPROVED).code == 2
    assert office(*dated, "2999-01-01", "--json", **APPROVED).json["added"] == 1
    assert office(*dated, "2999-01-01", "--json", **APPROVED).json["same"] == 1
    assert "new" not in [
        row["category"] for row in office("headquarters", "dump", "--part", "tariffs").json["tax_rate"]
    ]
    assert outlet("sync").code == 0
    store = Home(outlet.folder).open_store()
    with store.reading() as reading:
        assert reading.find(TaxRate, category="new") is None
        assert [line.effective_from for line in history(reading, "tax_rate", ("new", "2026-01-01"))] == ["2999-01-01"]
    store.close()
    assert outlet("verify").code == 0


def test_batches_travel_on_a_stick(office: Boss, outlet: Boss, tmp_path: Path) -> None:
    assert outlet("sync").code == 0
    leased = office("headquarters", "lease", OUTLET, "number", "7", *BY, "--json")
    assert leased.json["pieces"] == 7
    selling(outlet)
    sold(outlet)
    stick = tmp_path / "stick.json"
    carried = outlet("carry", "export", stick, "--json").json
    assert carried["entries"] > 0
    before = outlet("sync", "--status", "--json").json["acknowledged"]
    taken = office("headquarters", "take", stick, "--json")
    assert taken.code == 0, taken.err
    assert (
        outlet("carry", "import", taken.json["receipt"], "--json").json["acknowledged"] == before + carried["entries"]
    )
    assert outlet("carry", "import", taken.json["receipt"]).code == 0  # again does no harm
    assert office("headquarters", "take", stick).code == 0
    stick.write_text(stick.read_text().replace(OUTLET, "HZ03"))
    assert office("headquarters", "take", stick).code in {1, 3}
    assert outlet("carry", "import", stick).code == 3
    assert outlet("carry", "import", tmp_path / "none").code == 3


def test_a_restored_outlet_gets_back_what_it_lost(office: Boss, outlet: Boss, tmp_path: Path) -> None:
    assert outlet("sync").code == 0
    selling(outlet)
    copy = tmp_path / "copy.db"
    assert outlet("backup", copy).code == 0
    done = sold(outlet)
    assert outlet("sync").code == 0
    assert outlet("restore", copy).code == 0
    assert outlet("order", done["serial"], "--operator", CLERK).code == 1
    back = outlet("sync")
    assert back.code == 0, back.err
    assert "came back" in back.err
    assert outlet("order", done["serial"], "--operator", CLERK).code == 0
    assert office("headquarters", "exceptions", "--json").json == []
    assert outlet("verify", "--headquarters").code == 0


def test_a_restored_outlet_sells_on(outlet: Boss, tmp_path: Path) -> None:
    assert outlet("sync").code == 0
    selling(outlet)
    copy = tmp_path / "copy.db"
    assert outlet("backup", copy).code == 0
    sold(outlet)
    assert outlet("sync").code == 0
    assert outlet("restore", copy).code == 0
    assert outlet("sync").code == 0
    sold(outlet)


def test_a_code_is_good_once_and_for_one_outlet(office: Boss, outlet: Boss, url: str, tmp_path: Path) -> None:
    assert office("headquarters", "code", "HZ99", *BY).code == 1
    code = office("headquarters", "code", OUTLET, *BY, "--json").json["code"]
    with Home(office.folder).open_store().reading() as reading:
        assert {made.made_by for made in reading.all(EnrolmentCode)} == {"3001"}
    other = Boss(tmp_path / "other")
    other("init", "--outlet", "HZ01", "--counter", "HZ0101", "--plain")
    assert other("headquarters", "enrol", code).code == 2
    assert other("headquarters", "enrol", code, "--url", "ftp://x").code == 2
    assert other("headquarters", "enrol", code, "--url", "http://127.0.0.1:1").code == 3
    refused = other("headquarters", "enrol", code, "--url", url)
    assert refused.code == 3
    assert "not good for outlet HZ01" in refused.err
    assert other("sync").code == 3
    assert outlet("headquarters", "enrol", "AAAA-" + code.rpartition("-")[2]).code == 3


def test_what_headquarters_refuses(office: Boss, outlet: Boss) -> None:
    assert office("headquarters", "lease", "HZ99", "number", "5", *BY).code == 1
    assert office("headquarters", "lease", OUTLET, "number", "5", *BY, "--of", "no such grade").code == 1
    assert office("headquarters", "lease", OUTLET, "gold", "5", *BY).code == 2
    assert office("headquarters", "hand-down", "HZ99").code == 1
    assert office("headquarters", "resolve", "none", "done", "--operator", "3001").code == 1
    assert office("headquarters", "release", "HZ99", *BY).code == 1
    assert office("headquarters", "release", OUTLET).code == 2  # nobody says who works
    assert office("headquarters", "release", OUTLET, *BY).code == 0
    with office.reading() as reading:
        assert [(row.subject, row.operator) for row in reading.all(AccessLog, act="release")] == [(OUTLET, "3001")]
    assert outlet("headquarters", "status").code == 1  # an outlet's store is not headquarters'
    assert office("headquarters", "restored").code == 0
    assert office("headquarters", "lease", OUTLET, "number", "5", *BY).code == 1  # before the outlet was heard


def test_a_link_that_is_down_ends_with_3_and_is_kept(outlet: Boss) -> None:
    settings = outlet.folder / "settings.toml"
    settings.write_text(settings.read_text().replace("http://127.0.0.1:", "http://127.0.0.1:1#"))
    ran = outlet("sync", "--json")
    assert ran.code == 3
    assert "can't be reached" in ran.err
    assert ran.json["fault"] in ran.err
    assert outlet("sync", "--status", "--json").json["fault"] == ran.json["fault"]


BAD_LOADS = [
    ('{"outlet": [', "line 1"),
    ("[]", "one JSON object"),
    ('{"journal": []}', "journal"),
    ('{"lease": []}', "lease"),
    ('{"outlet": {}}', "outlet"),
    ('{"outlet": [{"code": "X"}]}', "outlet 1"),
    ('{"outlet": [{"code": "X", "colour": "red"}]}', "outlet 1"),
    ('{"outlet": [{"name_zh": "X"}]}', "outlet 1"),
    ('{"outlet": [{"code": "X", "name_zh": "x", "province": "y", "channel": "q"}]}', "outlet 1"),
    ('{"counter": [{"code": "X", "outlet": "none", "name_zh": "x"}]}', ""),
]


@pytest.mark.parametrize(("content", "told"), BAD_LOADS)
def test_a_file_that_does_not_fit_loads_nothing(
    supplied_headquarters: Path, tmp_path: Path, content: str, told: str
) -> None:
    office = Boss(supplied_headquarters)
    before = office("headquarters", "dump", "--part", "organisation").out
    file = tmp_path / "load.json"
    file.write_text(content)
    ran = office(*LOAD, file, *BY_TWO, **APPROVED)
    assert ran.code in {1, 2}, ran
    assert told in ran.err
    assert office("headquarters", "dump", "--part", "organisation").out == before


def test_what_is_dumped_can_be_loaded(office: Boss, tmp_path: Path) -> None:
    dumped = office("headquarters", "dump", "--part", "organisation")
    assert "$argon2" not in office("headquarters", "dump").out
    assert not [row for row in dumped.json["operator"] if "password_hash" in row]
    file = tmp_path / "dump.json"
    file.write_text(dumped.out)
    assert office(*LOAD, file, *BY_TWO, "--json", **APPROVED).json["added"] == 0
    rows = dumped.json
    rows["outlet"][0]["name_en"] = "Another Hall"
    file.write_text(json.dumps(rows))
    assert office(*LOAD, file, *BY_TWO, "--json", **APPROVED).json["changed"] == 1
    assert "Another Hall" in office("headquarters", "dump", "--part", "organisation").out
    assert office("headquarters", "dump", "--part", "nothing").code == 1
    assert office("headquarters", "load", tmp_path / "none.json").code == 3
