"""Services of others are asked about the form of a screen while the clerk types on; completing it waits for them."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING, Protocol

from data.errors import Expired, NotAllowed, NotFound
from data.message import Message, say
from screens.dialogs.asking import AskingDialog

if TYPE_CHECKING:
    from boss_tui.answers.business import DraftView
    from screens.frame import DeskApp

_ROUNDS = 5
"""So often is waited at most: what is asked may bring up another question."""
_MOMENT = 0.8
"""Seconds that keys wait for services at most, when a form is completed."""


class OfForm(Protocol):
    """The screen of a form."""

    draft: DraftView

    @property
    def desk(self) -> DeskApp: ...  # noqa: D102 (the program)
    @property
    def is_attached(self) -> bool: ...  # noqa: D102 (whether it was not left)
    def show(self, draft: DraftView) -> None: ...  # noqa: D102 (a draft as the desk has it)
    def tell(self, message: Message, tone: str = "") -> None: ...  # noqa: D102 (in the line above the keys)
    @property
    def said_last(self) -> tuple[Message, str]: ...  # noqa: D102 (what stands there, and its tone)


class AskingBeside:
    """What is asked about the form of a screen, one round of questions at a time."""

    def __init__(self, screen: OfForm) -> None:
        self._screen = screen
        self._work: asyncio.Task[None] | None = None

    def begin(self) -> asyncio.Task[None]:
        """Let what is open be asked, unless that goes on already."""
        if self._work is None:
            self._work = self._screen.desk.beside(self._ask())
        return self._work

    async def _ask(self) -> None:
        """While the clerk types on; then show what they say."""
        desk = self._screen.desk
        try:
            await desk.apart(desk.port.asking.ask, self._screen.draft.id)
        finally:
            self._work = None
        if self._screen.is_attached:
            desk.flow(self._show_answers())

    async def _show_answers(self) -> None:
        """Beside the form; a warning above the keys stays, unless the field under the cursor is wrong now."""
        message, tone = self._screen.said_last
        with contextlib.suppress(NotAllowed, NotFound, Expired):  # the form has ended meanwhile: nobody wants them
            await self._look()
            if tone == "warn" and self._screen.said_last[1] != "error":
                self._screen.tell(message, tone)

    async def _look(self) -> None:
        desk = self._screen.desk
        self._screen.show(await desk.call(desk.port.forms.quote, self._screen.draft.id))

    async def waited(self) -> bool:
        """Whether nothing is being asked any more, before the form is completed: keys wait a moment, then the clerk is
        told, and may go on without the answers. False: back to the form."""
        screen, desk, rounds = self._screen, self._screen.desk, 0
        while screen.draft.asking and rounds < _ROUNDS:
            rounds += 1
            work = self.begin()
            await asyncio.wait({work}, timeout=_MOMENT)
            while desk.gate.waiting and not work.done():  # what was typed ahead is not meant for a question
                await asyncio.wait({work}, timeout=_MOMENT)
            if not work.done():
                ended = await desk.ask(AskingDialog(screen.draft.asked, work))
                if ended is None:
                    return False
                if ended == "given up":
                    await desk.call(desk.port.asking.give_up, screen.draft.id)
            await self._look()
        if screen.draft.asking:
            screen.tell(say("Not completed. The form is still here."), "warn")
        return not screen.draft.asking
