"""Editions on the screen: those that wait for whoever works here, and the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from data.message import Message, listed, quoted, say
from data.states import state_name
from screens.list_screen import ListScreen
from screens.manage.changes import ABOUT
from screens.manage.editions import EditionScreen
from screens.widgets.listing import HEADING, ListRow

if TYPE_CHECKING:
    from data.tables.edition import Edition


_HEADS = ("#", say("M row"), say("State"), say("From"), say("Author"), say("Approver"), say("Edition title"))


class EditionsScreen(ListScreen):
    """Editions of a subject (of all, where none is named): first those that wait for whoever works here."""

    hint: ClassVar[Message] = say("!! waits for you. Enter: look at it. Type to narrow")
    widths: ClassVar[tuple[int, ...]] = (4, 5, 9, 10, 11, 11)
    empty: ClassVar[Message] = say("There are no editions.")

    def __init__(self, subject: str = "") -> None:
        super().__init__()
        self.subject = subject
        self._businesses: Mapping[str, Sequence[str]] = {}
        self._people: Mapping[str, str] = {}

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
        every = (*waiting, *reviews, *rest)
        self._businesses = await self.desk.call(port.businesses, every)
        self._people = await self.desk.call(port.people, [who for e in every for who in (e.author, *_approvers(e))])
        lines = self.narrowed(
            [*(self._line(e, "!!") for e in (*waiting, *reviews)), *(self._line(e) for e in rest)], text
        )
        return [ListRow(_HEADS, None, HEADING), *lines] if lines else []

    def _line(self, e: Edition, mark: str = "") -> ListRow:
        day = e.counts_from or e.effective_from or "-"
        over = e.state in ("withdrawn", "rejected", "stale", "failed")
        more = len(self._businesses[e.id]) - 1
        cells = (
            f"{mark}{e.number}",
            f"{e.subject}+{more}" if more else e.subject,
            state_name(e.state),
            day,
            self._people[e.author],
            listed(quoted(self._people[who]) for who in _approvers(e)) if _approvers(e) else "-",
            e.title,
        )
        return ListRow(cells, e, "warn" if mark else "off" if over else "")

    async def chosen(self, line: ListRow) -> None:
        """Look at one."""
        await self.desk.push_screen(EditionScreen(line.value.id))


def _approvers(e: Edition) -> tuple[str, ...]:
    """Who has approved it, by staff number: none of whom rejected it, or took it back."""
    last = e.decided_by if e.state in ("approved", "in_force") and not e.emergency else ""
    return tuple(who for who in (e.first_approver, last) if who)
