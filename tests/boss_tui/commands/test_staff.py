"""`boss staff …` and `boss headquarters unlock-code`: one's own password, unlocking, who did what."""

from __future__ import annotations

from hashlib import sha256

from boss_tui.headquarters.enrolment import make_code
from boss_tui.headquarters.office import Office
from boss_tui.headquarters.service import Running
from boss_tui.home.settings import Home
from boss_tui.start.demonstration import headquarters_store
from boss_tui.start.home_files import home_key
from boss_tui.sync.enrolment import enrol
from data.journal import Author
from data.tables.staff import OperatorStanding
from data.tables.sync import AccessLog, EnrolmentCode
from tests.boss_tui.commands.conftest import SUPERVISOR, Boss

MANAGER, OFFICE, SECOND = "2002", "3001", "3002"


def lock_out(boss: Boss, staff_no: str) -> None:
    """A wrong password, and nine before it."""
    assert boss("staff", "list", "--operator", staff_no, BOSS_PASSWORD="wrong").code == 1
    store = Home(boss.folder).open_store()
    with store.transaction(Author("HZ01", "test", "")) as tx:
        tx.change(tx.one(OperatorStanding, outlet="HZ01", staff_no=staff_no), failed=10)
    store.close()


def enrolled(boss: Boss) -> None:
    """The hall is known to its headquarters, as it is once a desk was open."""
    home = Home(boss.folder)
    store, central = home.open_store(), headquarters_store(home)
    key = home_key(home, "headquarters")
    with Running(central, key) as running:
        enrol(store, "HZ01", running.url, make_code(Office(central, key), "HZ01", "test"), home_key(home))
    store.close()
    central.close()


def test_a_supervisor_sees_and_unlocks_who_was_shut_out(boss: Boss) -> None:
    lock_out(boss, SUPERVISOR)
    refused = boss("staff", "list", "--operator", SUPERVISOR)
    assert refused.code == 1
    assert "another supervisor unlocks" in refused.err
    listed = boss("staff", "list", "--operator", MANAGER, "--json")
    assert {line["staff_no"]: line["state"] for line in listed.json}[SUPERVISOR] == "shut"
    assert boss("staff", "unlock", SUPERVISOR).code == 1  # a clerk does not
    assert boss("staff", "unlock", SUPERVISOR, "--operator", MANAGER).code == 0
    assert boss("staff", "list", "--operator", SUPERVISOR).code == 0
    assert boss("staff", "unlock", SUPERVISOR, "--operator", MANAGER).code == 1


def test_an_outlet_alone_is_unlocked_over_the_phone(boss: Boss) -> None:
    assert boss("staff", "challenge", SUPERVISOR).code == 1  # not locked, nor enrolled
    enrolled(boss)
    lock_out(boss, SUPERVISOR)
    asked = boss("staff", "challenge", SUPERVISOR, "--json").json
    told = ("headquarters", "unlock-code", asked["outlet"], asked["staff_no"])
    assert boss(*told, asked["challenge"], "--operator", OFFICE, BOSS_PASSWORD="wrong").code == 1
    code = boss(*told, asked["challenge"], "--operator", OFFICE, "--json").json["code"]
    assert boss("staff", "unlock", SUPERVISOR, "--code", code[:-1] + ("A" if code[-1] != "A" else "B")).code == 1
    assert boss("staff", "unlock", SUPERVISOR, "--code", code).code == 0
    assert boss("staff", "list", "--operator", SUPERVISOR).code == 0
    assert boss("staff", "unlock", SUPERVISOR, "--code", code).code == 1
    central = headquarters_store(Home(boss.folder))
    with central.reading() as reading:
        (given,) = reading.all(AccessLog, act="unlock_code")
    central.close()
    assert (given.subject, given.outlet, given.operator) == (SUPERVISOR, "HZ01", OFFICE)


def test_who_made_a_code_is_on_record(boss: Boss) -> None:
    """A manager who signs on; where nobody does, the first of a demonstration, elsewhere the user of the machine."""
    codes = [boss("headquarters", "code", "HZ01", *who).out.strip() for who in (("--operator", SECOND), ())]
    assert boss("headquarters", "code", "HZ01", "--operator", SUPERVISOR).code == 1  # not at the office
    central = headquarters_store(Home(boss.folder))
    with central.reading() as reading:
        made = {row.code_hash: row.made_by for row in reading.all(EnrolmentCode)}
    central.close()
    assert [made[sha256(code.encode()).hexdigest()] for code in codes] == [SECOND, OFFICE]


def test_headquarters_answers_for_nobody_that_it_does_not_know(boss: Boss) -> None:
    enrolled(boss)
    assert boss("headquarters", "unlock-code", "HZ01", "9999", "ABCD-EFGH").code == 1
    assert boss("headquarters", "unlock-code", "HZ99", SUPERVISOR, "ABCD-EFGH").code == 1
    assert boss("headquarters", "unlock-code", "HZ01", SUPERVISOR, "ABCD").code == 1


def test_a_password_of_ones_own(boss: Boss) -> None:
    weak = boss("staff", "password", "--operator", SUPERVISOR, BOSS_NEW_PASSWORD="abc")
    assert weak.code == 1
    assert "At least 8" in weak.err
    assert boss("staff", "password", "--operator", SUPERVISOR, BOSS_NEW_PASSWORD="My-own-one-1").code == 0
    assert boss("staff", "list", "--operator", SUPERVISOR).code == 1
    assert boss("staff", "list", "--operator", SUPERVISOR, BOSS_PASSWORD="My-own-one-1").code == 0
    silent = boss("staff", "password", "--operator", MANAGER)
    assert silent.code == 2
    assert "BOSS_NEW_PASSWORD" in silent.err


def test_who_did_what_is_read_by_a_supervisor(boss: Boss) -> None:
    assert boss("find", "王").code == 0
    assert boss("staff", "log").code == 1
    lines = boss("staff", "log", "--operator", SUPERVISOR, "--json").json
    assert [line["act"] for line in lines[:3]] == ["access.read", "sign_on", "sign_on"]
    assert "find" in {line["act"] for line in lines}
    of = boss("staff", "log", "--of", "1004", "--operator", SUPERVISOR, "--json").json
    assert {line["operator"] for line in of} == {"1004"}
    assert "1004" in boss("staff", "log", "--operator", SUPERVISOR).out
