"""The part of the fake desk that is about reports, figures and the close of a day."""

from __future__ import annotations

from boss_tui.answers.business import PaperView
from boss_tui.reports.behind_row import Behind
from boss_tui.reports.closing import Past
from boss_tui.reports.period import Compared
from boss_tui.reports.ranking import AS_IT_STANDS, Ranking
from boss_tui.reports.report import Column, Fact, Report, Section
from data.errors import NotAllowed
from data.message import both, say

DAY = "2026-11-23"


class FakeReports:
    """Two days, one of them closed."""

    def __init__(self, looked: list[tuple[str, ...]]) -> None:
        self.looked = looked

    def shown(self, kind: str, key: str = "") -> PaperView:
        self.looked.append(("report", kind, key))
        return PaperView(kind, "report", kind.upper(), ("X", "现金 1,234.00"))

    def print(self, kind: str, key: str = "") -> PaperView:
        self.looked.append(("print", kind, key))
        return PaperView(kind, "report", kind.upper(), ("X", "现金 1,234.00"))

    def print_queue_list(self) -> PaperView:
        return PaperView("queues", "report", "queue-list", ("待办清单",))

    def past(self, since: str = "", until: str = "") -> list[Past]:
        self.looked.append(("past", since, until))
        return [
            Past("day", DAY, DAY, "", None, "", "open", "", 0),
            Past("x", "HZ0101", DAY, "HZ0101", None, "1001", "open", "", 0),
            Past("day", "2026-11-22", "2026-11-22", "", 180, "2001", "closed", "", -500),
            Past("z", "HZ0101/17", "2026-11-22", "HZ0101", 17, "1001", "closed", "", 0),
            Past("z", "HZ0102/9", "2026-11-22", "HZ0102", 9, "1002", "closed", "", -500),
        ]


class FakeFigures:
    """A figure with an order behind it."""

    def __init__(self, looked: list[tuple[str, ...]]) -> None:
        self.looked = looked

    def of_day(self, date: str = "") -> Report:
        self.looked.append(("figures", date))
        return Report("day", say("Day report"), (), (self._table("business"), self._table("taken")))

    def _table(self, key: str) -> Section:
        columns = (Column(say("Business")), Column(say("Count"), "count"), Column(say("Amount"), "money"))
        rows = ((both("C1 开户", "C1 Open account"), 2, 30000), (both("C2 改号", "C2 Change number"), 1, 5000))
        total = (say("Total"), 3, 35000)
        return Section(
            say("Orders") if key == "business" else say("By business"), columns, rows, total, key, ("C1", "C2")
        )

    def series(self, since: str, until: str, by: str) -> dict[str, list[int]]:
        self.looked.append(("series", since, until, by))
        return {}

    def behind_period(self, since: str, until: str, table: str, row: str) -> list[Behind]:
        self.looked.append(("behind", since, until))
        return self.behind("", table, row)

    def period(self, since: str, until: str, by: str, how: Ranking = AS_IT_STANDS) -> Report:
        self.looked.append(("period", since, until, by, *([how.sort] if how.sort else [])))
        columns = (
            Column(say("Business date")),
            Column(say("Orders"), "count"),
            Column(say("Amount"), "money"),
            Column(say("Tax"), "money"),
        )
        rows = (("2026-11-22", 5, 75000, 6193), (DAY, 3, 35000, 2890))
        section = Section(say("By day"), columns, rows, (say("Total"), 8, 110000, 9083), by, ("2026-11-22", DAY))
        return Report("figures", say("Figures"), self._facts(), (section,))

    def _facts(self) -> tuple[Fact, ...]:
        return (Fact(say("Outlet"), "HZ01"), Fact(say("From"), "2026-11-22"), Fact(say("To"), DAY))

    def behind(self, date: str, table: str, row: str) -> list[Behind]:
        self.looked.append(("behind", date, table, row))
        at = "2026-11-23T01:10:00.000000Z"
        return [
            Behind("order", "HZ01012611230001", at, "1001", "HZ0101", "C1", 15000),
            Behind("z", "HZ0101/17", at, "1001", "HZ0101", say("Shift closed (Z)"), 0),
            Behind("act", "", at, "1001", "HZ0101", "纸", -500),
        ]

    def compared(self, date: str = "") -> list[Compared]:
        self.looked.append(("compared", date))
        return [
            Compared(say("Taken in all"), "money", 35000, (75000, None, 110000)),
            Compared(say("Orders"), "count", 3, (2, None, 8)),
        ]

    def trend(self, date: str = "") -> list[tuple[str, int]]:
        self.looked.append(("trend", date))
        return [("2026-11-21", 0), ("2026-11-22", 75000), (DAY, 35000)]


class FakeFiles:
    """Reports and figures as files; one place is taken."""

    def __init__(self, looked: list[tuple[str, ...]]) -> None:
        self.looked = looked

    def folder(self) -> str:
        return "/home/boss/reports"

    def report(self, kind: str, key: str, form: str, where: str = "") -> str:
        self.looked.append(("export", kind, key, form, where))
        if where == "/taken":
            raise NotAllowed(say("{path} is there already: choose another name.", path=where), field="where")
        return f"{where}/{kind}.{form}"

    def figures(self, since: str, until: str, by: str, form: str, where: str = "", how: Ranking = AS_IT_STANDS) -> str:
        self.looked.append(("export", since, until, by, form, where, *([how.sort] if how.sort else [])))
        return f"{where}/figures.{form}"
