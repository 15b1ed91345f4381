"""Mobile payment at the desk: the customer's code is scanned, their provider asked, and waited for; never offline.

Whom was asked for what is on disk before it is asked. No call waits for the customer: the payment box asks again every
few seconds, and may be left; what nobody waits for any more is closed beside the desk (`payments.closing`).
"""

from __future__ import annotations

from boss_tui.answers.business import MobileView, TenderWay
from boss_tui.components.finance.mobile import FINAL, order_number, settle, view
from boss_tui.components.till.shifts import no_drawer, own_shift
from boss_tui.desk.paying import Paying
from boss_tui.desk.seat import Seat
from boss_tui.desk.trusting import Trust
from boss_tui.payments.codes import cleaned, provider_of
from boss_tui.payments.gateway import Answer
from data.errors import NotAllowed, Outside
from data.message import say
from data.store import Reading
from data.tables.mobile import MobilePayment

KIND = "payment.ask"


class MobilePaying:
    """The part of the desk that takes mobile payment, where the home has a gateway for it."""

    def __init__(self, seat: Seat, trust: Trust, paying: Paying) -> None:
        self._seat, self._trust, self._paying = seat, trust, paying

    def ask(self, draft_id: str, amount: int, code: str) -> MobileView:
        """Ask the provider whose code (`code`, as it was scanned) the customer shows for so many fen.

        Answers how it stands: asked while the customer confirms, paid, or closed. NotAllowed: it is no payment code, or
        it can't be taken here and now.
        """
        way, number = self._asked_way(code, amount)
        with self._seat.writing(KIND) as tx:
            self._trust.must_be_sure(tx)
            draft = self._paying.paid_for(tx, draft_id)[0]
            if own_shift(tx, self._seat.station.counter, self._seat.person(tx).staff_no) is None:
                raise NotAllowed(no_drawer(tx, self._seat.station.counter), field="tenders")
            row = tx.add(
                MobilePayment,
                order_no=order_number(tx),
                outlet=tx.author.outlet,
                counter=tx.author.counter,
                operator=self._seat.person().staff_no,
                business_date=tx.author.business_date,
                kind=way.code,
                provider=way.provider,
                amount=amount,
                draft_id=draft.id,
                code_end=number[-4:],
                asked_at=tx.now(),
            )
        assert self._seat.gateway is not None
        try:
            answer = self._seat.gateway.ask(row.order_no, way.provider, amount, number)
        except Outside:
            answer = Answer("waiting")  # it may have arrived: only a query tells
        return self._settled(row.order_no, answer)

    def _asked_way(self, code: str, amount: int) -> tuple[TenderWay, str]:
        number, provider = cleaned(code), provider_of(code)
        way = next((way for way in self._paying.tender_ways() if provider and way.provider == provider), None)
        if way is None:
            raise NotAllowed(say("This is no payment code."), field="reference")
        if way.closed is not None:
            raise NotAllowed(way.closed, field="kind")
        if amount <= 0:
            raise NotAllowed(say("An amount above 0."), field="amount")
        return way, number

    def look_at(self, order_no: str) -> MobileView:
        """How a payment stands now; its provider is asked while that is not final."""
        with self._seat.store.reading() as reading:
            row = self._payment(reading, order_no)
        if row.state in FINAL or self._seat.gateway is None:
            return view(row)
        try:
            answer = self._seat.gateway.query(order_no)
        except Outside:
            answer = Answer("waiting")
        return self._settled(order_no, answer)

    def drop(self, order_no: str) -> None:
        """Nobody waits for it any more, or its money is not wanted: it is reversed beside the desk, paid or not.

        NotAllowed: an order has it; then the order is taken back.
        """
        with self._seat.writing(KIND) as tx:
            row = self._payment(tx, order_no)
            if row.booked:
                raise NotAllowed(say("An order has this payment: take the order back."))
            if row.state in {"asked", "unknown", "paid"}:
                state = row.state if row.state == "paid" else "unknown"
                tx.change(row, dropped=1, state=state)

    def _payment(self, reading: Reading, order_no: str) -> MobilePayment:
        self._seat.person()
        return reading.one(MobilePayment, order_no=order_no, outlet=self._seat.station.outlet)

    def _settled(self, order_no: str, answer: Answer) -> MobileView:
        with self._seat.writing(KIND) as tx:
            row = tx.one(MobilePayment, order_no=order_no)
            return view(settle(tx, row, answer.state, answer.transaction_no, answer.reason))
