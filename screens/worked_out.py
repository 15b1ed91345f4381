"""A list of what takes long to work out: that goes on beside while keys do, and what is typed narrows what is known."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Generic, TypeVar

from data.message import say
from screens.list_screen import ListScreen
from screens.widgets.listing import HEADING, ListRow

Known = TypeVar("Known")
_COMING = say("It is being worked out; it will stand here.")


class WorkedOutScreen(ListScreen, Generic[Known]):
    """A subclass answers `work`, apart from the screen, and `lines` of what came of it. When the screen comes back, and
    by F5, it is worked out anew; what is known stands until then. `known`: where it is known from the beginning."""

    def __init__(self, known: Known | None = None) -> None:
        super().__init__()
        self.known = known
        self._is_told, self._was_shown = known is not None, False
        self._working: asyncio.Task[None] | None = None

    def work(self) -> Known:
        """Work it out."""
        raise NotImplementedError

    def lines(self, known: Known, text: str) -> Sequence[ListRow]:
        """The lines for a text."""
        raise NotImplementedError

    def on_screen_resume(self) -> None:
        """When it comes back, it is worked out anew."""
        if self._was_shown:
            self._is_told = False
        self._was_shown = True
        super().on_screen_resume()

    async def do_restore(self) -> None:
        """It is worked out anew."""
        self._is_told = False
        await super().do_restore()

    async def load(self, text: str) -> Sequence[ListRow]:
        """What is known. Who waits no longer is shown it once it is there."""
        if not self._is_told:
            self._is_told = True
            working = self._working
            if working is None or working.done():
                working = self._working = self.desk.beside(self._look())
            await asyncio.wait({working}, timeout=self.desk.gate.long_after)
            if not working.done():
                working.add_done_callback(self._come)
        if self.known is None:
            return [ListRow((_COMING,), style=HEADING)] if self._works else []
        return self.lines(self.known, text)

    @property
    def _works(self) -> bool:
        return self._working is not None and not self._working.done()

    async def _look(self) -> None:
        self.known = await self.desk.apart(self.work)

    def _come(self, _: asyncio.Task[None]) -> None:
        if self.is_attached:
            self.reload()
