"""The desk's figures: of a day, of a period, compared, what is behind each."""

from __future__ import annotations

from collections.abc import Sequence

from boss_tui.catalogue import BUSINESS_NAMES
from boss_tui.desk.reporting import Reporting
from boss_tui.desk.seat import Seat
from boss_tui.reports import behind, period
from boss_tui.reports.behind_row import Behind
from boss_tui.reports.comparison import with_comparison
from boss_tui.reports.period import Compared, Span
from boss_tui.reports.ranking import AS_IT_STANDS, Ranking, checked
from boss_tui.reports.report import Report
from data.errors import NotFound
from data.message import say
from data.store import Reading


class Figures:
    """The part of the desk that looks at figures (catalogue F13). Dates are business dates, YYYY-MM-DD; an empty one is
    the latest day."""

    def __init__(self, seat: Seat, reports: Reporting) -> None:
        self._seat, self._reports = seat, reports

    def of_day(self, date: str = "") -> Report:
        """A day's report as data: its tables can be gone behind, row by row."""
        with self._seat.reading() as reading:
            return self._reports.data(reading, "day", date)

    def period_data(self, reading: Reading, since: str, until: str, by: str, how: Ranking = AS_IT_STANDS) -> Report:
        """The figures of a period by one of `period.BY`, as data for files; `how` its rows are put in order and
        compared. NotFound: there is no such table."""
        if by not in period.BY:
            raise NotFound(say("There are no figures by {by}. There are: {known}.", by=by, known=", ".join(period.BY)))
        span = Span(since, until)
        return period.figures_report(reading, self._seat.station.outlet, span, by, BUSINESS_NAMES, checked(how))

    def period(self, since: str, until: str, by: str, how: Ranking = AS_IT_STANDS) -> Report:
        """The figures of a period by one of `period.BY`; see `period_data`."""
        with self._seat.reading() as reading:
            return self.period_data(reading, since, until, by, how)

    def series(self, since: str, until: str, by: str) -> dict[str, list[int]]:
        """What each row of the figures of a period came to, day by day."""
        with self._seat.reading() as reading:
            return period.series(reading, self._seat.station.outlet, Span(since, until), by, BUSINESS_NAMES)

    def behind_period(self, since: str, until: str, table: str, row: str) -> Sequence[Behind]:
        """What is behind a row of the figures of a period, day by day."""
        with self._seat.reading() as reading:
            outlet = self._seat.station.outlet
            return behind.behind_span(reading, outlet, period.dates(reading, outlet, Span(since, until)), table, row)

    def behind(self, date: str, table: str, row: str) -> Sequence[Behind]:
        """What is behind a row of a table of a day's report."""
        with self._seat.reading() as reading:
            day = self._reports.day(reading, date).business_date
            return behind.behind(reading, self._seat.station.outlet, day, table, row)

    def compared(self, date: str = "") -> Sequence[Compared]:
        """A day beside the one before, the same weekday a week before, and its month so far."""
        with self._seat.reading() as reading:
            day = self._reports.day(reading, date).business_date
            return period.compared(reading, self._seat.station.outlet, day, BUSINESS_NAMES)

    def compared_data(self, reading: Reading, report: Report, date: str = "") -> Report:
        """The report of a day with the tables that compare it, as data for files with charts."""
        day = self._reports.day(reading, date).business_date
        return with_comparison(reading, self._seat.station.outlet, report, day, BUSINESS_NAMES)

    def trend(self, date: str = "") -> Sequence[tuple[str, int]]:
        """What each of the last business days took, up to a day: date and fen."""
        with self._seat.reading() as reading:
            day = self._reports.day(reading, date).business_date
            return period.trend(reading, self._seat.station.outlet, day, BUSINESS_NAMES)
