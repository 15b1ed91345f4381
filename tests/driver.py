"""Drives the real application by its keys, and waits exactly as long as each takes: the gate knows when it is idle."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from textual import events
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet
from textual.keys import _character_to_key
from textual.screen import Screen

from boss_tui.start.app import BossApp
from screens.terminal import _flushed, screen_text
from screens.widgets.drawn import Drawn

_paint = Screen._compositor_refresh


def _lay_rows(screen: Screen[Any]) -> None:
    """In place of Textual's painting, sixty times a second onto nothing: rows are made as for a terminal; their cells,
    for the first screen of each kind and whenever a test looks."""
    if screen.app.is_headless and screen is screen.app.screen:
        for widget in screen._compositor.visible_widgets:
            if isinstance(widget, Drawn):
                widget._rows(widget.content_size.width)
        screen._dirty_widgets.clear()
        screen.app._update_mouse_over(screen)
    else:
        _paint(screen)


Screen._compositor_refresh = _lay_rows  # type: ignore[assignment, method-assign]

_parse = Stylesheet._parse_rules
_parsed: dict[object, list[RuleSet]] = {}


def _parse_once(sheet: Stylesheet, css: str, *args: Any, **kwargs: Any) -> list[RuleSet]:
    """In place of parsing the same style sheets for each program that a test starts."""
    key = (css, args, frozenset(kwargs.items()), frozenset(sheet._variables.items()))
    if key not in _parsed:
        _parsed[key] = _parse(sheet, css, *args, **kwargs)
    return _parsed[key]


Stylesheet._parse_rules = _parse_once  # type: ignore[assignment, method-assign]

_painted_kinds = set[object]()
"""Kinds and sizes of screens that were painted in this process."""
LOOK = 0.05
"""Seconds between two looks whether a program that keys are typed in still runs."""
_NAMED = {"enter": "\r", "tab": "\t", "space": " "}


class Keys:
    """The hands of a clerk. `type` types characters, `press` named keys; both wait until all has taken effect."""

    def __init__(self, app: BossApp) -> None:
        self.app = app
        app.gate.long_after = float("inf")  # a mark that hangs on the machine's speed
        self._painted: Screen[Any] | None = None
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
                await self._routed()
                await self.app.settled()
                await asyncio.sleep(0)
                if self.app.gate.idle and self.app.is_running:
                    await self.app.settled()
                    if self.app.gate.idle:
                        await self.app.painted()
                        self._paint_new_kind()
                        return
                if not self.app.is_running:
                    return
                await asyncio.sleep(0.001)

    async def _routed(self) -> None:
        """Wait until the gate has let go of each key that it was given, or the program has ended."""
        await _flushed(self.app)
        while (router := self.app._router) is not None and not router.done() and self.app.is_running:
            await asyncio.wait({router}, timeout=LOOK)

    def _paint_new_kind(self) -> None:
        """Paint the first screen of each kind and size: no fault of painting hides."""
        kind = (type(self.app.screen), self.app.size)
        if kind not in _painted_kinds:
            _painted_kinds.add(kind)
            self._paint()

    def _paint(self) -> None:
        """Paint a screen that came up, once."""
        if self.app.screen is not self._painted:
            self._painted = self.app.screen
            _paint(self._painted)

    async def opened(self) -> None:
        """Wait until the desk is there and all is quiet."""
        async with asyncio.timeout(60):
            while self.app.opening is None:
                await asyncio.sleep(0.001)
            await self.app.opening
        await self.idle()

    def text(self) -> str:
        """What stands on the screen."""
        self._paint()
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
