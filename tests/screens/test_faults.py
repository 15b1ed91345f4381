"""No exception ends the program: in an action, a handler, a callback, a worker, a drawing, the making of a screen."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest
from textual.app import ComposeResult

from boss_tui.start.app import BossApp
from screens.dialogs.refusing import ErrorDialog, RefusedDialog
from screens.frame import DeskScreen
from screens.home import HomeScreen
from screens.widgets.drawn import Drawn
from screens.widgets.text import Row
from tests.driver import Keys
from tests.screens.fake_desk import FakeDesk
from tests.screens.test_business import play


class Broken(DeskScreen):
    """A screen that can't be made."""

    def parts(self) -> ComposeResult:
        raise ZeroDivisionError("compose")


class Ugly(Drawn):
    """A widget that can't be drawn."""

    def rows(self, width: int) -> list[Row]:  # noqa: ARG002
        raise ZeroDivisionError("drawing")


class Half(DeskScreen):
    """A screen with a part that can't be drawn."""

    def parts(self) -> ComposeResult:
        yield Ugly()


def boom() -> None:
    raise ZeroDivisionError("here")


async def aboom() -> None:
    boom()


async def in_action(app: BossApp, keys: Keys) -> None:
    app.screen.action_explode = boom  # type: ignore[attr-defined]
    await app.run_action("screen.explode")


async def in_callback(app: BossApp, keys: Keys) -> None:
    app.screen.call_later(boom)


async def in_next(app: BossApp, keys: Keys) -> None:
    app.screen.call_next(boom)


async def in_worker(app: BossApp, keys: Keys) -> None:
    app.screen.run_worker(aboom())


async def in_flow(app: BossApp, keys: Keys) -> None:
    app.flow(aboom())


async def in_making(app: BossApp, keys: Keys) -> None:
    await app.push_screen(Broken())


async def in_drawing(app: BossApp, keys: Keys) -> None:
    await app.push_screen(Half())


@pytest.mark.parametrize("where", [in_callback, in_next, in_worker, in_flow, in_making, in_drawing])
def test_a_fault_becomes_a_dialog(where: Callable[[BossApp, Keys], Awaitable[None]]) -> None:
    async def story(app: BossApp, keys: Keys) -> None:
        await where(app, keys)
        await keys.idle()
        assert isinstance(app.screen, ErrorDialog)
        assert isinstance(app.screen.fault.__cause__ or app.screen.fault, Exception)
        assert "ZeroDivisionError" in app.screen.trace
        await keys.press("escape")
        if where is in_drawing:
            await keys.press("f3")
        assert isinstance(app.screen, HomeScreen)
        await keys.type("C1\n1\n")
        assert "C1 Open account" in keys.text()

    play(FakeDesk(), story)


def test_a_handler_of_keys_may_fail() -> None:
    async def story(app: BossApp, keys: Keys) -> None:
        home = app.screen
        assert isinstance(home, HomeScreen)
        home.listing.choose = boom  # type: ignore[method-assign, assignment]
        await keys.type("C1\n")
        assert isinstance(app.screen, ErrorDialog)
        await keys.press("escape")
        del home.listing.choose
        await keys.type("\n")
        assert "C1 Open account" in keys.text()

    play(FakeDesk(), story)


def test_faults_do_not_pile_up() -> None:
    async def story(app: BossApp, keys: Keys) -> None:
        for _ in range(5):
            app.screen.call_later(boom)
        await keys.idle()
        await keys.press("escape")
        assert isinstance(app.screen, HomeScreen)

    play(FakeDesk(), story)


@pytest.mark.parametrize("fault", [ZeroDivisionError("no desk"), None])
def test_without_a_desk_the_program_says_why_and_ends(fault: Exception | None) -> None:
    import asyncio

    from data.errors import Damaged
    from data.message import say
    from tests.driver import at_desk

    reason = fault or Damaged(say("The store is damaged."))

    def connect() -> FakeDesk:
        raise reason

    async def main() -> int | None:
        app = BossApp(connect, language="en")
        async with at_desk(app) as keys:
            assert isinstance(app.screen, RefusedDialog | ErrorDialog)
            await keys.press("escape")
        return app.return_code

    assert asyncio.run(main()) == (1 if fault else 3)
