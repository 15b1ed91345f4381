"""A day's figures beside those of other days, with its trend as bars (catalogue F13)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult

from boss_tui.forms.typed import yuan
from data.message import Message, say
from screens.exporting import export
from screens.list_screen import ListScreen
from screens.meanings import AGAIN, FILE, here
from screens.widgets.drawn import Drawn
from screens.widgets.listing import HEADING, ListRow
from screens.widgets.text import Row, right

if TYPE_CHECKING:
    from screens.ports.reports import ComparedView


BARS = "▁▂▃▄▅▆▇█"


HEADING_WIDTH = 30


class Trend(Drawn):
    """The first and last of some days, the most that one of them took, and what each did, as bars."""

    days: Sequence[tuple[str, int]] = ()

    def rows(self, width: int) -> list[Row]:  # noqa: ARG002 (the shape of all that is drawn)
        """One line."""
        if not self.days:
            return [[("", "")]]
        (first, _), (last, _) = self.days[0], self.days[-1]
        most = max(taken for _, taken in self.days)
        told = say("{first} to {last}, at most {yuan} a day", first=first[5:], last=last[5:], yuan=yuan(most))
        bars = sparkline([taken for _, taken in self.days])
        return [[(f" {self.words(told)} ", "dim"), (bars, "strong")]]  # last: terminals disagree on how wide they are


def sparkline(amounts: Sequence[int]) -> str:
    """Amounts as bars of eight heights; nothing, and what is below it, is the lowest."""
    most = max(amounts, default=0)
    return "".join(BARS[min(7, max(0, amount) * 8 // most)] if most > 0 else BARS[0] for amount in amounts)


class ComparedScreen(ListScreen):
    """A day beside the day before, the same weekday a week before, and its month so far; the last days as bars."""

    means = here(restore=AGAIN, complete=FILE)
    hint: ClassVar[Message] = say("+ more, - less than the day before. F10: into a file. F3: back")
    widths: ClassVar[tuple[int, ...]] = (20, 12, 12, 12, 12)

    def __init__(self, date: str = "") -> None:
        super().__init__()
        self._date = date
        self._found: Sequence[ComparedView] | None = None
        self.trend = Trend()

    def heading(self) -> Message:
        """Which day."""
        return say("{day} beside other days", day=self._date or say("The day"))

    def parts(self) -> ComposeResult:
        """The bars, then the list."""
        yield self.trend
        yield from super().parts()

    async def load(self, text: str) -> list[ListRow]:
        """A line for each figure; more than the day before is marked, and so is less."""
        if self._found is None:
            self.trend.days = await self.desk.call(self.desk.port.figures.trend, self._date)
            self.trend.redraw()
            self._found = await self.desk.call(self.desk.port.figures.compared, self._date)
        lines = [self._line(one) for one in self._found]
        found = self.narrowed(lines, text)
        return [self._heads(), *found] if found else []

    def _heads(self) -> ListRow:
        heads = (say("The day"), say("Day before"), say("Week before"), say("Month so far"))
        return ListRow(("", *(right(self.desk.words(head), 12) for head in heads), ""), None, HEADING)

    def _line(self, one: ComparedView) -> ListRow:
        def shown(value: int | None) -> str:
            return right("-" if value is None else yuan(value) if one.kind == "money" else str(value), 12)

        before = one.then[0]
        mark = "" if before is None or before == one.now else "+" if one.now > before else "-"
        label = one.label if not isinstance(one.label, int) else str(one.label)
        return ListRow((label, shown(one.now), shown(before), *map(shown, one.then[1:]), mark), one)

    def why_not(self, name: str) -> Message | None:
        """The day's report, with this in it, can be written to a file."""
        return None if name == "complete" else super().why_not(name)

    async def do_complete(self) -> None:
        """The day's report into a file."""
        await export(self.desk, partial(self.desk.port.files.report, "day", self._date))

    async def chosen(self, line: ListRow) -> None:  # noqa: ARG002 (each screen of a list has one)
        """Nothing: what is behind a figure is asked of its day."""
        self.tell(say("F3: back to the day's figures, and what is behind them."))
