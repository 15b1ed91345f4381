"""Rows within a row by keys: added, copied, moved, taken out, and taken as they would be typed."""

from __future__ import annotations

import pytest

from boss_tui.management.m19.processes import PROCESSES
from boss_tui.start.app import BossApp
from data.message import Message
from screens.home import HomeScreen
from screens.manage.lines import LinesDialog, joined, split
from tests.driver import Keys
from tests.screens.fake_desk import FakeDesk
from tests.screens.test_business import play

STEPS = PROCESSES.column("steps")


@pytest.mark.parametrize(
    ("keys", "typed"),
    [
        ([], "check\npay"),
        (["insert", "x"], "check\nx\npay"),
        (["f7"], "check\ncheck\npay"),
        (["alt+down"], "pay\ncheck"),
        (["alt+up"], "check\npay"),  # the first goes no higher
        (["f8"], "pay"),
        (["f8", "f8", "a"], "a"),  # none at all is no answer: an empty one stands there
        (["f8", "f5"], "check\npay"),
        (["down", "f8"], "check"),
        (["enter", "enter", "d", "o"], "check\npay\ndo"),  # behind the last line a new one
        (["pagedown", "insert", "a", "alt+up"], "check\na\npay"),
    ],
)
def test_each_key_does_one_thing_to_the_lines(keys: list[str], typed: str) -> None:
    found = []

    async def story(app: BossApp, hands: Keys) -> None:
        async def asked() -> None:
            answer: str | None = await app.ask(LinesDialog(PROCESSES, STEPS, "check\npay"))
            found.append(answer)

        app.flow(asked())
        await hands.idle()
        await hands.press(*keys)
        assert isinstance(app.screen, LinesDialog)
        await hands.press("f10")
        await hands.idle()
        assert isinstance(app.screen, HomeScreen), hands.text()

    play(FakeDesk(), story)
    assert found == [typed]


def test_codes_are_read_in_words_and_chosen_from_a_list() -> None:
    called = {"step": {"check": Message("who it is"), "pay": Message("the payment")}}
    found = []

    async def story(app: BossApp, hands: Keys) -> None:
        async def asked() -> None:
            answer: str | None = await app.ask(LinesDialog(PROCESSES, STEPS, "check", called))
            found.append(answer)

        app.flow(asked())
        await hands.idle()
        assert hands.text().count("who it is") == 2, hands.text()  # in the line, and below the field
        await hands.press("f4")
        await hands.type("payment\n")
        assert hands.text().count("the payment") == 1
        await hands.press("f10")

    play(FakeDesk(), story)
    assert found == ["pay"]


def test_leaving_changes_nothing() -> None:
    found: list[str | None] = []

    async def story(app: BossApp, hands: Keys) -> None:
        async def asked() -> None:
            answer: str | None = await app.ask(LinesDialog(PROCESSES, STEPS, "check"))
            found.append(answer)

        app.flow(asked())
        await hands.idle()
        await hands.press("insert", "x", "f3")

    play(FakeDesk(), story)
    assert found == [None]


@pytest.mark.parametrize("typed", ["", "check", "check\npay"])
def test_lines_and_what_is_typed_are_the_same(typed: str) -> None:
    assert joined(split(typed, STEPS.rows.fields())) == typed if STEPS.rows else False
