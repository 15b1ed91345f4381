"""The sign-on is there before the desk: what is typed meanwhile is answered, what needs the desk waits, or is told."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from boss_tui.start.app import BossApp
from data.errors import Damaged
from data.message import say
from screens.dialogs.refusing import ErrorDialog, RefusedDialog
from screens.help import HelpScreen
from screens.home import HomeScreen
from screens.sign_on import SignOnScreen
from tests.driver import Keys
from tests.screens.fake_desk import FakeDesk

DAMAGED = Damaged(say("The store is damaged."))


class Slow:
    """A desk that opens when `go` is set, or fails then."""

    def __init__(self, fault: Exception | None = None) -> None:
        self.go = threading.Event()
        self.ended = False
        self._fault = fault

    def connect(self) -> FakeDesk:
        """Open it."""
        assert self.go.wait(20)
        self.ended = True
        if self._fault:
            raise self._fault
        return FakeDesk(signed_on=False, language="en")


@asynccontextmanager
async def opening(app: BossApp) -> AsyncIterator[Keys]:
    """The application as soon as it takes keys; the desk is not there yet."""
    async with app.run_test(size=(80, 24)):
        keys = Keys(app)
        await keys.idle()
        yield keys


async def waits(app: BossApp, keys: Keys) -> None:
    """Sign on with the last Enter, which waits for the desk."""
    await keys.type("8001\nsecret")
    keys._post("enter", "\r")
    while not app.gate.busy:
        await asyncio.sleep(0.001)


def test_only_the_last_enter_waits() -> None:
    async def main() -> None:
        slow = Slow()
        app = BossApp(slow.connect, language="en")
        async with opening(app) as keys:
            await waits(app, keys)
            assert "8001" in keys.text()
            assert "the desk is being opened" in keys.text()
            slow.go.set()
            await keys.opened()
            assert isinstance(app.screen, HomeScreen)

    asyncio.run(main())


def test_what_was_opened_meanwhile_stays() -> None:
    async def main() -> None:
        slow = Slow()
        app = BossApp(slow.connect, language="en")
        async with opening(app) as keys:
            await keys.press("f1")
            slow.go.set()
            await keys.opened()
            assert isinstance(app.screen, HelpScreen)

    asyncio.run(main())


def test_nobody_is_signed_off_before_the_desk_is_there() -> None:
    async def main() -> None:
        slow = Slow()
        app = BossApp(slow.connect, language="en")
        async with opening(app) as keys:
            app.screen.action_do("sign_off")  # type: ignore[attr-defined]
            assert "The desk is being opened." in keys.text()
            slow.go.set()

    asyncio.run(main())


def test_a_desk_that_can_not_be_opened_is_told_to_whom_has_typed_all() -> None:
    async def main() -> int | None:
        slow = Slow(DAMAGED)
        app = BossApp(slow.connect, language="en")
        async with opening(app) as keys:
            await waits(app, keys)
            slow.go.set()
            await keys.opened()
            assert isinstance(app.screen, RefusedDialog)
            assert "The desk can't be opened" in keys.text()
            assert "The store is damaged." in keys.text()
            await keys.press("escape")
        return app.return_code

    assert asyncio.run(main()) == DAMAGED.exit_code


@pytest.mark.parametrize(("fault", "code"), [(DAMAGED, DAMAGED.exit_code), (ZeroDivisionError("here"), 1)])
def test_housekeeping_that_does_not_start_is_told(fault: Exception, code: int) -> None:
    def keep_house() -> None:
        raise fault

    async def main() -> int | None:
        app = BossApp(lambda: FakeDesk(signed_on=False), keep_house, language="en")
        async with opening(app) as keys:
            await keys.opened()
            assert isinstance(app.screen, RefusedDialog | ErrorDialog)
            await keys.press("escape")
        return app.return_code

    assert asyncio.run(main()) == code


def test_who_leaves_while_it_is_opened_leaves_nothing_half_open() -> None:
    async def main() -> None:
        slow = Slow()
        app = BossApp(slow.connect, language="en")
        async with opening(app) as keys:
            assert isinstance(app.screen, SignOnScreen)
            keys._post("ctrl+q", None)
            asyncio.get_running_loop().call_later(0.1, slow.go.set)
        assert slow.ended
        assert app.return_code == 0

    asyncio.run(main())
