"""The terminal beneath the program: it may be too small, send what is no character, or go away."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from boss_tui.locale import words
from data.message import Message, say
from screens.action_handlers import ActionHandlers
from screens.frame import DeskScreen
from screens.too_small import TooSmallScreen, lay_out, too_small

if TYPE_CHECKING:
    from data.message import Message
    from screens.driver import Unreadable

log = logging.getLogger("boss")
_PATIENCE = 5.0  # seconds that the end waits for what was begun


class OnTerminal(ActionHandlers):
    """What the program does about its terminal, whatever is open.

    opening: ends when the desk can be used and housekeeping goes on, or when it is known that neither will.
    there: whether the desk can be used.
    """

    opening: asyncio.Task[None] | None = None

    def __init__(self) -> None:
        super().__init__()
        self.there = asyncio.Event()
        self._fitting: asyncio.Task[None] | None = None
        self._leaving: asyncio.Task[None] | None = None

    def on_resize(self) -> None:
        """The terminal has another size: one that nobody can work in is told, in place of a screen that is cut off."""
        self.call_later(self.look_at_size)  # once Textual knows it

    async def action_quit(self) -> None:
        """Not where the question whether to end could not be read."""
        if not isinstance(self.screen, TooSmallScreen):
            await super().action_quit()

    def look_at_size(self) -> None:
        """Cover what is open, or uncover it, where the size has come to ask for it."""
        fits = too_small(self.size) == isinstance(self.screen, TooSmallScreen)
        if not fits and (self._fitting is None or self._fitting.done()):
            self._fitting = asyncio.create_task(self._fit())

    async def _fit(self) -> None:
        """Cover what is open while there is no room for it; uncover it, as it was, when there is. Work that is under
        way ends first: it may change screens."""
        while too_small(self.size) != isinstance(self.screen, TooSmallScreen) and self.is_running:
            await self.gate.quiet()
            with self.gate.held():
                if too_small(self.size):
                    self.gate.flush()
                    await self.push_screen(TooSmallScreen())
                elif isinstance(self.screen, TooSmallScreen):
                    await self.pop_screen()
                    lay_out(self)
                    self.redraw_frames()

    def on_unreadable(self, event: Unreadable) -> None:
        """What the terminal sent is no character: a key is dropped, with its mark, and it is said what to do."""
        if not self.gate.dropped:
            log.warning("the terminal sent %s, which is no %s", event.data.hex(" "), event.encoding)
        told = say(
            "A key was dropped: what came is no {encoding} (settings.toml: terminal_encoding).",
            encoding=event.encoding.upper(),
        )
        self.gate.unreadable(
            told
        )  # the line of the screen says it for as long as the mark stays, whatever else is said

    def terminal_gone(self, why: Message, code: int) -> None:
        """Nobody is at the terminal any more: end in order, whatever is open."""
        self._leaving = asyncio.create_task(self._leave(why, code))

    async def _leave(self, why: Message, code: int) -> None:
        if self.opening is not None and not self.there.is_set():  # what has been begun ends; only then there is a log
            await asyncio.wait((self.opening,), timeout=_PATIENCE)
        log.error("the desk ends: %s", words("en")(why))
        try:
            async with asyncio.timeout(_PATIENCE):
                await self._keep_typed()
        except Exception as fault:
            log.error("what was being typed could not be kept", exc_info=fault)
        self.exit(return_code=code)

    async def _keep_typed(self) -> None:
        """What stands in a field that was not left yet goes to disk with the rest of its form."""
        for screen in self.screen_stack:
            if isinstance(screen, DeskScreen):
                await screen.keep_typed()
