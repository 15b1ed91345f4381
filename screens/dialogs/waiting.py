"""Work of others that takes its time: a moment passes quietly, then how far it is is shown, and nobody has to wait."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from data.message import Message, say
from screens.dialogs.dialog import Box, Dialog, Heading, Lines

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from screens.frame import DeskApp

T = TypeVar("T")
Heard = tuple[Message, int, int]
MOMENT = 0.8
"""Seconds that keys wait before anything is shown."""
_TICK = 0.5


class LeftAlone(Exception):
    """Nobody waits any longer."""


class WaitingDialog(Dialog[str]):
    """What is done, how far it is and for how long by now. It ends by itself with the work; Esc waits no longer."""

    keys = say("Esc: wait no longer")

    def __init__(self, title: Message, work: asyncio.Future[Any], heard: Sequence[Heard]) -> None:
        """`heard`: what the work has told so far, the latest last; it grows."""
        super().__init__()
        self._title, self._work, self._heard, self._since = title, work, heard, time.monotonic() - MOMENT
        self._lines = Lines()

    def compose(self) -> ComposeResult:
        """Heading, how far it is, keys."""
        with Box():
            yield Heading(self._title)
            yield self._lines

    def on_mount(self) -> None:
        """Wait, and say for how long."""
        self._tell()
        self.set_interval(_TICK, self._tell)
        self._work.add_done_callback(self._ended)

    def _ended(self, _: asyncio.Future[Any]) -> None:
        if self.is_running:
            self.finish("ended")

    def _tell(self) -> None:
        seconds = int(time.monotonic() - self._since)
        lines = [say("{seconds} s", seconds=seconds)]
        if self._heard:
            what, done, of = self._heard[-1]
            lines.insert(0, say("{what} {at} of {of}", what=what, at=done + 1, of=of) if of else what)
        self._lines.show(*((line, "") for line in lines), (Message("\n"), ""), (self.keys, "key"))


async def waited(desk: DeskApp, title: Message, work: Callable[..., T], *args: Any) -> T | None:
    """Do something beside the keys, from within a flow: what came of it, or None where the person waits no longer; then
    it ends before its next part. `work` takes a `Report` last."""
    heard: list[Heard] = []
    is_left = False

    def tell(what: Message, done: int = 0, of: int = 0) -> None:
        if is_left:
            raise LeftAlone
        heard.append((what, done, of))

    going = asyncio.ensure_future(desk.apart(work, *args, tell))
    await asyncio.wait({going}, timeout=MOMENT)
    if not going.done():
        await desk.ask(WaitingDialog(title, going, heard))
    if going.done():
        return going.result()
    is_left = True
    going.add_done_callback(_forgotten)
    return None


def _forgotten(going: asyncio.Future[Any]) -> None:
    """What came of it is in the store, if anything did; whoever asked has gone on."""
    going.exception()
