"""A list of rows as it is looked at: narrowed by what is typed, in the order of a column, page by page, counted."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult

from data.errors import BadForm
from data.message import Message, say
from screens.dialogs.dialog import Lines
from screens.frame import DeskScreen
from screens.manage.filter_line import FilterInput
from screens.manage.grid import Grid
from screens.terminal import FastInput, refreshed

if TYPE_CHECKING:
    from boss_tui.desk.managed import ListPage
    from boss_tui.management.kit.entity import Entity

_NO_SUCH = say("No row fits. Esc empties the filter.")


class PagedScreen(DeskScreen):
    """Rows of an entity; what is done with them is a subclass's."""

    hint: ClassVar[Message] = say("Filter: word, column:value, amount>10, is:changing. Ins: mark. F4: more")

    def __init__(self, name: str, entity: Entity) -> None:
        super().__init__()
        self.name_of, self.entity = name, entity
        self.grid = Grid(entity)
        self.entry = FilterInput(id="entry")
        self.shown: ListPage | None = None
        self.as_of = ""
        self._counted, self._coming = ("", ""), ""
        self._narrowing = asyncio.Lock()
        self._loaded = False
        self._draft = ""

    def parts(self) -> ComposeResult:
        """Hint, filter, rows."""
        yield Lines((self.hint, "dim"))
        yield self.entry
        yield self.grid

    def heading(self) -> Message:
        """What is listed, as of when, how many, and how many are marked."""
        fit, every = self._counted
        told = say("{name} {says}", name=self.name_of, says=self.entity.says)
        if self.shown is not None:
            told = say("{told}, as of {day}: {n} {n:row|rows}", told=told, day=self.shown.day, n=every)
            if fit not in ("", every):
                told = say("{told}, {n} {n:fits|fit}", told=told, n=fit)
            if self._coming:
                told = say("{told}, {n} in open editions", told=told, n=self._coming)
        if self.grid.marked:
            told = say("{told}, {n} marked", told=told, n=len(self.grid.marked))
        if self.shown is not None and not self.shown.may_change:
            told = say("{told} [read only]", told=told)
        return told

    def on_mount(self) -> None:
        """The first page; keys wait for it from now on, or they would go to a list that has no rows yet."""
        self.desk.flow(self._open())

    async def _open(self) -> None:
        await refreshed(self)  # there is room then to know how long a page is
        await self.load()

    def on_screen_resume(self) -> None:
        """What was done meanwhile may have changed the rows."""
        if self._loaded:
            self.desk.flow(self.load(keep=True))

    def changed_beside(self) -> None:
        """An import has put rows into an edition."""
        self.on_screen_resume()

    def on_input_changed(self, event: FastInput.Changed) -> None:
        """Narrow."""
        event.stop()
        if not self.desk.gate.types_on:
            self.desk.flow(self._narrow(self.entry.value), narrows=True)

    async def _narrow(self, typed: str) -> None:
        """Letters go on meanwhile: one question at a time, and of those that wait, the last one alone."""
        async with self._narrowing:
            if typed == self.entry.value:
                await self.load()

    # pages

    async def load(self, *, keep: bool = False, at: int = 0, **place: Any) -> None:
        """A page, then the count. keep: the same page again, the cursor where it is. A filter that is not understood is
        told, and the rows stay as they are; so they do where another one has been typed meanwhile."""
        at = self.grid.at if keep and self.shown is not None else at
        asked = {"sort": self._sort(), "as_of": self.as_of, "size": self.grid.page, **place}
        if self._is_office and (keep or not self._loaded):
            draft = await self.desk.call(self.desk.port.managing.at_hand, self.name_of)
            self._draft = draft.id if draft is not None else ""
        typed = self.entry.value
        try:
            found = await asyncio.to_thread(self.desk.port.managing.page, self.name_of, typed, **asked)
        except BadForm as fault:
            self.tell(fault.message, "warn")
            return
        if typed != self.entry.value:
            return
        rows = (*found.coming, *found.page.rows)
        if not rows:
            self.tell(_NO_SUCH if self.entry.value.strip() else found.none_yet)
        elif self.said_last[0] in (_NO_SUCH, found.none_yet) or not keep:
            self.tell(Message(""))
        self.shown, self._loaded = found, True
        self.grid.show(rows, at, found.names)
        if not place:
            self._counted, self._coming = ("", self._counted[1]), found.how_many_come
            counting = self.desk.beside(self._count(found, typed, self.as_of))
            await asyncio.wait({counting}, timeout=self.desk.gate.long_after)
        self.redraw_frame()

    async def _count(self, found: ListPage, typed: str, as_of: str) -> None:
        """How many rows fit, and there are. What few have is looked for in all of them: who waits no longer is told
        once it is known, if the list is the same still."""
        count = self.desk.port.managing.count
        fit, every = await asyncio.to_thread(count, self.name_of, typed, as_of, found.page)
        if (self.entry.value, self.as_of) == (typed, as_of) and self.is_attached:
            self._counted = str(fit), str(every)
            self.redraw_frame()

    def _sort(self) -> str:
        return f"{'-' if self.grid.falling else ''}{self.grid.sort}" if self.grid.sort else ""

    def action_move(self, by: int) -> None:
        """A row up or down; beyond the page the next one."""
        if self.grid.move(by):
            self.redraw_frame()
        else:
            self._turn(by, 0 if by > 0 else self.grid.page)

    def action_turn(self, by: int) -> None:
        """A page up or down."""
        self._turn(by, self.grid.at)

    def _turn(self, by: int, at: int) -> None:
        page = self.shown.page if self.shown else None
        if page is not None and by > 0 and page.after is not None:
            self.desk.flow(self.load(at=at, after=page.after))
        elif page is not None and by < 0 and page.before is not None:
            self.desk.flow(self.load(at=at, before=page.before))
        else:
            self.grid.show(self.grid.rows_shown, len(self.grid.rows_shown) if by > 0 else 0)

    def action_edge(self, to: int) -> None:
        """The first row of the list, or the last."""
        self.desk.flow(self.load(at=self.grid.page, last=True) if to > 0 else self.load())

    def action_column(self, by: int) -> None:
        """Another column under the cursor."""
        self.grid.move_column(by)

    def action_sort(self, falling: bool) -> None:
        """By the column under the cursor."""
        self.grid.sort, self.grid.falling = self.grid.columns[self.grid.column].name, falling
        self.desk.flow(self.load())

    def action_mark(self) -> None:
        """Mark the row, and go to the next."""
        self.grid.mark()
        self.redraw_frame()
        self.action_move(1)

    @property
    def _is_office(self) -> bool:
        """Whether editions are worked on here."""
        return self.desk.state is not None and self.desk.state.is_office
