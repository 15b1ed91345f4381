"""Reports of now and of the past, the figures in them, and both as files: what the screens need of the desk for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

from boss_tui.answers.business import PaperView
from data.message import Message

if TYPE_CHECKING:  # what the first frame does not wait for
    from boss_tui.reports.files import Format
    from boss_tui.reports.ranking import Ranking
    from boss_tui.reports.report import Report, Value


class PastView(Protocol):
    """A report that can be asked for. kind: x, z, day; number: of the close; difference: fen over or short."""

    @property
    def kind(self) -> str: ...
    @property
    def key(self) -> str: ...
    @property
    def business_date(self) -> str: ...
    @property
    def till(self) -> str: ...
    @property
    def number(self) -> int | None: ...
    @property
    def operator(self) -> str: ...
    @property
    def state(self) -> str: ...
    @property
    def difference(self) -> int: ...


class BehindView(Protocol):
    """One thing behind a figure. kind: order (key: serial), x or z (key: of the report), act. at: stored time."""

    @property
    def kind(self) -> str: ...
    @property
    def key(self) -> str: ...
    @property
    def at(self) -> str: ...
    @property
    def operator(self) -> str: ...
    @property
    def counter(self) -> str: ...
    @property
    def what(self) -> str | Message: ...
    @property
    def amount(self) -> int: ...


class ComparedView(Protocol):
    """A figure of a day beside others: orders (count) or fen (money); then: the day before, a week before, the month so
    far, None where there was no such day."""

    @property
    def label(self) -> Value: ...
    @property
    def kind(self) -> str: ...
    @property
    def now(self) -> int: ...
    @property
    def then(self) -> Sequence[int | None]: ...


class ReportsPort(Protocol):
    """X, Z, day report and the list of the queues."""

    def print_queue_list(self) -> PaperView:
        """The queue list on paper."""
        ...

    def shown(self, kind: str, key: str = "") -> PaperView:
        """A report to be looked at. kind: x, z, day; key: a till, a till and number (`HZ0101/3`), a date; empty: this
        till's, the last one here, the latest day."""
        ...

    def print(self, kind: str, key: str = "") -> PaperView:
        """The same on paper; of a close, as a copy."""
        ...

    def past(self, since: str = "", until: str = "") -> Sequence[PastView]:
        """The reports that this person may see, newest first."""
        ...


class FiguresPort(Protocol):
    """Figures, and what is behind them."""

    def of_day(self, date: str = "") -> Report:
        """A day's report as data."""
        ...

    def period(self, since: str, until: str, by: str, how: Ranking = ...) -> Report:
        """The figures of a period by something (`boss_tui.reports.period.BY`); `how` its rows are put in order."""
        ...

    def series(self, since: str, until: str, by: str) -> Mapping[str, Sequence[int]]:
        """What each row of the figures of a period came to, day by day."""
        ...

    def behind_period(self, since: str, until: str, table: str, row: str) -> Sequence[BehindView]:
        """What is behind a row of the figures of a period."""
        ...

    def behind(self, date: str, table: str, row: str) -> Sequence[BehindView]:
        """What is behind a row of a table of a day's report."""
        ...

    def compared(self, date: str = "") -> Sequence[ComparedView]:
        """A day beside others."""
        ...

    def trend(self, date: str = "") -> Sequence[tuple[str, int]]:
        """What each of the last business days took: date and fen, oldest first."""
        ...


class FilesPort(Protocol):
    """Reports and figures as files."""

    def folder(self) -> str:
        """Where files go that nobody has named a place for."""
        ...

    def report(self, kind: str, key: str, form: Format, where: str = "") -> str:
        """Write a report to a file, as a sheet (pdf) of a close a marked copy; answers its path. where: a folder, or a
        file that is not there yet; empty: `files_folder`. NotAllowed with the field `where`."""
        ...

    def figures(self, since: str, until: str, by: str, form: Format, where: str = "", how: Ranking = ...) -> str:
        """Write the figures of a period to a file; see `export_report`."""
        ...
