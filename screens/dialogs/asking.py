"""Services of others are asked about a form that is to be completed: wait, or go on by what counts without them."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from typing import ClassVar, Literal

from textual.app import ComposeResult
from textual.binding import Binding

from boss_tui.answers.business import AskedView
from data.message import Message, say
from screens.dialogs.dialog import YES, Box, Dialog, Heading, Lines

_TICK = 1.0
Ended = Literal["answered", "given up"]


class AskingDialog(Dialog[Ended]):
    """What is asked, for how long by now, and what counts without an answer. It ends by itself once all have answered
    (`work`); F10 waits no longer, Esc goes back to the form, and asking goes on."""

    BINDINGS: ClassVar = [Binding(YES, "give_up", show=False, priority=True)]
    keys: ClassVar[Message] = say("F10 or Ctrl+S: wait no longer        Esc: back to the form")

    def __init__(self, asked: Sequence[AskedView], work: asyncio.Task[None]) -> None:
        super().__init__()
        self._asked = [each for each in asked if each.state == "asking"]
        self._work, self._since = work, time.monotonic()
        self._lines = Lines()

    def compose(self) -> ComposeResult:
        """Heading, what is asked, keys."""
        with Box():
            yield Heading(say("Services are being asked"))
            yield self._lines

    def on_mount(self) -> None:
        """Wait, and say for how long."""
        self._tell()
        self.set_interval(_TICK, self._tell)
        self._work.add_done_callback(self._answered)

    def _answered(self, _: asyncio.Task[None]) -> None:
        if self.is_running:
            self.finish("answered")

    def _tell(self) -> None:
        seconds = int(time.monotonic() - self._since)
        line = say("{name}: {seconds} s. Without an answer {counts}.", seconds=seconds)
        told = [
            Message(line.template, {**line.values, "name": each.name, "counts": each.words}) for each in self._asked
        ]
        self._lines.show(*((line, "") for line in told), (Message("\n"), ""), (self.keys, "key"))

    def action_give_up(self) -> None:
        """Wait no longer."""
        self.finish("given up")
