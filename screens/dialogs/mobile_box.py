"""Waiting for a mobile payment: the customer confirms on the telephone; Esc gives it up, and so does a minute."""

from __future__ import annotations

import asyncio
from typing import ClassVar

from textual.app import ComposeResult

from boss_tui.answers.business import MobileView
from boss_tui.forms.typed import yuan
from data.message import Message, say
from screens.dialogs.dialog import Box, Dialog, Heading, Lines
from screens.widgets.purse import Purse

WAIT = 60
"""Seconds that a sale waits at most."""
LOOK = 3
"""Seconds between two looks."""


class MobileBox(Dialog[MobileView]):
    """Answers the payment once it is paid or can't be paid any more; None when nobody waits any longer."""

    expected: ClassVar[bool] = True

    def __init__(self, purse: Purse, view: MobileView, way: Message) -> None:
        super().__init__()
        self._purse, self._view, self._way = purse, view, way
        self._left = WAIT
        self._said = Lines()
        self._looking: asyncio.Task[None] | None = None

    def compose(self) -> ComposeResult:
        """Who is asked for how much, how long still, what Esc does."""
        with Box():
            yield Heading(say("{way}: {yuan} yuan", way=self._way, yuan=yuan(self._view.amount)))
            yield self._said
            yield Lines((say("Esc: give it up. What is paid yet goes back by itself."), "key"))

    def on_mount(self) -> None:
        """Count down; look every few seconds."""
        self._tell()
        self.set_interval(1, self._tick)

    def _tick(self) -> None:
        self._left -= 1
        self._tell()
        if self._left <= 0:
            self.finish(None)
        elif self._left % LOOK == 0 and (self._looking is None or self._looking.done()):
            self._looking = asyncio.create_task(self._look())

    def _tell(self) -> None:
        self._said.show((say("The customer confirms on the telephone: {seconds} s left", seconds=self._left), "strong"))

    async def _look(self) -> None:
        view = await self._purse.look(self._view.order_no)
        if view.state != "asked":
            self.finish(view)
