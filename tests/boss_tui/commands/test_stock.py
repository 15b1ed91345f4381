"""`boss stock`: what is to be counted, and the count."""

from __future__ import annotations

from tests.boss_tui.commands.conftest import PASSWORD, SUPERVISOR, Boss


def test_the_stock_is_counted_by_commands(boss: Boss) -> None:
    told = {line["key"]: line["pieces"] for line in boss("stock", "list", "--json", "--operator", SUPERVISOR).json}
    assert {line["pieces"] for line in boss("stock", "list", "--json").json} == {None}
    assert next(iter(told)) in boss("stock", "list").out
    right = [f"{key}={pieces}" for key, pieces in told.items()]
    counted = boss("stock", "count", *right)
    assert (counted.code, "盘点表" in counted.out.replace(" ", "")) == (0, True), counted.err
    key, pieces = next(iter(told.items()))
    short = ("stock", "count", f"{key}={pieces - 1}")
    assert "reason" in boss(*short).err
    assert "supervisor" in boss(*short, "--reason", "torn").err
    ran = boss(*short, "--reason", "torn", "--approver", SUPERVISOR, "--json", BOSS_APPROVER_PASSWORD=PASSWORD)
    assert ran.json["number"].endswith("-000002")
    assert boss("verify").code == 0


def test_what_is_typed_wrong_is_said(boss: Boss) -> None:
    for typed in ("card:5000", "=5", "card:5000=x", "card:5000=-1", "card:5000=12345678"):
        ran = boss("stock", "count", typed)
        assert (ran.code, "counts: " in ran.err) == (2, True), ran.err
    assert boss("stock", "count", "boat:x=1").code == 1
