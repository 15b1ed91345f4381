"""Completing: what is filled in is done, paid for and put on record; one business, or several of a customer in one go.

One transaction each time: all of it, or nothing. Several in one go (合并办理) wait in the counter's basket, and have
one payment and one receipt; orders and invoices stay apart, so that each can be taken back alone. Each is looked at as
those before it in the basket will have left the book: they are done for that, and undone again (`_rehearsed`).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from typing import Any

import boss_tui.transactions  # noqa: F401 (fills the table of businesses)
from boss_tui.answers import Basket, Collected, Notice, Outcome, Qualification, Quote, Tender
from boss_tui.components import authorities, handwritten, touching
from boss_tui.components.mobile import book
from boss_tui.components.references import check_unused
from boss_tui.components.resources import release
from boss_tui.components.tenders import REST, check_tenders, net_of_change, shared_out, ways, without_rest
from boss_tui.desk import drafts, lookups, offline, shown
from boss_tui.desk.approving import Approving, standing
from boss_tui.process import BUSINESSES, Done, Run, Transaction
from data.clock import new_key
from data.errors import BadForm, Expired, NeedsApproval, NotAllowed, NotFound
from data.message import say
from data.store import Reading, UnitOfWork
from data.tables.order import Draft, ProductOrder

BASKET = "collection"


class Completing(Approving):
    """The part of the desk that does what was filled in."""

    def complete(self, draft_id: str, tenders: Sequence[Tender]) -> Outcome:
        """Do it: one transaction. BadForm, NotAllowed and the others leave the draft as it was.

        A draft that is done already answers with what it brought the first time.
        """
        with self._store.reading() as reading:
            done = _done_before(reading, draft_id)
            if done is not None:
                return done
            draft = drafts.current(reading, draft_id)
        with self._writing(draft.code) as tx:
            draft = drafts.current(tx, draft_id)
            run, outcome = self._perform(tx, draft, tenders)
            tx.author.serial, tx.author.trail = run.context.serial, run.context.trail
            present = tx.present()
        if outcome.customer_id:
            number = str(outcome.facts.get("number") or "")
            self._in_view.come(outcome.customer_id, number, present, draft_id=draft_id)
        return _outcome(run, draft, outcome)

    def _perform(
        self, tx: UnitOfWork, draft: Draft, tenders: Sequence[Tender], collection: str = "", serial: str = ""
    ) -> tuple[Run, Done]:
        """One draft, within a transaction: looked through once more, done, written down. `serial`: if not the next."""
        self.must_be_sure(tx)
        found = business(draft.code)
        values = drafts.values_of(draft)
        form = found.form.read(values)
        run = self._run(tx, found, draft)
        run.context.order_id, run.context.serial = new_key(tx.clock), serial or run.processes.serial()
        run.context.collection = collection
        found.fill(run, form)
        self._settle_reasons(run, tenders)
        if run.errors:
            raise BadForm(run.errors)
        _must_qualify(run.qualification)
        approver = authorities.use(tx, run.authority, draft.code).supervisor if run.authority else ""
        rest, handed = without_rest(tenders)
        if rest:
            _keep(found, run, rest)
        if not collection:
            book(tx, handed, ways(tx), {draft.id})
        outcome = found.perform(run, form, handed)
        run.context.paid_out = shown.paid_out(run.quote, tenders)
        _must_cover(run)
        self._write_order(tx, run, draft, outcome, approver)
        if outcome.state == "completed":
            found.finish(run, tx.one(ProductOrder, id=run.context.order_id))
        run.statistics.sold(found.begins(run, form), run.quote)
        run.processes.record("acceptance")
        release(tx, draft.id)  # what was held for something that was not wanted in the end
        tx.change(draft, state="completed", order_id=run.context.order_id, touched_at=tx.now())
        return run, outcome

    # several in one go

    def collect(self, draft_id: str) -> Basket:
        """Put a form that is right and allowed into the counter's basket, to be paid with others in one go.

        NotAllowed: it pays money out, which is done by itself, or it could not be completed after those before it.
        """
        with self._writing("draft") as tx:
            draft = drafts.current(tx, draft_id)
            business(draft.code).form.read(drafts.values_of(draft))
            self._filled_in(tx, draft)
            quote = self._rehearsed(tx, [*self._collected(tx), draft], new=draft)[-1]
            if quote.due < 0:
                raise NotAllowed(say("This pays money out: complete it by itself."))
            tx.change(draft, state="held", collection=self._station.counter, touched_at=tx.now())
        return self.basket()

    def basket(self) -> Basket:
        """What waits at this counter to be paid in one go, with its price together.

        NotAllowed names a form that can't be done any more: before anything is paid.
        """
        with self._writing("draft") as tx:
            waiting = self._collected(tx)
            runs = [self._filled_in(tx, draft) for draft in waiting]
            quotes = self._rehearsed(tx, waiting)
        forms = (
            (draft.number, draft.code, business(draft.code).titled(drafts.values_of(draft)), quote.due)
            for draft, quote in zip(waiting, quotes, strict=True)
        )
        keeps = bool(runs) and business(waiting[-1].code).rest_line(runs[-1], 1) is not None
        return Basket(tuple(forms), _together(quotes), keeps)

    def _filled_in(self, tx: UnitOfWork, draft: Draft) -> Run:
        """A draft as it is now: what it reserves is reserved on."""
        found = business(draft.code)
        run = self._run(tx, found, draft)
        found.fill(run, found.form.partial(drafts.values_of(draft))[0])
        return run

    def _rehearsed(self, tx: UnitOfWork, waiting: Sequence[Draft], new: Draft | None = None) -> list[Quote]:
        """What each form asks for once those before it are done: they are done, in cash, and all of it is undone.

        NotAllowed names a form that can't be; what is refused of the `new` one stands beside its own fields.
        """
        quotes, collection = [], new_key(tx.clock)
        try:
            with tx.savepoint():
                for draft in waiting:
                    with nullcontext() if draft is new else _named(draft):
                        quotes.append(self._filled_in(tx, draft).quote)
                        due = quotes[-1].due
                        if due >= 0:
                            tenders = [Tender("cash", due)] if due else []
                            self._perform(tx, draft, tenders, collection, f"#{draft.number}")
                raise _Undone
        except _Undone:
            return quotes

    def _collected(self, reading: Reading) -> list[Draft]:
        """The drafts of this counter's basket that are not past their time, in the order they came."""
        waiting = reading.all(Draft, collection=self._station.counter, state="held", order=("number",))
        now = reading.present()
        return [draft for draft in waiting if not drafts.is_past(draft, now)]

    def complete_basket(self, tenders: Sequence[Tender]) -> Collected:
        """Do all that waits in the basket: one transaction, one payment, one receipt. Change is given once.

        NotAllowed names the form that can't be done, and leaves all of them as they were.
        """
        rest, tenders = without_rest(tenders)
        due = self.basket().quote.due + rest
        with self._writing(BASKET) as tx:
            waiting = self._collected(tx)
            if not waiting:
                raise Expired(say("Nothing waits in the basket any more."))
            change = check_tenders(due, tenders, ways(tx))
            check_unused(tx, self._station.outlet, tenders, ways(tx))
            book(tx, tenders, ways(tx), {draft.id for draft in waiting})
            collection, done = new_key(tx.clock), []
            runs: list[Run] = []
            left = list(net_of_change(tenders, change, ways(tx)))
            for draft in waiting:
                kept = rest if draft is waiting[-1] else 0
                run, outcome = self._one_of_many(tx, draft, left, collection, kept)
                runs.append(run)
                done.append(_outcome(run, draft, outcome))
            if left:
                raise NotAllowed(say("The price has changed meanwhile: look at it again."), field="tenders")
            receipt = runs[-1].documents.receipt_of_many([r.documents.made for r in runs], tenders, change)
            tx.author.serial = runs[-1].context.serial
            tx.author.trail = [cell for run in runs for cell in run.context.trail]
        tendered = sum(tender.amount for tender in tenders)
        return Collected(tuple(done), due, tendered, change, (receipt,) if receipt else ())

    def _one_of_many(
        self, tx: UnitOfWork, draft: Draft, left: list[Tender], collection: str, rest: int
    ) -> tuple[Run, Done]:
        """One draft of a basket, paid out of what is left of the tenders; `rest`: fen that its customer's balance gets
        of the change. A refusal says which form it is."""
        with _named(draft):
            share = shared_out(left, self._filled_in(tx, draft).quote.due + rest)
            return self._perform(tx, draft, [*share, *([Tender(REST, rest)] if rest else [])], collection)

    # inside

    def _run(self, tx: UnitOfWork, found: Transaction[Any], draft: Draft, typed: dict[str, Any] | None = None) -> Run:
        """A run over a draft; `typed`: what it will hold, where that is not on disk yet."""
        run = Run(self._context(tx, found.code, draft), drafts.secrets_of(draft, typed))
        run.typed = drafts.values_of(draft) if typed is None else typed
        return run

    def _looked_at(self, tx: UnitOfWork, draft: Draft, tenders: Sequence[Tender] | None = None, role: str = "") -> Run:
        """A run that has looked at a draft as it is on disk: what it costs, and what is against it when money is paid
        out so (else in cash). `role`: as if somebody with this one did it."""
        found = business(draft.code)
        run = self._run(tx, found, draft)
        run.context.role = role or run.context.role
        found.fill(run, found.form.partial(run.typed)[0])
        run.context.paid_out = shown.paid_out(run.quote, tenders)
        cash = [Tender("cash", -run.quote.due)] if run.quote.due < 0 else []
        self._settle_reasons(run, cash if tenders is None else tenders)
        return run

    def _settle_reasons(self, run: Run, tenders: Sequence[Tender] | None = None) -> None:
        """Add what being cut off forbids, and what is against paying money out (so, where that is said); drop what a
        supervisor has allowed; put each 'no' beside its field."""
        reasons = (*offline.reasons(run), *handwritten.reasons(run.context), *run.qualification.reasons)
        if run.quote.due < 0:
            reasons += (*run.operators.may_pay_out(-run.quote.due), *run.finance.pays_out(run.quote, tenders))
        run.context.shown = shown.of_form(run, run.typed, reasons)
        run.allowed = run.operators.granted() & {reason.rule for reason in reasons}
        left = tuple(r for r in reasons if r.verdict == "no" or r.rule not in run.allowed)
        run.qualification = Qualification(left)
        run.authority = standing(run) if run.qualification.verdict == "override" else None
        if run.authority is not None:
            left = tuple(r for r in left if r.verdict != "override")
            run.qualification = Qualification(left)
            told = say("Allowed by {staff_no} in advance (No. {number}).",
                       staff_no=run.authority.supervisor, number=run.authority.number)  # fmt: skip
            run.notices.append(Notice("notice", told))
        for reason in left:
            if reason.verdict == "no" and reason.field:
                run.errors.setdefault(reason.field, reason.message)

    def _write_order(self, tx: UnitOfWork, run: Run, draft: Draft, done: Done, approver: str) -> None:
        context, values = run.context, drafts.values_of(draft)
        shown = {name: value for name, value in values.items() if name not in drafts.secret_fields(draft.code)}
        now, approved_by = tx.now(), ",".join(filter(None, (run.operators.use_grants(), approver)))
        if approved_by:
            run.statistics.count("approved", done.amount)
        tx.add(
            ProductOrder, id=context.order_id, serial=context.serial, outlet=context.outlet, counter=context.counter,
            operator=context.operator, business=draft.code, business_date=context.business_date, state=done.state,
            draft_id=draft.id, customer_id=done.customer_id, subscription_id=done.subscription_id, amount=done.amount,
            form_json=json.dumps(shown, ensure_ascii=False), created_at=now,
            completed_at=now if done.state == "completed" else "",
            collection=context.collection, touches=touching.stored(run.touches),
            approved_by=approved_by, hand_slip=context.slip.number if context.slip else "",
        )  # fmt: skip
        handwritten.note_entered(context)
        if context.slip:
            run.statistics.count("entered_later", done.amount)


class _Undone(Exception):
    """What was done to see what it leads to is undone."""


@contextmanager
def _named(draft: Draft) -> Iterator[None]:
    """A refusal of one form among several says which it is."""
    try:
        yield
    except (BadForm, NotAllowed, Expired) as refusal:
        which = say("No. {number} ({code}): {why}", number=draft.number, code=draft.code, why=refusal.message)
        raise NotAllowed(which, field=refusal.field) from refusal


def _done_before(reading: Reading, draft_id: str) -> Outcome | None:
    """What a draft that is completed already brought the first time."""
    draft = reading.find(Draft, id=draft_id)
    if draft is None or draft.state != "completed" or not draft.order_id:
        return None
    order = reading.one(ProductOrder, id=draft.order_id)
    shown = tuple(lookups.papers(reading, order.serial))
    return Outcome(
        order.id, order.serial, order.business, order.state, order.amount, order.amount, 0, shown,
        title=lookups.title(order),
    )  # fmt: skip


def _together(quotes: Sequence[Quote]) -> Quote:
    """The price of several forms."""
    lines = tuple(line for quote in quotes for line in quote.lines)
    return Quote(lines, tuple(term for quote in quotes for term in quote.terms))


def business(code: str) -> Transaction[Any]:
    """A business by its code. NotFound."""
    if code not in BUSINESSES:
        raise NotFound(say("There is no business {code} here.", code=code))
    return BUSINESSES[code]


def _keep(found: Transaction[Any], run: Run, rest: int) -> None:
    """Put a rest of the change into the customer's balance: one line more, and so much more is due."""
    line = found.rest_line(run, rest)
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


def _outcome(run: Run, draft: Draft, done: Done) -> Outcome:
    title = handwritten.marked(
        business(draft.code).titled(drafts.values_of(draft)), run.context.slip.number if run.context.slip else ""
    )
    return Outcome(
        run.context.order_id, run.context.serial, draft.code, done.state, done.amount, done.tendered, done.change,
        done.papers, {"customer_id": done.customer_id, **done.facts}, title,
    )  # fmt: skip
