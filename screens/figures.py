"""Figures on the screen (catalogue F13): of a day, what is behind each, beside other days, and of any period."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult

from boss_tui.forms import day_typed, yuan
from data.clock import on_the_wall
from data.errors import NotAllowed
from data.message import Message, say
from screens.dialogs import OneLine
from screens.exporting import export
from screens.figure_cells import NAME, TOPS, WIDTHS, cells_of, heading_of, places_of, room_for_bars
from screens.list_screen import ListScreen
from screens.orders import OrderScreen
from screens.reports import report_screen
from screens.widgets.drawn import Drawn
from screens.widgets.listing import HEADING, ListRow
from screens.widgets.pick_list import PickList, pick
from screens.widgets.text import Row, right

if TYPE_CHECKING:
    from boss_tui.reports.ranking import Ranking
    from boss_tui.reports.report import Column, Report, Section, Value
    from screens.ports.reports import BehindView, ComparedView

BARS = "▁▂▃▄▅▆▇█"
_HEADING = 30


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


class DayFiguresScreen(ListScreen):
    """The tables of a day's report, row by row; Enter shows what is behind a figure, F9 other days beside it."""

    hint: ClassVar[Message] = say("Enter: what is behind a figure. F9: beside other days. F10: into a file")
    widths: ClassVar[tuple[int, ...]] = (_HEADING, 10, 12)

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
        return ListRow((at, key, one.operator, one.counter, right(yuan(one.amount), 12), one.what), one)

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


class ComparedScreen(ListScreen):
    """A day beside the day before, the same weekday a week before, and its month so far; the last days as bars."""

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


class PeriodScreen(ListScreen):
    """Figures of any period, by one thing after another; Enter goes behind one. F4: by what. F9: of which dates. F7: in
    which order, the first of them alone, beside the period before."""

    title_of = say("Figures")
    hint: ClassVar[Message] = say(
        "F4: by what. F9: of which dates. F7: sorted, the first, beside. Enter: behind it. F10: into a file"
    )
    empty: ClassVar[Message] = say("There was no business day in this period.")
    widths: ClassVar[tuple[int, ...]] = (_HEADING, 12, 12)

    def __init__(self, since: str = "", until: str = "", by: str = "day") -> None:
        super().__init__()
        self._since, self._until, self._by = since, until, by
        self._report: Report | None = None
        self._series: Mapping[str, Sequence[int]] = {}
        self._sort, self._top, self._beside = "", 0, False

    @property
    def _how(self) -> Ranking:
        from boss_tui.reports.ranking import Ranking

        return Ranking(self._sort, self._top, self._beside)

    def on_screen_resume(self) -> None:
        """The mark stays where it was."""

    async def load(self, text: str) -> list[ListRow]:
        """The rows of the table."""
        if self._report is None:
            span = self._since, self._until, self._by
            self._report = await self.desk.call(self.desk.port.figures.period, *span, self._how)
            self._series = await self.desk.call(self.desk.port.figures.series, *span) if self._by != "day" else {}
            (section,) = self._report.sections
            of = say("{what}, {since} to {until}", what=section.title, since=self._shown(1), until=self._shown(2))
            self.tell(of)
        (section,) = self._report.sections
        if not section.columns:
            return []
        places = places_of(section)
        shown = [section.columns[place] for place in places]
        heads = tuple(heading_of(column, self.desk.words(column.label)) for column in shown)
        self.listing.widths = (NAME, *(WIDTHS[column.kind] for column in shown))
        lines = [ListRow((section.columns[0].label, *heads), None, HEADING)]
        for key, row in zip(section.keys, section.rows, strict=True):
            lines.append(ListRow((*cells_of(row, section, places), self._bars(key, shown)), key))
        if section.total:
            lines.append(ListRow(cells_of(section.total, section, places), None, "strong"))
        return self.narrowed(lines, text)

    def _bars(self, key: str, shown: Sequence[Column]) -> str:
        """What it came to day by day, on the last days that there is room for."""
        days, room = self._series.get(key, ()), room_for_bars(self.size.width, shown)
        return sparkline(days[-room:]) if len(days) > 1 and room else ""

    def _shown(self, fact: int) -> str:
        assert self._report is not None
        return str(self._report.facts[fact].value)

    async def chosen(self, line: ListRow) -> None:
        """A day's own figures; else what is behind the row, in all the days."""
        if not line.value:
            self.tell(say("There is nothing behind this figure."), "warn")
        elif self._by == "day":
            await self.desk.push_screen(DayFiguresScreen(line.value))
        else:
            label = line.cells[0] if isinstance(line.cells[0], Message) else say("{text}", text=line.cells[0])
            span = self._since, self._until, self._by
            found = await self.desk.call(self.desk.port.figures.behind_period, *span, line.value)
            await self.desk.push_screen(BehindScreen(label, found))

    def why_not(self, name: str) -> Message | None:
        """What the figures are by can be chosen, and their order; they can be written to a file."""
        return None if name in {"list", "price", "same", "complete"} else super().why_not(name)

    async def do_complete(self) -> None:
        """Into a file, as they stand here."""
        how, span = self._how, (self._since, self._until, self._by)
        await export(self.desk, lambda form, where: self.desk.port.files.figures(*span, form, where, how))

    async def do_same(self) -> None:
        """In which order, how many, beside what."""
        from boss_tui.reports.ranking import SORTS

        beside = say("The period before no more") if self._beside else say("Beside the period before")
        lines = [
            *(ListRow((words,), ("_sort", sort)) for sort, words in SORTS.items()),
            *(ListRow((say("The first {n}", n=n),), ("_top", n)) for n in TOPS),
            ListRow((say("All rows"),), ("_top", 0)),
            ListRow((beside,), ("_beside", not self._beside)),
        ]
        taken = await self.desk.ask(pick(say("How?"), lines, self.desk.words))
        if taken is not None:
            before = self._sort, self._top, self._beside
            setattr(self, *taken)
            try:
                await self.do_restore()
            except NotAllowed as fault:
                self._sort, self._top, self._beside = before
                self.tell(fault.message, "warn")

    async def do_list(self) -> None:
        """By what."""
        from boss_tui.reports.period import BY

        lines = [ListRow((words,), by) for by, words in BY.items()]

        async def load(text: str) -> list[ListRow]:
            return [line for line in lines if text.casefold() in self.desk.words(line.cells[0]).casefold()]

        by = await self.desk.ask(PickList(say("By what?"), load))
        if by is not None:
            self._by = by
            await self.do_restore()

    async def do_price(self) -> None:
        """Of which dates."""
        told = say("A month (2026-11), a date, or two dates with a blank between; empty: all.")
        typed = await self.desk.ask(OneLine(say("Of which dates?"), told))
        if typed is None:
            return
        try:
            self._since, self._until = span_typed(typed)
        except NotAllowed as fault:
            self.tell(fault.message, "warn")
            return
        await self.do_restore()

    async def do_restore(self) -> None:
        """Look again."""
        self._report = None
        await super().do_restore()


def span_typed(text: str) -> tuple[str, str]:
    """A period as it is typed: a month, one date, two dates; nothing is all. NotAllowed."""
    parts = text.split()
    if not parts:
        return "", ""
    if len(parts) == 1 and re.fullmatch(r"[0-9]{4}-?(0[1-9]|1[0-2])", parts[0]):
        month = f"{parts[0][:4]}-{parts[0][-2:]}"
        return f"{month}-01", f"{month}-31"
    first, last = day_typed(parts[0], "since"), day_typed(parts[-1], "until")
    if len(parts) > 2 or last < first:
        raise NotAllowed(say("The second date is not before the first."), field="until")
    return first.isoformat(), last.isoformat()
