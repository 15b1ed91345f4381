"""Editions on the screen: those that wait for whoever works here, and the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from data.message import Message, say
from data.states import state_name
from screens.list_screen import ListScreen
from screens.manage.changes import ABOUT
from screens.manage.editions import EditionScreen
from screens.widgets.listing import ListRow

if TYPE_CHECKING:
    from data.tables.edition import Edition


class EditionsScreen(ListScreen):
    """Editions of a subject (of all, where none is named): first those that wait for whoever works here."""

    hint: ClassVar[Message] = say("!! waits for you. Enter: look at it. Type to narrow")
    widths: ClassVar[tuple[int, ...]] = (5, 4, 20, 10, 6)
    empty: ClassVar[Message] = say("There are no editions.")

    def __init__(self, subject: str = "") -> None:
        super().__init__()
        self.subject = subject
        self._businesses: Mapping[str, Sequence[str]] = {}

    def heading(self) -> Message:
        """Of which subject."""
        return say("Editions {subject}", subject=self.subject)

    def help_sections(self) -> list[tuple[Message, Message]]:
        """What an edition is, and how it goes."""
        return [*super().help_sections(), (say("Edition"), ABOUT)]

    async def load(self, text: str) -> Sequence[ListRow]:
        """What waits, what is to be reviewed, the rest."""
        port = self.desk.port.editions
        waiting, reviews = await self.desk.call(port.waiting), await self.desk.call(port.reviews)
        mine = {each.id for each in (*waiting, *reviews)}
        rest = [each for each in await self.desk.call(port.listed, "", self.subject) if each.id not in mine]
        self._businesses = await self.desk.call(port.businesses, (*waiting, *reviews, *rest))
        return self.narrowed(
            [*(self._line(e, "!!") for e in (*waiting, *reviews)), *(self._line(e) for e in rest)], text
        )

    def _line(self, e: Edition, mark: str = "") -> ListRow:
        day = e.counts_from or e.effective_from or "-"
        over = e.state in ("withdrawn", "rejected", "stale", "failed")
        more = len(self._businesses[e.id]) - 1
        cells = (
            f"{mark}{e.number}",
            f"{e.subject}+{more}" if more else e.subject,
            state_name(e.state),
            day,
            e.author,
            e.title,
        )
        return ListRow(cells, e, "warn" if mark else "off" if over else "")

    async def chosen(self, line: ListRow) -> None:
        """Look at one."""
        await self.desk.push_screen(EditionScreen(line.value.id))
