"""The till's side of the desk: business day, the close of shifts. Its reports are in `reporting`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from boss_tui.answers import PaperView
from boss_tui.catalogue import BUSINESS_NAMES
from boss_tui.components import blind, cash, till
from boss_tui.components.tender_slips import Missing, TenderSlips, slips_of
from boss_tui.desk.blindly import put_down_first
from boss_tui.desk.drawer import Drawers
from boss_tui.desk.exporting import Exporting
from boss_tui.desk.timing import doubt, vouch
from boss_tui.forms import day_typed
from boss_tui.reports import closing
from data.clock import CHINA
from data.errors import NotAllowed
from data.message import say
from data.store import UnitOfWork
from data.tables.finance import Shift


class Till(Exporting, Drawers):
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

    def close_day(self, word: str = "") -> PaperView:
        """Close the open business date; every shift must be closed. Prints and answers the day report. `word`: of what
        is left open; NotAllowed (field `word`) where one is wanted (`boss_tui.reports.left_open`)."""
        self._must_supervise()
        with self._writing("day.close") as tx:
            self.must_be_sure(tx)
            at, by = tx.author, tx.author.operator
            report = closing.close_day(tx, self._station.outlet, at.business_date, by, BUSINESS_NAMES, word)
            return self._print(tx, report, report.name)

    def _must_supervise(self) -> None:
        if self._person().role not in {"supervisor", "manager"}:
            raise NotAllowed(say("A supervisor opens and closes the business day."))

    def tender_slips(self, of: str = "") -> tuple[TenderSlips, ...]:
        """What the shift here (or `of` a cashier) took by card, cheque, transfer or telephone: to be ticked off."""
        with self._reading() as reading:
            return slips_of(reading, self._shift_of(reading, of) if of else self._open_shift(reading))

    def close_shift(
        self, counts: Mapping[int, int], reason: str = "", approver: str = "", password: str = "", of: str = "",
        missing: Missing | None = None, missing_reason: str = "",
    ) -> PaperView:  # fmt: skip
        """Close the shift here with what was counted ({denomination in fen: pieces}), or the one of a cashier (`of`, a
        staff number), wherever it was left; prints and answers the Z report.

        A difference needs a reason; a large one, or another's shift, a supervisor with their password. `missing`: the
        references of slips (`tender_slips`) that are not in hand, by the kind of tender, with their own reason.
        """
        approved_by = self._approved(approver, password)

        def theirs(tx: UnitOfWork) -> Shift:
            return self._shift_of(tx, of) if of else self._open_shift(tx)

        def put_down(tx: UnitOfWork) -> blind.PutDown | None:
            till.must_close(tx, theirs(tx), tx.author.operator, approved_by)
            return till.put_down(tx, theirs(tx), counts, approved_by)

        with put_down_first(self._writing, "shift.close", put_down), self._writing("shift.close") as tx:
            self.must_be_sure(tx)
            shift = till.close_shift(
                tx,
                theirs(tx),
                counts,
                closed_by=tx.author.operator,
                reason=reason,
                approved_by=approved_by,
                missing=missing,
                missing_reason=missing_reason,
            )
            paper = self._print(tx, closing.keep_shift(tx, shift, BUSINESS_NAMES), shift.id)
            return replace(paper, told=cash.outcome(shift.counted_cash, shift.difference))
