"""The way of one business: begin, fill, quote, complete; and everything else that a person does at a counter.

Each call is one transaction of the store, or one reading. What a call answers are plain values. The desk is used by one
person at a time; several desks, in one process or many, may share a store.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from pydantic_core import PydanticCustomError

import boss_tui.transactions  # noqa: F401 (fills the table of businesses)
from boss_tui.answers import (
    DraftView,
    OrderView,
    Outcome,
    PaperView,
    Qualification,
    QueueItem,
    Queues,
    Tender,
)
from boss_tui.catalogue import BUSINESS_NAMES, Cell, row
from boss_tui.components.operators import GRANT_MINUTES
from boss_tui.components.till import today
from boss_tui.desk import drafts, lookups, offline, staff, waiting
from boss_tui.desk.cancelling import Cancelling, why_not
from boss_tui.desk.inquiry import Inquiring
from boss_tui.desk.station import BusinessLine, HeldForm, Operator, State, nobody
from boss_tui.desk.vault import DeskVault
from boss_tui.forms import Choice, Form, message_of
from boss_tui.process import BUSINESSES, Done, Run, Transaction
from data.clock import new_key, stamp
from data.errors import BadForm, NotAllowed, NotFound
from data.message import Message, both, say
from data.search import search
from data.store import Reading, UnitOfWork
from data.tables.finance import BusinessDay, Shift
from data.tables.order import Draft, ProductOrder
from data.tables.organisation import Outlet, RoleRight
from data.tables.sync import AccessLog
from printers import spool
from printers.document import Document, copy_of

DRAFT_WORK = "draft"


class Desk(Inquiring, Cancelling):
    """One operator at one counter.

    Every call but `sign_on`, `state` and `businesses` needs an operator, and raises NotAllowed while there is none or
    the desk is locked.
    """

    # who and where -----------------------------------------------------------------------------------------------

    def sign_on(self, staff_no: str, password: str) -> Operator:
        """Sign on at this counter; whoever was signed on before is signed off."""
        self.next_customer()
        self._operator = staff.sign_on(self._store, self._station, staff_no, password)
        self._locked = False
        return self._operator

    def sign_off(self) -> None:
        """Sign off. Drafts stay; they can be taken over."""
        self._operator = None

    def lock(self) -> None:
        """Lock the counter: nothing is done until `unlock`."""
        self.next_customer()
        self._locked = True

    def next_customer(self) -> None:
        """The next customer: who was there has to show again who they are."""
        self._identified.clear()

    def unlock(self, password: str) -> None:
        """Unlock with the operator's own password."""
        if self._operator is None:
            raise nobody()
        staff.sign_on(self._store, self._station, self._operator.staff_no, password, kind="unlock")
        self._locked = False

    def state(self) -> State:
        """Outlet, counter, operator, business date and till."""
        with self._store.reading() as reading:
            outlet = reading.one(Outlet, code=self._station.outlet)
            day = reading.find(BusinessDay, outlet=outlet.code, state="open")
            shift = reading.find(Shift, till=self._station.counter, state="open")
        operator = self._operator
        return State(
            outlet.code, both(outlet.name_zh, outlet.name_en), self._station.counter, day.business_date if day else "",
            operator.name if operator else "", operator.role if operator else "", shift is not None,
            advice=self._advice,
        )  # fmt: skip

    def businesses(self) -> list[BusinessLine]:
        """Everything of the catalogue that this program can do, also what this operator may not."""
        with self._store.reading() as reading:
            role = self._operator.role if self._operator else ""
            rights = {right.business for right in reading.all(RoleRight, role=role)}
        return [BusinessLine(code, b.name, b.aliases, code in rights, b.offline) for code, b in BUSINESSES.items()]

    # the way of one business -------------------------------------------------------------------------------------

    def begin(self, code: str, values: Mapping[str, Any] | None = None) -> DraftView:
        """A new draft, on disk at once. NotAllowed when the operator may not do the business at all."""
        business = _business(code)
        with self._writing(DRAFT_WORK) as tx:
            draft = drafts.begin(tx, self._station, self._person(), business.code)
            run = self._run(tx, business, draft)
            refusals = [reason for reason in run.operators.may() if reason.verdict == "no"]
            if refusals:
                raise NotAllowed(refusals[0].message)
            business.begin(run)
            draft = drafts.change(tx, draft, {}, run.context.trail)
            view = drafts.view(draft, run)
        return self.fill(view.id, {k: str(v) for k, v in values.items()}) if values else view

    def fill(self, draft_id: str, changes: Mapping[str, Any]) -> DraftView:
        """Fields as typed. What is wrong comes back in `errors`, beside the field; what was typed is kept."""
        with self._store.reading() as reading:
            draft = drafts.current(reading, draft_id)
        business = _business(draft.code)
        values, errors = self._protected(business, draft, changes)
        with self._writing(DRAFT_WORK) as tx:
            draft = drafts.current(tx, draft_id)
            form, wrong = business.form.partial(values)
            run = self._run(tx, business, draft, values)
            run.notices += run.content.published()
            business.fill(run, form)
            self._identified |= run.proven
            self._settle_reasons(run)
            draft = drafts.change(tx, draft, values, run.context.trail)
            return drafts.view(draft, run, {**wrong, **errors})

    def quote(self, draft_id: str) -> DraftView:
        """The draft with its price."""
        return self.fill(draft_id, {})

    def complete(self, draft_id: str, tenders: Sequence[Tender]) -> Outcome:
        """Do it: one transaction. BadForm, NotAllowed and the others leave the draft as it was.

        A draft that is done already answers with what it brought the first time.
        """
        with self._store.reading() as reading:
            done = _done_before(reading, draft_id)
            if done is not None:
                return done
            draft = drafts.current(reading, draft_id)
        business = _business(draft.code)
        values = drafts.values_of(draft)
        form = business.form.read(values)
        with self._writing(draft.code) as tx:
            draft = drafts.current(tx, draft_id)
            run = self._run(tx, business, draft)
            run.context.order_id, run.context.serial = new_key(tx.clock), run.processes.serial()
            business.fill(run, form)
            self._settle_reasons(run)
            if run.errors:
                raise BadForm(run.errors)
            _must_qualify(run.qualification)
            outcome = business.perform(run, form, tenders)
            self._write_order(tx, run, draft, outcome, values)
            if outcome.state == "completed":
                business.finish(run, tx.one(ProductOrder, id=run.context.order_id))
            run.processes.record("acceptance")
            tx.author.serial, tx.author.trail = run.context.serial, run.context.trail
            tx.change(draft, state="completed", order_id=run.context.order_id, touched_at=tx.now())
        return _outcome(run, draft.code, outcome)

    def hold(self, draft_id: str, note: str = "") -> None:
        """Put the draft aside under its number; its reservations run on."""
        with self._writing(DRAFT_WORK) as tx:
            tx.change(drafts.current(tx, draft_id), state="held", note=note[:80], touched_at=tx.now())

    def recall(self, number: int) -> DraftView:
        """Take a held draft up again, at whatever counter; it is this operator's then."""
        with self._writing(DRAFT_WORK) as tx:
            draft = drafts.recall(tx, number, self._station, self._person())
        return self.fill(draft.id, {})

    def held(self) -> list[HeldForm]:
        """What waits at this outlet, oldest first."""
        with self._store.reading() as reading:
            return drafts.waiting(reading)

    def abandon(self, draft_id: str) -> None:
        """Give the draft up: nothing is left of it but what was typed, and what it held is free."""
        with self._writing(DRAFT_WORK) as tx:
            drafts.abandon(tx, draft_id)

    def expire(self) -> int:
        """End every draft that is past its time; the desk's housekeeping calls this. Answers how many."""
        with self._writing(DRAFT_WORK) as tx:
            return drafts.expire(tx)

    def last_values(self, code: str) -> dict[str, Any]:
        """What this operator typed the last time, where a field says 'same as last time' (F7)."""
        with self._store.reading() as reading:
            return drafts.last_values(reading, _business(code).code, self._person().staff_no)

    def choices(self, draft_id: str, field: str, text: str) -> list[Choice]:
        """The field's list (F4), narrowed by what is typed."""
        with self._writing(DRAFT_WORK) as tx:
            draft = drafts.current(tx, draft_id)
            business = _business(draft.code)
            form, _ = business.form.partial(drafts.values_of(draft))
            return business.choices(self._run(tx, business, draft), form, field, text)

    def approve(self, draft_id: str, staff_no: str, password: str) -> DraftView:
        """A supervisor allows what the rules leave to one: every 'override' of this draft, for some minutes."""
        supervisor = staff.sign_on(self._store, self._station, staff_no, password, kind="approve")
        if supervisor.role not in {"supervisor", "manager"} or supervisor.staff_no == self._person().staff_no:
            raise NotAllowed(say("Another person who is a supervisor must approve."), field="staff_no")
        view = self.fill(draft_id, {})
        with self._writing("approve") as tx:
            draft = drafts.current(tx, draft_id)
            run = self._run(tx, _business(draft.code), draft)
            until = stamp(tx.clock.now() + timedelta(minutes=GRANT_MINUTES))
            for reason in view.qualification.reasons:
                if reason.verdict == "override":
                    run.operators.grant(reason.rule, supervisor.staff_no, until)
        return self.fill(draft_id, {})

    def form(self, code: str) -> type[Form]:
        """What a business asks for."""
        form: type[Form] = _business(code).form
        return form

    def help(self, code: str, field: str) -> Message:
        """What there is to know about a business, or about one of its fields."""
        business = _business(code)
        specs = {spec.name: spec.ask for spec in business.form.fields()}
        return specs[field].help if field in specs else business.name

    def example(self, code: str) -> dict[str, Any]:
        """A form that works in this store now."""
        with self._writing(DRAFT_WORK) as tx:
            business = _business(code)
            return business.example(Run(self._context(tx, code)))

    # looking up --------------------------------------------------------------------------------------------------

    def find(self, text: str) -> list[lookups.Hit]:
        """By number, document, name, pinyin, serial, card."""
        with self._store.reading() as reading:
            return [
                lookups.Hit(f.kind, f.title, f.detail, "", {"customer_id": f.key} if f.kind == "customer" else {})
                for f in search(reading, text)
            ]

    def customer(self, customer_id: str) -> lookups.CustomerCard:
        """A customer at a glance."""
        with self._store.reading() as reading:
            return lookups.customer(reading, customer_id)

    def order(self, serial: str) -> OrderView:
        """Where an order stands, and why it can't be cancelled if so. NotFound."""
        with self._store.reading() as reading:
            row = reading.one(ProductOrder, serial=serial)
            day = today(reading, self._station.outlet)
            refusal = why_not(reading, row, self._station.outlet, self._operator, day.business_date if day else "")
            return replace(lookups.order(reading, row), stays=refusal or Message(""))

    def orders(self, text: str) -> list[OrderView]:
        """The latest orders that fit a text: serial or number. Empty: the latest of all."""
        with self._store.reading() as reading:
            return lookups.orders(reading, text)

    def queues(self) -> Queues:
        """What waits to go out."""
        with self._store.reading() as reading:
            return lookups.queues(reading, self._station.outlet)

    def papers(self, serial: str) -> list[PaperView]:
        """The documents of an order."""
        with self._store.reading() as reading:
            return lookups.papers(reading, serial)

    def matrix(self, code: str) -> list[Cell]:
        """The 20 cells of a business, alive or empty."""
        if code not in BUSINESS_NAMES:
            raise NotFound(say("There is no business {code} in the catalogue.", code=code))
        with self._store.reading() as reading:
            return row(reading, code)

    def reprint(self, paper_id: str, reason: str) -> PaperView:
        """Print a paper again: marked as a copy, counted, logged with who and why. NotAllowed: void or reversed."""
        if not reason.strip():
            raise NotAllowed(say("Say why a copy is needed."), field="reason")
        with self._writing("reprint") as tx:
            paper, content = lookups.document_content(tx, paper_id)
            if paper.state != "normal":
                raise NotAllowed(say("This paper is void or was reversed: no copies are made of it."))
            paper = tx.change(paper, copies=paper.copies + 1)
            number = f"{paper.code}-{paper.number:08d}"
            tx.add(
                AccessLog, id=new_key(tx.clock), operator=self._person().staff_no, act="reprint",
                subject=f"{paper.kind} {number}", reason=reason.strip(), made_at=tx.now(),
            )  # fmt: skip
            copy = copy_of(Document.from_json(content), paper.copies)
            queued = spool.queue(
                tx, copy, document_id=paper.id, order_id=paper.order_id or "",
                title=f"{number} ({paper.copies})", counter=self._station.counter, operator=self._person().staff_no,
                copy_number=paper.copies,
            )  # fmt: skip
        return PaperView(paper.id, paper.kind, number, queued.preview)

    def waiting(self) -> list[QueueItem]:
        """What waits, item by item, and what can be done about each."""
        with self._store.reading() as reading:
            return waiting.items(reading, self._station.outlet)

    def settle(self, kind: str, key: str, way: str, words: str = "") -> None:
        """Do what a person decided about something that waits."""
        with self._writing(f"settle.{kind}") as tx:
            waiting.settle(tx, (kind, key), way, words, self._person().staff_no)

    def _run(
        self, tx: UnitOfWork, business: Transaction[Any], draft: Draft, typed: dict[str, Any] | None = None
    ) -> Run:
        values = drafts.values_of(draft) if typed is None else typed
        secrets = {name: values[name] for name in drafts.secret_fields(business.code) if values.get(name)}
        return Run(self._context(tx, business.code, draft), secrets)

    def _protected(
        self, business: Transaction[Any], draft: Draft, changes: Mapping[str, Any]
    ) -> tuple[dict[str, Any], dict[str, Message]]:
        """The values with the changes in them; secrets are hashed here, outside of any transaction."""
        secret = drafts.secret_fields(business.code)
        forged = [name for name in secret if str(changes.get(name) or "").startswith("$")]
        if forged:  # hashes and proofs begin so: the desk makes them, nobody types them
            changes = {name: value for name, value in changes.items() if name not in forged}
        typed = {name: value for name, value in changes.items() if value or name not in secret}  # shown as empty
        values = {**drafts.values_of(draft), **typed}
        try:
            vault = DeskVault(self._store, self._station, self._person())
            return {**values, **business.protect(values, vault)}, dict.fromkeys(forged, say("Six digits."))
        except PydanticCustomError as refusal:
            kept = {name: value for name, value in values.items() if name not in secret or name not in changes}
            return kept, dict.fromkeys(secret & changes.keys(), message_of(refusal))

    def _settle_reasons(self, run: Run) -> None:
        """Add what being cut off forbids; drop what a supervisor has allowed; put each 'no' beside its field."""
        granted = run.operators.granted()
        reasons = (*offline.reasons(run), *run.qualification.reasons)
        left = tuple(r for r in reasons if r.verdict == "no" or r.rule not in granted)
        run.qualification = Qualification(left)
        for reason in left:
            if reason.verdict == "no" and reason.field:
                run.errors.setdefault(reason.field, reason.message)

    def _write_order(self, tx: UnitOfWork, run: Run, draft: Draft, done: Done, values: dict[str, Any]) -> None:
        context = run.context
        shown = {name: value for name, value in values.items() if name not in drafts.secret_fields(draft.code)}
        now = tx.now()
        tx.add(
            ProductOrder, id=context.order_id, serial=context.serial, outlet=context.outlet, counter=context.counter,
            operator=context.operator, business=draft.code, business_date=context.business_date, state=done.state,
            draft_id=draft.id, customer_id=done.customer_id, subscription_id=done.subscription_id, amount=done.amount,
            form_json=json.dumps(shown, ensure_ascii=False), created_at=now,
            completed_at=now if done.state == "completed" else "", approved_by=run.operators.use_grants(),
        )  # fmt: skip


def _done_before(reading: Reading, draft_id: str) -> Outcome | None:
    """What a draft that is completed already brought the first time."""
    draft = reading.find(Draft, id=draft_id)
    if draft is None or draft.state != "completed" or not draft.order_id:
        return None
    order = reading.one(ProductOrder, id=draft.order_id)
    shown = tuple(lookups.papers(reading, order.serial))
    return Outcome(order.id, order.serial, order.business, order.state, order.amount, order.amount, 0, shown)


def _business(code: str) -> Transaction[Any]:
    if code not in BUSINESSES:
        raise NotFound(say("There is no business {code} here.", code=code))
    return BUSINESSES[code]


def _must_qualify(qualification: Qualification) -> None:
    reasons = tuple(reason.message for reason in qualification.reasons)
    if qualification.verdict == "no":
        raise NotAllowed(reasons[0], reasons=reasons)
    if qualification.verdict == "override":
        raise NotAllowed(say("A supervisor must approve this: {reason}", reason=reasons[0]), reasons=reasons)


def _outcome(run: Run, code: str, done: Done) -> Outcome:
    return Outcome(
        run.context.order_id, run.context.serial, code, done.state, done.amount, done.tendered, done.change,
        done.papers, dict(done.facts),
    )  # fmt: skip
