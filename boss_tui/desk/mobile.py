"""Mobile payment at the desk: the customer's code is scanned, their provider asked, and waited for; never offline.

Whom was asked for what is on disk before it is asked. No call waits for the customer: the payment box asks again every
few seconds, and may be left; what nobody waits for any more is closed beside the desk (`payments.closing`).
"""

from __future__ import annotations

from dataclasses import replace

from boss_tui.answers import MobileView, TenderWay
from boss_tui.components.mobile import FINAL, order_number, settle, view
from boss_tui.components.till import no_drawer, own_shift
from boss_tui.desk.paying import Paying
from boss_tui.payments.codes import cleaned, provider_of
from boss_tui.payments.gateway import Answer, Gateway
from data.errors import NotAllowed, Outside
from data.message import say
from data.store import Reading
from data.tables.mobile import MobilePayment

KIND = "payment.ask"


class MobilePaying(Paying):
    """The part of the desk that takes mobile payment, where the home has a gateway for it."""

    gateway: Gateway | None = None

    def tender_ways(self) -> tuple[TenderWay, ...]:
        """The ways of paying, with why one can't be taken now."""
        return tuple(self._closed(way) for way in super().tender_ways())

    def _closed(self, way: TenderWay) -> TenderWay:
        if way.provider and way.closed is None and self.gateway is None:
            return replace(way, closed=say("No payment service is set up here."))
        return way

    def ask_payment(self, draft_id: str, amount: int, code: str) -> MobileView:
        """Ask the provider whose code (`code`, as it was scanned) the customer shows for so many fen.

        Answers how it stands: asked while the customer confirms, paid, or closed. NotAllowed: it is no payment code, or
        it can't be taken here and now.
        """
        way, number = self._asked_way(code, amount)
        with self._writing(KIND) as tx:
            self.must_be_sure(tx)
            draft = self._paid_for(tx, draft_id)[0]
            if own_shift(tx, self._station.counter, self._person(tx).staff_no) is None:
                raise NotAllowed(no_drawer(tx, self._station.counter), field="tenders")
            row = tx.add(
                MobilePayment, order_no=order_number(tx), outlet=self._station.outlet, counter=self._station.counter,
                operator=self._person().staff_no, business_date=tx.author.business_date, kind=way.code,
                provider=way.provider, amount=amount, draft_id=draft.id, code_end=number[-4:], asked_at=tx.now(),
            )  # fmt: skip
        assert self.gateway is not None
        try:
            answer = self.gateway.ask(row.order_no, way.provider, amount, number)
        except Outside:
            answer = Answer("waiting")  # it may have arrived: only a query tells
        return self._settled(row.order_no, answer)

    def _asked_way(self, code: str, amount: int) -> tuple[TenderWay, str]:
        number, provider = cleaned(code), provider_of(code)
        way = next((way for way in self.tender_ways() if provider and way.provider == provider), None)
        if way is None:
            raise NotAllowed(say("This is no payment code."), field="reference")
        if way.closed is not None:
            raise NotAllowed(way.closed, field="kind")
        if amount <= 0:
            raise NotAllowed(say("An amount above zero."), field="amount")
        return way, number

    def look_at_payment(self, order_no: str) -> MobileView:
        """How a payment stands now; its provider is asked while that is not final."""
        with self._store.reading() as reading:
            row = self._payment(reading, order_no)
        if row.state in FINAL or self.gateway is None:
            return view(row)
        try:
            answer = self.gateway.query(order_no)
        except Outside:
            answer = Answer("waiting")
        return self._settled(order_no, answer)

    def drop_payment(self, order_no: str) -> None:
        """Nobody waits for it any more, or its money is not wanted: it is reversed beside the desk, paid or not.

        NotAllowed: an order has it; then the order is taken back.
        """
        with self._writing(KIND) as tx:
            row = self._payment(tx, order_no)
            if row.booked:
                raise NotAllowed(say("An order has this payment: take the order back."))
            if row.state in {"asked", "unknown", "paid"}:
                state = row.state if row.state == "paid" else "unknown"
                tx.change(row, dropped=1, state=state)

    def _payment(self, reading: Reading, order_no: str) -> MobilePayment:
        self._person()
        return reading.one(MobilePayment, order_no=order_no, outlet=self._station.outlet)

    def _settled(self, order_no: str, answer: Answer) -> MobileView:
        with self._writing(KIND) as tx:
            row = tx.one(MobilePayment, order_no=order_no)
            return view(settle(tx, row, answer.state, answer.transaction_no, answer.reason))
