"""What there is to manage: each thing that a subject keeps, and the editions that wait."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from data.message import Message, say
from screens.frame import DeskApp
from screens.list_screen import ListScreen
from screens.manage.edition_list import EditionsScreen
from screens.manage.rows import RowsScreen
from screens.matching import kept_fits
from screens.widgets.listing import ListRow

if TYPE_CHECKING:
    from boss_tui.desk.managed import EntityView

EDITIONS = "editions"


class EntitiesScreen(ListScreen):
    """A line for each; at headquarters' office the first opens the editions."""

    title_of = say("Manage")
    hint: ClassVar[Message] = say("What managers keep. Type to narrow, Enter opens")
    widths: ClassVar[tuple[int, ...]] = (20, 20)
    empty: ClassVar[Message] = say("There is nothing here for your role to manage.")

    async def load(self, text: str) -> Sequence[ListRow]:
        """Editions with how many wait, where they are worked on; then what is kept."""
        first = [await self._editions()] if self.desk.state is not None and self.desk.state.is_office else []
        found = await self.desk.call(self.desk.port.managing.entities)
        ranked = [(kept_fits(text, kept), kept) for kept in found]
        if text.strip():
            ranked.sort(key=lambda pair: -pair[0])
        return [*self.narrowed(first, text), *(_line(kept) for rank, kept in ranked if rank)]

    async def _editions(self) -> ListRow:
        waiting = len(await self.desk.call(self.desk.port.editions.waiting))
        told = say("{n} {n:waits|wait} for you", n=waiting)
        return ListRow((say("Editions"), told, Message("")), EDITIONS, "warn" if waiting else "")

    async def chosen(self, line: ListRow) -> None:
        """Open it."""
        if line.value == EDITIONS:
            await self.desk.push_screen(EditionsScreen())
        else:
            await open_entity(self.desk, line.value)


def _line(kept: EntityView) -> ListRow:
    return ListRow((kept.name, kept.says, Message("") if kept.may_change else say("to be looked at")), kept.name)


async def open_entity(desk: DeskApp, name: str) -> None:
    """The list of what a subject keeps."""
    await desk.push_screen(RowsScreen(name, await desk.call(desk.port.managing.entity, name)))
