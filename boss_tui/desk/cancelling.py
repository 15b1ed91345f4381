"""Taking an order back: cancelling one that can't be completed, reversing one that is. Money back, all on the record.

What all businesses share is here: who may, the work orders, the money, the red-letter papers, the order's state, one
journal entry. What is special to a business is its `Transaction.cancel`, or `Transaction.reverse`. Nothing is deleted:
what was done is answered by its opposite. A cancelled order ends; a completed one stays, and an order of its own
reverses it. Source: business catalogue, process 3; domain-facts 6 (reversals) and 7 (red-letter).
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import bindparam, select

from boss_tui.answers.business import Outcome, PaperView, TenderWay
from boss_tui.business.process import Run, Transaction
from boss_tui.business.registry import BUSINESSES
from boss_tui.components.documents.paid_back import KIND as REFUND
from boss_tui.components.documents.red_letters import is_red_letter
from boss_tui.components.operators.access import note_access
from boss_tui.components.processes.kept_process import begun_now
from boss_tui.components.tenders.tenders import ways
from boss_tui.desk import order_view, shown
from boss_tui.desk.station import Operator
from boss_tui.forms.typed import yuan
from boss_tui.network import cancelling as at_network
from boss_tui.network import outstanding, rows
from data.clock import moment, new_key, stamp
from data.errors import NotAllowed
from data.journal import canonical
from data.message import Message, say
from data.parameters import APPROVAL_MINUTES
from data.store import Reading, UnitOfWork
from data.tables.document import PaperDocument
from data.tables.finance import Payment, PaymentTender
from data.tables.order import ProductOrder, Subscription

STOPS = "C6"
"""The business whose orders say what a line is barred for."""
STEP, REVERSAL = "cancellation", "reversal"
_ENDED = {"cancelled": say("The order is cancelled already.")}

_orders = ProductOrder.table()
_LATER = select(*_orders.c).where(
    _orders.c.subscription_id == bindparam("subscription"),
    _orders.c.created_at > bindparam("moment"),
    _orders.c.state.not_in(("cancelled", "rejected", "failed")),
)


def approved_until(tx: UnitOfWork) -> str:
    """Until when an approval that is given now holds, as stored."""
    return stamp(tx.present() + timedelta(minutes=APPROVAL_MINUTES.of(tx)))


def why_not(
    reading: Reading, order: ProductOrder, outlet: str, person: Operator | None = None, today: str = ""
) -> Message | None:
    """Why an order can't be taken back at an outlet, by a person, on a business date; None when it can."""
    if order.outlet != outlet:
        return say("This is an order of outlet {outlet}.", outlet=order.outlet)
    if order.state not in {"inProgress", "pending", "completed", "failed"}:
        return _ENDED.get(order.state, say("Only an order in progress can be cancelled."))
    business = BUSINESSES.get(order.business)
    if order.reverses is not None:
        return say("This order takes another one back: it stays.")
    if business is not None and order.state == "completed" and business.reversal.until != "never":
        return _too_late(reading, order, business, person, today)
    if business is None or not business.can_be_cancelled:
        return say("{business} can't be cancelled.", business=business.name if business else order.business)
    return _with_the_network(reading, order, business, today)


def _with_the_network(
    reading: Reading, order: ProductOrder, business: Transaction[Any, Any], today: str
) -> Message | None:
    """Why an order can't be cancelled, as far as the network has it."""
    done = order.state == "completed"
    refusal = say("The order is completed.") if done else at_network.in_the_way(reading, order.id)
    if refusal == at_network.DONE and business.reversal.until == "day" and order.business_date == today:
        return say("{why} Once the order is completed, a supervisor can take it back until the day ends.", why=refusal)
    if done or refusal == at_network.DONE:
        return say("{why} {instead}", why=refusal, instead=business.instead)
    return refusal


def _too_late(
    reading: Reading, order: ProductOrder, business: Transaction[Any, Any], person: Operator | None, today: str
) -> Message | None:
    """Why a completed order can't be reversed any more."""
    rule = business.reversal
    if rule.until == "day" and today and order.business_date != today:
        refusal = say("It can be taken back on its own business date only, {date}.", date=order.business_date)
        return say("{why} {instead}", why=refusal, instead=business.instead) if business.instead.template else refusal
    if rule.minutes and reading.present() > moment(order.created_at) + timedelta(minutes=rule.minutes):
        refusal = say("It can be taken back on the spot only, within {n} {n:minute|minutes}.", n=rule.minutes)
        return say("{why} {instead}", why=refusal, instead=business.instead)
    if rule.same_operator and person and not person.supervises and person.staff_no != order.operator:
        return say("Only {operator}, who did it, or a supervisor can take it back.", operator=order.operator)
    following = reading.models(ProductOrder, _LATER, subscription=order.subscription_id, moment=order.created_at)
    later = [o for o in following if o.id != order.id and o.reverses is None and reversed_by(reading, o) is None]
    if order.subscription_id and later:
        return say("Order {serial} came after it on the same number: take that back first.", serial=later[0].serial)
    return None


def reversed_by(reading: Reading, order: ProductOrder) -> ProductOrder | None:
    """The order that reverses one, if any."""
    return reading.find(ProductOrder, reverses=order.id)


def take_back(run: Run, order: ProductOrder, reason: str, supervisor: str) -> None:
    """Cancel an order in progress, or reverse a completed one, in the transaction of the run."""
    undo = _reverse if order.state == "completed" else _undo
    undo(run, order, reason, supervisor)


def _undo(run: Run, order: ProductOrder, reason: str, supervisor: str) -> None:
    """Everything of the cancellation, in the transaction of the run."""
    tx, context = run.context.tx, run.context
    refusals = [refused for refused in run.operators.may() if refused.verdict == "no"]
    if refusals:
        raise NotAllowed(refusals[0].message)
    at_network.cancel(tx, order.id, context.operator, reason)
    run.network.called_off()
    run.accounts.reverse_holds(order.id)
    run.documents.red_letter(reason, run.finance.refund(reason))
    BUSINESSES[order.business].cancel(run, order)
    run.statistics.taken_back(order.id)
    run.statistics.count("cancelled", -order.amount)
    context.shown = shown.of_order(order)
    run.operators.grant(STEP, supervisor, approved_until(tx))
    before = [staff_no for staff_no in order.approved_by.split(",") if staff_no]
    approved_by = ",".join(sorted({*before, run.operators.use_grants()}))
    tx.change(order, state="cancelled", approved_by=approved_by)
    note_access(tx, order_view.CANCELLED, order.serial, reason)
    run.processes.record(STEP)
    _agree(run, order)


def _agree(run: Run, order: ProductOrder) -> None:
    """What the network must be told because an order is gone is an order of its own (catalogue C6): another one has
    barred the line for both of them together, and stands."""
    tx = run.context.tx
    line = tx.find(Subscription, id=order.subscription_id) if order.subscription_id else None
    if line is None or not (acts := outstanding.outstanding(tx, line, order.id)):
        return
    its = Run(run.context.but(business=STOPS, order_id=new_key(tx.clock), draft_id=new_key(tx.clock), trail=[]))
    made = tx.add(
        ProductOrder,
        id=its.context.order_id,
        serial=its.processes.serial(),
        outlet=order.outlet,
        counter=its.context.counter,
        operator=its.context.operator,
        business=STOPS,
        business_date=its.context.business_date,
        state="inProgress",
        draft_id=its.context.draft_id,
        customer_id=line.customer_id,
        subscription_id=line.id,
        form_json=canonical({"number": line.number}),
        touches="stop",
        created_at=tx.now(),
        **begun_now(tx, STOPS),
    )
    rows.order_more(tx, made, acts)
    its.statistics.count("accepted", 0)
    its.processes.record("acceptance")


def _reverse(run: Run, order: ProductOrder, reason: str, supervisor: str) -> None:
    """Everything of a reversal: an order of its own, in the transaction of the run, with the opposite of each entry."""
    tx, context = run.context.tx, run.context
    context.order_id, context.draft_id, context.serial = new_key(tx.clock), new_key(tx.clock), run.processes.serial()
    tx.add(
        ProductOrder,
        id=context.order_id,
        serial=context.serial,
        outlet=context.outlet,
        counter=context.counter,
        operator=context.operator,
        business=order.business,
        business_date=context.business_date,
        state="inProgress",
        draft_id=context.draft_id,
        customer_id=order.customer_id,
        subscription_id=order.subscription_id,
        amount=-order.amount,
        form_json=order.form_json,
        touches=order.touches,
        created_at=tx.now(),
        reverses=order.id,
        **begun_now(tx, order.business),
    )
    run.accounts.reverse_holds(order.id)
    run.documents.red_letter(reason, run.finance.refund(reason, order.id), order.id)
    works = BUSINESSES[order.business].reverse(run, order)
    run.statistics.taken_back(order.id)
    run.statistics.count("reversed", -order.amount)
    context.shown = shown.of_order(order)
    run.operators.grant(REVERSAL, supervisor, approved_until(tx))
    ended: dict[str, str] = {} if works else {"state": "completed", "completed_at": tx.now()}
    tx.change(tx.one(ProductOrder, id=context.order_id), approved_by=run.operators.use_grants(), **ended)
    note_access(tx, REVERSAL, order.serial, reason)
    run.processes.record("acceptance")


def brought(reading: Reading, order: ProductOrder) -> Outcome:
    """What a cancellation brought, from what it left: the same whenever it is asked for."""
    back = _given_back(reading, order)
    known = ways(reading)
    cash = -sum(tender.amount for tender in back if tender.kind in known and known[tender.kind].drawer)
    due = sum(tender.amount for tender in back)
    facts = {
        "back": [{"kind": t.kind, "amount": -t.amount, "reference": t.reference} for t in back],
        "told": [_told(known.get(t.kind), t) for t in back],
        "approved_by": order.approved_by,
    }
    change = max(cash, 0)  # of what is taken in again nothing goes out
    return Outcome(
        order.id,
        order.serial,
        order.business,
        order.state,
        due,
        due + change,
        change,
        _papers(reading, order),
        facts,
        order_view.title(order),
    )


def _told(way: TenderWay | None, tender: PaymentTender) -> Message:
    """What the clerk does about one tender: give it back, take it in again, or nothing."""
    name, amount = way.name if way else tender.kind, yuan(abs(tender.amount))
    if tender.amount > 0:
        return say("Take from the customer: {way} {yuan}", way=name, yuan=amount)
    if way is not None and way.provider:
        return say("Goes back by itself: {way} {yuan}", way=name, yuan=amount)
    if way is not None and not way.digit:
        return say("Entered back: {way} {yuan}", way=name, yuan=amount)
    return say("Give back: {way} {yuan} {reference}", way=name, yuan=amount, reference=tender.reference)


def _given_back(reading: Reading, order: ProductOrder) -> list[PaymentTender]:
    payments = reading.all(Payment, order_id=order.id, order=("id",))
    back = [payment for payment in payments if order.reverses or payment.due * order.amount < 0]
    return [t for payment in back for t in reading.all(PaymentTender, payment_id=payment.id, order=("line",))]


def _papers(reading: Reading, order: ProductOrder) -> tuple[PaperView, ...]:
    """The red-letter papers of an order, and its refund voucher."""
    rows = reading.all(PaperDocument, order_id=order.id)
    red = {row.id for row in rows if is_red_letter(row)}  # those of a reversing order, too, are nothing else
    return tuple(paper for paper in order_view.papers(reading, order.serial) if paper.id in red or paper.kind == REFUND)
