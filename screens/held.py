"""Held forms: what was put aside, or left in the middle when a program ended, and taking it up again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from data.clock import on_the_wall
from data.message import Message, say
from screens.list_screen import ListScreen
from screens.widgets.listing import ListRow

if TYPE_CHECKING:
    from screens.ports.forms import HeldView


class HeldScreen(ListScreen):
    """Enter takes the marked form up. A number typed finds it at once."""

    title_of = say("Held forms")
    hint: ClassVar[Message] = say("No., business, customer, number, note. Enter takes the marked form up.")
    empty: ClassVar[Message] = say("No form is held, and none is unfinished.")
    widths: ClassVar[tuple[int, ...]] = (4, 5, 14, 8, 11, 16, 5)

    async def load(self, text: str) -> Sequence[ListRow]:
        """Oldest first; narrowed by what is typed."""
        held = await self.desk.call(self.desk.port.held.forms)
        others = await self.desk.call(self.desk.port.held.in_work)
        lines = [*(self._line(form) for form in held), *(self._line(form, busy=True) for form in others)]
        return self.narrowed(lines, text)

    def _line(self, form: HeldView, busy: bool = False) -> ListRow:
        note: str | Message = say("unfinished") if form.unfinished else form.note
        if busy:
            note = say("in work at {counter}", counter=form.counter)
        since = on_the_wall(form.since, "%H:%M")
        cells = (str(form.number), form.code, form.label, form.customer, form.phone, note, form.operator, since)
        return ListRow(cells, None if busy else form, "off" if busy else "warn" if form.unfinished else "")

    async def chosen(self, line: ListRow) -> None:
        """Take it up; what somebody else is in is theirs."""
        if line.value is None:
            self.tell(say("Somebody is in this form: it is put aside there first (F6)."), "warn")
            return
        draft = await self.desk.call(self.desk.port.forms.recall, line.value.number)
        await self.desk.pop_screen()
        await self.desk.show_draft(draft, recalled=True)
