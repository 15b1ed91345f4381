"""Shifts that pause, move and change hands, as the desk does it: by word of both sides, in one act (catalogue M11)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from boss_tui.answers import PaperView, ShiftLine
from boss_tui.catalogue import BUSINESS_NAMES
from boss_tui.components import blind, cash, drawers, till
from boss_tui.components.cash_slips import handover_slip, opening_slip, slip_number
from boss_tui.components.tender_slips import Missing
from boss_tui.components.wording import z_number
from boss_tui.desk.blindly import put_down_first
from boss_tui.desk.till import Till
from boss_tui.locale import words
from boss_tui.reports import closing
from data.clock import on_the_wall
from data.errors import NotAllowed
from data.message import say
from data.store import Reading, UnitOfWork
from data.tables.finance import Shift
from data.tables.organisation import Operator


class Shifts(Till):
    """The part of the desk that knows the shifts of the hall."""

    def shifts(self) -> tuple[ShiftLine, ...]:
        """The shifts of the hall that are not closed, open or suspended, by their tills."""
        with self._reading() as reading:
            return tuple(_line(reading, shift) for shift in till.running(reading, self._station.outlet))

    def suspend_shift(self, reason: str = "", approver: str = "", password: str = "") -> None:
        """Take the drawer out of this counter: its shift goes on where it is put in again. The cashier does it, or a
        supervisor."""
        approved_by = self._approved(approver, password)
        with self._writing("shift.suspend") as tx:
            self.must_be_sure(tx)
            drawers.suspend(
                tx, self._open_shift(tx), operator=tx.author.operator, reason=reason, approved_by=approved_by
            )

    def resume_shift(self) -> None:
        """Put this operator's suspended drawer into this counter. NotFound where they have none."""
        with self._writing("shift.resume") as tx:
            self.must_be_sure(tx)
            shift = self._shift_of(tx, tx.author.operator)
            drawers.resume(tx, shift, self._station.counter, operator=tx.author.operator)

    def hand_over(
        self, counts: Mapping[int, int], staff_no: str = "", staff_password: str = "", reason: str = "",
        approver: str = "", password: str = "", of: str = "", missing: Missing | None = None, missing_reason: str = "",
    ) -> tuple[PaperView, PaperView]:  # fmt: skip
        """Hand the drawer here over, or the suspended one of a cashier (`of`): what was counted ends the one shift and
        begins the other. Answers the Z and the slip that both sign.

        Who works here gives it or takes it; the other one says yes with `staff_no` and their password. Where a cashier
        is away, a supervisor's word stands for theirs: `approver`, or the supervisor who works here.
        """
        other = self._approved(staff_no, staff_password)
        approved_by = self._approved(approver, password)

        def drawer(tx: UnitOfWork) -> Shift:
            shift = self._shift_of(tx, of) if of else self._open_shift(tx)
            if shift.state == "open" and shift.till != self._station.counter:
                raise NotAllowed(say("The drawer is at till {till}: hand it over there.", till=shift.till))
            return shift

        def put_down(tx: UnitOfWork) -> blind.PutDown | None:
            shift = drawer(tx)
            gives, _ = _sides(shift.operator, tx.author.operator, other)
            till.must_close(tx, shift, gives, approved_by)
            return till.put_down(tx, shift, counts, approved_by)

        with put_down_first(self._writing, "shift.hand_over", put_down), self._writing("shift.hand_over") as tx:
            self.must_be_sure(tx)
            shift = drawer(tx)
            gives, takes = _sides(shift.operator, tx.author.operator, other)
            ended, begun = drawers.hand_over(
                tx, shift, counts, to=takes, till=self._station.counter, closed_by=gives, reason=reason,
                approved_by=approved_by, missing=missing, missing_reason=missing_reason,
            )  # fmt: skip
            report = closing.keep_shift(tx, ended, BUSINESS_NAMES)
            z = replace(self._print(tx, report, ended.id), told=cash.outcome(ended.counted_cash, ended.difference))
            return z, self._handover_slip(tx, ended, begun)

    def open_drawer(self, reason: str, approver: str = "", password: str = "") -> PaperView:
        """Open the drawer without a sale, on record with the reason; a slip comes out as it opens."""
        approved_by = self._approved(approver, password)
        with self._writing("till.open_drawer") as tx:
            self.must_be_sure(tx)
            shift = self._open_shift(tx)
            drawers.open_drawer(tx, shift, reason, operator=tx.author.operator, approved_by=approved_by)
            slip = self._slip_of(tx, tx.author.operator, approved_by=approved_by, note=reason.strip())
            paper, at = opening_slip(words(self._station.paper_language), slip), on_the_wall(tx.now(), "%m-%d %H:%M")
            return self._print_slip(tx, paper, shift.id, say("Drawer opened"), at)

    def _handover_slip(self, tx: UnitOfWork, ended: Shift, begun: Shift) -> PaperView:
        moved = cash.float_of(tx, begun)
        slip = self._slip_of(
            tx, begun.operator, counterparty=ended.operator, approved_by=ended.approved_by, note=ended.reason,
            number=slip_number(moved.outlet, moved.number) if moved is not None else "", amount=begun.float_amount,
        )  # fmt: skip
        counts = till.x_figures(tx, ended).counts
        number = z_number(ended.till, ended.z_number)
        paper = handover_slip(words(self._station.paper_language), slip, number, counts, ended.difference)
        return self._print_slip(tx, paper, slip.number or number, say("Handover slip"))


def _sides(cashier: str, here: str, other: str) -> tuple[str, str]:
    """Who ends the shift of a cashier, and who takes its drawer: of whoever works here, and another who said yes."""
    if here == cashier:
        if not other:
            raise NotAllowed(say("Say who takes the drawer over, with their password."), field="staff_no")
        return here, other
    if other in {"", cashier}:
        return other or here, here
    return here, other


def _line(reading: Reading, shift: Shift) -> ShiftLine:
    person = reading.find(Operator, staff_no=shift.operator)
    name = person.name if person is not None else ""
    return ShiftLine(shift.operator, name, shift.till, shift.state, shift.business_date, shift.opened_at)
