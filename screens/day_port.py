"""What the screens of the day need of the desk: the part of `screens.ports.DeskPort` that is about reports and figures.

Dates are business dates (YYYY-MM-DD); an empty one is the latest day.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

from boss_tui.answers import PaperView
from data.message import Message

if TYPE_CHECKING:  # a report is made long after the first frame
    from boss_tui.reports.files import Format
    from boss_tui.reports.ranking import Ranking
    from boss_tui.reports.report import Report, Value


class PastView(Protocol):
    """A report that can be asked for. kind: x, z, day; number: of the close; difference: fen over or short."""

    @property
    def kind(self) -> str: ...  # noqa: D102 (an attribute; the class says what it is)
    @property
    def key(self) -> str: ...  # noqa: D102
    @property
    def business_date(self) -> str: ...  # noqa: D102
    @property
    def till(self) -> str: ...  # noqa: D102
    @property
    def number(self) -> int | None: ...  # noqa: D102
    @property
    def operator(self) -> str: ...  # noqa: D102
    @property
    def state(self) -> str: ...  # noqa: D102
    @property
    def difference(self) -> int: ...  # noqa: D102


class ToDoView(Protocol):
    """What is still to be done before the day is closed. kind: shift, safe, forms, orders, queues; key: whose shift, or
    the kind of what is left open. stops: whether the day can't be closed before; wants_word: whether it is closed with
    a word about it."""

    @property
    def kind(self) -> str: ...  # noqa: D102
    @property
    def key(self) -> str: ...  # noqa: D102
    @property
    def title(self) -> Message: ...  # noqa: D102
    @property
    def detail(self) -> Message: ...  # noqa: D102
    @property
    def stops(self) -> bool: ...  # noqa: D102
    @property
    def wants_word(self) -> bool: ...  # noqa: D102


class BehindView(Protocol):
    """One thing behind a figure. kind: order (key: serial), x or z (key: of the report), act. at: stored time."""

    @property
    def kind(self) -> str: ...  # noqa: D102
    @property
    def key(self) -> str: ...  # noqa: D102
    @property
    def at(self) -> str: ...  # noqa: D102
    @property
    def operator(self) -> str: ...  # noqa: D102
    @property
    def counter(self) -> str: ...  # noqa: D102
    @property
    def what(self) -> str | Message: ...  # noqa: D102
    @property
    def amount(self) -> int: ...  # noqa: D102


class ComparedView(Protocol):
    """A figure of a day beside others: orders (count) or fen (money); then: the day before, a week before, the month so
    far, None where there was no such day."""

    @property
    def label(self) -> Value: ...  # noqa: D102
    @property
    def kind(self) -> str: ...  # noqa: D102
    @property
    def now(self) -> int: ...  # noqa: D102
    @property
    def then(self) -> Sequence[int | None]: ...  # noqa: D102


class DayPort(Protocol):
    """Reports of now and of the past, the figures in them, and what a day's close waits for."""

    def report(self, kind: str, key: str = "") -> PaperView:
        """A report to be looked at. kind: x, z, day; key: a till, a till and number (`HZ0101/3`), a date; empty: this
        till's, the last one here, the latest day."""
        ...

    def print_report(self, kind: str, key: str = "") -> PaperView:
        """The same on paper; of a close, as a copy."""
        ...

    def files_folder(self) -> str:
        """Where files go that nobody has named a place for."""
        ...

    def export_report(self, kind: str, key: str, form: Format, where: str = "") -> str:
        """Write a report to a file, as a sheet (pdf) of a close a marked copy; answers its path. where: a folder, or a
        file that is not there yet; empty: `files_folder`. NotAllowed with the field `where`."""
        ...

    def export_figures(
        self, since: str, until: str, by: str, form: Format, where: str = "", how: Ranking = ...
    ) -> str:  # fmt: skip
        """Write the figures of a period to a file; see `export_report`."""
        ...

    def past_reports(self, since: str = "", until: str = "") -> Sequence[PastView]:
        """The reports that this person may see, newest first."""
        ...

    def figures(self, date: str = "") -> Report:
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

    def day_check(self) -> Sequence[ToDoView]:
        """What is still to be done before the day is closed: first what stops the close, then what wants a word."""
        ...
