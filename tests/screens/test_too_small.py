"""A terminal that is too small says so in both languages, and nothing is lost when it is big again."""

from __future__ import annotations

import asyncio

import pytest
from textual import events
from textual.geometry import Size
from textual.screen import Screen

from boss_tui.start.app import BossApp
from screens.business import BusinessScreen
from screens.dialogs.dialog import Destroy
from screens.too_small import TooSmallScreen, too_small
from tests.driver import Keys
from tests.screens.fake_desk import FakeDesk
from tests.screens.test_business import play


async def resize(app: BossApp, keys: Keys, width: int, height: int) -> None:
    """Another size, and everything that follows from it."""
    app.post_message(events.Resize(Size(width, height), Size(width, height)))
    async with asyncio.timeout(10):
        while app.screen.size != (width, height) or too_small(app.size) != isinstance(app.screen, TooSmallScreen):
            await asyncio.sleep(0.01)
    await keys.idle()


@pytest.mark.parametrize("size", [(79, 24), (80, 23), (30, 6), (5, 2)])
def test_it_says_so_and_goes_on_when_it_is_big_again(size: tuple[int, int]) -> None:
    desk = FakeDesk()

    async def story(app: BossApp, keys: Keys) -> None:
        await keys.type("C1\n1\n123")
        form: Screen[object] = app.screen
        await resize(app, keys, *size)
        assert isinstance(app.screen, TooSmallScreen)
        if size[0] > 60:
            assert "终端太小" in keys.text()
            assert "Terminal too small" in keys.text()
        await keys.press("f3", "f10", "ctrl+q", "9", "escape")
        await resize(app, keys, 120, 40)
        assert app.screen is form
        assert isinstance(form, BusinessScreen)
        assert form.panel.fields["id_no"].value == "123"
        await keys.type("4")
        assert form.panel.fields["id_no"].value == "1234", "the cursor is where it was"
        assert form.size.width == 120

    play(desk, story)


def test_a_question_that_was_open_is_asked_still() -> None:
    async def story(app: BossApp, keys: Keys) -> None:
        await keys.type("C1\n1\n123")
        await keys.press("f3")
        await resize(app, keys, 60, 20)
        await keys.press("y")
        await resize(app, keys, 100, 30)
        assert isinstance(app.screen, Destroy)
        assert app.screen_stack[-2].size.width == 100
        await keys.press("n")
        assert isinstance(app.screen, BusinessScreen)

    play(FakeDesk(), story)
