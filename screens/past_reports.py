"""Reports of the past: the list of every day and shift, and the one that is chosen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from boss_tui.forms.typed import yuan
from data.message import Message, say
from data.states import SHIFT_STATES
from screens.day_figures import report_screen
from screens.list_screen import ListScreen
from screens.reports import TITLES
from screens.widgets.listing import HEADING, Figure, ListRow

if TYPE_CHECKING:
    from screens.ports.reports import PastView

WEEKDAYS = (say("Mon"), say("Tue"), say("Wed"), say("Thu"), say("Fri"), say("Sat"), say("Sun"))


_HEADS = ListRow(
    (say("Business date"), say("Report"), say("Till"), "     #", say("Operator"), say("State"), say("Over/short")),
    None,
    HEADING,
)


def _dated(business_date: str) -> Message:
    """A business date with its weekday."""
    weekday = WEEKDAYS[date.fromisoformat(business_date).weekday()]
    return say("{date} {weekday}", date=business_date, weekday=weekday)


def _each_dated(lines: Iterable[ListRow]) -> Iterator[ListRow]:
    """Lines of which the first of each date says it, whatever was left out before it."""
    told = ""
    for line in lines:
        one: PastView = line.value
        yield line if one.business_date == told else replace(line, cells=(_dated(one.business_date), *line.cells[1:]))
        told = one.business_date


class PastScreen(ListScreen):
    """Every day and every shift that this person may see, newest first; Enter opens its report."""

    title_of = say("Reports of all days")
    hint: ClassVar[Message] = say("Type a date, a weekday, a till, a staff number. Enter opens the report.")
    empty: ClassVar[Message] = say("No business day was opened yet.")
    widths: ClassVar[tuple[int, ...]] = (14, 10, 8, 6, 9, 10)

    def __init__(self, typed: str = "") -> None:
        super().__init__(typed)
        self._past: list[tuple[ListRow, str]] | None = None  # each line, and what it is found by

    def on_screen_resume(self) -> None:
        """Nothing of the past has changed; the mark stays where it was."""

    async def load(self, text: str) -> list[ListRow]:
        """Days, each before its shifts."""
        if self._past is None:
            lines = map(self._line, await self.desk.call(self.desk.port.reports.past))
            self._past = [(line, self._said(line)) for line in lines]
        sought = text.strip().casefold().split()
        found = [line for line, said in self._past if all(part in said for part in sought)]
        return [_HEADS, *_each_dated(found)] if found else []

    def retell(self) -> None:
        """The words that a line is found by are of the language."""
        self._past = None
        super().retell()

    def _line(self, one: PastView) -> ListRow:
        number = "" if one.number is None else Figure(one.number)
        over = Figure(yuan(one.difference)) if one.difference else ""
        shift = one.kind != "day"
        cells = (
            ("" if shift else _dated(one.business_date)),
            TITLES[one.kind],
            one.till,
            number,
            one.operator,
            SHIFT_STATES[one.state],
            over,
        )
        return ListRow(cells, one, "" if shift else "strong")

    def _said(self, line: ListRow) -> str:
        one: PastView = line.value
        words = " ".join(self.desk.words(cell) for cell in (_dated(one.business_date), *line.cells))
        return f"{one.business_date.replace('-', '')} {words}".casefold()

    async def chosen(self, line: ListRow) -> None:
        """Its report."""
        one: PastView = line.value
        paper = await self.desk.call(self.desk.port.reports.shown, one.kind, one.key)
        await self.desk.push_screen(report_screen(one.kind, paper, one.key))

    async def do_restore(self) -> None:
        """Look again."""
        self._past = None
        await super().do_restore()
