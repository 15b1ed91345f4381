"""Document numbers by commands."""

from __future__ import annotations

from typing import Any

from tests.boss_tui.commands.conftest import PASSWORD, SUPERVISOR, Boss

COUNTER = "HZ0104"


def own(boss: Boss) -> dict[str, Any]:
    """What this counter has of receipts."""
    found: list[dict[str, Any]] = boss("paper", "list", "--json").json
    return next(row for row in found if row["counter"] == COUNTER and row["state"] == "open")


def test_a_roll_by_commands(boss: Boss) -> None:
    whole = next(row for row in boss("paper", "list", "--json").json if row["kind"] == "receipt")
    number = f"{whole['code']}-{whole['next']}"
    issue = ("paper", "issue", number, "--to", COUNTER, "--pieces", "20")
    refused = boss(*issue)
    assert (refused.code, "supervisor" in refused.err) == (1, True)
    assert boss(*issue, "--operator", SUPERVISOR).code == 0
    first = own(boss)["first"]
    assert boss("paper", "seen", "receipt", str(first)).code == 0
    jump = ("paper", "seen", "receipt", str(first + 2))
    assert "2 numbers were jumped over" in boss(*jump).err
    assert boss(*jump, "--reason", "torn").code == 0
    many = ("paper", "void", f"{whole['code']}-{first + 5}", "--last", str(first + 15), "--reason", "wet")
    assert boss(*many).code == 1
    ran = boss(*many, "--approver", SUPERVISOR, BOSS_APPROVER_PASSWORD=PASSWORD)
    assert ran.code == 0, ran.err
    sold = boss("do", "C1", "--form", "-", typed=boss.example()).json
    receipt = next(paper["number"] for paper in sold["papers"] if paper["kind"] == "receipt")
    assert receipt == f"{whole['code']}-{first + 2:08d}"
    spoiled = ("paper", "anew", receipt, "--reason", "jammed")
    assert "supervisor must see it" in boss(*spoiled).err
    new = boss(*spoiled, "--approver", SUPERVISOR, BOSS_APPROVER_PASSWORD=PASSWORD).json
    assert new["number"] == f"{whole['code']}-{first + 3:08d}"
    runs = boss("paper", "numbers", receipt, "--json").json
    assert [(run["first"] - first, run["last"] - first, run["fate"], run["reason"]) for run in runs] == [
        (0, 1, "void", "torn"),
        (2, 2, "void", "jammed"),
        (3, 3, "used", ""),
        (4, 4, "unused", ""),
    ]
    back = ("paper", "return", f"{whole['code']}-{first + 19}", "--reason", "too many", "--operator", SUPERVISOR)
    assert boss(*back).code == 0
    assert "returned" in boss("paper", "list").out
    assert boss("paper", "issue", receipt, "--to", "*", "--operator", SUPERVISOR).code == 0
    assert boss("verify").code == 0


def test_a_number_that_is_nobody_s_is_said(boss: Boss) -> None:
    for number in ("SJ26HZ01-1", "X-10000001", "10000001", "SJ26HZ01-", "SJ26HZ01-x"):
        ran = boss("paper", "numbers", number)
        assert (ran.code, ran.out) == (2, "")
        assert "number: " in ran.err
