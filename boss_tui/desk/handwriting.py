"""What was written by hand during an outage, and comes in later 补录: checked, entered, or put down for somebody."""

from __future__ import annotations

from boss_tui.answers import Handwritten
from boss_tui.components import handwritten
from boss_tui.components.till import today
from boss_tui.desk.working import Working
from boss_tui.process import BUSINESSES
from data.errors import BadForm, NotAllowed
from data.message import say
from data.store import Reading


class Handwriting(Working):
    """The part of the desk that enters slips later."""

    def check_slip(self, slip: Handwritten) -> Handwritten:
        """A slip as it will be kept. BadForm: field by field; it was entered before."""
        with self._reading() as reading:
            return self._written(reading, slip)

    def put_slip_down(self, slip: Handwritten, code: str, why: str, amount: int = 0) -> None:
        """A slip that can't be done as it was promised waits among the queues, with why and what was taken (fen)."""
        with self._writing("slip.open") as tx:
            self.must_be_sure(tx)
            if code not in BUSINESSES:
                raise BadForm({"code": say("There is no business {code} here.", code=code)})
            if amount < 0:
                raise BadForm({"amount": say("An amount in yuan, 0 or more.")})
            handwritten.put_down(tx, self._written(tx, slip), code, why, amount)

    def _written(self, reading: Reading, slip: Handwritten) -> Handwritten:
        day = today(reading, self._station.outlet)
        if day is None:
            raise NotAllowed(say("The business day is not open. A supervisor opens it."))
        return handwritten.checked(reading, self._station.outlet, slip, day.business_date)
