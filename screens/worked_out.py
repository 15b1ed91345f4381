"""A list of what takes long to read or to work out: that goes on beside while keys do, once; what is typed narrows what
is known, and as many lines are shown as are looked at."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Generic, TypeVar

from data.message import say
from screens.list_screen import ListScreen
from screens.widgets.listing import HEADING, ListRow

Known = TypeVar("Known")
AT_ONCE = 200
"""Lines that are shown at first; more where the mark comes near the last."""
_COMING = say("It is being worked out; it will stand here.")


class WorkedOutScreen(ListScreen, Generic[Known]):
    """A subclass answers `work`, apart from the screen, and `rows` of what came of it. When the screen comes back, and
    by F5, it is worked out anew; what is known stands until then. `known`: where it is known from the beginning."""

    def __init__(self, typed: str = "", known: Known | None = None) -> None:
        super().__init__(typed)
        self.known = known
        self._rows: list[tuple[str, ListRow]] = [] if known is None else self._told(known)
        self._is_told = known is not None
        self._working: asyncio.Task[None] | None = None
        self._most, self._sought = AT_ONCE, ""

    def work(self) -> Known:
        """Work it out."""
        raise NotImplementedError

    def rows(self, known: Known) -> Iterable[ListRow]:
        """The lines, all of them, which what is typed narrows."""
        raise NotImplementedError

    def above(self, known: Known, lines: Sequence[ListRow]) -> Sequence[ListRow]:  # noqa: ARG002 (a subclass's)
        """What stands above the lines that fit."""
        return ()

    def fits(self, line: ListRow, text: str) -> bool:  # noqa: ARG002 (a subclass's)
        """Whether a line that holds what is typed is meant, besides."""
        return True

    def words_of(self, text: str) -> str:
        """What of that which is typed a line must hold."""
        return text

    def reload(self) -> None:
        """It is worked out anew; what is known from the beginning, when it is asked for again."""
        if self._loaded or self.known is None:
            self._is_told = False
        super().reload()

    async def do_restore(self) -> None:
        """It is worked out anew."""
        self._is_told = False
        await super().do_restore()

    async def load(self, text: str) -> Sequence[ListRow]:
        """What is known. Who waits no longer is shown it once it is there."""
        if not self._is_told:
            self._is_told = True
            await self._work_out()
        if self.known is None:
            return [ListRow((_COMING,), style=HEADING)] if self._works else []
        if text != self._sought:
            self._sought, self._most = text, AT_ONCE
        return self._narrowed(self.known, text)

    def _narrowed(self, known: Known, text: str) -> list[ListRow]:
        sought = self.words_of(text).strip().casefold()
        fitting = (line for told, line in self._rows if sought in told and self.fits(line, text))
        lines = list(islice(fitting, self._most + 1))
        self.listing.further = self._further if len(lines) > self._most else None
        shown = lines[: self._most]
        return [*self.above(known, shown), *shown]

    def _further(self) -> None:
        self.listing.further = None  # asked for once
        self._most += AT_ONCE
        super().reload()

    async def _work_out(self) -> None:
        working = self._working
        if working is None or working.done():
            working = self._working = self.desk.beside(self._work_apart())
        await asyncio.wait({working}, timeout=self.desk.gate.long_after)
        if not working.done():
            working.add_done_callback(self._come)

    @property
    def _works(self) -> bool:
        return self._working is not None and not self._working.done()

    async def _work_apart(self) -> None:
        self.known, self._rows = await self.desk.apart(self._both)

    def _both(self) -> tuple[Known, list[tuple[str, ListRow]]]:
        known = self.work()
        return known, self._told(known)

    def _told(self, known: Known) -> list[tuple[str, ListRow]]:
        """Each line, and what of it is looked through."""
        return [(line.told(), line) for line in self.rows(known)]

    def _come(self, _: asyncio.Task[None]) -> None:
        if self.is_attached:
            super().reload()
