"""Held forms: what was put aside, and taking it up again, at whatever counter."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from data.clock import on_the_wall
from data.message import Message, say
from screens.list_screen import ListScreen
from screens.widgets.listing import Line


class HeldScreen(ListScreen):
    """Enter takes the marked form up. A number typed finds it at once."""

    title_of = say("Held forms")
    hint: ClassVar[Message] = say("No., business, note. Enter takes the marked form up.")
    widths: ClassVar[tuple[int, ...]] = (6, 5, 18, 20, 10)

    async def load(self, text: str) -> Sequence[Line]:
        """Oldest first; narrowed by what is typed."""
        held = await self.desk.call(self.desk.port.held)
        sought = text.strip().casefold()
        return [
            Line((str(h.number), h.code, h.label, h.note, h.operator, on_the_wall(h.since, "%H:%M")), h)
            for h in held
            if sought in f"{h.number} {h.code} {self.desk.words(h.label)} {h.note} {h.operator}".casefold()
        ]

    async def chosen(self, line: Line) -> None:
        """Take it up."""
        draft = await self.desk.call(self.desk.port.recall, line.value.number)
        await self.desk.pop_screen()
        await self.desk.show_draft(draft)
