"""Drives the real application by its keys, and waits exactly as long as each takes: the gate knows when it is idle."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from textual import events
from textual.keys import _character_to_key

from boss_tui.app import BossApp
from screens.terminal import screen_text

_NAMED = {"enter": "\r", "tab": "\t", "space": " "}


class Keys:
    """The hands of a clerk. `type` types characters, `press` named keys; both wait until all has taken effect."""

    def __init__(self, app: BossApp) -> None:
        self.app = app
        app.gate.long_after = float("inf")  # a mark that hangs on the machine's speed
        app.gate.burst_pause = 0.0  # a test is a patient typist; the pause has tests of its own

    async def type(self, text: str) -> None:
        """Type characters; a line end is Enter."""
        for c in text:
            self._post("enter", "\r") if c == "\n" else self._post(_character_to_key(c), c)
        await self.idle()

    async def press(self, *keys: str) -> None:
        """Press keys by their names (`f10`, `enter`, `shift+tab`), or text that is not a name as characters."""
        for key in keys:
            self._post(key, _NAMED.get(key))
        await self.idle()

    async def paste(self, text: str) -> None:
        """Paste at once."""
        self.app.post_message(events.Paste(text))
        await self.idle()

    async def idle(self) -> None:
        """Wait until everything that was typed has taken effect."""
        async with asyncio.timeout(60):
            while True:
                await self.app.settled()
                await asyncio.sleep(0)
                if self.app.gate.idle and self.app.is_running:
                    await self.app.settled()
                    if self.app.gate.idle:
                        await self.app.painted()
                        return
                if not self.app.is_running:
                    return
                await asyncio.sleep(0.001)

    async def opened(self) -> None:
        """Wait until the desk is there and all is quiet."""
        async with asyncio.timeout(60):
            while self.app.opening is None:
                await asyncio.sleep(0.001)
            await self.app.opening
        await self.idle()

    def text(self) -> str:
        """What stands on the screen."""
        return screen_text(self.app)

    def _post(self, key: str, character: str | None) -> None:
        self.app.post_message(events.Key(key, character))


@asynccontextmanager
async def at_desk(app: BossApp, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Keys]:
    """The application, running, once it is ready for keys."""
    async with app.run_test(size=size, notifications=True):
        keys = Keys(app)
        await keys.opened()
        yield keys
