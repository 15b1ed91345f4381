"""The safe of the hall, as the desk has it (M11): cash to the bank and from there, and how it is counted."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from boss_tui.answers.business import PaperView
from boss_tui.answers.hall import Compared, SafeView
from boss_tui.components.till import bank_counts, cash
from boss_tui.components.till.cash_slips import safe_count_slip
from boss_tui.desk.seat import Seat
from boss_tui.desk.slips import Slips
from boss_tui.desk.supervisors import Supervisors
from boss_tui.desk.trusting import Trust
from data.clock import on_the_wall
from data.message import say


class Safe:
    """The part of the desk that has the safe."""

    def __init__(self, seat: Seat, trust: Trust, supervisors: Supervisors, slips: Slips) -> None:
        self._seat, self._trust, self._supervisors, self._slips = seat, trust, supervisors, slips

    def bank(
        self, amount: int, purpose: str, reference: str, note: str = "", approver: str = "", password: str = ""
    ) -> PaperView:
        """Cash of the safe to the bank (`deposit`), or from there (`withdrawal`), fen, with the number of the bank's
        paper; or what the bank counted otherwise than a deposit (`bank_short`, `bank_over`). The slip; a supervisor
        does it."""
        approved_by = self._supervisors.approved(approver, password)
        with self._seat.writing(f"safe.{purpose}") as tx:
            self._trust.must_be_sure(tx)
            act = cash.CashReason(tx.author.operator, note, approved_by, reference)
            done = bank_counts.difference if purpose in bank_counts.COUNTED else cash.bank
            return self._slips.of_movement(tx, done(tx, self._seat.station.outlet, amount, purpose=purpose, act=act))

    def held(self) -> SafeView:
        """What must be in the safe, and how it was counted last; a supervisor sees it."""
        with self._seat.reading() as reading:
            cash.must_be_of_safe(reading, self._seat.person(reading).staff_no)
            held, last = (
                cash.safe_balance(reading, self._seat.station.outlet),
                cash.last_count(reading, self._seat.station.outlet),
            )
        return SafeView(held) if last is None else SafeView(held, last.made_at, last.counted_by, last.difference)

    def compared(self, counts: Mapping[int, int]) -> Compared:
        """The count of the safe beside the books; nothing is done."""
        counted, expected = cash.counted_sum(counts), self.held().balance
        return Compared(cash.compared(counted, expected), counted != expected)

    def count(self, counts: Mapping[int, int], reason: str = "", approver: str = "", password: str = "") -> PaperView:
        """Count the safe ({denomination in fen: pieces}); its slip. A difference needs a reason, a large one another
        supervisor's password."""
        approved_by = self._supervisors.approved(approver, password)
        with self._seat.writing("safe.count") as tx:
            self._trust.must_be_sure(tx)
            row = cash.count_safe(
                tx,
                self._seat.station.outlet,
                counts,
                counted_by=tx.author.operator,
                reason=reason,
                approved_by=approved_by,
            )
            slip = self._slips.slip(
                tx, row.counted_by, approved_by=row.approved_by, note=row.reason, amount=row.counted, holds=row.expected
            )
            counted = tuple(sorted(((value, n) for value, n in counts.items() if n), reverse=True))
            paper = safe_count_slip(self._seat.paper_words(), slip, counted, row.difference)
            queued = self._slips.queue(tx, paper, row.id, say("Safe count"), on_the_wall(row.made_at, "%m-%d %H:%M"))
            return replace(queued, summary=cash.outcome(row.counted, row.difference))
