"""Screens that were left are gone, with all that they had painted: a desk that is open all day does not grow."""

from __future__ import annotations

import gc

import pytest
from textual._styles_cache import StylesCache
from textual.widget import Widget

from boss_tui.app import BossApp
from screens.terminal import let_go_of_closed
from tests.driver import Keys
from tests.screens.fake_desk import FakeDesk
from tests.screens.test_business import play


def left_behind() -> int:
    """How many caches of what was painted there are without the widget that they belong to."""
    gc.collect()
    kinds = [type(thing) for thing in gc.get_objects() if isinstance(thing, Widget | StylesCache)]
    return 2 * kinds.count(StylesCache) - len(kinds)


@pytest.mark.parametrize(
    ("there", "back"),
    [(["c", "1", "enter"], "f3"), (["f2"], "f3"), (["f1"], "escape")],
    ids=["form", "find", "help"],
)
def test_what_was_painted_goes_with_the_widget_that_painted_it(there: list[str], back: str) -> None:
    async def story(app: BossApp, keys: Keys) -> None:
        home, before = app.screen, left_behind()
        for _ in range(2):
            await keys.press(*there)
            assert app.screen is not home
            await keys.press(back)
            assert app.screen is home
        assert left_behind() == before

    play(FakeDesk(), story)


def test_letting_go_is_arranged_once() -> None:
    let_go_of_closed()
    arranged = vars(StylesCache)["get_inner_outer"]
    let_go_of_closed()
    assert vars(StylesCache)["get_inner_outer"] is arranged
