"""Orders: what is filled in is done, paid for and put on record, and taken back by a supervisor's word.

One transaction each time: all of it, or nothing.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from msgspec.structs import replace

from boss_tui.answers.business import Outcome, Qualification, Tender
from boss_tui.business.process import Done, Run, Transaction
from boss_tui.components import extra_fields
from boss_tui.components.documents import handwritten
from boss_tui.components.finance.mobile import book
from boss_tui.components.operators import authorities
from boss_tui.components.processes import touching
from boss_tui.components.processes.kept_process import of_order
from boss_tui.components.resources.reservations import release
from boss_tui.components.tenders.tenders import ways, without_rest
from boss_tui.desk import drafts, order_view, shown
from boss_tui.desk.asking import Asking, Unasked
from boss_tui.desk.cancelling import STEP, brought, reversed_by, take_back, why_not
from boss_tui.desk.runs import Runs, business, settle_reasons
from boss_tui.desk.seat import Seat
from boss_tui.desk.supervisors import Supervisors
from boss_tui.desk.trusting import Trust
from data.clock import new_key
from data.errors import BadForm, NeedsApproval, NotAllowed
from data.message import say
from data.parameters import PROOF_MINUTES
from data.store import Reading, UnitOfWork
from data.tables.order import Draft, ProductOrder


class Orders:
    """The part of the desk that does what was filled in, and takes it back."""

    def __init__(self, seat: Seat, trust: Trust, supervisors: Supervisors, runs: Runs, asking: Asking) -> None:
        self._seat, self._trust, self._supervisors, self._runs = seat, trust, supervisors, runs
        self.asking = asking

    def complete(self, draft_id: str, tenders: Sequence[Tender]) -> Outcome:
        """Do it: one transaction. BadForm, NotAllowed and the others leave the draft as it was.

        A draft that is done already answers with what it brought the first time. What services must be asked first is
        asked outside of that transaction.
        """
        return self.asking.once_asked(lambda: self._complete(draft_id, tenders))

    def _complete(self, draft_id: str, tenders: Sequence[Tender]) -> Outcome:
        with self._seat.writing("") as tx:
            done = _done_before(tx, draft_id)
            if done is not None:
                return done
            draft = drafts.current(tx, draft_id)
            tx.author.kind = draft.code
            run, outcome = self.perform(tx, draft, tenders)
            tx.author.serial, tx.author.trail = run.context.serial, run.context.trail
            present, lasts = tx.present(), timedelta(minutes=PROOF_MINUTES.of(tx))
        if outcome.customer_id:
            number = str(outcome.facts.get("number") or "")
            self._seat.in_view.come(outcome.customer_id, number, present, lasts, draft_id=draft_id)
        return outcome_of(run, draft, outcome)

    def perform(
        self, tx: UnitOfWork, draft: Draft, tenders: Sequence[Tender], collection: str = "", serial: str = ""
    ) -> tuple[Run, Done]:
        """One draft, within a transaction: looked through once more, done, written down. `serial`: if not the next."""
        self._trust.must_be_sure(tx)
        found = business(draft.code)
        run = self._runs.over(tx, found, draft)
        form = self._runs.read(run, found)
        run.context.order_id, run.context.serial = new_key(tx.clock), serial or run.processes.serial()
        run.context.collection = collection
        case = found.fill(run, form)
        settle_reasons(run, tenders)
        if run.errors:
            raise BadForm(run.errors)
        if run.context.unasked and run.qualification.verdict != "no":
            raise Unasked(draft.id, run.context.unasked)
        _must_qualify(run.qualification)
        approver = authorities.use(tx, run.authority, draft.code).supervisor if run.authority else ""
        rest, handed = without_rest(tenders)
        if rest:
            _keep(found, run, case, rest)
        if not collection:
            book(tx, handed, ways(tx), {draft.id})
        run.context.noted = extra_fields.facts(form, run.extras)
        outcome = found.perform(run, form, case, handed)
        run.context.paid_out = shown.paid_out(run.quote, tenders)
        _must_cover(run)
        if not run.context.online:
            tx.more["offline"] = True
        order = _write_order(tx, run, draft, outcome, approver)
        if run.context.asked:
            run.eligibility.record()
        extra_fields.keep(run.context, form, run.extras)
        if outcome.state == "completed":
            found.finish(run, order)
        run.statistics.sold(found.begins(run, form, case), run.quote)
        run.processes.record("acceptance")
        if "F5" not in found.empty:
            release(tx, draft.id)  # what was held for something that was not wanted in the end
        tx.change(draft, state="completed", order_id=run.context.order_id, touched_at=tx.now())
        return run, outcome

    def cancel(self, serial: str, reason: str, staff_no: str, password: str, seen: str = "") -> Outcome:
        """Cancel an order in progress, or reverse a completed one, in one transaction, with a supervisor's own sign-on.

        The money goes back in the kinds of tender that it came in; cash out of this counter's till. `due` of the
        outcome is what was given back, as a negative amount; `change` is the part of it to be counted out in cash.
        An order that was taken back already answers with what that brought. `seen`: the digest (`OrderView.shown`) of
        the order that the supervisor was shown; NotAllowed when it has changed since. That and the others leave
        everything as it was.
        """
        person = self._seat.person()
        if not reason.strip():
            raise NotAllowed(say("Say why the order is cancelled."), field="reason")
        supervisor = self._supervisors.other(staff_no, password)
        with self._seat.store.reading() as reading:
            code = reading.one(ProductOrder, serial=serial).business
        with self._seat.writing(f"{code}.{STEP}") as tx:
            order = tx.one(ProductOrder, serial=serial)
            if order.state != "cancelled" and reversed_by(tx, order) is None:
                self._trust.must_be_sure(tx)
                if seen and seen != shown.of_order(order):
                    raise NotAllowed(shown.CHANGED)
                refusal = why_not(tx, order, self._seat.station.outlet, person, tx.author.business_date)
                if refusal:
                    raise NotAllowed(refusal)
                run = self._runs.of_order(tx, order)
                take_back(run, order, reason.strip(), supervisor)
                tx.author.serial, tx.author.trail = run.context.serial, run.context.trail
            order = tx.one(ProductOrder, serial=serial)
            return brought(tx, reversed_by(tx, order) or order)


def _done_before(reading: Reading, draft_id: str) -> Outcome | None:
    """What a draft that is completed already brought the first time."""
    draft = reading.find(Draft, id=draft_id)
    if draft is None or draft.state != "completed" or not draft.order_id:
        return None
    order = reading.one(ProductOrder, id=draft.order_id)
    shown = tuple(order_view.papers(reading, order.serial))
    return Outcome(
        order.id,
        order.serial,
        order.business,
        order.state,
        order.amount,
        order.amount,
        0,
        shown,
        title=order_view.title(order),
    )


def _write_order(tx: UnitOfWork, run: Run, draft: Draft, done: Done, approver: str) -> ProductOrder:
    context, secret = run.context, drafts.secret_fields(draft.code)
    shown = {name: value for name, value in run.typed.items() if name not in secret}
    now, approved_by = tx.now(), ",".join(filter(None, (run.operators.use_grants(), approver)))
    if approved_by:
        run.statistics.count("approved", done.amount)
    order = tx.add(
        ProductOrder,
        id=context.order_id,
        serial=context.serial,
        outlet=context.outlet,
        counter=context.counter,
        operator=context.operator,
        business=draft.code,
        business_date=context.business_date,
        state=done.state,
        draft_id=draft.id,
        customer_id=done.customer_id,
        subscription_id=done.subscription_id,
        amount=done.amount,
        form_json=json.dumps(shown, ensure_ascii=False),
        created_at=now,
        completed_at=now if done.state == "completed" else "",
        collection=context.collection,
        touches=touching.stored(run.touches),
        approved_by=approved_by,
        hand_slip=context.slip.number if context.slip else "",
        **of_order(run.processes.kept),
    )
    handwritten.note_entered(context)
    if context.slip:
        run.statistics.count("entered_later", done.amount)
    return order


def _keep(found: Transaction[Any, Any], run: Run, case: Any, rest: int) -> None:
    """Put a rest of the change into the customer's balance: one line more, and so much more is due."""
    line = found.rest_line(run, case, rest)
    if line is None:
        raise NotAllowed(say("There is no balance here that the rest could go into."), field="tenders")
    run.quote = replace(run.quote, lines=(*run.quote.lines, line))


def _must_qualify(qualification: Qualification) -> None:
    reasons = tuple(reason.message for reason in qualification.reasons)
    if qualification.verdict == "no":
        raise NotAllowed(reasons[0], reasons=reasons)
    if qualification.verdict == "override":
        raise NeedsApproval(say("A supervisor must approve this: {reason}", reason=reasons[0]), reasons=reasons)


def _must_cover(run: Run) -> None:
    """NeedsApproval when money goes out another way than the one that was approved."""
    if run.allowed - run.operators.granted():
        way = say("It is paid out another way than was approved: a supervisor must approve that.")
        raise NeedsApproval(way, field="tenders")


def outcome_of(run: Run, draft: Draft, done: Done) -> Outcome:
    """What a draft that was done has brought."""
    title = handwritten.marked(
        business(draft.code).titled(run.typed), run.context.slip.number if run.context.slip else ""
    )
    return Outcome(
        run.context.order_id,
        run.context.serial,
        draft.code,
        done.state,
        done.amount,
        done.tendered,
        done.change,
        done.papers,
        {"customer_id": done.customer_id, **done.facts},
        title,
    )
