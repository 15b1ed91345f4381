"""The till's side of the desk: business day, shifts, cash in and out, X and Z and day reports."""

from __future__ import annotations

from boss_tui.components import till
from boss_tui.desk.counter import Counter
from data.errors import NotFound
from data.message import say
from data.store import Reading
from data.tables.finance import Shift

REPORT_COLUMNS = 48


class Till(Counter):
    """The part of the desk that the till needs."""

    def open_day(self, business_date: str) -> None:
        """Open a business date (a supervisor does it)."""
        with self._writing("day.open") as tx:
            till.open_day(tx, self._station.outlet, business_date, self._person().staff_no)
            tx.author.business_date = business_date

    def close_day(self) -> None:
        """Close the open business date; every shift must be closed."""
        with self._writing("day.close") as tx:
            till.close_day(tx, self._station.outlet, tx.author.business_date, self._person().staff_no)

    def open_shift(self, float_fen: int) -> None:
        """Open this operator's shift at this counter with so much in the drawer (fen), taken from the safe."""
        with self._writing("shift.open") as tx:
            till.open_shift(
                tx,
                outlet=self._station.outlet,
                till=self._station.counter,
                operator=self._person().staff_no,
                float_amount=float_fen,
            )

    def cash_in(self, amount: int, purpose: str, note: str) -> None:
        """Cash into the drawer, fen, with its purpose and a note."""
        with self._writing("till.cash_in") as tx:
            till.cash_in(tx, self._open_shift(tx), amount, purpose=purpose, note=note, operator=self._person().staff_no)

    def cash_out(self, amount: int, purpose: str, note: str) -> None:
        """Cash out of the drawer, fen, with its purpose and a note."""
        with self._writing("till.cash_out") as tx:
            till.cash_out(
                tx, self._open_shift(tx), amount, purpose=purpose, note=note, operator=self._person().staff_no
            )

    def _open_shift(self, reading: Reading) -> Shift:
        shift = till.shift_at(reading, self._station.counter)
        if shift is None:
            raise NotFound(say("No shift is open at this counter."))
        return shift
