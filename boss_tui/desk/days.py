"""The business day, as supervisors open and close it; a clerk sees what its close waits for."""

from __future__ import annotations

from collections.abc import Sequence

from boss_tui.answers.business import PaperView
from boss_tui.catalogue import BUSINESS_NAMES
from boss_tui.components.till import shifts as till
from boss_tui.components.till.business_days import calendar_ahead
from boss_tui.desk.believing import vouch
from boss_tui.desk.day_check import ToDo, check_list
from boss_tui.desk.reporting import Reporting
from boss_tui.desk.seat import Seat
from boss_tui.desk.supervisors import Supervisors
from boss_tui.desk.timing import doubt
from boss_tui.desk.trusting import Trust
from boss_tui.forms.typed import day_typed
from boss_tui.reports import closing
from data.clock import wall_date
from data.errors import NotAllowed
from data.message import say

_REFUSAL = say("A supervisor opens and closes the business day.")


class Days:
    """The part of the desk that has the business day."""

    def __init__(self, seat: Seat, trust: Trust, supervisors: Supervisors, reports: Reporting) -> None:
        self._seat, self._trust, self._supervisors, self._reports = seat, trust, supervisors, reports

    def next(self) -> str:
        """The business date that is opened next, as a rule (YYYY-MM-DD)."""
        with self._seat.store.reading() as reading:
            return till.next_day(reading, self._seat.station.outlet)

    def ahead(self) -> str:
        """The calendar's day (YYYY-MM-DD), where the open business date is an earlier one; else empty."""
        with self._seat.store.reading() as reading:
            return calendar_ahead(reading, self._seat.station.outlet)

    def go_on(self) -> str:
        """Close the open business date and open the calendar's, in one step; answers that. The office does it, which
        has no till to count. NotAllowed: it is open already; a word is wanted (field `word`), as at any close."""
        if self._seat.rules is None:
            raise NotAllowed(say("A hall counts its tills before: close the day (qt), then open the next."))
        day = self.ahead()
        if not day:
            raise NotAllowed(say("The business date is the calendar's already, or none is open."))
        self.close()
        self.open(day)
        return day

    def open(self, business_date: str) -> None:
        """Open a business date, as it is typed (a supervisor does it). Who opens the very day that a doubted clock
        shows has vouched for it; ClockDoubted when they say another."""
        from boss_tui.sync.dates import bring_to  # once a day, not with the first screen

        self._supervisors.here(_REFUSAL)
        with self._seat.writing("day.open") as tx:
            self._trust.must_be_the_store(tx)
            staff_no = tx.author.operator
            if doubt(tx, self._seat.station.outlet) is not None:
                if day_typed(business_date, "business_date") != wall_date(tx.clock.now()):
                    self._trust.must_know_time(tx)
                vouch(tx, staff_no)
            day = till.open_day(tx, self._seat.station.outlet, business_date, staff_no, approved_by=staff_no)
            tx.author.business_date = day.business_date
            bring_to(tx, day.business_date)
            if self._seat.rules is not None:
                from boss_tui.editions.due import come_due

                come_due(tx, day.business_date, self._seat.rules)

    def close(self, word: str = "") -> PaperView:
        """Close the open business date; every shift must be closed. Prints and answers the day report. `word`: of what
        is left open; NotAllowed (field `word`) where one is wanted (`boss_tui.reports.left_open`)."""
        self._supervisors.here(_REFUSAL)
        with self._seat.writing("day.close") as tx:
            self._trust.must_be_sure(tx)
            at, by = tx.author, tx.author.operator
            report = closing.close_day(tx, self._seat.station.outlet, at.business_date, by, BUSINESS_NAMES, word)
            if self._seat.rules is not None:  # the office has no till: its report is kept, for whoever asks for it
                return self._reports.view(report)
            return self._reports.queue(tx, report, report.name)

    def check(self) -> Sequence[ToDo]:
        """What is still to be done before the day is closed: first what stops the close."""
        with self._seat.reading() as reading:
            return check_list(reading, self._seat.station.outlet)
