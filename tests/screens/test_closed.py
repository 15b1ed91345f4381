"""Screens that were left are gone, with all that they had painted: a desk that is open all day does not grow."""

from __future__ import annotations

import asyncio
import gc
import weakref

import pytest
from textual._styles_cache import StylesCache
from textual.screen import Screen
from textual.widget import Widget

from boss_tui.start.app import BossApp
from boss_tui.start.opening import tidy
from screens.terminal import let_go_of_closed
from tests.driver import Keys
from tests.screens.fake_desk import FakeDesk
from tests.screens.test_business import play


@pytest.fixture(autouse=True, scope="module")
def others_rest() -> None:
    """What earlier tests have made is not walked over again each time that something is looked for here."""
    gc.collect()
    gc.freeze()


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


def test_a_closed_screen_is_tidied_away_once_hands_rest() -> None:
    calm: list[bool] = []

    async def story(app: BossApp, keys: Keys) -> None:
        app.tidy = lambda: calm.append(app.gate.calm)
        app.gate.burst_pause = 0.05
        with app.gate.held():  # a call to the desk
            await app.push_screen(Screen())
            await app.pop_screen()
            await asyncio.sleep(0.2)
            assert calm == []
        async with asyncio.timeout(20):
            while not calm:
                app.gate.touched_at = app.gate.now() - 0.06
                await asyncio.sleep(0.01)

    play(FakeDesk(), story)
    assert calm == [True]


def test_a_screen_that_opens_tidies_nothing() -> None:
    tidied: list[str] = []

    async def story(app: BossApp, keys: Keys) -> None:
        app.tidy = lambda: tidied.append("")
        await keys.press("f2")
        await asyncio.sleep(0.1)
        assert tidied == []

    play(FakeDesk(), story)


class Circle:
    """Refers to itself, as the parts of a screen do."""

    def __init__(self) -> None:
        self.itself = self


@pytest.mark.parametrize("started", [True, False])
def test_what_refers_to_itself_is_collected_once_the_start_is_over(started: bool) -> None:
    was = gc.isenabled()
    gc.collect()
    gc.disable()
    try:
        left = weakref.ref(Circle())
        if started:
            gc.enable()
        tidy()
        assert (left() is None) is started
    finally:
        gc.enable() if was else gc.disable()


def test_letting_go_is_arranged_once() -> None:
    let_go_of_closed()
    arranged = vars(StylesCache)["get_inner_outer"]
    let_go_of_closed()
    assert vars(StylesCache)["get_inner_outer"] is arranged
