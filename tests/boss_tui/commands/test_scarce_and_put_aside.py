"""By command: all that is scarce goes to an outlet and comes back; what was put aside is seen and decided."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import text

from boss_tui.home.settings import Home
from boss_tui.sync.scarce import KINDS
from data.tables.resource import PhoneNumber
from data.tables.stock import RechargeCard
from data.tables.sync import AccessLog
from tests.boss_tui.commands.conftest import Boss
from tests.boss_tui.commands.test_headquarters import (  # noqa: F401 (fixtures)
    BY,
    CLERK,
    OUTLET,
    enrolled,
    office,
    outlet,
    selling,
    sold,
    supplied_headquarters,
    url,
)

PIN = "123456789012345678"


def test_everything_scarce_is_handed_down_and_shown(office: Boss, outlet: Boss) -> None:  # noqa: F811
    for kind in KINDS:
        assert office("headquarters", "lease", OUTLET, kind, "5", *BY).code == 0, kind
    assert office("headquarters", "lease", OUTLET, "handset", "3", "--of", "HS-P50", *BY).code == 0
    assert outlet("sync").code == 0
    shown = office("headquarters", "leases", OUTLET, "--json").json
    assert {row["kind"] for row in shown} == set(KINDS)
    assert {row["state"] for row in shown if row["kind"] == "card"} == {"running"}
    spoken = office("headquarters", "leases", OUTLET)
    assert "HS-P50" in spoken.out
    for lease in (row["id"] for row in shown if row["kind"] in {"handset", "card"}):
        assert office("headquarters", "recall", lease, *BY).code == 0
        assert office("headquarters", "recall", lease, *BY).code == 1
    assert "recalled" in office("headquarters", "leases", OUTLET).out
    assert outlet("sync").code == 0
    after = office("headquarters", "leases", OUTLET, "--json").json
    assert {row["state"] for row in after if row["kind"] in {"handset", "card"}} == {"returned"}
    for by, code in (((), 2), (BY, 1), (("--operator", "9999"), 1)):
        assert office("headquarters", "take-back", after[0]["id"], *by).code == code  # not before its time
    assert office("verify").code == 0
    assert outlet("verify").code == 0


def test_who_handed_a_block_out_asked_it_back_or_loaded_rows_is_on_record(office: Boss, outlet: Boss) -> None:  # noqa: F811
    file = office.folder / "cards.json"
    file.write_text(json.dumps({"recharge_card": [{"serial": "33011269000000002", "face_value": 2_000}]}))
    given = ("lease", OUTLET, "number", "7")
    for line in (given, ("recall", "no such block"), ("load", file)):
        nobody = office("headquarters", *line)
        assert (nobody.code, "Say who works" in nobody.err) == (2, True), line
    lease = office("headquarters", *given, "--json", *BY).json["lease"]
    assert outlet("sync").code == 0
    with office.reading() as reading:
        part = reading.all(PhoneNumber, lease_id=lease)[0].number
    for asked in (("--first", part, "--last", part), ()):
        assert office("headquarters", "recall", lease, *asked, *BY).code == 0
        assert office("headquarters", "recall", lease, *asked, *BY).code == 1  # nothing of it is on record
    assert office("headquarters", "load", file, *BY).code == 0
    with office.reading() as reading:
        noted = reading.all(AccessLog, order=("id",))
    found = [(row.act, row.subject, row.operator) for row in noted if row.act in ON_RECORD]
    assert found == [
        ("load", "staff.json", "3001"),  # of the headquarters itself
        ("lease", lease, "3001"),
        ("lease.recall", lease, "3001"),
        ("lease.recall", lease, "3001"),
        ("load", file.name, "3001"),
    ]
    assert "A block asked back" in office("staff", "log", *BY).out
    assert office("verify").code == 0


ON_RECORD = ("lease", "lease.recall", "load")


def test_a_pin_is_loaded_enciphered_and_never_handed_down(office: Boss, outlet: Boss) -> None:  # noqa: F811
    file = office.folder / "cards.json"
    row = {"serial": "33011269000000001", "face_value": 2_000, "valid_to": "2028-01-01", "pin": PIN}
    file.write_text(json.dumps({"recharge_card": [row]}), encoding="utf-8")
    assert office("headquarters", "load", file, *BY).code == 0
    assert office("headquarters", "lease", OUTLET, "card", "9", "--of", "2000", *BY, "--json").json["pieces"] == 1
    assert outlet("sync").code == 0
    found = []
    for boss in (office, outlet):
        store = Home(boss.folder).open_store()
        with store.reading() as reading:
            found.append(reading.one(RechargeCard, serial=row["serial"]))
        store.close()
        assert PIN.encode() not in b"".join(path.read_bytes() for path in boss.folder.glob("*.db*"))
    there, here = found
    assert there.pin_check == here.pin_check != ""
    assert there.pin_cipher != "" == here.pin_cipher


@pytest.mark.parametrize("decision", ["accept", "compensate", "refuse"])
def test_what_was_put_aside_is_seen_and_decided(office: Boss, outlet: Boss, decision: str) -> None:  # noqa: F811
    assert outlet("sync").code == 0
    store = Home(outlet.folder).open_store()
    with store.engine.connect() as connection:  # whoever has the machine makes a price of its own
        connection.execute(text("UPDATE price_rule SET amount = 1 WHERE business = 'C1' AND item = 'entry_fee'"))
        connection.commit()
    store.close()
    selling(outlet)
    serial = sold(outlet)["serial"]
    assert outlet("sync").code == 0
    (told,) = office("headquarters", "exceptions", "--json").json
    assert (told["outlet"], told["reason"], told["state"]) == (OUTLET, "price", "open")
    assert told["held"] > 0
    assert serial in told["about"]
    shown = office("headquarters", "exceptions").out
    assert "another price" in shown
    assert f"{told['held'] / 100:.2f}" in shown
    by = ("--operator", "3001")
    unsigned = office("headquarters", decision, told["id"], "the director knows")
    assert (unsigned.code, "--operator" in unsigned.err) == (2, True)
    assert office("headquarters", decision, told["id"], "no day is open", *by).code == 1
    assert office("headquarters", "open-day", *by).code == 0
    assert office("headquarters", "resolve", told["id"], "seen", *by).code == 1
    assert office("headquarters", decision, told["id"], " ", *by).code == 1
    assert office("headquarters", decision, told["id"], "not me", *by, BOSS_PASSWORD="wrong").code == 1
    sheet = office("headquarters", "exception", told["id"], "--json", *by).json
    assert {"accept", "compensate", "refuse", "income"} == {each["way"] for each in sheet["endings"]}
    assert serial in office("headquarters", "exception", told["id"], *by).out
    ended = office("headquarters", decision, told["id"], "the director knows", "--json", *by)
    assert (ended.code, ended.json["decided_by"], ended.json["state"]) == (0, "3001", "resolved")
    assert office("headquarters", decision, told["id"], "again", *by).code == 1
    assert office("headquarters", "exceptions", "--json").json == []
    (after,) = office("headquarters", "exceptions", "--ended", "--json").json
    assert (after["decided_by"], after["words"]) == ("3001", "the director knows")
    assert "the director knows" in office("headquarters", "exceptions", "--ended").out
    assert outlet("sync").code == 0
    waiting = outlet("order", serial, "--operator", CLERK, "--json").json["outbox"]
    assert waiting == "acknowledged"
    assert outlet("sync", "--status", "--json").json["dead_letter"] == 0
    assert "suspense" not in office("verify").out


def test_refused_money_becomes_what_was_said(office: Boss) -> None:  # noqa: F811
    by = ("--operator", "3001")
    assert office("headquarters", "open-day", *by).code == 0
    for becomes in ("owed", "income"):
        assert office("headquarters", "refuse", "none", "why", "--as", becomes, *by).code == 1
    assert office("headquarters", "refuse", "none", "why", "--as", "a gift", *by).code == 2
