"""`boss do --invoice` and `boss invoice`: now, later or none, for whom; drawn once."""

from __future__ import annotations

import pytest

from tests.boss_tui.commands.conftest import PASSWORD, SUPERVISOR, Boss

COMPANY = "91330106MA27XL8N8Q"


def kinds(papers: list[dict[str, str]]) -> list[str]:
    return [paper["kind"] for paper in papers]


@pytest.mark.parametrize(("when", "first"), [("now", "invoice"), ("later", "receipt"), ("none", "receipt")])
def test_it_is_written_now_later_or_not_at_all(boss: Boss, when: str, first: str) -> None:
    done = boss("do", "C1", "--form", "-", "--invoice", when, typed=boss.example())
    assert (done.code, done.err) == (0, "")
    assert kinds(done.json["papers"])[0] == first
    drawn = boss("invoice", done.json["serial"])
    assert drawn.code == (0 if when == "later" else 1), drawn.err
    again = boss("invoice", done.json["serial"])
    assert (again.code, again.out) == (1, "")
    assert boss("verify").code == 0


def test_title_and_tax_number_are_checked_and_printed(boss: Boss) -> None:
    wrong = boss("do", "C1", "--form", "-", "--title", "某公司", "--tax-number", "12", typed=boss.example())
    assert wrong.code == 2
    assert "tax_number: A tax number has 15, 18 or 20 characters" in wrong.err
    nobodys = boss("do", "C1", "--form", "-", "--tax-number", "1" * 15, typed=boss.example())
    assert (nobodys.code, "title: " in nobodys.err) == (2, True)
    assert boss("do", "C1", "--form", "-", "--invoice", "perhaps", typed=boss.example()).code == 2
    done = boss(
        "do",
        "C1",
        "--form",
        "-",
        "--invoice",
        "later",
        "--title",
        "某公司",
        "--tax-number",
        "1" * 15,
        typed=boss.example(),
    )
    assert done.code == 0, done.err
    text = "".join(boss("invoice", done.json["serial"]).json["preview"])
    assert "某公司" in text
    assert "1" * 15 in text


def test_it_is_not_drawn_after_the_order_was_taken_back(boss: Boss) -> None:
    done = boss("do", "C1", "--form", "-", "--invoice", "later", typed=boss.example()).json
    back = boss("cancel", done["serial"], "--reason", "x", "--approver", SUPERVISOR, BOSS_APPROVER_PASSWORD=PASSWORD)
    assert kinds(back.json["papers"]) == ["receipt", "refund"]
    drawn = boss("invoice", done["serial"])
    assert (drawn.code, drawn.err) == (1, "The order was taken back: there is nothing to invoice.\n")
    assert boss("verify").code == 0
