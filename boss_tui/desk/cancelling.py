"""Cancelling an order that can't be completed: resources released, money given back, all on the record.

What all businesses share is here: who may, the work orders, the money, the red-letter papers, the order's state, one
journal entry. What is special to a business is its `Transaction.cancel`. Nothing is deleted: what was done is answered
by its opposite. Source: business catalogue, process 3; domain-facts 6 (reversals) and 7 (red-letter).
"""

from __future__ import annotations

from boss_tui.answers import Outcome, PaperView
from boss_tui.components.base import Context
from boss_tui.components.documents import is_red_letter
from boss_tui.desk import lookups
from boss_tui.desk.staff import sign_on
from boss_tui.desk.working import Working
from boss_tui.network import calling_off
from boss_tui.process import BUSINESSES, Run
from data.clock import new_key
from data.errors import NotAllowed
from data.message import Message, say
from data.store import Reading, UnitOfWork
from data.tables.document import PaperDocument
from data.tables.finance import Payment, PaymentTender
from data.tables.order import ProductOrder
from data.tables.sync import AccessLog

STEP = "cancellation"
_ENDED = {"cancelled": say("The order is cancelled already.")}


class Cancelling(Working):
    """The part of the desk that cancels orders."""

    def cancel(self, serial: str, reason: str, staff_no: str, password: str) -> Outcome:
        """Cancel an order in progress, in one transaction, with a supervisor's own sign-on.

        The money goes back in the kinds of tender that it came in; cash out of this counter's till. `due` of the
        outcome is what was given back, as a negative amount; `change` is the part of it to be counted out in cash.
        An order that is cancelled already answers with what the first cancellation brought. NotAllowed and the others
        leave everything as it was.
        """
        person = self._person()
        if not reason.strip():
            raise NotAllowed(say("Say why the order is cancelled."), field="reason")
        supervisor = sign_on(self._store, self._station, staff_no, password, kind="approve")
        if supervisor.role not in {"supervisor", "manager"} or supervisor.staff_no == person.staff_no:
            raise NotAllowed(say("Another person who is a supervisor must approve."), field="staff_no")
        with self._store.reading() as reading:
            business = reading.one(ProductOrder, serial=serial).business
        with self._writing(f"{business}.{STEP}") as tx:
            order = tx.one(ProductOrder, serial=serial)
            if order.state != "cancelled":
                refusal = why_not(tx, order, self._station.outlet)
                if refusal:
                    raise NotAllowed(refusal)
                run = Run(self._of(tx, order))
                _undo(run, order, reason.strip(), supervisor.staff_no)
                tx.author.serial, tx.author.trail = order.serial, run.context.trail
            return _brought(tx, tx.one(ProductOrder, serial=serial))

    def _of(self, tx: UnitOfWork, order: ProductOrder) -> Context:
        """The context of this counter, about an order that is there already."""
        context = self._context(tx, order.business)
        context.draft_id, context.order_id, context.serial = order.draft_id, order.id, order.serial
        return context


def why_not(reading: Reading, order: ProductOrder, outlet: str) -> Message | None:
    """Why an order can't be cancelled at an outlet; None when it can."""
    if order.outlet != outlet:
        return say("This is an order of outlet {outlet}.", outlet=order.outlet)
    if order.state not in {"inProgress", "completed"}:
        return _ENDED.get(order.state, say("Only an order in progress can be cancelled."))
    business = BUSINESSES.get(order.business)
    if business is None or not business.can_be_cancelled:
        return say("{business} can't be cancelled.", business=business.name if business else order.business)
    done = order.state == "completed"
    refusal = say("The order is completed.") if done else calling_off.in_the_way(reading, order.id)
    if done or refusal == calling_off.DONE:
        return say("{why} {instead}", why=refusal, instead=business.instead)
    return refusal


def _undo(run: Run, order: ProductOrder, reason: str, supervisor: str) -> None:
    """Everything of the cancellation, in the transaction of the run."""
    tx, context = run.context.tx, run.context
    refusals = [refused for refused in run.operators.may() if refused.verdict == "no"]
    if refusals:
        raise NotAllowed(refusals[0].message)
    calling_off.call_off(tx, order.id, context.operator, reason)
    run.network.called_off()
    run.documents.red_letter(reason, run.finance.give_back(reason))
    BUSINESSES[order.business].cancel(run, order)
    run.statistics.count("cancelled", -order.amount)
    run.operators.grant(STEP, supervisor, tx.now())
    tx.change(order, state="cancelled", approved_by=run.operators.use_grants())
    tx.add(
        AccessLog, id=new_key(tx.clock), operator=context.operator, act=lookups.CANCELLED, subject=order.serial,
        reason=reason, made_at=tx.now(),
    )  # fmt: skip
    run.processes.record(STEP)


def _brought(reading: Reading, order: ProductOrder) -> Outcome:
    """What a cancellation brought, from what it left: the same whenever it is asked for."""
    back = _given_back(reading, order)
    cash = -sum(tender.amount for tender in back if tender.kind == "cash")
    due = sum(tender.amount for tender in back)
    facts = {
        "back": [{"kind": t.kind, "amount": -t.amount, "reference": t.reference} for t in back],
        "approved_by": order.approved_by,
    }
    return Outcome(
        order.id, order.serial, order.business, order.state, due, due + cash, cash, _papers(reading, order), facts
    )


def _given_back(reading: Reading, order: ProductOrder) -> list[PaymentTender]:
    payments = reading.all(Payment, order_id=order.id, order=("id",))
    back = [payment for payment in payments if payment.due * order.amount < 0]
    return [t for payment in back for t in reading.all(PaymentTender, payment_id=payment.id, order=("line",))]


def _papers(reading: Reading, order: ProductOrder) -> tuple[PaperView, ...]:
    """The red-letter papers of an order."""
    rows = reading.all(PaperDocument, order_id=order.id)
    red = {row.id for row in rows if is_red_letter(row)}
    return tuple(paper for paper in lookups.papers(reading, order.serial) if paper.id in red)
