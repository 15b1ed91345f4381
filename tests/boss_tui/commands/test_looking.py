"""`boss find`, `order` and `matrix`: the same facts as the desk's, as lines and as JSON."""

from __future__ import annotations

from tests.boss_tui.commands.conftest import Boss


def test_what_was_sold_is_found_by_all_that_it_is_known_by(boss: Boss) -> None:
    done = boss("do", "C1", "--form", "-", typed=boss.example()).json
    number, serial = done["facts"]["number"], done["serial"]
    for text in (number, number[-4:], serial, "王小明", "wxm"):
        ran = boss("find", text, "--json")
        assert ran.code == 0, (text, ran)
        assert ran.json
    assert number in boss("find", number).out
    assert serial in boss("order", serial, "--json").json["serial"]
    shown = boss("order", serial).out
    assert "in progress" in shown
    assert "pending" in shown
    assert number in shown


def test_nothing_found_ends_with_1(boss: Boss) -> None:
    assert boss("find", "nobody at all").code == 1
    nothing = boss("find", "nobody at all", "--json")
    assert (nothing.code, nothing.json) == (1, [])
    assert boss("order", "HZ0000").code == 1


def test_the_matrix_shows_cells_coming_alive(boss: Boss) -> None:
    before = boss("matrix", "C1-F5", "--json").json["C1"][0]
    done = boss("do", "C1", "--form", "-", typed=boss.example()).json
    after = boss("matrix", "c1-f5", "--json").json["C1"][0]
    assert before["serial"] != done["serial"] == after["serial"]
    assert after["state"] == "alive"
    row = boss("matrix", "C1").out.splitlines()
    assert len(row) == 20
    whole = boss("matrix", "--json").json
    assert (len(whole), {len(cells) for cells in whole.values()}) == (41, {20})
    assert boss("matrix").out.count("\n") == 41 + 2
    assert boss("matrix", "C99").code == 2
    assert boss("matrix", "C1-F99").code == 2
