"""The till's side of the desk: business day, the close of shifts, X and Z and day reports."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from boss_tui.answers import PaperView
from boss_tui.catalogue import BUSINESS_NAMES
from boss_tui.components import till
from boss_tui.components.till_figures import x_figures
from boss_tui.desk.drawer import Drawers
from boss_tui.desk.timing import doubt, vouch
from boss_tui.forms import day_typed
from boss_tui.locale import DEFAULT, Words, words
from boss_tui.reports.day import day_report
from boss_tui.reports.figures import day_figures
from boss_tui.reports.paper import document
from boss_tui.reports.report import Report
from boss_tui.reports.shift import shift_report
from data.clock import CHINA
from data.errors import NotAllowed, NotFound
from data.message import both, say
from data.store import Reading, UnitOfWork
from data.tables.finance import BusinessDay, Shift
from data.tables.organisation import Outlet
from printers import spool
from printers.escpos import preview
from printers.layout import layout

REPORT_COLUMNS = 48


class Till(Drawers):
    """The part of the desk that the till needs."""

    def next_day(self) -> str:
        """The business date that is opened next, as a rule (YYYY-MM-DD)."""
        with self._store.reading() as reading:
            return till.next_day(reading, self._station.outlet)

    def open_day(self, business_date: str) -> None:
        """Open a business date, as it is typed (a supervisor does it). Who opens the very day that a doubted clock
        shows has vouched for it; ClockDoubted when they say another."""
        self._must_supervise()
        with self._writing("day.open") as tx:
            self._must_be_the_store(tx)
            staff_no = tx.author.operator
            if doubt(tx, self._station.outlet) is not None:
                if day_typed(business_date, "business_date") != tx.clock.now().astimezone(CHINA).date():
                    self.must_know_time(tx)
                vouch(tx, staff_no)
            day = till.open_day(tx, self._station.outlet, business_date, staff_no, approved_by=staff_no)
            tx.author.business_date = day.business_date

    def close_day(self) -> PaperView:
        """Close the open business date; every shift must be closed. Prints and answers the day report."""
        self._must_supervise()
        with self._writing("day.close") as tx:
            self.must_be_sure(tx)
            till.close_day(tx, self._station.outlet, tx.author.business_date, tx.author.operator)
            report = self.report_data(tx, "day")
            return self._print(tx, report, report.name)

    def _must_supervise(self) -> None:
        if self._person().role not in {"supervisor", "manager"}:
            raise NotAllowed(say("A supervisor opens and closes the business day."))

    def close_shift(
        self, counts: Mapping[int, int], reason: str = "", approver: str = "", password: str = "", of: str = ""
    ) -> PaperView:
        """Close the shift here with what was counted ({denomination in fen: pieces}), or the one of a cashier (`of`, a
        staff number), wherever it was left; prints and answers the Z report.

        A difference needs a reason; a large one, or another's shift, a supervisor with their password.
        """
        approved_by = self._approved(approver, password)
        with self._writing("shift.close") as tx:
            self.must_be_sure(tx)
            shift = till.close_shift(
                tx,
                self._shift_of(tx, of) if of else self._open_shift(tx),
                counts,
                closed_by=tx.author.operator,
                reason=reason,
                approved_by=approved_by,
            )
            return self._print(tx, self._shift_report(tx, shift), shift.id)

    def report(self, kind: str) -> PaperView:
        """A report to be looked at. kind: x (the open shift), z (the last that was closed), day (the latest day)."""
        with self._reading() as reading:
            return _shown(self.report_data(reading, kind), self._words())

    def print_report(self, kind: str) -> PaperView:
        """The same on paper. A Z that is printed again says that it is a copy."""
        with self._writing(f"report.{kind}") as tx:
            report = self.report_data(tx, kind)
            if kind == "z":
                report = replace(report, copy=till.note_reprint(tx, self._last_closed(tx), tx.author.operator))
            return self._print(tx, report, report.name)

    def report_data(self, reading: Reading, kind: str) -> Report:
        """A report as data, for files. NotFound when there is no such shift or day."""
        if kind == "x":
            return self._shift_report(reading, self._open_shift(reading))
        if kind == "z":
            return self._shift_report(reading, self._last_closed(reading))
        days = reading.all(BusinessDay, outlet=self._station.outlet, order=("-business_date",))
        if not days:
            raise NotFound(say("The business day is not open. A supervisor opens it."))
        return day_report(day_figures(reading, self._station.outlet, days[0].business_date), BUSINESS_NAMES)

    def _last_closed(self, reading: Reading) -> Shift:
        closed = reading.all(Shift, till=self._station.counter, state="closed", order=("-z_number",))
        if not closed:
            raise NotFound(say("No shift was closed at this counter yet."))
        return closed[0]

    def _shift_report(self, reading: Reading, shift: Shift) -> Report:
        outlet = reading.one(Outlet, code=self._station.outlet)
        return shift_report(x_figures(reading, shift), both(outlet.name_zh, outlet.name_en), BUSINESS_NAMES)

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
