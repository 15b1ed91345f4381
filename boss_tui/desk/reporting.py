"""The desk's reports: X, Z and day, of now and of any day that was, looked at, printed, and as data for files."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from boss_tui.answers.business import PaperView
from boss_tui.catalogue import BUSINESS_NAMES
from boss_tui.components.paper_layouts.layouts import Layouts, at_counter, in_force
from boss_tui.components.till import shifts as till
from boss_tui.components.till.blind import hides
from boss_tui.components.till.business_days import today
from boss_tui.desk import waiting
from boss_tui.desk.seat import Seat
from boss_tui.locale import Words
from boss_tui.reports import closing, standing
from boss_tui.reports.closing import Past
from boss_tui.reports.paper import document
from boss_tui.reports.queue_list import queue_list
from boss_tui.reports.report import Report
from data.characters import is_digits
from data.clock import stamp
from data.errors import NotAllowed, NotFound
from data.message import both, say
from data.store import Reading, UnitOfWork
from data.tables.finance import BusinessDay, Shift
from data.tables.organisation import Outlet
from printers import spool
from printers.escpos import preview
from printers.layout import layout

REPORT_COLUMNS = 48


class Reporting:
    """The part of the desk that makes reports.

    A report is asked for by its kind and key: x, the till (empty: this one), of a suspended shift with its cashier as
    `HZ0101@1001`; z, till and number as `HZ0101/3` (empty: the last that was closed here); day, its date (empty: the
    latest). NotFound: there is none. NotAllowed: it is of a shift at another counter that is somebody else's, and no
    supervisor asks.
    """

    def __init__(self, seat: Seat) -> None:
        self._seat = seat

    def shown(self, kind: str, key: str = "") -> PaperView:
        """A report to be looked at."""
        with self._seat.reading() as reading:
            return _shown(self.data(reading, kind, key), self._seat.words(), self._layouts(reading))

    def print(self, kind: str, key: str = "") -> PaperView:
        """The same on paper. What was printed at a close says that it is a copy, which one, and is on record."""
        with self._seat.writing(f"report.{kind}") as tx:
            report, of = self.data(tx, kind, key), self.of_close(tx, kind, key)
            if of is None or of.state != "closed":
                return self.queue(tx, report, report.name)
            report = replace(report, copy=till.note_reprint(tx, of, tx.author.operator))
            told = say("{name} is printed, marked as copy no. {n}.", name=report.name, n=report.copy)
            key = of.id if isinstance(of, Shift) else report.name
            return replace(self.queue(tx, report, key), summary=told)

    def data(self, reading: Reading, kind: str, key: str = "") -> Report:
        """A report as data, for files."""
        blind = hides(reading, self._seat.person(reading).staff_no)
        if kind == "day":
            day = self.day(reading, key)
            if blind and day.state == "open":
                raise NotAllowed(say("Shifts are counted blind here: a supervisor sees the sums of an open day."))
            return closing.of_day(reading, self._seat.station.outlet, day.business_date, BUSINESS_NAMES)
        shift = self._shift(reading, kind, key)
        self._may_see(reading, shift)
        return closing.of_shift(reading, shift, BUSINESS_NAMES, blind=blind)

    def past(self, since: str = "", until: str = "") -> Sequence[Past]:
        """The reports that this person may see, of business dates from one to another (empty: all), newest first."""
        with self._seat.reading() as reading:
            found = closing.past(reading, self._seat.station.outlet, since, until)
            person = self._seat.person(reading)
        if person.supervises:
            return found
        return [
            one
            for one in found
            if one.kind == "day" or person.staff_no == one.operator or one.till == self._seat.station.counter
        ]

    def _may_see(self, reading: Reading, shift: Shift) -> None:
        person = self._seat.person(reading)
        if shift.till != self._seat.station.counter and shift.operator != person.staff_no and not person.supervises:
            raise NotAllowed(
                say("This is the shift of {operator}: a supervisor may look at it.", operator=shift.operator)
            )

    def of_close(self, reading: Reading, kind: str, key: str) -> Shift | BusinessDay | None:
        """What a report is of that is printed; None for an X, which is of nothing that is closed."""
        if kind == "x":
            return None
        return self.day(reading, key) if kind == "day" else self._shift(reading, kind, key)

    def _shift(self, reading: Reading, kind: str, key: str) -> Shift:
        at, _, number = key.partition("/")
        if kind == "x":
            return self._running(reading, at)
        if not number:
            return self._last_closed(reading, at or self._seat.station.counter)
        wanted = int(number) if is_digits(number) else 0
        found = reading.find(Shift, till=at, z_number=wanted, outlet=self._seat.station.outlet)
        if found is None:
            raise NotFound(say("Till {till} has no Z of number {number}.", till=at, number=number))
        return found

    def _running(self, reading: Reading, at: str) -> Shift:
        _, _, cashier = at.partition("@")
        outlet = self._seat.station.outlet
        shift = (
            till.running_of(reading, outlet, cashier)
            if cashier
            else till.shift_at(reading, at or self._seat.station.counter)
        )
        if shift is None:
            raise NotFound(say("No shift is open at this counter."))
        return shift

    def _last_closed(self, reading: Reading, at: str) -> Shift:
        closed = reading.all(Shift, till=at, state="closed", order=("-z_number",))
        if not closed:
            raise NotFound(say("No shift was closed at this counter yet."))
        return closed[0]

    def day(self, reading: Reading, date: str) -> BusinessDay:
        """A business day; empty: the latest. NotFound."""
        if date:
            found = reading.find(BusinessDay, outlet=self._seat.station.outlet, business_date=date)
            if found is None:
                raise NotFound(say("{date} was no business date here.", date=date))
            return found
        days = reading.all(BusinessDay, outlet=self._seat.station.outlet, order=("-business_date",))
        if not days:
            raise NotFound(say("The business day is not open. A supervisor opens it."))
        return days[0]

    def queue_list(self) -> Report:
        """What waits now, as data for files."""
        with self._seat.reading() as reading:
            return self._queue_list(reading)

    def print_queue_list(self) -> PaperView:
        """The same on paper, where reports come out."""
        with self._seat.writing("report.queues") as tx:
            report = self._queue_list(tx)
            return self.queue(tx, report, report.name)

    def _queue_list(self, reading: Reading) -> Report:
        outlet, person = reading.one(Outlet, code=self._seat.station.outlet), self._seat.person(reading)
        day = today(reading, outlet.code)
        return queue_list(
            both(outlet.name_zh, outlet.name_en),
            day.business_date if day else "",
            stamp(self._seat.store.clock.now()),
            f"{person.staff_no} {person.name}",
            standing.waiting(reading, outlet.code),
            waiting.items(reading, outlet.code),
        )

    def view(self, report: Report) -> PaperView:
        """A report as it is looked at."""
        with self._seat.reading() as reading:
            return _shown(report, self._seat.words(), self._layouts(reading))

    def _layouts(self, reading: Reading) -> Layouts:
        day = today(reading, self._seat.station.outlet)
        return in_force(reading, day.business_date if day else "")

    def queue(self, tx: UnitOfWork, report: Report, key: str) -> PaperView:
        """Queue a report for where reports come out. `key`: what its job is known by."""
        speak = self._seat.words()
        queued = spool.queue(
            tx,
            document(report, speak, at_counter(tx)),
            document_id=key,
            order_id="",
            title=f"{speak(report.title)} {report.name}",
            counter=self._seat.station.counter,
            operator=tx.author.operator,
        )
        return PaperView(key, "report", report.name, queued.preview)


def _shown(report: Report, speak: Words, layouts: Layouts) -> PaperView:
    lines = layout(document(report, speak, layouts), REPORT_COLUMNS)
    return PaperView(report.name, "report", report.name, preview(lines))
