"""`boss waiting`: what waits for a person, and what they decide."""

from __future__ import annotations

import json

from boss_tui.start.demonstration_staff import SCRIPT
from tests.boss_tui.commands.conftest import PASSWORD, SUPERVISOR, Boss


def test_work_by_hand_is_listed_and_settled(boss: Boss) -> None:
    form = boss("do", "C7.4", "--example").json
    serial = boss("do", "C7.4", "--form", "-", typed=json.dumps(form)).json["serial"]
    (item,) = [each for each in boss("waiting", "list", "--json").json if serial in json.dumps(each)]
    assert (item["kind"], [way["name"] for way in item["ways"]]) == ("manual", ["done", "give_up"])
    assert serial in boss("waiting", "list").out
    paper = boss("waiting", "print").out
    assert serial in "".join(line.strip() for line in paper.splitlines())
    assert "queue-list" in str(boss("waiting", "print", "--json").json)
    refused = boss("waiting", "settle", "manual", item["key"], "give_up")
    assert (refused.code, "why" in refused.err) == (1, True)
    assert boss("waiting", "settle", "dated", item["key"], "burn").code == 1
    assert boss("waiting", "settle", "manual", item["key"], "done").code == 1, "nothing was said"
    settled = boss("waiting", "settle", "manual", item["key"], "done", "--words", "switched on at the platform")
    assert settled.code == 0, settled.err
    assert serial not in boss("waiting", "list").out
    assert boss("verify").code == 0


def test_money_of_a_slip_is_in_suspense_until_it_is_given_back(boss: Boss) -> None:
    """Put down, listed, given back with a slip to sign; the same number twice is noticed."""
    today = boss("report", "day", "--json").json["facts"][1]["value"]
    slip = (
        "waiting",
        "slip",
        "sg-1",
        "C2",
        "--why",
        "the number is sold",
        "--written-on",
        today,
        "--written-at",
        "00:00",
        "--written-by",
        SCRIPT.staff_no,
        "--taken",
        "50",
    )
    assert boss(*slip, "--way", "card").code == 2, "a card needs its reference"
    assert boss(*slip).code == 0
    assert boss(*slip).code == 2
    (item,) = [each for each in boss("waiting", "list", "--json").json if each["kind"] == "slip"]
    assert [way["name"] for way in item["ways"]] == ["back-cash", "enter", "leave"]
    assert boss("waiting", "settle", "slip", item["key"], "settled", "--words", "given back").code == 1
    given = boss("waiting", "settle", "slip", item["key"], "back-cash", "--words", "王小明")
    assert (given.code, "王小明" in given.out, "50.00" in given.out) == (0, True, True)
    assert not [each for each in boss("waiting", "list", "--json").json if each["kind"] == "slip"]
    figures = boss("report", "figures", "--by", "suspense", "--since", today, "--json").json
    assert [row[-1] for row in figures["sections"][0]["rows"]] == [-5_000, 5_000]
    assert boss("verify").code == 0


def test_much_money_of_a_slip_is_taken_with_a_supervisor(boss: Boss) -> None:
    """What nobody may move is refused beside `taken`; what a supervisor may, with their word."""
    today = boss("report", "day", "--json").json["facts"][1]["value"]
    slip = (
        "waiting",
        "slip",
        "SG-36",
        "C2",
        "--why",
        "gone",
        "--written-on",
        today,
        "--written-at",
        "00:00",
        "--written-by",
        SCRIPT.staff_no,
        "--taken",
    )
    refused = boss(*slip, "99999999")
    assert (refused.code, refused.err.startswith("taken: At most")) == (2, True)
    alone = boss(*slip, "10000.01")
    assert (alone.code, "a supervisor must approve" in alone.err) == (1, True)
    assert boss(*slip, "10000.01", "--approver", SUPERVISOR, BOSS_APPROVER_PASSWORD=PASSWORD).code == 0
    (item,) = [each for each in boss("waiting", "list", "--json").json if each["kind"] == "slip"]
    back = ("waiting", "settle", "slip", item["key"], "back-cash", "--words", "王小明")
    assert boss(*back).code == 1
    assert boss(*back, "--approver", SUPERVISOR, BOSS_APPROVER_PASSWORD=PASSWORD).code == 0
    assert boss("verify").code == 0


def test_products_are_put_in_order(boss: Boss) -> None:
    found = boss("report", "figures", "--by", "product", "--sort", "amount", "--top", "2", "--json").json["sections"][0]
    amounts = [row[3] for row in found["rows"]]
    assert len(amounts) == 3
    assert amounts[0] >= amounts[1]
    assert boss("report", "figures", "--by", "product", "--sort", "weather").code == 1
    assert boss("report", "figures", "--by", "product", "--beside").code == 1
