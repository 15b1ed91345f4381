"""Reports of now and of the past: one on the screen, printed by a key; and the list of all there are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from boss_tui.answers import PaperView
from boss_tui.forms import yuan
from data.message import Message, say
from data.states import state_name
from screens.day_port import PastView
from screens.list_screen import ListScreen
from screens.preview import PreviewScreen
from screens.widgets.listing import Line
from screens.widgets.text import right

TITLES = {"x": say("X report"), "z": say("Z report"), "day": say("Day report")}


class ReportScreen(PreviewScreen):
    """A report; F4 prints it: what was printed at a close once is a copy then."""

    told = say("F4: print it. F3: back")

    def __init__(self, kind: str, title: Message, paper: PaperView, key: str = "") -> None:
        super().__init__(title, [paper])
        self._kind, self._key = kind, key

    async def do_list(self) -> None:
        """Print it."""
        paper = await self.desk.call(self.desk.port.print_report, self._kind, self._key)
        self.tell(say("{number} is printed.", number=paper.number), "good")


class DayReportScreen(ReportScreen):
    """A day's report; Enter goes to its figures, and behind each."""

    told = say("F4: print it. Enter: its figures, and what is behind each. F3: back")

    def __init__(self, paper: PaperView, date: str) -> None:
        super().__init__("day", TITLES["day"], paper, date)

    def action_enter(self) -> None:
        """The figures of a day."""
        self.desk.flow(self._figures())

    async def _figures(self) -> None:
        from screens.figures import DayFiguresScreen

        await self.desk.push_screen(DayFiguresScreen(self._key))


def report_screen(kind: str, paper: PaperView, key: str) -> ReportScreen:
    """The screen of a report."""
    return DayReportScreen(paper, key) if kind == "day" else ReportScreen(kind, TITLES[kind], paper, key)


class PastScreen(ListScreen):
    """Every day and every shift that this person may see, newest first; Enter opens its report."""

    title_of = say("Reports of all days")
    hint: ClassVar[Message] = say("A date, a till, a staff number: type to narrow. Enter opens the report.")
    empty: ClassVar[Message] = say("No business day was opened yet.")
    widths: ClassVar[tuple[int, ...]] = (12, 10, 8, 8, 9, 10)

    def __init__(self, typed: str = "") -> None:
        super().__init__(typed)
        self._past: Sequence[PastView] | None = None

    def on_screen_resume(self) -> None:
        """Nothing of the past has changed; the mark stays where it was."""

    async def load(self, text: str) -> list[Line]:
        """Days, each before its shifts."""
        if self._past is None:
            self._past = await self.desk.call(self.desk.port.past_reports)
        sought = text.strip().casefold().split()
        lines = [self._line(one) for one in self._past]
        return [line for line in lines if all(part in self._said(line) for part in sought)]

    def _line(self, one: PastView) -> Line:
        number = "" if one.number is None else str(one.number)
        over = right(yuan(one.difference), 9) if one.difference else ""
        shift = one.kind != "day"
        cells = (("" if shift else one.business_date), TITLES[one.kind], one.till, number, one.operator,
                 state_name(one.state), over)  # fmt: skip
        return Line(cells, one, "" if shift else "strong")

    def _said(self, line: Line) -> str:
        one: PastView = line.value
        words = " ".join(self.desk.words(cell) for cell in line.cells)
        return f"{one.business_date} {one.business_date.replace('-', '')} {words}".casefold()

    async def chosen(self, line: Line) -> None:
        """Its report."""
        one: PastView = line.value
        paper = await self.desk.call(self.desk.port.report, one.kind, one.key)
        await self.desk.push_screen(report_screen(one.kind, paper, one.key))

    async def do_restore(self) -> None:
        """Look again."""
        self._past = None
        await super().do_restore()
