"""The till of the counter, as the desk has it (M11): shifts are opened, pause, move, change hands and are closed; cash
goes into the drawer and out of it without an order.

Who may do what, and how much, are the rules of `boss_tui.components.till.cash`; each movement has a slip to be signed.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from boss_tui.answers.business import PaperView
from boss_tui.answers.hall import Compared, ShiftLine
from boss_tui.catalogue import BUSINESS_NAMES
from boss_tui.components.tenders.tender_slips import Missing, TenderSlips, slips_of
from boss_tui.components.till import blind, cash, drawers
from boss_tui.components.till import shifts as till
from boss_tui.components.till.cash_limits import is_supervisor
from boss_tui.components.till.cash_slips import handover_slip, opening_slip, slip_number
from boss_tui.components.wording import z_number
from boss_tui.desk.blindly import put_down_first
from boss_tui.desk.reporting import Reporting
from boss_tui.desk.seat import Seat
from boss_tui.desk.shifts import shift_here, shift_of
from boss_tui.desk.slips import Slips
from boss_tui.desk.supervisors import Supervisors
from boss_tui.desk.trusting import Trust
from boss_tui.reports import closing
from data.clock import on_the_wall
from data.errors import NotAllowed
from data.message import Message, say
from data.store import Reading, UnitOfWork
from data.tables.finance import Shift
from data.tables.organisation import Operator


class Till:
    """The part of the desk that has the shifts of the hall, and this counter's drawer."""

    def __init__(self, seat: Seat, trust: Trust, supervisors: Supervisors, slips: Slips, reports: Reporting) -> None:
        self._seat, self._trust, self._supervisors = seat, trust, supervisors
        self._slips, self._reports = slips, reports

    # shifts

    def shifts(self) -> tuple[ShiftLine, ...]:
        """The shifts of the hall that are not closed, open or suspended, by their tills."""
        with self._seat.reading() as reading:
            return tuple(_line(reading, shift) for shift in till.running(reading, self._seat.station.outlet))

    def not_today(self) -> Message | None:
        """What whoever opens a shift is to know of the business date on which it counts; None: it is today's."""
        with self._seat.reading() as reading:
            return till.not_today(reading, self._seat.station.outlet)

    def open_shift(self, float_fen: int, approver: str = "", password: str = "") -> PaperView | None:
        """Open this operator's shift at this counter with so much in the drawer (fen), taken from the safe; the slip of
        the float, where there is one. A float above the role's limit with a supervisor's password."""
        approved_by = self._supervisors.approved(approver, password)
        with self._seat.writing("shift.open") as tx:
            self._trust.must_be_sure(tx)
            shift = till.open_shift(
                tx,
                outlet=self._seat.station.outlet,
                till=self._seat.station.counter,
                operator=tx.author.operator,
                float_amount=float_fen,
                approved_by=approved_by,
            )
            moved = cash.float_of(tx, shift)
            return self._slips.of_movement(tx, moved) if moved is not None else None

    def compared(self, counts: Mapping[int, int], of: str = "") -> Compared | None:
        """The count of the shift here, or of a cashier's (`of`), beside the books; nothing is done. None: whoever works
        here is not told what must be in it, or not before its cashier or a supervisor has said yes."""
        with self._seat.reading() as reading:
            shift, me = self._meant(reading, of), self._seat.person(reading).staff_no
            if blind.hides(reading, me) or not (me == shift.operator or is_supervisor(reading, me)):
                return None
            counted, expected = cash.counted_sum(counts), till.expected_cash(reading, shift)
            return Compared(cash.compared(counted, expected), counted != expected)

    def close_shift(
        self,
        counts: Mapping[int, int],
        reason: str = "",
        approver: str = "",
        password: str = "",
        of: str = "",
        missing: Missing | None = None,
        missing_reason: str = "",
    ) -> PaperView:
        """Close the shift here with what was counted ({denomination in fen: pieces}), or the one of a cashier (`of`, a
        staff number), wherever it was left; prints and answers the Z report.

        A difference needs a reason; a large one, or another's shift, a supervisor with their password. `missing`: the
        references of slips (`tender_slips`) that are not in hand, by the kind of tender, with their own reason.
        """
        approved_by = self._supervisors.approved(approver, password)

        def put_down(tx: UnitOfWork) -> blind.PutDown | None:
            shift = self._meant(tx, of)
            till.must_close(tx, shift, tx.author.operator, approved_by)
            return till.put_down(tx, shift, counts, approved_by)

        writing, act = self._seat.writing, "shift.close"
        with put_down_first(writing, act, put_down), writing(act) as tx:
            self._trust.must_be_sure(tx)
            shift = till.close_shift(
                tx,
                self._meant(tx, of),
                counts,
                closed_by=tx.author.operator,
                reason=reason,
                approved_by=approved_by,
                missing=missing,
                missing_reason=missing_reason,
            )
            paper = self._reports.queue(tx, closing.keep_shift(tx, shift, BUSINESS_NAMES), shift.id)
            return replace(paper, summary=cash.outcome(shift.counted_cash, shift.difference))

    def suspend_shift(self, reason: str = "", approver: str = "", password: str = "") -> None:
        """Take the drawer out of this counter: its shift goes on where it is put in again. The cashier does it, or a
        supervisor."""
        approved_by = self._supervisors.approved(approver, password)
        with self._seat.writing("shift.suspend") as tx:
            self._trust.must_be_sure(tx)
            drawers.suspend(
                tx, shift_here(self._seat, tx), operator=tx.author.operator, reason=reason, approved_by=approved_by
            )

    def resume_shift(self) -> None:
        """Put this operator's suspended drawer into this counter. NotFound where they have none."""
        with self._seat.writing("shift.resume") as tx:
            self._trust.must_be_sure(tx)
            shift = shift_of(self._seat, tx, tx.author.operator)
            drawers.resume(tx, shift, self._seat.station.counter, operator=tx.author.operator)

    def hand_over(
        self,
        counts: Mapping[int, int],
        staff_no: str = "",
        staff_password: str = "",
        reason: str = "",
        approver: str = "",
        password: str = "",
        of: str = "",
        missing: Missing | None = None,
        missing_reason: str = "",
    ) -> tuple[PaperView, PaperView]:
        """Hand the drawer here over, or the suspended one of a cashier (`of`): what was counted ends the one shift and
        begins the other. Answers the Z and the slip that both sign.

        Who works here gives it or takes it; the other one says yes with `staff_no` and their password. Where a cashier
        is away, a supervisor's word stands for theirs: `approver`, or the supervisor who works here.
        """
        other = self._supervisors.approved(staff_no, staff_password)
        approved_by = self._supervisors.approved(approver, password)

        def drawer(tx: UnitOfWork) -> Shift:
            shift = self._meant(tx, of)
            if shift.state == "open" and shift.till != self._seat.station.counter:
                raise NotAllowed(say("The drawer is at till {till}: hand it over there.", till=shift.till))
            return shift

        def put_down(tx: UnitOfWork) -> blind.PutDown | None:
            shift = drawer(tx)
            gives, _ = _sides(shift.operator, tx.author.operator, other)
            till.must_close(tx, shift, gives, approved_by)
            return till.put_down(tx, shift, counts, approved_by)

        writing, act = self._seat.writing, "shift.hand_over"
        with put_down_first(writing, act, put_down), writing(act) as tx:
            self._trust.must_be_sure(tx)
            shift = drawer(tx)
            gives, takes = _sides(shift.operator, tx.author.operator, other)
            ended, begun = drawers.hand_over(
                tx,
                shift,
                counts,
                to=takes,
                till=self._seat.station.counter,
                closed_by=gives,
                reason=reason,
                approved_by=approved_by,
                missing=missing,
                missing_reason=missing_reason,
            )
            report = closing.keep_shift(tx, ended, BUSINESS_NAMES)
            z = replace(
                self._reports.queue(tx, report, ended.id), summary=cash.outcome(ended.counted_cash, ended.difference)
            )
            return z, self._handover_slip(tx, ended, begun)

    def _handover_slip(self, tx: UnitOfWork, ended: Shift, begun: Shift) -> PaperView:
        moved = cash.float_of(tx, begun)
        slip = self._slips.slip(
            tx,
            begun.operator,
            counterparty=ended.operator,
            approved_by=ended.approved_by,
            note=ended.reason,
            number=slip_number(moved.outlet, moved.number) if moved is not None else "",
            amount=begun.float_amount,
        )
        counts = till.x_figures(tx, ended).counts
        number = z_number(ended.till, ended.z_number)
        paper = handover_slip(self._seat.paper_words(), slip, number, counts, ended.difference)
        return self._slips.queue(tx, paper, slip.number or number, say("Handover slip"))

    def tender_slips(self, of: str = "") -> tuple[TenderSlips, ...]:
        """What the shift here (or `of` a cashier) took by card, cheque, transfer or telephone: to be ticked off."""
        with self._seat.reading() as reading:
            return slips_of(reading, self._meant(reading, of))

    def _meant(self, reading: Reading, of: str) -> Shift:
        """The shift here, or the one of a cashier (`of`), wherever it was left."""
        return shift_of(self._seat, reading, of) if of else shift_here(self._seat, reading)

    # the drawer

    def cash_in(self, amount: int, purpose: str, note: str, approver: str = "", password: str = "") -> PaperView:
        """Cash into the drawer, fen, with its purpose and a note; the slip."""
        approved_by = self._supervisors.approved(approver, password)
        with self._seat.writing("till.cash_in") as tx:
            self._trust.must_be_sure(tx)
            moved = cash.cash_in(
                tx,
                shift_here(self._seat, tx),
                amount,
                purpose=purpose,
                note=note,
                operator=tx.author.operator,
                approved_by=approved_by,
            )
            return self._slips.of_movement(tx, moved)

    def cash_out(self, amount: int, purpose: str, note: str, approver: str = "", password: str = "") -> PaperView:
        """Cash out of the drawer, fen, with its purpose and a note; the slip."""
        approved_by = self._supervisors.approved(approver, password)
        with self._seat.writing("till.cash_out") as tx:
            self._trust.must_be_sure(tx)
            shift = shift_here(self._seat, tx)
            blind.must_not_try(tx, shift.id, approved_by)
            try:
                moved = cash.cash_out(
                    tx, shift, amount, purpose=purpose, note=note, operator=tx.author.operator, approved_by=approved_by
                )
                return self._slips.of_movement(tx, moved)
            except NotAllowed as no:
                if no.field != "amount":
                    raise
                refusal = no  # nothing was moved, and that it was tried is kept
                blind.note_refused(tx, shift.id, "till.cash_out")
        raise refusal

    def open_drawer(self, reason: str, approver: str = "", password: str = "") -> PaperView:
        """Open the drawer without a sale, on record with the reason; a slip comes out as it opens."""
        approved_by = self._supervisors.approved(approver, password)
        with self._seat.writing("till.open_drawer") as tx:
            self._trust.must_be_sure(tx)
            shift = shift_here(self._seat, tx)
            drawers.open_drawer(tx, shift, reason, operator=tx.author.operator, approved_by=approved_by)
            slip = self._slips.slip(tx, tx.author.operator, approved_by=approved_by, note=reason.strip())
            paper, at = opening_slip(self._seat.paper_words(), slip), on_the_wall(tx.now(), "%m-%d %H:%M")
            return self._slips.queue(tx, paper, shift.id, say("Drawer opened"), at)

    def blind(self) -> bool:
        """Whether shifts are counted blind in this hall."""
        with self._seat.reading() as reading:
            return blind.is_blind(reading)

    def count_blind(self, *, on: bool) -> None:
        """Turn blind counting on or off for the hall; a supervisor does it."""
        with self._seat.writing("till.blind") as tx:
            blind.turn(tx, on=on, operator=tx.author.operator)


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
