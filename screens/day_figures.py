"""A day's report, its figures row by row, and what is behind each (catalogue F13)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from boss_tui.answers.business import PaperView
from boss_tui.forms.typed import yuan
from data.clock import on_the_wall
from data.message import Message, say
from screens.compared_figures import HEADING_WIDTH, ComparedScreen
from screens.exporting import export
from screens.list_screen import ListScreen
from screens.meanings import AGAIN, FILE, Meaning, here
from screens.orders import OrderScreen
from screens.reports import TITLES, ReportScreen
from screens.widgets.listing import HEADING, Figure, ListRow
from screens.widgets.text import right

if TYPE_CHECKING:
    from boss_tui.reports.report import Column, Report, Section, Value
    from screens.ports.reports import BehindView


class DayReportScreen(ReportScreen):
    """A day's report; Enter goes to its figures, and behind each."""

    told = say("Enter: its figures, and what is behind each. F4: print it. F10: into a file")

    def __init__(self, paper: PaperView, date: str) -> None:
        super().__init__("day", TITLES["day"], paper, date)

    def action_enter(self) -> None:
        """The figures of a day."""
        self.desk.flow(self._figures())

    async def _figures(self) -> None:
        await self.desk.push_screen(DayFiguresScreen(self._key))


def report_screen(kind: str, paper: PaperView, key: str) -> ReportScreen:
    """The screen of a report."""
    return DayReportScreen(paper, key) if kind == "day" else ReportScreen(kind, TITLES[kind], paper, key)


class DayFiguresScreen(ListScreen):
    """The tables of a day's report, row by row; Enter shows what is behind a figure, F9 other days beside it."""

    means = here(restore=AGAIN, price=Meaning(say("Beside"), say("Beside other days")), complete=FILE)
    hint: ClassVar[Message] = say("Enter: what is behind a figure. F9: beside other days. F10: into a file")
    widths: ClassVar[tuple[int, ...]] = (HEADING_WIDTH, 10, 12)

    def __init__(self, date: str = "") -> None:
        super().__init__()
        self._date = date
        self._report: Report | None = None

    def heading(self) -> Message:
        """Which day."""
        return say("Figures of {day}", day=self._date or say("the day"))

    def on_screen_resume(self) -> None:
        """The mark stays at the figure that was gone behind."""

    async def load(self, text: str) -> list[ListRow]:
        """Each table: its heading, then its rows."""
        if self._report is None:
            self._report = await self.desk.call(self.desk.port.figures.of_day, self._date)
        lines = [line for section in self._report.sections if section.rows for line in self._table(section)]
        return self.narrowed(lines, text)

    def _table(self, section: Section) -> list[ListRow]:
        heads = tuple(_head(column, self.desk.words(column.label)) for column in section.columns[1:])
        lines = [ListRow((section.title, *heads[-3:]), None, HEADING)]
        keys = section.keys or ("",) * len(section.rows)
        for key, row in zip(keys, section.rows, strict=True):
            lines.append(ListRow(_cells(row, section), (section.key, key) if key else None))
        return lines

    async def chosen(self, line: ListRow) -> None:
        """What is behind it."""
        if line.value is None:
            self.tell(say("There is nothing behind this figure."), "warn")
            return
        table, row = line.value
        label = line.cells[0] if isinstance(line.cells[0], Message) else say("{text}", text=line.cells[0])
        found = await self.desk.call(self.desk.port.figures.behind, self._date, table, row)
        await self.desk.push_screen(BehindScreen(label, found))

    def why_not(self, name: str) -> Message | None:
        """The day's report can be written to a file."""
        return None if name == "complete" else super().why_not(name)

    async def do_complete(self) -> None:
        """The day's report into a file."""
        await export(self.desk, partial(self.desk.port.files.report, "day", self._date))

    async def do_price(self) -> None:
        """Beside other days."""
        await self.desk.push_screen(ComparedScreen(self._date))

    async def do_restore(self) -> None:
        """Look again."""
        self._report = None
        await super().do_restore()


def _head(column: Column, words: str) -> str:
    return words if column.kind == "text" else right(words, 12)


def _cells(row: Sequence[Value], section: Section) -> tuple[str | Message, ...]:
    """A row as cells: its name, and the last three of its figures."""
    shown = [
        right(yuan(value) if column.kind == "money" else str(value), 12) if isinstance(value, int) else value
        for value, column in zip(row[1:], section.columns[1:], strict=True)
    ]
    first = row[0] if not isinstance(row[0], int) else yuan(row[0])
    return (first, *shown[-3:])


class BehindScreen(ListScreen):
    """What is behind a figure: Enter opens the order, with its papers, or the shift's report."""

    hint: ClassVar[Message] = say("Type to narrow. Enter opens it; F3 comes back here.")
    empty: ClassVar[Message] = say("There is nothing behind this figure.")
    widths: ClassVar[tuple[int, ...]] = (12, 18, 6, 8, 12, 16)

    def __init__(self, title: Message, found: Sequence[BehindView]) -> None:
        super().__init__()
        self._title, self._found = title, found

    def heading(self) -> Message:
        """Which figure."""
        return self._title

    def on_screen_resume(self) -> None:
        """The mark stays where it was."""

    async def load(self, text: str) -> list[ListRow]:
        """Each, with who did it, when and where."""
        lines = [self._line(one) for one in self._found]
        return self.narrowed(lines, text)

    def _line(self, one: BehindView) -> ListRow:
        at = on_the_wall(one.at, "%m-%d %H:%M") if one.at else ""
        key = one.key if one.kind == "order" else ""
        return ListRow((at, key, one.operator, one.counter, Figure(yuan(one.amount)), one.what), one)

    async def chosen(self, line: ListRow) -> None:
        """Open it."""
        one: BehindView = line.value
        if one.kind == "order":
            order = await self.desk.call(self.desk.port.lookups.order, one.key)
            await self.desk.push_screen(OrderScreen(order))
        elif one.kind in {"x", "z"}:
            paper = await self.desk.call(self.desk.port.reports.shown, one.kind, one.key)
            await self.desk.push_screen(report_screen(one.kind, paper, one.key))
        else:
            self.tell(say("Nothing more is on record of it."))
