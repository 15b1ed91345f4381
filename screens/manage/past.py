"""What a row was, and what differs between two dates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from boss_tui.forms.typed import day_typed
from boss_tui.management.words import FieldInWords, op_said
from data.message import Message, say
from data.states import state_name
from screens.list_screen import ListScreen
from screens.manage.changes import became, by_row, or_dash
from screens.widgets.listing import HEADING, ListRow

if TYPE_CHECKING:
    from boss_tui.management.kit.entity import Entity, Key
    from boss_tui.management.kit.past import PastChange


class HistoryScreen(ListScreen):
    """Every change of a row, the latest first: from when, by whom, in which edition, each field before and after."""

    hint: ClassVar[Message] = say("The latest first. Type to narrow")
    widths: ClassVar[tuple[int, ...]] = (16, 20, 20)

    def __init__(self, name: str, entity: Entity, key: Key) -> None:
        super().__init__()
        self.name_of, self.entity, self.key = name, entity, key
        self._called = Message("")
        self._people: Mapping[str, str] = {}

    def heading(self) -> Message:
        """Of which row."""
        return say("History of {row}", row=self._called)

    async def load(self, text: str) -> Sequence[ListRow]:
        """A heading for each change, and a line for each field."""
        self._called = await self.desk.call(self.desk.port.trying.rows_named, self.name_of, [self.key])
        self.redraw_frame()
        found = await self.desk.call(self.desk.port.managing.history, self.name_of, self.key)
        whose = [who for change, _ in found for who in (change.author, change.approver)]
        self._people = await self.desk.call(self.desk.port.editions.people, whose)
        lines = [line for change, fields in found for line in self._lines(change, fields)]
        return self.narrowed(lines, text) if text.strip() else lines

    def _lines(self, change: PastChange, fields: Sequence[FieldInWords]) -> list[ListRow]:
        told = say(
            "{day}  {op}  {state}  {edition}",
            day=change.from_day or "-",
            op=op_said(self.entity.name, change.op),
            state=state_name(change.state),
            edition=say("edition {number} {title}", number=change.number, title=change.title)
            if change.edition
            else say("loaded at first"),
        )
        whose = say(
            "by {author}, approved by {approver}",
            author=self._people.get(change.author, "-"),
            approver=self._people.get(change.approver, "-"),
        )
        return [
            ListRow((told,), style=HEADING),
            *([ListRow((whose,), style="dim")] if change.edition else []),
            *(ListRow((each.label, or_dash(each.before), became(each.after))) for each in fields),
        ]

    async def chosen(self, line: ListRow) -> None:
        """There is nothing behind it."""


class DifferenceScreen(ListScreen):
    """The rows and fields that are other on one business date than on an earlier one."""

    hint: ClassVar[Message] = say("Only what differs. Type to narrow")
    widths: ClassVar[tuple[int, ...]] = (16, 20, 20)
    empty: ClassVar[Message] = say("Nothing differs between these dates.")

    def __init__(self, name: str, entity: Entity, first: str, last: str) -> None:
        """`first`, `last`: as they are typed; NotAllowed: one is no day. No last one: until today."""
        super().__init__()
        self.name_of, self.entity = name, entity
        self.first, self.last = (day_typed(typed).isoformat() if typed else "" for typed in (first, last))

    def heading(self) -> Message:
        """Of what, between which dates."""
        return say(
            "{name}: what differs, {first} to {last}",
            name=self.entity.says,
            first=self.first,
            last=self.last or say("today"),
        )

    async def load(self, text: str) -> Sequence[ListRow]:
        """A heading for each row, with what happens to it, and a line for each field; of those that fit what is
        typed."""
        found = await self.desk.call(self.desk.port.managing.difference, self.name_of, self.first, self.last)
        lines = list[ListRow]()
        for row, fields in by_row((told for _, told in found), self.desk.words.language):
            head = ListRow((row,), None, HEADING)
            below = [ListRow((each.label, or_dash(each.before), became(each.after))) for each in fields]
            if kept := below if head.holds(text) else self.narrowed(below, text):
                lines += [head, *kept]
        return lines

    async def chosen(self, line: ListRow) -> None:
        """There is nothing behind it."""
