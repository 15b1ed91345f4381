"""What a row was, and what differs between two dates."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from boss_tui.management.kit.subject import text_of
from data.message import Message, say
from data.states import state_name
from screens.list_screen import ListScreen
from screens.manage.grid import named
from screens.widgets.listing import HEADING, ListRow

if TYPE_CHECKING:
    from boss_tui.management.kit.past import PastChange
    from boss_tui.management.kit.subject import Entity, Key

OPS = {"add": say("new"), "change": say("changed"), "end": say("ended")}


def value_in_words(entity: Entity, column: str, value: Any) -> str:
    """A value of a column, in a line."""
    return "-" if value is None else text_of(entity.column(column), value).replace("\n", " ") or "-"


class HistoryScreen(ListScreen):
    """Every change of a row, the latest first: from when, by whom, in which edition, each field before and after."""

    hint: ClassVar[Message] = say("The latest first. Type to narrow")
    widths: ClassVar[tuple[int, ...]] = (16, 20, 20)

    def __init__(self, name: str, entity: Entity, key: Key) -> None:
        super().__init__()
        self.name_of, self.entity, self.key = name, entity, key

    def heading(self) -> Message:
        """Of which row."""
        return say("History of {name} {row}", name=self.name_of, row=named(self.key))

    async def load(self, text: str) -> Sequence[ListRow]:
        """A heading for each change, and a line for each field."""
        found = await self.desk.call(self.desk.port.managing.history, self.name_of, self.key)
        lines = [line for change in found for line in self._lines(change)]
        return self.narrowed(lines, text) if text.strip() else lines

    def _lines(self, change: PastChange) -> list[ListRow]:
        who = say(
            "edition {number} {title}, by {author}, approved by {approver}",
            number=change.number,
            title=change.title,
            author=change.author,
            approver=change.approver or "-",
        )
        told = say(
            "{day}  {op}  {state}  {who}",
            day=change.from_day or "-",
            op=OPS[change.op],
            state=state_name(change.state),
            who=who if change.edition else say("loaded at first"),
        )
        return [
            ListRow((told,), style=HEADING),
            *(
                ListRow(
                    (
                        self.entity.column(field.column).label,
                        value_in_words(self.entity, field.column, field.before),
                        "-> " + value_in_words(self.entity, field.column, field.after),
                    )
                )
                for field in change.fields
            ),
        ]

    async def chosen(self, line: ListRow) -> None:
        """There is nothing behind it."""


class DifferenceScreen(ListScreen):
    """The rows and fields that are other on one business date than on an earlier one."""

    hint: ClassVar[Message] = say("Only what differs. Type to narrow")
    widths: ClassVar[tuple[int, ...]] = (20, 8, 16, 14)
    empty: ClassVar[Message] = say("Nothing differs between these dates.")

    def __init__(self, name: str, entity: Entity, first: str, last: str) -> None:
        super().__init__()
        self.name_of, self.entity, self.first, self.last = name, entity, first, last

    def heading(self) -> Message:
        """Of what, between which dates."""
        return say(
            "{name}: what differs, {first} to {last}",
            name=self.name_of,
            first=self.first,
            last=self.last or say("today"),
        )

    async def load(self, text: str) -> Sequence[ListRow]:
        """A line for each field."""
        found = await self.desk.call(self.desk.port.managing.difference, self.name_of, self.first, self.last)
        return self.narrowed(
            [
                ListRow(
                    (
                        named(d.key),
                        OPS[d.op],
                        self.entity.column(d.column).label,
                        value_in_words(self.entity, d.column, d.before),
                        "-> " + value_in_words(self.entity, d.column, d.after),
                    )
                )
                for d in found
            ],
            text,
        )

    async def chosen(self, line: ListRow) -> None:
        """There is nothing behind it."""
