"""Figures of any period: by day, business, operator, …, ranked and compared (catalogue F13)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from boss_tui.forms.typed import day_typed
from data.errors import NotAllowed
from data.message import Message, say
from screens.compared_figures import HEADING_WIDTH, sparkline
from screens.day_figures import BehindScreen, DayFiguresScreen
from screens.dialogs.one_line import OneLine
from screens.dialogs.pick_list import PickList, pick
from screens.exporting import export
from screens.figure_cells import NAME, TOPS, WIDTHS, cells_of, heading_of, places_of, room_for_bars
from screens.list_screen import ListScreen
from screens.meanings import AGAIN, FILE, Meaning, here
from screens.widgets.listing import HEADING, ListRow

if TYPE_CHECKING:
    from boss_tui.reports.ranking import Ranking
    from boss_tui.reports.report import Column, Report


class PeriodScreen(ListScreen):
    """Figures of any period, by one thing after another; Enter goes behind one. F4: by what. F9: of which dates. F7: in
    which order, the first of them alone, beside the period before."""

    means = here(
        restore=AGAIN,
        list=Meaning(say("Split"), say("By what the figures are told apart")),
        same=Meaning(say("Sort"), say("In which order, how many, beside what")),
        price=Meaning(say("Dates"), say("Of which dates")),
        complete=FILE,
    )
    title_of = say("Figures")
    hint: ClassVar[Message] = say(
        "F4: by what. F9: of which dates. F7: sorted, the first, beside. Enter: behind it. F10: into a file"
    )
    empty: ClassVar[Message] = say("There was no business day in this period.")
    widths: ClassVar[tuple[int, ...]] = (HEADING_WIDTH, 12, 12)

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
        taken = await self.desk.ask(pick(say("How?"), lines))
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
            return [line for line in lines if line.holds(text)]

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
