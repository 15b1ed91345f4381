"""`boss cancel`: an order is cancelled once, by two people, with a reason; and what is refused."""

from __future__ import annotations

from tests.boss_tui.commands.conftest import PASSWORD, SUPERVISOR, Boss


def sold(boss: Boss) -> str:
    return str(boss("do", "C1", "--form", "-", typed=boss.example()).json["serial"])


def test_an_order_is_cancelled_and_all_holds(boss: Boss) -> None:
    serial = sold(boss)
    words = ("cancel", serial, "--reason", "no signal there", "--approver", SUPERVISOR)
    ran = boss(*words, BOSS_APPROVER_PASSWORD=PASSWORD)
    assert (ran.code, ran.err) == (0, "")
    assert (ran.json["state"], ran.json["change"]) == ("cancelled", -ran.json["due"])
    assert [paper["kind"] for paper in ran.json["papers"]] == ["invoice", "receipt", "refund"]
    assert boss(*words, BOSS_APPROVER_PASSWORD=PASSWORD).json == ran.json
    assert boss("order", serial, "--json").json["state"] == "cancelled"
    assert boss("verify").code == 0


def test_it_needs_a_reason_a_supervisor_and_an_order(boss: Boss) -> None:
    serial = sold(boss)
    assert boss("cancel", serial, "--reason", "x").code == 2
    assert boss("cancel", serial, "--approver", SUPERVISOR, BOSS_APPROVER_PASSWORD=PASSWORD).code == 2
    assert boss("cancel", serial, "--reason", "x", "--approver", SUPERVISOR, BOSS_APPROVER_PASSWORD="wrong").code == 1
    assert boss("cancel", serial, "--reason", " ", "--approver", SUPERVISOR, BOSS_APPROVER_PASSWORD=PASSWORD).code == 1
    ran = boss("cancel", "nothing", "--reason", "x", "--approver", SUPERVISOR, BOSS_APPROVER_PASSWORD=PASSWORD)
    assert ran.code == 1
    assert boss("order", serial, "--json").json["state"] == "inProgress"
