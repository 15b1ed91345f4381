"""The desk's reports: X, Z and day, of now and of any day that was, looked at, printed, and as data for files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from boss_tui.answers import PaperView
from boss_tui.catalogue import BUSINESS_NAMES
from boss_tui.components import till
from boss_tui.components.blind import hides
from boss_tui.components.operators import SUPERVISORS
from boss_tui.desk.trusting import Trusting
from boss_tui.locale import DEFAULT, Words, words
from boss_tui.reports import closing
from boss_tui.reports.closing import Past
from boss_tui.reports.paper import document
from boss_tui.reports.report import Report
from data.errors import NotAllowed, NotFound
from data.message import say
from data.store import Reading, UnitOfWork
from data.tables.finance import BusinessDay, Shift
from printers import spool
from printers.escpos import preview
from printers.layout import layout

REPORT_COLUMNS = 48


class Reporting(Trusting):
    """The part of the desk that makes reports.

    A report is asked for by its kind and key: x, the till (empty: this one), of a suspended shift with its cashier as
    `HZ0101@1001`; z, till and number as `HZ0101/3` (empty: the last that was closed here); day, its date (empty: the
    latest). NotFound: there is none. NotAllowed: it is of a shift at another counter that is somebody else's, and no
    supervisor asks.
    """

    def report(self, kind: str, key: str = "") -> PaperView:
        """A report to be looked at."""
        with self._reading() as reading:
            return _shown(self.report_data(reading, kind, key), self._words())

    def print_report(self, kind: str, key: str = "") -> PaperView:
        """The same on paper. What was printed at a close says that it is a copy, which one, and is on record."""
        with self._writing(f"report.{kind}") as tx:
            report, of = self.report_data(tx, kind, key), self._of_close(tx, kind, key)
            if of is None or of.state != "closed":
                return self._print(tx, report, report.name)
            report = replace(report, copy=till.note_reprint(tx, of, tx.author.operator))
            told = say("{name} is printed, marked as copy no. {n}.", name=report.name, n=report.copy)
            return replace(self._print(tx, report, report.name), told=told)

    def report_data(self, reading: Reading, kind: str, key: str = "") -> Report:
        """A report as data, for files."""
        blind = hides(reading, self._person(reading).staff_no)
        if kind == "day":
            day = self._day(reading, key)
            if blind and day.state == "open":
                raise NotAllowed(say("Shifts are counted blind here: a supervisor sees the sums of an open day."))
            return closing.of_day(reading, self._station.outlet, day.business_date, BUSINESS_NAMES)
        shift = self._shift(reading, kind, key)
        self._may_see(reading, shift)
        return closing.of_shift(reading, shift, BUSINESS_NAMES, blind=blind)

    def past_reports(self, since: str = "", until: str = "") -> Sequence[Past]:
        """The reports that this person may see, of business dates from one to another (empty: all), newest first."""
        with self._reading() as reading:
            found = closing.past(reading, self._station.outlet, since, until)
            person = self._person(reading)
        if person.role in SUPERVISORS:
            return found
        return [one for one in found if one.kind == "day" or person.staff_no == one.operator
                or one.till == self._station.counter]  # fmt: skip

    def _may_see(self, reading: Reading, shift: Shift) -> None:
        person = self._person(reading)
        if shift.till != self._station.counter and shift.operator != person.staff_no and person.role not in SUPERVISORS:
            raise NotAllowed(say("This is the shift of {operator}: a supervisor may look at it.",
                                 operator=shift.operator))  # fmt: skip

    def _of_close(self, reading: Reading, kind: str, key: str) -> Shift | BusinessDay | None:
        """What a report is of that is printed; None for an X, which is of nothing that is closed."""
        if kind == "x":
            return None
        return self._day(reading, key) if kind == "day" else self._shift(reading, kind, key)

    def _shift(self, reading: Reading, kind: str, key: str) -> Shift:
        at, _, number = key.partition("/")
        if kind == "x":
            return self._running(reading, at)
        if not number:
            return self._last_closed(reading, at or self._station.counter)
        wanted = int(number) if number.isascii() and number.isdecimal() else 0
        found = reading.find(Shift, till=at, z_number=wanted, outlet=self._station.outlet)
        if found is None:
            raise NotFound(say("Till {till} has no Z of number {number}.", till=at, number=number))
        return found

    def _running(self, reading: Reading, at: str) -> Shift:
        _, _, cashier = at.partition("@")
        outlet = self._station.outlet
        shift = till.running_of(reading, outlet, cashier) if cashier else till.shift_at(
            reading, at or self._station.counter
        )  # fmt: skip
        if shift is None:
            raise NotFound(say("No shift is open at this counter."))
        return shift

    def _last_closed(self, reading: Reading, at: str) -> Shift:
        closed = reading.all(Shift, till=at, state="closed", order=("-z_number",))
        if not closed:
            raise NotFound(say("No shift was closed at this counter yet."))
        return closed[0]

    def _day(self, reading: Reading, date: str) -> BusinessDay:
        if date:
            found = reading.find(BusinessDay, outlet=self._station.outlet, business_date=date)
            if found is None:
                raise NotFound(say("{date} was no business date here.", date=date))
            return found
        days = reading.all(BusinessDay, outlet=self._station.outlet, order=("-business_date",))
        if not days:
            raise NotFound(say("The business day is not open. A supervisor opens it."))
        return days[0]

    def _print(self, tx: UnitOfWork, report: Report, key: str) -> PaperView:
        speak = self._words()
        queued = spool.queue(
            tx,
            document(report, speak),
            document_id=key,
            order_id="",
            title=f"{speak(report.title)} {report.name}",
            counter=self._station.counter,
            operator=tx.author.operator,
        )
        return PaperView(key, "report", report.name, queued.preview)

    def _words(self) -> Words:
        return words(self._operator.language if self._operator else DEFAULT)


def _shown(report: Report, speak: Words) -> PaperView:
    lines = layout(document(report, speak), REPORT_COLUMNS)
    return PaperView(report.name, "report", report.name, preview(lines))
