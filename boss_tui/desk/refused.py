"""What a service refused after it was done: each way out is the business that it is, with a supervisor's word.

Stop the line (C6, outgoing calls, until the identity is confirmed); call the customer in (A2, and the task stays open);
take the order back, with its money; or let it stand, and say why. What was stopped or taken back before the task was
settled (a crash, another counter) settles it.
"""

from __future__ import annotations

from boss_tui.components.till.cash_limits import APPROVED_BY
from boss_tui.desk.approving import Approving
from boss_tui.desk.cancelling import reversed_by
from boss_tui.desk.filling import Forms
from boss_tui.desk.orders import Orders
from boss_tui.desk.refused_items import CALL_IN, KIND, STANDS, STOP, UNDO
from boss_tui.desk.runs import Runs
from boss_tui.desk.seat import Seat
from data.errors import NotAllowed
from data.message import say
from data.parameters import FOLLOW_UP_DAYS
from data.tables.eligibility import InterfaceAnswer
from data.tables.life import Suspension
from data.tables.order import ProductOrder, Subscription

CAUSE = "identity"
_STOPPED = ("planned", "running")


class RefusedLater:
    """The part of the desk that sees to what services refused afterwards."""

    def __init__(self, seat: Seat, forms: Forms, approvals: Approving, orders: Orders, runs: Runs) -> None:
        self._seat, self._forms, self._approvals, self._orders, self._runs = seat, forms, approvals, orders, runs

    def settle(self, key: str, way: str, words: str, approver: str, password: str, approved_by: str) -> None:
        """Do it. NotAllowed: it is settled already; words, or a supervisor's word, are missing; the business that it is
        can't be done. `approved_by`: the supervisor whose sign-on was checked."""
        with self._seat.reading() as reading:
            row = reading.one(InterfaceAnswer, id=key)
            order = reading.one(ProductOrder, id=row.order_id)
        if row.state != "refused":
            raise NotAllowed(say("This is settled already."))
        if way in (CALL_IN, UNDO, STANDS) and not words.strip():
            raise NotAllowed(say("Say why, or what was agreed."), field="words")
        if way == CALL_IN:
            self._call_in(row, order, words)
            return
        if way not in (STOP, UNDO, STANDS):
            raise NotAllowed(say("This can't be done here."))
        if not approver and (way == UNDO or not self._seat.person().supervises):
            raise NotAllowed(say("A supervisor decides that."), field=APPROVED_BY)
        if way == STOP:
            words = self._stop(row, order, approver, password)
        elif way == UNDO:
            words = self._undo(order, words, approver, password)
        self._settled(row.id, way, words, approved_by)

    def _call_in(self, row: InterfaceAnswer, order: ProductOrder, words: str) -> None:
        with self._seat.writing(f"settle.{KIND}") as tx:
            run = self._runs.of_order(tx, order)
            if order.customer_id:
                run.service.call_back(order.customer_id, FOLLOW_UP_DAYS.of(tx, order.business), row.interface)
            tx.change(tx.one(InterfaceAnswer, id=row.id), way=CALL_IN, words=words.strip())

    def _stop(self, row: InterfaceAnswer, order: ProductOrder, approver: str, password: str) -> str:
        """A C6 of its own; its serial. One that stands already is not done again."""
        with self._seat.reading() as reading:
            line = reading.one(Subscription, id=order.subscription_id)
            stopped = reading.all(Suspension, subscription_id=line.id, cause=CAUSE)
            serials = [reading.one(ProductOrder, id=one.order_id).serial for one in stopped if one.state in _STOPPED]
        if serials:
            return serials[0]
        typed = {
            "number": line.number,
            "action": "suspend",
            "cause": CAUSE,
            "reason": row.later_reason or row.interface,
        }
        view = self._forms.begin("C6", typed)
        try:
            if view.qualification.verdict == "override":
                self._approvals.approve(view.id, approver, password, seen=view.shown)
            return self._orders.complete(view.id, []).serial
        except BaseException:
            self._forms.abandon(view.id)
            raise

    def _undo(self, order: ProductOrder, words: str, approver: str, password: str) -> str:
        with self._seat.reading() as reading:
            done = reversed_by(reading, order)
        if done is None and order.state != "cancelled":
            self._orders.cancel(order.serial, words, approver, password)
        return words

    def _settled(self, key: str, way: str, words: str, approved_by: str) -> None:
        with self._seat.writing(f"settle.{KIND}") as tx:
            row = tx.one(InterfaceAnswer, id=key)
            if row.state == "refused":
                by = approved_by or tx.author.operator
                tx.change(row, state="settled", way=way, words=words.strip(), settled_by=by, settled_at=tx.now())
