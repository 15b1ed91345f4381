"""`boss manage M7 password|leaving`, `boss staff leaving`: who looks after the staff, by command."""

from __future__ import annotations

from data.demo_staff import OFFICE_MANAGERS
from tests.boss_tui.commands.conftest import Boss

MAKER, CHECKER = OFFICE_MANAGERS[:2]


def test_a_password_is_given_once_and_what_is_held_is_listed(boss: Boss) -> None:
    given = boss("manage", "M7", "password", "1001", "--reason", "forgot it", "--json")
    assert (given.code, given.json["staff_no"], given.json["state"]) == (0, "1001", "in_force")
    number = str(given.json["edition"])
    assert given.json["password"] not in boss("edition", "show", number, "--json").out
    told = boss("manage", "M7", "password", "1002", "--reason", "forgot it", "--operator", CHECKER)
    assert (told.code, "1002" in told.out, "in force" in told.out) == (0, True, True)
    assert boss("manage", "M6", "password", "1001", "--reason", "x").code == 1
    refused = boss("manage", "M7", "password", "1001")
    assert (refused.code, "Say why" in refused.err) == (1, True)
    held = boss("manage", "M7", "leaving", MAKER, "--operator", CHECKER, "--json")
    assert [line["what"] for line in held.json] == [f"Edition {number}: A password for 1001 (in force)"]
    assert "They are kept by the hall" in boss("manage", "M7", "leaving", "1003").out
    assert "Nothing is left." in boss("manage", "M7", "leaving", "3003").out
    assert boss("manage", "M7", "leaving", "nobody").code == 1
    assert boss("staff", "leaving", "1002", "--operator", "2001", BOSS_PASSWORD="demo-1234").code == 0
    assert boss("edition", "take", number, "--operator", CHECKER).code == 1  # they still work here
    assert boss("verify").code == 0


def test_who_did_what_is_told_person_by_person_and_act_by_act(boss: Boss) -> None:
    of = ("--operator", "2001")
    found = boss("staff", "work", "--since", "2020-01-01", "--json", *of, BOSS_PASSWORD="demo-1234").json
    busiest = max(found, key=lambda each: each["orders"])
    assert busiest["orders"] > 0
    acts = ("staff", "work", "--of", busiest["staff_no"], "--since", "2020-01-01", "--business", "C1", "--json")
    deeds = boss(*acts, *of, BOSS_PASSWORD="demo-1234").json
    assert {deed["what"] for deed in deeds} == {"C1"}
    assert boss("order", deeds[0]["subject"]).code == 0  # from a line to the order
    assert "Taken in" in boss("staff", "work", *of, BOSS_PASSWORD="demo-1234").out
    assert boss("staff", "work", "--mine").code == 0
    refused = boss("staff", "work", "--operator", "1001", BOSS_PASSWORD="demo-1234")
    assert (refused.code, "A supervisor looks after the staff" in refused.err) == (1, True)


def test_who_is_at_work_is_told(boss: Boss) -> None:
    found = boss("staff", "now", "--json", "--operator", "2001", "--counter", "HZ0102", BOSS_PASSWORD="demo-1234").json
    assert ("HZ0102", "2001") in [(each["counter"], each["staff_no"]) for each in found]
    assert "HZ0102" in boss("staff", "now", "--operator", "2001", "--counter", "HZ0102", BOSS_PASSWORD="demo-1234").out
