"""What is thrown away or closed for good is asked about: y is yes, n or Esc is no, and no key of the screens is."""

from __future__ import annotations

import asyncio

import pytest
from msgspec.structs import replace

from boss_tui.start.app import BossApp
from data.message import Message, say
from screens.business import BusinessScreen
from screens.day import DayCheckScreen
from screens.dialogs.dialog import Confirm, Destroy
from screens.home import HomeScreen
from screens.preview import PreviewScreen
from screens.widgets.lines import KeyLine
from tests.driver import Keys, at_desk
from tests.screens.fake_desk import FakeDesk
from tests.screens.test_business import play

HABITS = ("f10", "f2", "ctrl+s", "enter", "f3", "f5", "x", "space")


def key_bar(app: BossApp) -> str:
    """The keys that are shown below the screen."""
    screen = next(s for s in reversed(app.screen_stack) if s.query(KeyLine))
    return "".join(text for text, _ in screen.query_one(KeyLine)._rows(80)[0])


def test_a_form_is_thrown_away_with_y_alone_and_the_key_bar_says_nothing_else() -> None:
    desk = FakeDesk()

    async def story(app: BossApp, keys: Keys) -> None:
        await keys.type("C1\nabc")
        assert "F10" in key_bar(app)
        await keys.press("f3")
        assert "y: yes        F6: keep it        n or Esc: no" in keys.text()
        assert key_bar(app) == ""
        await keys.press(*HABITS)
        assert isinstance(app.screen, Destroy)
        await keys.press("n")
        assert isinstance(app.screen, BusinessScreen)
        assert "F10" in key_bar(app)
        assert app.screen.panel.fields["id_kind"].value == "abc", "n answered, and was not typed"
        await keys.press("f3")
        await keys.type("ｙ")
        assert isinstance(app.screen, HomeScreen)

    play(desk, story)
    assert desk.drafts["d1"].state == "abandoned"


def test_the_day_is_closed_with_y_alone() -> None:
    desk = FakeDesk()
    desk._state = replace(desk._state, grade="supervisor")

    async def story(app: BossApp, keys: Keys) -> None:
        await keys.type("till\n5")
        assert isinstance(app.screen, DayCheckScreen)
        await keys.press("f10")
        await keys.press(*HABITS)
        assert isinstance(app.screen, Destroy)
        await keys.press("escape")
        assert isinstance(app.screen, DayCheckScreen)
        assert "close_day" not in desk.calls
        await keys.press("f10")
        await keys.press("y")
        assert isinstance(app.screen, PreviewScreen)

    play(desk, story)
    assert desk.calls.count("close_day") == 1


def test_f5_asks_before_it_wipes_what_was_typed() -> None:
    async def story(app: BossApp, keys: Keys) -> None:
        await keys.type("C1\n")
        await keys.press("f5")
        assert isinstance(app.screen, BusinessScreen), "nothing was typed: nothing is asked"
        await keys.type("1\n123\n")
        await keys.press("f5")
        await keys.press("f10", "n")
        assert isinstance(app.screen, BusinessScreen)
        assert app.screen.panel.fields["id_no"].value == "123"
        await keys.press("f5")
        await keys.press("y")
        assert isinstance(app.screen, BusinessScreen)
        assert app.screen.panel.fields["id_no"].value == ""

    play(FakeDesk(), story)


@pytest.mark.parametrize("key", ["escape", "f1", "f3"])
def test_what_closes_help_closes_help_only(key: str) -> None:
    async def story(app: BossApp, keys: Keys) -> None:
        await keys.type("C1\n1\n")
        await keys.press("f1", key)
        assert isinstance(app.screen, BusinessScreen)
        assert app.screen.panel.fields["id_kind"].value == "1"

    play(FakeDesk(), story)


@pytest.mark.parametrize(
    ("lines", "size", "shown"), [(2, (80, 24), 2), (9, (80, 24), 9), (40, (80, 24), 8), (40, (120, 40), 16)]
)
def test_a_question_has_its_keys_however_much_it_asks_about(lines: int, size: tuple[int, int], shown: int) -> None:
    told = [Message(f"{at}. {'word ' * 14}") for at in range(lines)]  # two rows each

    async def asked(app: BossApp) -> None:
        assert await app.ask(Confirm(say("All of it?"), *told)) is None

    async def story() -> None:
        app = BossApp(FakeDesk, language="en")
        async with at_desk(app, size) as keys:
            app.flow(asked(app))
            await keys.idle()
            text = keys.text()
            assert "y or F10: yes" in text
            assert [at for at in range(lines) if f" {at}. word" in text] == list(range(shown))
            assert (f"and {lines - shown} lines more" in text) is (shown < lines)

    asyncio.run(story())


@pytest.mark.parametrize(("typed", "is_open"), [("n", False), ("f10", False), ("y", True)])
def test_a_shift_is_not_opened_by_habit_on_a_date_that_is_over(typed: str, is_open: bool) -> None:
    desk = FakeDesk()
    desk._state = replace(desk._state, shift_open=False)
    desk.past = say("Today is {today}.", today="2026-11-28")

    async def story(app: BossApp, keys: Keys) -> None:
        await keys.type("till\n")
        await keys.press("1")
        await keys.type("500")
        await keys.press("f10")
        assert "Today is 2026-11-28." in keys.text()
        await keys.press(typed)
        assert ("open_shift" in desk.calls) is is_open

    play(desk, story)
