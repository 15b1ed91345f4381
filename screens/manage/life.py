"""The life of a piece of stock: when what became of it, and by whom or where; the last line is how it stands now."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from data.message import Message, say
from data.table_words import table_word
from screens.list_screen import ListScreen
from screens.manage.grid import named
from screens.widgets.listing import ListRow

if TYPE_CHECKING:
    from boss_tui.management.kit.entity import Entity, Key
    from screens.frame import DeskApp


def onward(desk: DeskApp, entity: Entity) -> list[tuple[Message, Callable[[], Awaitable[None]]]]:
    """Where stock of a kind that lies somewhere goes on from its list: into a box, or to be counted."""
    from boss_tui.components.stock.pieces import LYING

    places = {"office_notes": say("Transfer notes"), "pieces": say("Count by serials")}
    lies = entity.stock is not None and entity.stock.kind in LYING
    return [(says, partial(desk.place, name)) for name, says in places.items() if lies]


class LifeScreen(ListScreen):
    """The earliest first."""

    hint: ClassVar[Message] = say("The earliest first; how it stands now comes last. Type to narrow")
    widths: ClassVar[tuple[int, ...]] = (20, 36)

    def __init__(self, name: str, entity: Entity, key: Key) -> None:
        super().__init__()
        self.name_of, self.entity, self.key = name, entity, key

    def heading(self) -> Message:
        """Of which piece."""
        return say("Life of {name} {row}", name=table_word(self.entity.model), row=named(self.key))

    async def load(self, text: str) -> Sequence[ListRow]:
        """A line for each thing that became of it."""
        found = await self.desk.call(self.desk.port.acting.life, self.name_of, self.key)
        return self.narrowed(
            [
                ListRow((each.when or say("as it stands"), each.what, each.who), style="" if each.when else "strong")
                for each in found
            ],
            text,
        )

    async def chosen(self, line: ListRow) -> None:
        """There is nothing behind it."""
