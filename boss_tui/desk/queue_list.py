"""The queue list on paper: what still waits, for the supervisor to go through."""

from __future__ import annotations

from boss_tui.answers import PaperView
from boss_tui.components.till import today
from boss_tui.desk import waiting
from boss_tui.desk.reporting import Reporting
from boss_tui.reports import standing
from boss_tui.reports.queue_list import queue_list
from boss_tui.reports.report import Report
from data.clock import stamp
from data.message import both
from data.store import Reading
from data.tables.organisation import Outlet


class QueueListing(Reporting):
    """The part of the desk that puts the queues on paper."""

    def queue_list(self) -> Report:
        """What waits now, as data for files."""
        with self._reading() as reading:
            return self._queue_list(reading)

    def print_queues(self) -> PaperView:
        """The same on paper, where reports come out."""
        with self._writing("report.queues") as tx:
            report = self._queue_list(tx)
            return self._print(tx, report, report.name)

    def _queue_list(self, reading: Reading) -> Report:
        outlet, person = reading.one(Outlet, code=self._station.outlet), self._person(reading)
        day = today(reading, outlet.code)
        return queue_list(
            both(outlet.name_zh, outlet.name_en), day.business_date if day else "", stamp(self._store.clock.now()),
            f"{person.staff_no} {person.name}",
            standing.waiting(reading, outlet.code), waiting.items(reading, outlet.code),
        )  # fmt: skip
