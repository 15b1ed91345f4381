"""What was written by hand during an outage, and comes in later 补录: checked, entered, or put down for somebody."""

from __future__ import annotations

from boss_tui.answers.business import Handwritten, PaperView
from boss_tui.business.registry import BUSINESSES
from boss_tui.components.documents import handwritten
from boss_tui.components.finance import suspense
from boss_tui.components.tenders.tenders import CASH
from boss_tui.components.till import cash, cash_back
from boss_tui.components.till.business_days import today
from boss_tui.components.till.shifts import no_drawer, own_shift
from boss_tui.desk.seat import Seat
from boss_tui.desk.shifts import shift_here
from boss_tui.desk.slips import Slips
from boss_tui.desk.supervisors import Supervisors
from boss_tui.desk.trusting import Trust
from boss_tui.desk.waiting import BACK, ENTER, LEAVE, SETTLED
from data.errors import BadForm, NotAllowed
from data.message import say
from data.store import Reading, UnitOfWork
from data.tables.finance import Shift
from data.tables.mobile import MobilePayment
from data.tables.order import HandwrittenSlip


class Handwriting:
    """The part of the desk that enters slips later."""

    def __init__(self, seat: Seat, trust: Trust, supervisors: Supervisors, slips: Slips) -> None:
        self._seat, self._trust, self._supervisors, self._slips = seat, trust, supervisors, slips

    def check(self, slip: Handwritten) -> Handwritten:
        """A slip as it will be kept. BadForm: field by field; it was entered before."""
        with self._seat.reading() as reading:
            return written(reading, self._seat.station.outlet, slip)

    def put_down(
        self,
        slip: Handwritten,
        code: str,
        why: str,
        taken: int = 0,
        way: str = CASH,
        reference: str = "",
        approver: str = "",
        password: str = "",
    ) -> None:
        """A slip that can't be done as it was promised waits among the queues, with why. What was taken for it (fen)
        goes into this operator's shift and is in suspense; `way`, `reference`: of the tender; more than the role's
        limit with a supervisor's password (`approver`)."""
        approved_by = self._supervisors.approved(approver, password)
        with self._seat.writing("slip.open") as tx:
            self._trust.must_be_sure(tx)
            if code not in BUSINESSES:
                raise BadForm({"code": say("There is no business {code} here.", code=code)})
            if taken < 0:
                raise BadForm({"taken": say("An amount in yuan, 0 or more.")})
            head = written(tx, self._seat.station.outlet, slip)
            tender = suspense.taken_by(tx, way, reference, taken) if taken else None
            shift = self._own_shift(tx) if taken else None
            handwritten.put_down(tx, head, code, why, tender, shift, approved_by)

    def waiting(self, key: str) -> tuple[str, Handwritten]:
        """The business and the head of a slip that waits, by its key: to be entered after all."""
        with self._seat.reading() as reading:
            row = handwritten.undone(reading, key)
        return row.business, Handwritten(row.number, row.written_on, row.written_at, row.written_by)

    def settle(self, tx: UnitOfWork, key: str, way: str, words: str, approved_by: str) -> PaperView | None:
        """Do what a person decided about a slip that can't be done; the paper to be signed, where money goes back."""
        if way == SETTLED:
            handwritten.settle(tx, key, words)
        elif way == LEAVE:
            handwritten.leave(tx, key, words, approved_by or tx.author.operator)
        elif way.startswith(BACK):
            slip, operator = tx.one(HandwrittenSlip, id=key), tx.author.operator
            act = cash.CashReason(operator, words, approved_by, slip.number)
            return self._slips.of_movement(
                tx, suspense.refund(tx, slip, shift_here(self._seat, tx), way.removeprefix(BACK), act)
            )
        elif way == ENTER:
            raise NotAllowed(say("Enter it (code: bl), or: boss do CODE --slip NUMBER"))
        else:
            raise NotAllowed(say("This can't be done here."))
        return None

    def pay_refund(self, tx: UnitOfWork, order_no: str, words: str, approved_by: str) -> PaperView:
        """A refund by telephone that was refused, paid out of the drawer here; its slip."""
        act = cash.CashReason(tx.author.operator, words, approved_by, order_no)
        row = tx.one(MobilePayment, order_no=order_no)
        return self._slips.of_movement(tx, cash_back.pay(tx, row, shift_here(self._seat, tx), act))

    def _own_shift(self, tx: UnitOfWork) -> Shift:
        """The shift whose drawer this operator takes money into."""
        shift = own_shift(tx, self._seat.station.counter, tx.author.operator)
        if shift is None:
            raise NotAllowed(no_drawer(tx, self._seat.station.counter), field="taken")
        return shift


def written(reading: Reading, outlet: str, slip: Handwritten) -> Handwritten:
    """A slip as it will be kept. BadForm: field by field; NotAllowed while no business day is open."""
    day = today(reading, outlet)
    if day is None:
        raise NotAllowed(say("The business day is not open. A supervisor opens it."))
    return handwritten.checked(reading, outlet, slip, day.business_date)
